"""The terms of a case by its events: when each began, its last day, when it was met, and by how many working days late."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from attrs import frozen

from ssflow.case import Case, Event, EventKind, Legislation, Obligation
from ssflow.process import Term


@frozen(kw_only=True)
class TermRun:
    """One run of a term, as the kernel dated it when it last ran, and the day on which it was met, or None."""

    obligation: Obligation
    ended: date | None
    late: int

    @property
    def is_late(self) -> bool:
        """Whether the last day had passed."""
        return self.obligation.overdue


def runs_of(case: Case, events: Sequence[Event], law: Legislation, until: date) -> Iterator[TermRun]:
    """Yield the runs of all terms of a case, by the day on which they ended; those that still run are looked at on the day ``until``.

    Lateness is counted in working days after the last day, by the calendar of the role that owes the term.
    """
    running: dict[str, Obligation] = {}
    for event in events:
        alive = {o.clock.name: o for o in event.obligations if o.is_timed and isinstance(o.clock, Term)}
        for name, before in running.items():
            if _is_over(before, alive.get(name), event, case):
                yield TermRun(obligation=before, ended=event.on, late=_late(case, before, law, event.on))
        running = alive
    for left in running.values():
        yield TermRun(obligation=left, ended=None, late=_late(case, left, law, until))


def _is_over(before: Obligation, after: Obligation | None, event: Event, case: Case) -> bool:
    if after is None or (after.starts, after.began) != (before.starts, before.began):
        return True
    if before.overdue and not after.overdue:  # extended although it had run out: in time again, and late so far
        return True
    acted = event.kind is not EventKind.overdue
    return (
        acted and case.process.activity(event.activity).renews is before.clock
    )  # possibly on the day on which it had begun


def _late(case: Case, o: Obligation, law: Legislation, day: date) -> int:
    if not o.overdue or o.due is None or day <= o.due:
        return 0
    return law.in_case(case).calendar_of(o.owed_by).count(after=o.due, through=day)
