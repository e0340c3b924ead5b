"""The labels of moves and states in diagrams, which the formats share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process import Activity, State

_RUNNING, _STOPPED = Text("计时", "running"), Text("停止计时", "stopped")


def move_label(activity: Activity[Any]) -> Text:
    """Return the title of an activity with its role in brackets, or the clock that acts by itself."""
    if activity.after is not None:
        clock = activity.after.title
        return Text(f"{activity.zh} [届满自动：{clock.zh}]", f"{activity.en} [clock runs out: {clock.en}]")
    who = activity.who
    return Text(f"{activity.zh} [{who.zh}]", f"{activity.en} [{who.en}]")


def clock_labels(state: State) -> Iterator[Text]:
    """Yield the clocks that run in a state, those that run in some places only, and those that are stopped."""
    for head, clocks in ((_RUNNING, (*state.clocks, *state.early)), (_STOPPED, state.stops)):
        if clocks:
            titles = Text.join([clock.title for clock in clocks], "、", ", ")
            yield Text(f"{head.zh}：{titles.zh}", f"{head.en}: {titles.en}")
