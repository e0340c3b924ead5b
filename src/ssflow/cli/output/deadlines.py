"""A deadline on a terminal."""

from __future__ import annotations

from ssflow.cli.output.answer import INDENT, Screen
from ssflow.views.coverage import CoverageView
from ssflow.views.deadlines import DeadlineView, LeftView, StepView


def tell_deadline(screen: Screen, view: DeadlineView) -> None:
    """Print the question, the last day, and on what it rests."""
    screen.line(screen.say(view.asked))
    screen.title(screen.say(view.answer))
    tell_coverage(screen, view.coverage)


def tell_coverage(screen: Screen, view: CoverageView) -> None:
    """Print why an answer is not firm, whose days were counted, and which regional notices bore on it."""
    for doubt in view.why_provisional:
        screen.line(screen.say(doubt), "yellow")
    if not view.is_plain:
        screen.line(screen.say(view.by_whose_days))


def tell_left(screen: Screen, view: LeftView) -> None:
    """Print what is left after a day, or by how much it is too late."""
    screen.line(screen.say(view.text), "red" if view.n < 0 else "")


def tell_steps(screen: Screen, steps: tuple[StepView, ...], indent: int = INDENT) -> None:
    """Print every step of an account with its basis."""
    for number, step in enumerate(steps, 1):
        screen.item(f"{number}.", screen.say(step.text), indent=indent)
