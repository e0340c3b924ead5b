"""A procedure under a regime, compiled once: the moves that leave each state, and their effects on each clock.

The judge, the passing of time, the checks and every simulation read this table, so that none of them works it out again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum, unique
from typing import TYPE_CHECKING, Any

from attrs import Factory, field, frozen

from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.activities import Activity, Extension, Transition, Until
    from ssflow.process.figures import Clock
    from ssflow.process.process import Process
    from ssflow.process.states import State


@unique
class Effect(Enum):
    """The effect of a move on a clock that is alive after it; the clocks that a move ends are listed in the move."""

    start = Text("起算", "starts")
    restart = Text("重新起算", "starts anew")
    keep = Text("继续", "goes on")
    stop = Text("停止", "stops")
    resume = Text("恢复", "resumes")
    extend = Text("延长", "is extended")
    shorten = Text("撤销延长", "is no longer extended")


@frozen(eq=False)
class ClockMove:
    """The effects of a move on one clock that is alive after it.

    ``at_once`` says whether a figure that names no activity starts the clock here. ``was_early`` says that the clock need not have begun
    before, because a case may come from its opening to the state that is left without having been where the clock runs. ``later`` are the
    activities still to come by which a figure may start it; ``until`` is the last day that the act itself sets. ``extension`` is remembered
    (``can_be_withdrawn``) if an act may take it back; ``withdrawn`` is the activity whose extension is taken back. ``stopped`` may be
    ``by_analogy``: legislation without analogies lets the clock run. ``is_anew`` says that it starts anew, whatever it did before.
    """

    clock: Clock
    effects: tuple[Effect, ...]
    at_once: bool
    was_early: bool
    stopped: bool
    by_analogy: bool
    extension: Extension | None
    can_be_withdrawn: bool
    withdrawn: Activity[Any] | None
    until: Until | None
    later: Mapping[str, Activity[Any]] = field(repr=False)
    is_anew: bool = field(
        init=False, repr=False, default=Factory(lambda move: Effect.restart in move.effects, takes_self=True)
    )


@frozen(eq=False)
class Move:
    """One row of an activity: the articles on which it rests, its effects on the clocks alive after it, and the clocks that it ends."""

    activity: Activity[Any]
    row: Transition
    cites: tuple[str, ...]
    clocks: tuple[ClockMove, ...]
    ended: tuple[Clock, ...]


@frozen(eq=False)
class Table:
    """All moves of a procedure under one regime; for a case without a regime, the moves that every regime has.

    ``moves`` has those of an activity from a state in the order in which they are tried; ``lapses`` has those among which a lapse chooses.
    """

    process: type[Process]
    regime: Enum | None
    moves: Mapping[tuple[State | None, Activity[Any]], tuple[Move, ...]]
    lapses: Mapping[tuple[State, Clock], tuple[Move, ...]]
    reached: frozenset[State]
    _of_rows: Mapping[Transition, Move] = field(
        init=False, repr=False, default=Factory(lambda table: _by_row(table.moves.values()), takes_self=True)
    )

    @property
    def rows(self) -> tuple[Transition, ...]:
        """All rows of the table, as the definition has them."""
        return tuple(self._of_rows)

    def leaving(self, state: State | None, activity: Activity[Any]) -> tuple[Move, ...]:
        """Return the moves of an activity from a state; none if the activity does not leave it."""
        return self.moves.get((state, activity), ())

    def move(self, row: Transition) -> Move:
        """Return the move of a row."""
        return self._of_rows[row]


def _by_row(moves: Iterable[tuple[Move, ...]]) -> Mapping[Transition, Move]:
    return {move.row: move for several in moves for move in several}


_TABLES: dict[tuple[type[Process], Enum | None], Table] = {}


def table_of(process: type[Process], regime: Enum | None) -> Table:
    """Return the table of a procedure under a regime, made on first use."""
    key = process, regime
    return _TABLES.get(key) or _TABLES.setdefault(key, _compiled(process, regime))


def clocks_after(
    process: type[Process], source: State | None, activity: Activity[Any], target: State
) -> tuple[ClockMove, ...]:
    """Return the effects of a move on the clocks that are alive after it."""
    return tuple(_clock(process, clock, source, activity, target) for clock in process.clocks if target.holds(clock))


def clocks_of(process: type[Process], state: State) -> tuple[ClockMove, ...]:
    """Return the clocks of a case that comes to a state by none of its activities: all clocks of the state start, unless they run."""
    return tuple(_clock(process, clock, None, None, state) for clock in process.clocks if state.holds(clock))


def _compiled(process: type[Process], regime: Enum | None) -> Table:
    moves: dict[tuple[State | None, Activity[Any]], tuple[Move, ...]] = {}
    for activity in process.activities:
        for row in activity.transitions:
            if row.is_under(regime):
                before = moves.get((row.source, activity), ())
                moves[row.source, activity] = (*before, _move(process, activity, row))
    lapses: dict[tuple[State, Clock], tuple[Move, ...]] = {}
    for (state, activity), those in moves.items():
        if state is not None and activity.after is not None:
            lapses[state, activity.after] = (*lapses.get((state, activity.after), ()), *those)
    return Table(process, regime, moves, lapses, frozenset(_reached(moves)))


def _move(process: type[Process], activity: Activity[Any], row: Transition) -> Move:
    held = [clock for clock in process.clocks if row.source is not None and row.source.holds(clock)]
    ended = tuple(clock for clock in held if not row.target.holds(clock))
    conditions = row.when.conditions if row.when else ()
    cites = dict.fromkeys(map(str, (*activity.cites, *(cite for one in conditions for cite in one.cites))))
    return Move(activity, row, tuple(cites), clocks_after(process, row.source, activity, row.target), ended)


def _clock(
    process: type[Process], clock: Clock, source: State | None, activity: Activity[Any] | None, target: State
) -> ClockMove:
    effects = [_course(clock, source, activity) if activity else Effect.start]
    was_stopped, stopped = source is not None and clock in source.stops, clock in target.stops
    if stopped and not was_stopped:
        effects.append(Effect.stop)
    if was_stopped and not stopped:
        effects.append(Effect.resume)
    extension, withdrawn, until = _on_clock(clock, activity) if activity else (None, None, None)
    effects += [Effect.extend] if extension else []
    effects += [Effect.shorten] if withdrawn else []
    can_be_withdrawn = activity is not None and any(other.withdraws is activity for other in process.activities)
    at_once, was_early, later = clock in target.clocks, source in _early(process, clock), _later(process, clock, target)
    return ClockMove(
        clock,
        tuple(effects),
        at_once,
        was_early,
        stopped,
        target.by_analogy,
        extension,
        can_be_withdrawn,
        withdrawn,
        until,
        later,
    )


def _on_clock(clock: Clock, activity: Activity[Any]) -> tuple[Extension | None, Activity[Any] | None, Until | None]:
    """Return the extension of a clock by an activity, the activity whose extension is withdrawn, and the last day that is set."""
    taken = activity.withdraws
    return (
        activity.extends if activity.extends and activity.extends.term is clock else None,
        taken if taken and taken.extends and taken.extends.term is clock else None,
        activity.sets if activity.sets and activity.sets.clock is clock else None,
    )


def _early(process: type[Process], clock: Clock) -> set[State]:
    """Return the states that hold a clock without running it and that a case may reach without having been where it runs."""
    rows = [row for activity in process.activities for row in activity.transitions]
    idle = [state for state in process.states if state.holds(clock) and clock not in state.clocks]
    found: set[State] = set()
    fresh = {row.target for row in rows if row.source is None or not row.source.holds(clock)}.intersection(idle)
    while fresh:
        found |= fresh
        fresh = {row.target for row in rows if row.source in fresh}.intersection(idle) - found
    return found


def _later(process: type[Process], clock: Clock, state: State) -> Mapping[str, Activity[Any]]:
    """Return the activities that leave a state or, if it does not run the clock, a later state that the case reaches with the clock."""
    rows = [(activity, row) for activity in process.activities for row in activity.transitions]
    ahead = [state]
    for one in ahead:  # which grows
        if clock not in one.clocks:
            targets = dict.fromkeys(row.target for _, row in rows if row.source is one)
            ahead += [target for target in targets if target.holds(clock) and target not in ahead]
    return {activity.name: activity for activity, row in rows if row.source in ahead}


def _course(clock: Clock, source: State | None, activity: Activity[Any]) -> Effect:
    held = source is not None and source.holds(clock)
    if clock in (activity.renews, activity.after) or (held and activity.sets and activity.sets.clock is clock):
        return Effect.restart
    return Effect.keep if held else Effect.start


def _reached(moves: Mapping[tuple[State | None, Activity[Any]], tuple[Move, ...]]) -> set[State]:
    rows = [move.row for several in moves.values() for move in several]
    reached: set[State] = set()
    fresh = {row.target for row in rows if row.source is None}
    while fresh:
        reached |= fresh
        fresh = {row.target for row in rows if row.source in fresh} - reached
    return reached
