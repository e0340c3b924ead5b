"""The evidence from trials of a procedure: what they have shown of it, and what they have left out."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Any

import attrs
from attrs import evolve as changed
from attrs import field

from ssflow.calendar import Span
from ssflow.case import Attempt, Case, Event, EventKind, evolve
from ssflow.case.verdicts import verdicts
from ssflow.process import Activity, Deed, Lapse, Process, Transition
from ssflow.process.guards import Condition
from ssflow.process.table import table_of
from ssflow.rules import Rulebook
from ssflow.testing.trials import Trial

Row = tuple[Activity[Any], Transition]


@attrs.define
class Evidence:
    """The evidence for one procedure.

    ``moves`` are the rows of the definition that were made, each under its regime; ``held`` and ``failed`` the conditions; ``began``,
    ``ended`` and ``passed`` the clocks that started to run, were ended by an act before their last day was over, and ran out.
    ``cut_short`` lists where not every case was followed.
    """

    process: type[Process]
    moves: set[tuple[Transition, Enum | None]] = field(factory=set)
    held: set[Condition[Any]] = field(factory=set)
    failed: set[Condition[Any]] = field(factory=set)
    roles: set[str] = field(factory=set)
    began: set[str] = field(factory=set)
    ended: set[str] = field(factory=set)
    passed: set[str] = field(factory=set)
    cut_short: list[str] = field(factory=list)
    trials: int = 0

    def add(self, trial: Trial) -> None:
        """Take a trial in."""
        self.trials += 1
        case, attempt = trial.case, trial.attempt
        if attempt and case.process is self.process:
            self._judge(case, attempt, made=bool(trial.events))
        for event in trial.events:
            if event.process == self.process.name:
                self._see(event)
            if event.case == case.id:
                before, case = case, evolve(case, event)
                if case.process is self.process:
                    self._compare(before, event, case)
        triggered = attempt.activity.triggers if attempt and trial.events else None
        if attempt and triggered and triggered.by and triggered.owner is self.process:
            for link in (link for link in attempt.links if link.process is self.process):
                theirs = changed(
                    attempt, deed=Deed(triggered, None), by=triggered.by, links=(case,), connected=(), triggered=True
                )
                wrote = any(event.case == link.id and event.activity == triggered.name for event in trial.events)
                self._judge(link, theirs, made=wrote)

    def _judge(self, case: Case, attempt: Attempt, *, made: bool) -> None:
        """Note which conditions of an attempt hold and, if it was made, which row it took: the first whose guard holds."""
        taken: Transition | None = None
        for row, conditions in verdicts(case, attempt):
            for condition, holds in conditions:
                (self.held if holds else self.failed).add(condition)
            if made and taken is None and all(holds for _, holds in conditions):
                taken = row
        if taken is not None:
            self.moves.add((taken, _regime_after(case, attempt)))

    def _compare(self, before: Case, event: Event, after: Case) -> None:
        """Note what an event has done to the clocks of its case; a lapse takes the one row that its regime has."""
        if event.kind is EventKind.act:
            alive = {o.clock.name for o in after.obligations if o.is_timed}
            self.ended |= {o.clock.name for o in before.obligations if o.is_timed and not o.overdue} - alive
        if event.kind is EventKind.lapse:
            self._lapse(before, event)

    def _lapse(self, before: Case, event: Event) -> None:
        """Note which move a lapse made, and what that tells of the conditions of those before it."""
        table, activity = table_of(self.process, before.regime), self.process.activity(event.activity)
        for move in table.lapses[before.state, activity.after] if before.state and activity.after else ():
            if not move.row.is_met(before.came_from):
                continue
            conditions = move.row.when.conditions if move.row.when else ()
            if move.activity is activity and move.row.target.name == event.target:
                self.moves.add((move.row, before.regime))
                self.held |= set(conditions)
                return
            self.failed |= set(conditions if len(conditions) == 1 else ())

    def _see(self, event: Event) -> None:
        self.roles |= {event.by} - {""}
        self.began |= {o.clock.name for o in event.obligations if o.is_timed}
        if event.kind is EventKind.overdue:
            self.passed.add(event.activity)
        if event.kind is EventKind.lapse:
            lapse = self.process.activity(event.activity).after
            self.passed |= {lapse.name} if lapse else set()

    def missing(self, book: Rulebook) -> list[str]:
        """Return what the trials have not shown, in words; ``book`` tells which clocks have figures at all."""
        return [*self._rows(), *self._conditions(), *self._clocks(book), *self.cut_short]

    def _rows(self) -> Iterator[str]:
        """Yield the moves, regimes and roles not seen: a move under named regimes must be made under each of them, any other under any."""
        process, made = self.process, {row for row, _ in self.moves}
        for activity, row in self._defined():
            source = row.source.name if row.source else "the opening"
            said = f"{activity.name} never leads from {source} to {row.target.name}"
            if row not in made:
                yield said
            yield from (f"under {r.name}: {said}" for r in row.under if row in made and (row, r) not in self.moves)
        for regime in process.regime.of if process.regime else ():
            if regime not in {under for _, under in self.moves}:
                yield f"no case comes under {regime.name}"
        for role in dict.fromkeys(role for activity in process.activities for role in activity.roles):
            if role.name not in self.roles:
                yield f"role {role.name} never acts"

    def _conditions(self) -> Iterator[str]:
        for condition in dict.fromkeys(c for _, row in self._defined() if row.when for c in row.when.conditions):
            for what, seen in (("holds", self.held), ("fails", self.failed)):
                if condition not in seen:
                    yield f"condition {condition.name} never {what}"

    def _clocks(self, book: Rulebook) -> Iterator[str]:
        for clock in self.process.clocks:
            if not any(value.parameter == clock.name and isinstance(value.amount, Span) for value in book.values):
                continue
            if clock.name not in self.began:
                yield f"clock {clock.name} has figures, but never runs"
                continue
            if clock.name not in self.passed:
                yield (
                    f"lapse {clock.name} never takes effect"
                    if isinstance(clock, Lapse)
                    else f"term {clock.name} is never overdue"
                )
            if clock.name not in self.ended:
                yield f"clock {clock.name} is never ended by an act in time"

    def _defined(self) -> list[Row]:
        return [(activity, row) for activity in self.process.activities for row in activity.transitions]

    def __str__(self) -> str:
        """Return how much of the definition the trials have covered, in one line."""
        process, made = self.process, {row for row, _ in self.moves}
        reached, rows = {row.target for row in made}, self._defined()
        return (
            f"{process.name}: {len(reached)} of {len(process.states)} states, {len(made)} of {len(rows)} moves, "
            f"{len(self.held & self.failed)} conditions both ways, in {self.trials} trials"
        )


def _regime_after(case: Case, attempt: Attempt) -> Enum | None:
    """Return the regime under which an act was judged: that of the case, or of the day if the act chooses it."""
    chooses = case.state is None or attempt.activity.renews is case.process.regime
    return attempt.law.in_case(case).regime_on(attempt.law.calendar.civil_day(attempt.on)) if chooses else case.regime
