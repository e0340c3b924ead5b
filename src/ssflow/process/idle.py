"""The check for idle acts: acts on a clock that does not run there, which would do nothing without anybody noticing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ssflow.errors import Fault
from ssflow.process.figures import Clock
from ssflow.process.table import Effect, Move, table_of
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.activities import Activity
    from ssflow.process.process import Process

    Definition = type[Process]


def idle(process: Definition) -> Iterator[Fault]:
    """Yield a fault for each act that extends or shortens a term that does not run, or starts anew a clock that does not run afterwards."""
    moves = (
        move for regime in process.regimes() for several in table_of(process, regime).moves.values() for move in several
    )
    # Each once, whatever the number of regimes.
    yield from dict.fromkeys(fault for move in moves for fault in _idle_in(move))


def _idle_in(move: Move) -> Iterator[Fault]:
    activity, source = move.activity, move.row.source
    zh, en = (source.name, source.name) if source else ("登记", "the opening")
    going_on = [one.clock for one in move.clocks if Effect.keep in one.effects]
    if activity.extends and activity.extends.term not in going_on:
        name = activity.extends.term.name
        yield Fault(
            activity.name,
            Text(
                f"从{zh}：{name}并未计时，无从延长", f"from {en}: {name} does not run and go on, so nothing is extended"
            ),
        )
    if activity.withdraws:
        yield from _withdrawal(activity, activity.withdraws, going_on, Text(zh, en))
    if activity.sets and activity.sets.clock not in [one.clock for one in move.clocks]:
        name = activity.sets.clock.name
        yield Fault(
            activity.name,
            Text(
                f"从{zh}：此后{name}并不计时，所定的日期不起作用",
                f"from {en}: {name} does not run afterwards, so the day that is set does nothing",
            ),
        )
    if isinstance(activity.renews, Clock) and activity.renews not in [one.clock for one in move.clocks]:
        name = activity.renews.name
        yield Fault(
            activity.name,
            Text(
                f"从{zh}：此后{name}并不计时，无从重新起算",
                f"from {en}: {name} does not run afterwards, so it does not start anew",
            ),
        )


def _withdrawal(activity: Activity[Any], taken: Activity[Any], going_on: list[Clock], source: Text) -> Iterator[Fault]:
    """Yield the faults of an act that takes an extension back: the term must go on, and the act must do nothing else to it."""
    if taken.extends is None:
        text = Text(
            f"{taken.name}并不延长任何期限，无从撤销", f"{taken.name} extends nothing, so nothing is taken back"
        )
        yield Fault(activity.name, text)
        return
    name = taken.extends.term.name
    if taken.extends.term not in going_on:
        zh = f"从{source.zh}：{name}并未继续计时，无从撤销延长"
        en = f"from {source.en}: {name} does not run and go on, so no extension is taken back"
        yield Fault(activity.name, Text(zh, en))
    if activity.extends and activity.extends.term is taken.extends.term:
        zh = f"既延长{name}又撤销其延长；请分为两个环节"
        en = f"it extends {name} and takes an extension of it back: make two activities"
        yield Fault(activity.name, Text(zh, en))
