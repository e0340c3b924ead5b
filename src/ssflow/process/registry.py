"""Procedures by their present and older names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ssflow.converters import clashes
from ssflow.doors import check_subclass
from ssflow.errors import DefinitionError, Fault, UnknownError
from ssflow.process.process import Process
from ssflow.text import Text


def registry(*processes: type[Process]) -> Callable[[str], type[Process]]:
    """Return a function that finds these procedures by name, as ``Cases(process_of=...)`` takes it for procedures that are not installed.

    Older names are found too; of several versions the newest is found, which names those that it supersedes. For an unknown name, the
    function raises UnknownError.

    Raises:
        DefinitionError: two procedures have one name, or an older name of one is a present or older name of another.
        InputError: an argument is not a procedure.

    """
    for process in processes:
        check_subclass("processes", process, Process)
    superseded = {older for process in processes for older in process.versions()[1:]}
    processes = tuple(process for process in processes if process not in superseded)
    if faults := list(claimed_twice(processes)):
        raise DefinitionError("registry", faults)
    named = {name: process for process in processes for name in (*process.former, process.name)}
    present = [process.name for process in processes]

    def process_of(name: str) -> type[Process]:
        if name not in named:
            raise UnknownError("procedure", name, present)
        return named[name]

    return process_of


def claimed_twice(processes: Sequence[type[Process]]) -> Iterator[Fault]:
    """Yield a fault for each present or older name that several procedures claim, at the name of one of them."""
    for name, times in Counter(process.name for process in processes).items():
        if times > 1:
            yield Fault(
                name,
                Text(
                    f"有{times}个程序用此名称；如系同一程序的几版，请在较新的定义中写supersedes = ...",
                    f"{times} procedures have this name; if they are versions of one, name the older with supersedes = ... in the newer",
                ),
            )
    yield from clashes(
        [process.name for process in processes], [(process.name, process.former) for process in processes]
    )
