"""The first lines of a case on a terminal: what it is, its state, its parties, its facts."""

from __future__ import annotations

from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import table
from ssflow.cli.output.prose import Prose, prose
from ssflow.views import CaseView, Known


def head(screen: Screen, view: CaseView) -> None:
    """Print what the case is and its state."""
    t = screen.t
    screen.title(
        f"{view.case}{t('：', ': ')}{screen.say(view.stands)}", t(f"第{view.version}版", f"version {view.version}")
    )
    for line in view.head:
        screen.line(screen.say(line))


def facts(screen: Screen, view: CaseView) -> None:
    """Print the facts of the case; those that nobody has stated are left out."""
    if not view.known:
        return
    screen.heading(screen.t("办件事实", "Known facts"))
    shown = table("", "")
    shown.show_header = False
    for known in view.known:
        shown.add_row(_named(screen, known), screen.say(known.value))
    screen.show(shown)


def _named(screen: Screen, known: Known) -> Prose:
    """Return a fact by its Chinese title and its name in code; in English the name says as much."""
    name, title = (known.path, "dim"), known.title.zh
    return prose(f"{title} ", name) if screen.lang == "zh" and title != known.path else prose(name)
