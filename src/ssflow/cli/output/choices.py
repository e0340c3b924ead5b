"""What may be done in a case and what may not, on a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from ssflow.cli.output.answer import INDENT, Screen
from ssflow.views import GroundView, OptionView
from ssflow.views.options import next_steps as steps_of
from ssflow.views.options import steps_text


def next_steps(screen: Screen, options: Iterable[OptionView], mark: str = "•") -> None:
    """Print who may do what now, one role a line, and what depends on data that is not given yet."""
    steps = steps_of(options)
    for step in steps:
        screen.item(mark, screen.say(step.text))
    if not steps:
        screen.line(screen.say(steps_text(steps)), "dim", INDENT)


def grounds(screen: Screen, found: Iterable[GroundView], indent: int = INDENT) -> None:
    """Print every ground of a refusal with its basis."""
    for ground in found:
        screen.item("✗", screen.say(ground.text), indent=indent)
