"""How far something is that takes a while: a bar on standard error, where somebody looks at it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import Progress

from ssflow.cli.output.answer import Screen


@contextmanager
def progress(screen: Screen, title: str) -> Iterator[Callable[[int, int], None] | None]:
    """Show a bar while something is done, which is told how many parts of how many are; nothing where no terminal is."""
    console = Console(stderr=True)
    if screen.as_json or not console.is_terminal:
        yield None
        return
    with Progress(console=console, transient=True) as bar:
        task = bar.add_task(title, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
