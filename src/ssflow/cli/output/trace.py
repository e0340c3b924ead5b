"""Events on a terminal: what was done, by whom, from where to where, on what basis."""

from __future__ import annotations

from collections.abc import Iterable

from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import table
from ssflow.cli.output.prose import Prose, prose
from ssflow.views import EventView


def events(screen: Screen, trace: Iterable[EventView], *, cases: bool = False) -> None:
    """Print events, one a row; ``cases`` adds the case of each, for events of several cases."""
    t = screen.t
    headings = [*([t("办件", "case")] if cases else []), "#", t("日期", "day"), t("种类", "kind")]
    shown = table(
        *headings, t("环节、主体、流转、依据", "what, by whom, from where to where, basis"), whole=len(headings)
    )
    for event in trace:
        which = [event.case] if cases else []
        shown.add_row(*which, str(event.version), event.day, screen.say(event.kind.value), _told(screen, event))
    screen.show(shown)


def _told(screen: Screen, event: EventView) -> Prose:
    first = "\n".join(map(screen.say, (event.told, *event.changes)))
    rests_on = screen.say(event.rests_on)
    return prose(first, "\n" if rests_on else "", (rests_on, "dim"))
