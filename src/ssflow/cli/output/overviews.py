"""The overview of a procedure on a terminal: how long, what to bring, what it costs, where to go, who acts."""

from __future__ import annotations

from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import table
from ssflow.cli.output.prose import Prose, prose
from ssflow.sheets.procedures.overview import Overview


def tell_overview(screen: Screen, overview: Overview) -> None:
    """Print the answers, each question once."""
    screen.line()
    shown = table("", "", "", whole=1, shares=(2, 5, 13))
    shown.show_header = False
    before = None
    for row in overview.rows:
        question = Prose(screen.say(row.question.value), "bold") if row.question is not before else Prose()
        said = [(screen.say(answer.text), "yellow" if answer.doubtful else "") for answer in row.answers]
        answers = prose(said[0], *(part for line in said[1:] for part in ("\n", line)))
        shown.add_row(question, screen.say(row.about), answers)
        before = row.question
    screen.show(shown)
