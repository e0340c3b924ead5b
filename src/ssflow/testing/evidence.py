"""What trials of a procedure have shown of it, and what they have left open."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
from attrs import evolve as changed
from attrs import field

from ssflow.calendar import Span
from ssflow.case import Case, Event, EventKind, evolve
from ssflow.case.judge import Attempt, verdicts
from ssflow.process import Lapse, Process
from ssflow.rules import Rulebook
from ssflow.testing.trials import Trial

Move = tuple[str, str, str]


@attrs.define
class Evidence:
    """What was seen of one procedure: by names, so that it can be printed and compared.

    ``moves`` are source, activity and target; ``held`` and ``failed`` the conditions; ``began``, ``ended`` and ``passed`` the clocks
    that started to run, were ended by an act before their last day was over, and ran out.
    """

    process: type[Process]
    moves: set[Move] = field(factory=set)
    held: set[str] = field(factory=set)
    failed: set[str] = field(factory=set)
    roles: set[str] = field(factory=set)
    regimes: set[str] = field(factory=set)
    began: set[str] = field(factory=set)
    ended: set[str] = field(factory=set)
    passed: set[str] = field(factory=set)
    trials: int = 0

    def add(self, trial: Trial) -> None:
        """Take a trial in."""
        self.trials += 1
        case, attempt = trial.case, trial.attempt
        if attempt and case.process is self.process:
            self._judge(case, attempt)
        for event in trial.events:
            if event.process == self.process.name:
                self._see(event)
            if event.case == case.id:
                before, case = case, evolve(case, event)
                if case.process is self.process and event.kind is EventKind.act:
                    alive = {o.clock for o in case.obligations if o.is_timed}
                    self.ended |= {o.clock for o in before.obligations if o.is_timed and not o.overdue} - alive
        also = attempt.activity.also if attempt and trial.events else None
        if attempt and also and also.owner is self.process:
            for link in (link for link in attempt.links if link.process is self.process):
                theirs = changed(attempt, activity=also, data=None, by=also.by, links=(case,), alongside=True)
                self._judge(link, theirs)

    def _judge(self, case: Case, attempt: Attempt) -> None:
        for condition, holds in verdicts(case, attempt):
            (self.held if holds else self.failed).add(condition.name)

    def _see(self, event: Event) -> None:
        if event.kind in (EventKind.act, EventKind.lapse):
            self.moves.add((event.source, event.activity, event.target))
        self.roles |= {event.by} - {""}
        self.regimes |= {event.regime} - {""}
        self.began |= {o.clock for o in event.obligations if o.is_timed}
        if event.kind is EventKind.overdue:
            self.passed.add(event.activity)
        if event.kind is EventKind.lapse:
            lapse = self.process.activity(event.activity).after
            self.passed |= {lapse.name} if lapse else set()

    def missing(self, book: Rulebook) -> list[str]:
        """What the trials have not shown, in words; ``book`` tells which clocks have figures at all."""
        return list(self._missing(book))

    def _missing(self, book: Rulebook) -> Iterator[str]:
        process = self.process
        rows = [(activity, row) for activity in process.activities for row in activity.transitions]
        for activity, row in rows:
            move = (row.source.name if row.source else "", activity.name, row.target.name)
            if move not in self.moves:
                yield f"{activity.name} never leads from {move[0] or 'the opening'} to {move[2]}"
        conditions = [c.name for _, row in rows if row.when for c in row.when.conditions]
        for name in dict.fromkeys(conditions):
            yield from (f"condition {name} never {what}" for what, seen in self._outcomes() if name not in seen)
        for role in dict.fromkeys(activity.by for activity in process.activities if activity.by):
            if role.name not in self.roles:
                yield f"role {role.name} never acts"
        for regime in process.regime.of if process.regime else ():
            if regime.name not in self.regimes:
                yield f"no case comes under {regime.name}"
        for clock in process.clocks:
            if any(value.parameter == clock.name and isinstance(value.amount, Span) for value in book.values):
                yield from self._clock(clock.name, lapses=isinstance(clock, Lapse))

    def _outcomes(self) -> tuple[tuple[str, set[str]], ...]:
        return ("holds", self.held), ("fails", self.failed)

    def _clock(self, name: str, *, lapses: bool) -> Iterator[str]:
        if name not in self.began:
            yield f"clock {name} has figures, but never runs"
            return
        if name not in self.passed:
            yield f"lapse {name} never takes effect" if lapses else f"term {name} is never overdue"
        if name not in self.ended:
            yield f"clock {name} is never ended by an act in time"

    def __str__(self) -> str:
        """How much of the definition the trials have covered, in one line."""
        process = self.process
        reached = {target for _, _, target in self.moves} & {state.name for state in process.states}
        moves = {
            (row.source.name if row.source else "", activity.name, row.target.name)
            for activity in process.activities
            for row in activity.transitions
        }
        return (
            f"{process.name}: {len(reached)} of {len(process.states)} states, {len(self.moves & moves)} of {len(moves)} moves, "
            f"{len(self.held & self.failed)} conditions both ways, in {self.trials} trials"
        )
