"""What diagrams write at a move: the activity, and who does it. Shared by the formats."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process import Activity


def move_label(activity: Activity[Any]) -> Text:
    """The title of an activity with its role in brackets, or the clock that acts by itself."""
    if activity.after is not None:
        clock = activity.after.title
        return Text(f"{activity.zh} [期满自动：{clock.zh}]", f"{activity.en} [clock runs out: {clock.en}]")
    who = activity.who
    return Text(f"{activity.zh} [{who.zh}]", f"{activity.en} [{who.en}]")
