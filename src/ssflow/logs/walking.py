"""One trace on its way through the kernel, which judges each entry in the present state of the case."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Self

from attrs import define, field

from ssflow.calendar.clock import civil_day
from ssflow.case import Attempt, Event, EventKind, Ground, GroundKind, Legislation, advance_together, decide
from ssflow.errors import RefusedError
from ssflow.logs.activities import Meaning, role_of
from ssflow.logs.log import Entry
from ssflow.process import Activity, Deed, Role, Term
from ssflow.rules.citations import Citation
from ssflow.simulation.chart.chart import Kind
from ssflow.simulation.chart.kernel import Company
from ssflow.text import Text

Moment = date | datetime


@define(eq=False)
class Walk:
    """A case that is played as its log has it, with the data of one kind of case. ``told`` counts events of time that no entry has named yet.

    ``supposed`` keeps the acts found missing before an act, by the standing of the case and the day; cases of one kind share it.
    """

    kind: Kind
    law: Legislation
    company: Company
    events: list[Event] = field(factory=list)
    told: Counter[str] = field(factory=Counter)
    supposed: dict[object, tuple[Activity[Any], ...] | None] = field(factory=dict)

    @classmethod
    def of(cls, kind: Kind, law: Legislation) -> Self:
        """Return a walk that has not begun."""
        return cls(kind, law, kind.company)

    def fork(self) -> Walk:
        """Return a copy of this walk, to try an entry on."""
        return Walk(self.kind, self.law, self.company, list(self.events), Counter(self.told), self.supposed)

    def take(self, entry: Entry, meaning: Meaning) -> tuple[Ground, ...]:
        """Let an entry happen, and return the grounds if it could not; the walk is then where time has brought it."""
        if isinstance(meaning, Term) or (meaning is not None and meaning.by is None):
            return self._observed(meaning, entry.time)
        assert meaning is not None  # noqa: S101 - what is left out is not tried
        by = role_of(self.company.main.process, entry.resource) or meaning.by
        return self.act(meaning, entry.time, by)

    def act(self, activity: Activity[Any], moment: Moment, by: Role | None = None) -> tuple[Ground, ...]:
        """Let a role do an activity, and return the grounds if the kernel refuses it."""
        by = by or activity.by
        assert by is not None  # noqa: S101 - what time does is observed
        try:
            opening = self.company.main.state is None
            before = self.kind.before if opening and activity.is_opening else ()
            happened: list[Event] = []
            company = self.company
            for place, deed, role in before:
                company = self._decided(company, place, deed, role, moment, happened)
            deed = self.kind.deeds[activity.name]
            company = self._decided(company, len(company.cases) - 1, deed, by, moment, happened)
        except RefusedError as refused:
            self.pass_to(moment)
            return refused.grounds
        self._keep(company, happened)
        return ()

    def pass_to(self, moment: Moment) -> None:
        """Let time pass up to a moment; a bare date is the beginning of its day."""
        opened = [case for case in self.company.cases if case.state is not None]
        events = advance_together(opened, moment, self.law)
        self._keep(self.company.after(events), events)

    def _decided(
        self, company: Company, place: int, deed: Deed[Any], by: Role, moment: Moment, happened: list[Event]
    ) -> Company:
        case = company.cases[place]
        beside = tuple(other for other in company.cases if other is not case and other.state is not None)
        links = beside if place == len(company.cases) - 1 else ()
        triggered = deed.activity.triggered
        events = decide(case, Attempt(deed=deed, by=by, on=moment, law=self.law, links=links, triggered=triggered))
        happened += events
        return company.after(events)

    def _keep(self, company: Company, events: Sequence[Event]) -> None:
        self.company = company
        own = [event for event in events if event.case == company.main.id]
        self.events += own
        self.told.update(e.activity for e in own if e.kind in (EventKind.lapse, EventKind.overdue))

    def _observed(self, what: Activity[Any] | Term, moment: Moment) -> tuple[Ground, ...]:
        """Return the grounds unless time has by then done what the entry says, and no entry has named that yet."""
        self.pass_to(moment)
        if self.told[what.name]:
            self.told[what.name] -= 1
            return ()
        return (self._not_run_out(what, moment),)

    def _not_run_out(self, what: Activity[Any] | Term, moment: Moment) -> Ground:
        case, clock = self.company.main, what if isinstance(what, Term) else what.after
        assert clock is not None  # noqa: S101 - an activity that nobody does is a clock's
        laws = self.law.of(case.process).laws
        o = case.obligation(clock.name)
        if o is None or not o.is_timed or o.overdue:
            reason = Text(f"“{clock.zh}”此时并未届满", f'"{clock.en}" does not run out here')
            cites = () if isinstance(what, Term) else what.cites
            return Ground(GroundKind.state, what.name, reason, cites, laws)
        day = civil_day(moment, self.law.calendar.zone)
        last = Text(f"到{o.due}为止", f"runs until {o.due}") if o.due else Text("停止计算", "is stopped")
        reason = Text(f"“{clock.zh}”{last.zh}，{day}尚未届满", f'"{clock.en}" {last.en}; it has not run out on {day}')
        return Ground(GroundKind.order, what.name, reason, tuple(map(Citation.parse, o.cites)), laws)
