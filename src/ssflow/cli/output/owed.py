"""The obligations of a case on a terminal: who owes what, until when, and why."""

from __future__ import annotations

from collections.abc import Sequence

from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import named, table
from ssflow.cli.output.prose import Prose
from ssflow.views import ObligationView
from ssflow.views.obligations import NONE_RUNS


def obligations(screen: Screen, owed: Sequence[ObligationView], indent: int = 0) -> None:
    """Print the terms and lapses of a case that are alive, with their caveats."""
    t = screen.t
    if not owed:
        screen.line(screen.say(NONE_RUNS), "dim", indent)
        return
    shown = table(
        t("期限", "clock"),
        t("义务人", "owed by"),
        t("最后一日", "due"),
        t("确定性", "status"),
        t("缘由", "why"),
        whole=0,
    )
    for column in shown.columns[2:4]:
        column.no_wrap = True
    for view in owed:
        shown.add_row(
            named(screen.say(view.title), view.clock),
            screen.say(view.owner),
            screen.say(view.last_day),
            status(screen, view),
            t("；", "; ").join(map(screen.say, (view.why, *view.caveats))),
        )
    screen.show(shown, indent)


def status(screen: Screen, view: ObligationView) -> Prose:
    """Return how sure the last day is, or why there is none; an overdue one is highlighted."""
    return Prose(screen.say(view.status_text), "red" if view.overdue else "" if view.status else "dim")
