"""How long the records of a procedure are kept: by law, or by the schedule of a host."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from ssflow.calendar import Span, WorkCalendar
from ssflow.doors import check_day, check_kind, check_subclass
from ssflow.process import Process
from ssflow.rules import statutory_retention
from ssflow.text import Text


@frozen
class Retention:
    """A retention rule: how long the records of a procedure are kept, and on what basis; without a ``span``, permanently.

    The period runs from the last day on record in a case, or with ``from_next_year`` from 1 January of the year after that day. It ends
    on that very day, whether people work on it or not.

    Raises:
        InputError: a part is of another kind than is required.

    """

    span: Span | None
    basis: Text
    from_next_year: bool = False

    def __attrs_post_init__(self) -> None:
        check_kind("span", self.span, Span, type(None))
        check_kind("basis", self.basis, Text)
        check_kind("from_next_year", self.from_next_year, bool)

    def kept_until(self, last: date, calendar: WorkCalendar) -> date | None:
        """Return the last day on which the records of a case are kept whose last day on record is given; None if they are kept permanently.

        Raises:
            CoverageError: the calendar does not reach that far.
            InputError: ``last`` is not a day, or ``calendar`` not a calendar.

        """
        check_day("last", last)
        check_kind("calendar", calendar, WorkCalendar)
        if self.span is None:
            return None
        eve = date(last.year, 12, 31) if self.from_next_year else last
        return self.span.rolled("none").deadline(eve, calendar).due


def retention_by_law(process: type[Process]) -> Retention | None:
    """Return how long the records of a procedure are kept by law; None if no item of the annex that was read names it plainly.

    It is the schedule of `Custody` if a host gives none, and what a schedule of its own may fall back on. The items, their sources and
    their doubts are in `statutory_retention <ssflow.rules.statutory_retention>`.

    Raises:
        InputError: ``process`` is not a procedure.

    >>> from ssflow.machines.card_issue import CardIssue
    >>> str(retention_by_law(CardIssue).span)
    '50 years'

    """
    check_subclass("process", process, Process)
    found = (period for period in statutory_retention() if process.name in period.procedures)
    return next((Retention(period.span, period.basis, from_next_year=True) for period in found), None)
