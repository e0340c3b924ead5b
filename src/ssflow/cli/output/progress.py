"""The progress of a long operation: a bar on standard error, if that is a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

from ssflow.cli.output.answer import Screen


@contextmanager
def progress(screen: Screen, title: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar while the body runs, and yield a function to report parts done and parts in all; None if there is no terminal."""
    console = Console(stderr=True)
    if screen.as_json or not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
