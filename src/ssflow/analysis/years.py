"""A span of law over a year: its end for each first day, and the day on which it is longest and why."""

from __future__ import annotations

from datetime import date, timedelta
from html import escape
from typing import TYPE_CHECKING

import numpy as np
from attrs import field, frozen

from ssflow.calendar import Deadline, Span, WorkCalendar
from ssflow.doors import check_kind, check_lang
from ssflow.errors import InputError
from ssflow.tables import Table
from ssflow.text import Lang, Text

if TYPE_CHECKING:
    from ssflow.simulation.numbers import Numbers

_FIRST, _LAST = 1950, 2098


def year_view(span: Span | str, year: int, calendar: WorkCalendar | None = None) -> YearView:
    """Return the ends of a span that begins on each day of a year; a text is read as `Span.parse` does.

    Raises:
        InputError: ``span`` is not a span, or runs by the hour or backwards; or the year is outside 1950 to 2098.
        CoverageError: the calendar does not reach so far back.

    """
    check_kind("span", span, Span, str)
    check_kind("year", year, int)
    span = Span.parse(span) if isinstance(span, str) else span
    calendar = WorkCalendar.china() if calendar is None else calendar
    check_kind("calendar", calendar, WorkCalendar)
    if not _FIRST <= year <= _LAST:
        raise InputError.of("year", f"须为{_FIRST}至{_LAST}", f"a year from {_FIRST} to {_LAST} is required")
    if span.before:
        raise InputError.of("span", "须为向后计算的期间", "a span that counts forwards is required")
    return YearView(span, year, calendar)


@frozen(eq=False, repr=False)
class YearView:
    """The last day for each first day of a year. A notebook shows the longest and the shortest deadline, with their accounts, and the table."""

    span: Span
    year: int
    calendar: WorkCalendar
    _days: Numbers = field(init=False, repr=False)
    _due: Numbers = field(init=False, repr=False)
    _provisional: Numbers = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        self.span.deadline(
            date(self.year, 1, 1), self.calendar
        )  # days that the calendar does not know are told by day, not by row
        days = np.arange(np.datetime64(f"{self.year}-01-01"), np.datetime64(f"{self.year + 1}-01-01"))
        ends = self.span.deadlines(days, self.calendar)
        for name, column in (("_days", days), ("_due", ends.due), ("_provisional", ends.provisional)):
            object.__setattr__(self, name, column)

    @property
    def lengths(self) -> Numbers:
        """The calendar days from each first day to its last day."""
        lengths: Numbers = (self._due - self._days).astype(np.int64)
        return lengths

    def table(self) -> Table:
        """Return a row for each first day: whether it is a working day, the last day, the days until then, whether that is provisional."""
        columns = {
            "day": self._days,
            "is_workday": self.calendar.is_workday(self._days),
            "due": self._due,
            "days": self.lengths,
            "provisional": self._provisional,
        }
        titles = {
            "day": Text("起算事由发生日", "begins"),
            "is_workday": Text("是否工作日", "working day"),
            "due": Text("最后一日", "last day"),
            "days": Text("自然日", "calendar days"),
            "provisional": Text("暂定", "provisional"),
        }
        return Table(
            columns,
            titles,
            Text(f"{self.year}年各日起算的{self.span.text.zh}", f"{self.span} from each day of {self.year}"),
        )

    @property
    def longest(self) -> Deadline:
        """The first deadline that takes the most calendar days; `Deadline.explain` says why."""
        return self._deadline(int(self.lengths.argmax()))

    @property
    def shortest(self) -> Deadline:
        """The first deadline that takes the fewest calendar days."""
        return self._deadline(int(self.lengths.argmin()))

    def by_length(self) -> Table:
        """Return how many days of the year lead to each length."""
        lengths, counts = np.unique(self.lengths, return_counts=True)
        titles = {"days": Text("自然日", "calendar days"), "count": Text("起始日数", "first days")}
        return Table({"days": lengths, "count": counts}, titles, Text("长短分布", "lengths"))

    def say(self, lang: Lang = "en") -> str:
        """Return the longest and the shortest deadline, each with its account."""
        check_lang("lang", lang)
        return "\n".join(f"{title.say(lang)}\n{deadline.explain().say(lang)}" for title, deadline in self._extremes())

    def _extremes(self) -> list[tuple[Text, Deadline]]:
        named = ((Text("最长", "the longest"), self.longest), (Text("最短", "the shortest"), self.shortest))
        found = []
        for title, deadline in named:
            assert deadline.due is not None  # noqa: S101 - no clock is stopped
            start = self.calendar.civil_day(deadline.start)
            days = (deadline.due - start).days
            text = Text(
                f"{title.zh}：{start}起算，至{deadline.due}，{days}个自然日",
                f"{title.en}: from {start} to {deadline.due}, {days} calendar days",
            )
            found.append((text, deadline))
        return found

    def _deadline(self, place: int) -> Deadline:
        return self.span.deadline(date(self.year, 1, 1) + timedelta(days=place), self.calendar)

    def __repr__(self) -> str:
        return self.say("en")

    def _repr_html_(self) -> str:
        parts = (f"<h4>{escape(title.zh)}</h4>{d.explain()._repr_html_()}" for title, d in self._extremes())
        return f"<div>{''.join(parts)}{self.by_length()._repr_html_()}</div>"
