"""What is broken, each fault with the file or the definition it lies in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from ssflow.cli.output.answer import Screen
from ssflow.errors import DataError, DefinitionError, Fault
from ssflow.sheets.document import Document, text_document
from ssflow.sheets.usable import Failing

Faults = Mapping[str, Sequence[Fault]]


def faults_of(error: DataError | DefinitionError) -> list[Fault]:
    """The faults of an error, seen from the file or the definition."""
    if isinstance(error, DefinitionError):
        return [fault.within(error.subject) for fault in error.faults]
    return [Fault(": ".join(filter(None, (str(error.file), fault.path))), fault.text) for fault in error.faults]


def fault_document(fault: Fault) -> Document:
    """A fault as plain data."""
    return {"path": fault.path, **text_document(fault.text)}


def faults_by_name(failing: Failing) -> dict[str, list[Fault]]:
    """What is wrong with each procedure and file that cannot be used."""
    return {name: faults_of(error) for name, error in failing.items()}


def failing_document(failing: Faults) -> Document:
    """The same as plain data."""
    return {name: [fault_document(fault) for fault in faults] for name, faults in failing.items()}


def tell_failing(screen: Screen, failing: Faults) -> None:
    """Print what cannot be used and why, below what can be."""
    for name, faults in failing.items():
        screen.line()
        screen.line(f"{name}  {screen.t('不能使用', 'cannot be used')}", "red")
        for fault in faults:
            screen.line(f"- {fault.say(screen.lang)}", indent=2)


def end(failing: Faults) -> None:
    """Exit with 1 if something was left out."""
    if failing:
        raise click.exceptions.Exit(1)
