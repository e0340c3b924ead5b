"""The counting of the clocks of single cases, by their obligations in the kernel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from attrs import frozen

from ssflow.case import Case, Event, EventKind, Obligation
from ssflow.process.table import table_of
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company
from ssflow.simulation.chart.moves import ClockEffect, Face, change_of
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Outcomes
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.numbers import NONE, Numbers, row


@frozen(eq=False)
class ClockCounts:
    """The counter of the clocks of cases."""

    model: Model
    tally: Tally
    outcomes: Outcomes | None

    def count(self, number: int, before: Company, after: Company, events: Sequence[Event], moment: int) -> None:
        """Count the clocks that some events have started, ended late or let run out."""
        was = {member.id: member for member in before.cases}
        for slot, (name, clock) in enumerate(self.model.chart.slots):
            member = next((member for member in after.cases if member.id == name), None)
            if member is None:
                continue
            old, new = was[name].obligation(clock), member.obligation(clock)
            effect = change_of(member, old, new).effect
            if new is not None and new.is_timed and any(_renews(member, event, clock) for event in events):
                effect |= ClockEffect.STARTS  # perhaps on the very day on which it had begun
            if (
                effect & (ClockEffect.ENDS | ClockEffect.STARTS | ClockEffect.IN_TIME)
                and old is not None
                and old.overdue
            ):
                self.late(number, slot, member, old, moment // DAY_MINUTES)
            if effect & ClockEffect.STARTS and new is not None:
                self.tally.began(slot, row(self.model.chart.face(Face.of(member, new))))
                provisional = new.status is not None and new.status.name == "PROVISIONAL"
                self.tally.dated(slot, np.array([provisional]))
            if effect & ClockEffect.RUNS_OUT:
                self.tally.ran_out[slot] += 1

    def late(self, number: int, slot: int, case: Case, o: Obligation, day: int) -> None:
        """Count the lateness of a clock that had run out and now ends."""
        due = self.model.kernel.number(o.due) if o.due else day
        office = self.model.office_of(case, o.owed_by.name if o.owed_by else "")
        late = self.tally.ended_late(slot, row(due), row(day), office)
        if self.outcomes:
            self.outcomes.late[slot, number] = late[0]

    def dues(self, company: Company) -> Numbers:
        """Return the last day of each clock of a company as a column with a row a slot; -1 where there is none."""
        cases = {case.id: case for case in company.cases}
        found = [cases[case].obligation(clock) if case in cases else None for case, clock in self.model.chart.slots]
        numbers = [self.model.kernel.number(o.due) if o and o.due else NONE for o in found]
        return np.array(numbers, dtype=np.int64).reshape(-1, 1)


def _renews(case: Case, event: Event, clock: str) -> bool:
    """Return whether an event of a case starts a clock from the beginning although it has begun already."""
    if event.case != case.id or event.kind is EventKind.overdue:
        return False
    source = case.process.state(event.source) if event.source else None
    moves = table_of(case.process, case.regime).leaving(source, case.process.activity(event.activity))
    return any(
        one.is_anew and one.clock.name == clock
        for move in moves
        if move.row.target.name == event.target
        for one in move.clocks
    )
