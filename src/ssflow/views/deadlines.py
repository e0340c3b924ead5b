"""The view of a deadline: the question, the last day, how sure it is, why it is not firm, and how it was found, step by step."""

from __future__ import annotations

from datetime import date, datetime

from attrs import frozen

from ssflow.calendar import Deadline, DeadlineStatus, Span, Tolled
from ssflow.calendar.clock import recorded, recorded_end_of
from ssflow.calendar.counting import rests_on
from ssflow.calendar.spans import Unit
from ssflow.documents import Document
from ssflow.doors import check_kind
from ssflow.text import NO_TEXT, Text
from ssflow.views.coverage import CoverageView, coverage_view
from ssflow.views.plain import View
from ssflow.views.spans import SpanView, span_view
from ssflow.views.wording import lines, moment, named

_STOPPED = Text("停止计算中，暂无", "none yet, the clock is stopped")


@frozen
class StepView(View):
    """One step of an account, with its basis."""

    zh: str
    en: str
    basis_zh: str | None
    basis_en: str | None

    @property
    def text(self) -> Text:
        """The step with its basis."""
        zh = f"（{self.basis_zh}）" if self.basis_zh else ""
        en = f" ({self.basis_en})" if self.basis_en else ""
        return Text(self.zh + zh, self.en + en)


@frozen(kw_only=True)
class DeadlineView(View):
    """A deadline. ``from_`` is the day or instant in question, ``otherwise`` the later day where offices read the law in two ways.

    ``coverage`` says on what it rests; in plain data its parts are beside the others. ``steps`` are empty unless they were asked for.
    """

    span: SpanView
    first_day: str
    month_end: str
    long_rests: str
    tolling: str
    from_: date | datetime
    tolled: tuple[Tolled, ...]
    due: date | None
    otherwise: date | None
    status: DeadlineStatus
    closes: datetime | None
    coverage: CoverageView
    steps: tuple[StepView, ...]

    @property
    def asked(self) -> Text:
        """The question: a span from a day, or before it."""
        when, span = moment(self.from_), self.span.text
        if self.span.before:
            return Text(f"{when}前{span.zh}", f"{span.en} before {when}")
        return Text(f"自{when}起{span.zh}", f"{span.en} from {when}")

    @property
    def last_day(self) -> Text:
        """The last day and how sure it is, or the instant at which hours end."""
        if self.closes is None:
            return _STOPPED
        if self.span.unit == "hours":
            said = f"{self.closes:%Y-%m-%d %H:%M}"
            return Text(said, said)
        sure, later = self.status.value, self.otherwise
        or_else = Text(f"，或{later}", f", or {later}") if later else NO_TEXT
        return Text(f"{self.due}{or_else.zh}（{sure.zh}）", f"{self.due}{or_else.en} ({sure.en})")

    @property
    def answer(self) -> Text:
        """The last day as an answer."""
        return named(Text("最后一日", "due"), self.last_day)

    @property
    def why_provisional(self) -> tuple[Text, ...]:
        """The reasons why the last day is not firm; none if it is."""
        return self.coverage.why_provisional

    @property
    def text(self) -> Text:
        """The question, the last day, on what it rests, and the steps."""
        steps = (Text(f"{n}. {step.text.zh}", f"{n}. {step.text.en}") for n, step in enumerate(self.steps, 1))
        return lines(self.asked, self.answer, self.coverage.text, *steps)

    def document(self) -> Document:
        """Return the deadline as plain data, fit for JSON."""
        found = View.document(self)
        coverage: Document = found.pop("coverage")
        return found | coverage


@frozen(kw_only=True)
class LeftView(View):
    """The remainder of a span after a day, or at an instant; below 0 when it is over."""

    on: date | datetime
    n: int
    unit: Unit

    @property
    def text(self) -> Text:
        """What is left, or by how much it is too late."""
        when = moment(self.on)
        if self.n == 0:
            return Text(f"{when}之后没有剩余时间", f"time left after {when}: none")
        length = Span(abs(self.n), self.unit).text
        if self.n > 0:
            return Text(f"{when}之后还剩{length.zh}", f"time left after {when}: {length.en}")
        return Text(f"到{when}已超过{length.zh}", f"overrun by {when}: {length.en}")


def deadline_view(deadline: Deadline, start: date | datetime | None = None, *, explain: bool = False) -> DeadlineView:
    """Return the view of a deadline; with ``explain``, every step of its count.

    ``start`` is the day or the instant as it was asked, where it was written in another zone than the calendar's.
    """
    check_kind("deadline", deadline, Deadline)
    if start is not None:
        deadline.calendar.civil_day(start)  # refuses anything but a day or an instant with a zone
    check_kind("explain", explain, bool)
    span = deadline.span
    return DeadlineView(
        span=span_view(span),
        first_day=span.first_day,
        month_end=span.month_end,
        long_rests=span.long_rests,
        tolling=span.tolling,
        from_=deadline.start if start is None else start,
        tolled=deadline.tolled,
        due=deadline.due,
        otherwise=deadline.otherwise,
        status=deadline.status,
        closes=_closes(deadline),
        coverage=coverage_view(deadline.calendar, _days_behind(deadline)),
        steps=step_views(deadline) if explain else (),
    )


def step_views(deadline: Deadline) -> tuple[StepView, ...]:
    """Return every step of the account of a deadline."""
    return tuple(StepView(*step.text, *(step.basis or (None, None))) for step in deadline.explain().steps)


def left_view(deadline: Deadline, on: date | datetime) -> LeftView:
    """Return the view of what is left after a day."""
    check_kind("deadline", deadline, Deadline)
    unit: Unit = deadline.span.unit if deadline.span.unit in ("workdays", "hours") else "days"
    return LeftView(on=on, n=deadline.remaining(on), unit=unit)


def _closes(deadline: Deadline) -> datetime | None:
    """Return the first instant that is too late, as a plain datetime like all data of views."""
    if deadline.due is not None and deadline.span.unit != "hours":
        return recorded_end_of(deadline.due, deadline.calendar.zone)
    closes = deadline.closes()
    return closes and recorded(closes, deadline.calendar.zone)


def _days_behind(deadline: Deadline) -> tuple[date, date] | None:
    """Return the first and the last of the days on which the due day depends; None where rest days play no part."""
    due, unrolled, span = deadline.due, deadline.unrolled, deadline.span
    if due is None or unrolled is None or span.unit == "hours":
        return None
    return rests_on(span, deadline.calendar.civil_day(deadline.start), unrolled, due)
