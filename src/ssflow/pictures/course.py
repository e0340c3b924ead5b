"""The course of a case: its states over time, and how each of its clocks ran. The module knows nothing of charts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Literal

from attrs import evolve, frozen

from ssflow.case import Case, Event, EventKind, Obligation
from ssflow.case.case import goes_on
from ssflow.case.events import happening_title
from ssflow.errors import InputError
from ssflow.pictures.moments import end_of, moment
from ssflow.process import Clock, State
from ssflow.records.history import acts_of, observed
from ssflow.text import NO_TEXT, Text

How = Literal["running", "stopped", "late", "left"]


@frozen
class Stay:
    """A stay of a case in a state; ``until`` is None while it lasts."""

    state: State
    since: datetime
    until: datetime | None


@frozen
class Run:
    """One run of a clock: the obligation in its last state, and its end; None while it is alive."""

    obligation: Obligation
    ended: datetime | None

    @property
    def clock(self) -> Clock:
        """The clock that runs."""
        return self.obligation.clock

    @property
    def closes(self) -> datetime | None:
        """The end of the span: its instant, or its last day at 24:00; None while the clock is stopped or has no figure."""
        o = self.obligation
        if o.closes is not None:
            return moment(o.closes)
        return None if o.due is None else end_of(o.due)

    def pieces(self, now: datetime) -> Iterator[tuple[How, datetime, datetime]]:
        """Yield how the clock ran, piece by piece, up to ``now`` at most; then what was left of its span, if it ended in time."""
        o = self.obligation
        began = o.began or o.starts
        if began is None:
            return
        start = moment(began)
        end = self.ended or now
        closes = self.closes
        in_time = end if closes is None else min(end, closes)
        at = start
        for stopped, resumed in o.tolled:
            since, until = moment(stopped), min(moment(resumed), end) if resumed else end
            if at < since < end:
                yield "running", at, since
            if since < until:
                yield "stopped", since, until
                at = until
        if at < in_time:
            yield "running", at, in_time
        if closes is not None and closes < end:
            yield "late", closes, end
        elif closes is not None and end < closes:
            yield "left", max(end, start), closes


@frozen
class Mark:
    """An act or another event of the case: what happened, when, by whom."""

    what: Text
    by: Text
    at: datetime
    kind: EventKind


@frozen
class Course:
    """A case over time. ``stays`` is empty if its log changes its own past, so that no state is shown that never was."""

    case: Case
    stays: tuple[Stay, ...]
    runs: tuple[Run, ...]
    marks: tuple[Mark, ...]
    last: datetime

    @property
    def first(self) -> datetime:
        """The first moment of the case."""
        return min((mark.at for mark in self.marks), default=self.last)


def course_of(case: Case, events: Sequence[Event]) -> Course:
    """Return the course of a case from its events; without them, from what the case still knows.

    Raises:
        InputError: the case is not opened.

    """
    marks = tuple(_marks(case, events)) if events else tuple(_remembered(case))
    last = max([mark.at for mark in marks] + ([moment(case.last)] if case.last else []), default=None)
    if last is None:
        raise InputError.of(
            "case", f"办件{case.id}尚未登记，没有可画的经过", f"case {case.id} is not opened: there is nothing to draw"
        )
    straight = all(map(goes_on, events))
    stays = tuple(_stays(case, events)) if events and straight else ()
    runs = tuple(_runs(events)) if events and straight else tuple(Run(o, None) for o in case.obligations)
    return Course(case, stays, runs, marks, last)


def _marks(case: Case, events: Sequence[Event]) -> Iterator[Mark]:
    process = case.process
    for act in acts_of(process, events):
        role = process.role(act.by).title if act.by else NO_TEXT
        yield Mark(process.activity(act.activity).title, role, moment(act.at or act.on), act.kind)
    for one in observed(process, events):
        yield Mark(happening_title(process, one), one.kind.value, moment(one.at or one.on), one.kind)


def _remembered(case: Case) -> Iterator[Mark]:
    """Yield what a case without its events remembers: when each activity was done last."""
    for name, done in case.done.items():
        yield Mark(case.process.activity(name).title, NO_TEXT, moment(done.last), EventKind.act)


def _stays(case: Case, events: Sequence[Event]) -> Iterator[Stay]:
    since, state = None, None
    for event in events:
        target, at = case.process.state(event.target), moment(event.at or event.on)
        if state is not None and since is not None and target is not state:
            yield Stay(state, since, at)
        if target is not state:
            since, state = at, target
    if state is not None and since is not None:
        yield Stay(state, since, None)


def _runs(events: Sequence[Event]) -> Iterator[Run]:
    """Yield each start of each clock, in the order of their starts, with the last state of that run."""
    alive: dict[tuple[str, object], Run] = {}
    for event in events:
        at = moment(event.at or event.on)
        found = {(o.clock.name, o.began or o.starts): o for o in event.obligations if o.is_timed}
        for key, run in alive.items():
            if run.ended is None and key not in found:
                alive[key] = evolve(run, ended=at)
        for key, o in found.items():
            alive[key] = Run(o, None)
    yield from alive.values()
