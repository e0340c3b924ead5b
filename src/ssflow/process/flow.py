"""The check that cases flow: under each regime they begin, get on and end, and an activity that renews a regime can be done."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from ssflow.errors import Fault
from ssflow.process.figures import Lapse
from ssflow.process.states import State
from ssflow.process.table import Table, table_of
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.process import Process

    Definition = type[Process]


def flow(process: Definition) -> Iterator[Fault]:
    """Yield a fault where, under a regime, no case begins, gets on or ends, and for each state that belongs to no regime."""
    everywhere: set[State] = set()
    for regime in process.regimes():
        table = table_of(process, regime)
        everywhere |= table.reached
        for path, text in _flow_under(table):
            where = Text(f"按{regime.name}办理时：", f"under {regime.name}: ") if regime else Text("", "")
            yield Fault(path, Text.join([where, text], "", ""))
    for state in process.states:
        if state not in everywhere:
            yield Fault(state.name, Text("这一状态无法到达", "the state is never reached"))


def _flow_under(table: Table) -> Iterator[Fault]:
    """Yield what is wrong with the flow of cases under one regime."""
    process, reached = table.process, table.reached
    moves = [(move.row.source, move.row.target) for several in table.moves.values() for move in several]
    ending = _ending(process, moves)
    if not reached:
        zh = "没有办件能够登记；请让一个环节为opens(state).by(role, ...)"
        yield Fault("", Text(zh, "no case can begin; let an activity be opens(state).by(role, ...)"))
    for state in (state for state in process.states if state in reached):
        leaves = any(source is state and target is not state for source, target in moves)
        if state.final and leaves:
            zh = "是办结状态，却有环节由此离开"
            yield Fault(state.name, Text(zh, "the state is final, but activities leave it"))
        elif not state.final and not leaves:
            zh = "无法离开；请写离开的流转，或者设为办结状态"
            yield Fault(state.name, Text(zh, "the state is a dead end; lead out of it or make it final"))
        elif state not in ending:
            yield Fault(state.name, Text("处于此状态的办件永远不能办结", "no case in this state can ever end"))
        yield from _ways_back(table, state)
        for clock in (*state.clocks, *state.early):
            if isinstance(clock, Lapse) and (state, clock) not in table.lapses:
                remedy = f"{state.name}.to(...).after({clock.name}, ...)"
                yield Fault(
                    clock.name,
                    Text(
                        f"在状态{state.name}中届满而无效果；请加上{remedy}",
                        f"the lapse has no effect in state {state.name}; add {remedy}",
                    ),
                )


def _ways_back(table: Table, state: State) -> Iterator[Fault]:
    """Yield a fault where an activity that leads back from a state does not lead back to every state from which that one is entered."""
    entered = {row.source for row in table.rows if row.target is state and row.source is not state}
    for activity in table.process.activities:
        rows = [move.row for move in table.leaving(state, activity) if move.row.back]
        named = {row.target for row in rows}
        for lacking in (source for source in table.process.states if rows and source in entered - named):
            zh = f"从{state.name}：办件由{lacking.name}而来的无法恢复；请写入back(...)"
            en = f"from {state.name}: a case that came from {lacking.name} has no way back; name it in back(...)"
            yield Fault(activity.name, Text(zh, en))
        for idle in (target for target in table.process.states if target in named - entered):
            zh = f"从{state.name}：没有办件由{idle.name}而来；请去掉"
            yield Fault(activity.name, Text(zh, f"from {state.name}: no case comes from {idle.name}; leave it out"))


def renewals(process: Definition) -> Iterator[Fault]:
    """Yield a fault for an activity that renews the regime and that no case can do by coming from another regime."""
    reached = {regime: table_of(process, regime).reached for regime in process.regimes()}
    changes = [(old, new) for old in reached for new in reached if old is not new]
    for activity in process.activities:
        if (
            activity.renews is not None
            and activity.renews is process.regime
            and not any(
                row.is_under(new) and row.source in reached[old] & reached[new]
                for row in activity.transitions
                for old, new in changes
            )
        ):
            zh = "不能使任何办件改按另一办法办理；所离开的状态没有一个为两种办法共有"
            en = "the activity brings no case under another regime; no state that it leaves belongs to both"
            yield Fault(activity.name, Text(zh, en))


def _ending(process: Definition, moves: Collection[tuple[State | None, State]]) -> set[State]:
    """Return the states from which a case can come to an end, guards aside."""
    ending: set[State] = set()
    fresh = {state for state in process.states if state.final}
    while fresh:
        ending |= fresh
        fresh = {source for source, target in moves if target in fresh and source is not None} - ending
    return ending
