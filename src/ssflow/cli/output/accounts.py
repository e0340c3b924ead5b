"""The day-by-day account of a deadline, printed or as plain data."""

from __future__ import annotations

from ssflow.calendar import Deadline
from ssflow.cli.output.answer import INDENT, Screen
from ssflow.documents import Document


def account(screen: Screen, deadline: Deadline, indent: int = INDENT) -> None:
    """Print every step with its basis."""
    for number, step in enumerate(deadline.explain().steps, 1):
        screen.item(f"{number}.", step.say(screen.lang), indent=indent)


def steps_document(deadline: Deadline) -> list[Document]:
    """Every step in both languages, with its basis."""
    return [
        {
            "zh": step.text.zh,
            "en": step.text.en,
            "basis_zh": step.basis.zh if step.basis else None,
            "basis_en": step.basis.en if step.basis else None,
        }
        for step in deadline.explain().steps
    ]
