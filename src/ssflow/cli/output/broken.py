"""Broken definitions and files, shown below the sound ones, each fault with its place, and in the exit code."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import click

from ssflow.cli.output.answer import Screen
from ssflow.errors import Fault

Faults = Mapping[str, Sequence[Fault]]


def tell_failing(screen: Screen, failing: Faults) -> None:
    """Print what cannot be used and why."""
    for name, faults in failing.items():
        screen.line()
        screen.line(f"{name}  {screen.t('不能使用', 'cannot be used')}", "red")
        for fault in faults:
            screen.line(f"- {fault.say(screen.lang)}", indent=2)


def end(failing: Faults) -> None:
    """Exit with 1 if something was left out."""
    if failing:
        raise click.exceptions.Exit(1)
