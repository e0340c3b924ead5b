"""Procedures by their names, those that they had before included."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ssflow.converters import clashes
from ssflow.doors import check_subclass
from ssflow.errors import DefinitionError, Fault, UnknownError
from ssflow.process.process import Process
from ssflow.text import Text


def registry(*processes: type[Process]) -> Callable[[str], type[Process]]:
    """What finds these procedures by their names, as ``Cases(process_of=...)`` wants it for those that are not installed.

    A name that one of them had before finds it too; of several versions the newest is found, which names those that it supersedes. For a name that none has, what is returned raises UnknownError.

    Raises:
        DefinitionError: two have one name, an older name of one is the name of another, or two claim it.
        InputError: what is given is not a procedure.

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
    """Names of procedures, older ones included, that do not tell which of them is meant; each at the name of one that claims it."""
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
