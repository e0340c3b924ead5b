"""The end of a span of time, in law."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from ssflow.calendar.clock import at, end_of, instant_of
from ssflow.calendar.counting import Tolled, days_in, end_of_span, eve, merged, ran
from ssflow.calendar.doors import unfit
from ssflow.calendar.given import check_calendar, check_hours
from ssflow.calendar.instants import end_of_hours, hours_left
from ssflow.calendar.spans import Span
from ssflow.errors import CoverageError, InputError
from ssflow.slots import quick
from ssflow.text import Lang, Text

if TYPE_CHECKING:
    from pendulum import DateTime

    from ssflow.calendar.account.explain import Explanation
    from ssflow.calendar.officehours import OfficeHours
    from ssflow.calendar.workcalendar import WorkCalendar

_KEPT = 4096  # deadlines of a calendar


class DeadlineStatus(Enum):
    """The certainty of a due day."""

    FIRM = Text("确定", "firm")
    PROVISIONAL = Text("暂定", "provisional")
    OPEN = Text("停止计算", "stopped")


@quick
@frozen
class Deadline:
    """The end of a span.

    ``due`` is the last day in time, None while the clock is stopped without an end. ``unrolled`` is the last day before
    rest days are taken into account; an extension counts from it. ``status`` is PROVISIONAL where the answer rests on
    days whose notice is not yet published, or where offices read the law in two ways: then ``due`` is the earlier day and
    ``otherwise`` the later one. ``extends`` is the deadline that this one extends.
    """

    span: Span
    start: date | datetime
    calendar: WorkCalendar = field(repr=False)
    tolled: tuple[Tolled, ...]
    unrolled: date | None
    due: date | None
    status: DeadlineStatus
    _closes: datetime | None = field(default=None, repr=False)
    extends: Deadline | None = field(default=None, repr=False)
    otherwise: date | None = None

    def closes(self, hours: OfficeHours | None = None) -> DateTime | None:
        """Return the exclusive end: the first instant that is too late, at 24:00 of the due day (Civil Code 203).

        With office hours, the end is that of business on the due day (the same article); ``calendar.office_hours`` has the hours of a
        place. None while the clock is stopped.

        Raises:
            InputError: the calendar has no time zone.

        """
        check_hours(hours)
        if self.due is None:
            return None
        zone = self.calendar.zone
        if self._closes:
            return instant_of(self._closes, zone)
        return at(self.due, hours.closes, zone) if hours else end_of(self.due, zone)

    def met_by(self, when: date | datetime, hours: OfficeHours | None = None) -> bool:
        """Return whether an act at this time (or on this day) is in time; with office hours, before the end of business.

        For an act that was posted or sent online, `receipt` gives the time that counts.

        Raises:
            InputError: the time is naive, or the span is in hours and ``when`` a bare date.

        """
        check_hours(hours)
        day = self.calendar.civil_day(when)
        if self.due is None:
            return True
        if isinstance(when, datetime):
            closes = self.closes(hours)
            return closes is None or instant_of(when, self.calendar.zone) < closes
        if self._closes:
            _instant(self.span, when)
        return day <= self.due

    def remaining(self, on: date | datetime) -> int:
        """Return what is left after a day: working days for a span of working days, hours for one of hours, else calendar days.

        The due day is counted; days on which the clock is stopped are not. The result is 0 on the due day and negative after it. While
        the clock is stopped without an end, the result is what it still has to run; an extension by months is then counted from the
        first day, because the day on which it will begin to run is not known.
        """
        if self.span.unit == "hours":
            zone = self.calendar.zone
            began, until = (instant_of(_instant(self.span, when), zone) for when in (self.start, on))
            return hours_left(self.span, began, until, self.tolled, zone)
        start, on = self.calendar.civil_day(self.start), self.calendar.civil_day(on)
        if self.due is None:
            left = days_in(self.span, start)
            if self.extends is not None:
                return self.extends.remaining(on) + left
            if self.span.tolling == "restart":
                return left
            return left - ran(self.span, eve(self.span, start), on, self.calendar, self.tolled)
        if on > self.due:
            return -ran(self.span, self.due, on, self.calendar, ())
        since = on if self.span.before else max(on, self._counted_after(start))
        return ran(self.span, since, self.due, self.calendar, self.tolled)

    def extended(self, by: Span) -> Deadline:
        """Return the deadline after an extension, which counts from the unrolled end of this one.

        It is never firmer than the deadline that it extends, and runs on the same clock.

        Raises:
            InputError: ``by`` is not a span.

        """
        if not isinstance(by, Span):
            raise unfit("by", by, "期间，例如days(15)", "a span, such as days(15),")
        if self.unrolled is None:
            return evolve(self, span=by, extends=self)
        base = (by.unit == "hours" and self._closes and self.closes()) or self.unrolled
        extension = by.deadline(base, self.calendar, self.tolled)
        provisional = DeadlineStatus.PROVISIONAL in (self.status, extension.status)
        status = DeadlineStatus.PROVISIONAL if provisional and extension.due else extension.status
        return evolve(extension, status=status, extends=self)

    def _counted_after(self, start: date) -> date:
        """Return the day after which the count began, for a clock that was not started anew."""
        anew = [resumed for _, resumed in self.tolled if self.span.tolling == "restart" and resumed]
        return eve(self.span, max((resumed for resumed in anew if self.due and resumed <= self.due), default=start))

    def explain(self, lang: Lang = "zh") -> Explanation:
        """Return the account of how the due day was found, step by step, in Chinese and English.

        ``lang`` is the language in which it is printed and shown in a notebook.
        """
        from ssflow.calendar.account.explain import Explanation

        return Explanation(self, lang)

    def _repr_html_(self) -> str:
        return self.explain()._repr_html_()


def run(span: Span, start: date | datetime, calendar: WorkCalendar, tolled: Iterable[Tolled]) -> Deadline:
    """Return the deadline of a span; see `Span.deadline`."""
    check_calendar(calendar)
    if type(start) is not date or type(tolled) is not tuple or tolled:
        return _run(span, start, calendar, tolled)
    kept = calendar._ends
    deadline = kept.get((span, start))
    if deadline is None:
        deadline = _run(span, start, calendar, tolled)
        if len(kept) >= _KEPT:
            kept.clear()
        kept[span, start] = deadline
    return deadline


def _run(span: Span, start: date | datetime, calendar: WorkCalendar, tolled: Iterable[Tolled]) -> Deadline:
    stops = merged(tolled, calendar.civil_day)
    if stops and span.before:
        raise InputError.of(
            "tolled",
            "从事件倒数的期间没有可以停止的计时；请去掉tolled",
            "a period counted back from an event has no clock that could be stopped; leave tolled out",
        )
    try:
        if span.unit == "hours":
            return _run_hours(span, start, calendar, stops)
        day = calendar.civil_day(start)
        end = end_of_span(span, day, calendar, stops)
    except OverflowError as error:
        raise CoverageError(
            calendar.civil_day(start),
            Text(f"{span.text.zh}超出公元1年至9999年", f"{span} reach outside the years 1 to 9999"),
            Text("请改用较短的期间", "take a shorter span"),
        ) from error
    if end is None:
        return Deadline(span, day, calendar, stops, None, None, DeadlineStatus.OPEN)
    status = DeadlineStatus.FIRM if end.firm else DeadlineStatus.PROVISIONAL
    return Deadline(span, day, calendar, stops, end.unrolled, end.due, status, otherwise=end.otherwise)


def _run_hours(span: Span, start: date | datetime, calendar: WorkCalendar, stops: tuple[Tolled, ...]) -> Deadline:
    began = instant_of(_instant(span, start), calendar.zone)
    end = end_of_hours(span, began, stops, calendar.zone)
    if end is None:
        return Deadline(span, began, calendar, stops, None, None, DeadlineStatus.OPEN)
    last = calendar.civil_day(end - timedelta(microseconds=1))
    return Deadline(span, began, calendar, stops, last, last, DeadlineStatus.FIRM, end)


def _instant(span: Span, when: date | datetime) -> datetime:
    if not isinstance(when, datetime):
        raise InputError.of(
            "instant",
            f"{span.text.zh}从时刻算到时刻（《民法典》第201条）；请给出带时区的时刻；实际为{when!r}",
            f"{span} run from an instant to an instant (Civil Code 201); give an aware datetime instead of {when!r}",
        )
    return when
