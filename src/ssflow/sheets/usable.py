"""The procedures and laws that can be used, and what is wrong with the others: one broken file hides nothing but itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from ssflow import machines
from ssflow.documents import Document, text_document
from ssflow.errors import DataError, DefinitionError, Fault
from ssflow.process import Process
from ssflow.rules import Law, Rulebook, default_folders
from ssflow.rules.load import laws_of
from ssflow.views.books import book_of

Failing = dict[str, DataError | DefinitionError]


def rulebooks(processes: Iterable[type[Process]] = ()) -> tuple[dict[type[Process], Rulebook], Failing]:
    """Return the rulebooks of the given procedures, or of all, that are sound, and why the others cannot be used, by their names."""
    asked = tuple(processes)
    books: dict[type[Process], Rulebook] = {}
    failing: Failing = {} if asked else dict(machines.failing())
    for process in asked or machines.sound():
        try:
            books[process] = book_of(process)
        except DataError as error:
            failing[process.name] = error
    return books, failing


def readable_laws(failing: Failing) -> Mapping[str, Law]:
    """Return the laws that can be read. An unreadable file of laws is added to ``failing``, unless a procedure is said to fail by it."""
    known = {str(error.file) for error in failing.values() if isinstance(error, DataError)}
    found: dict[str, Law] = {}
    for folder in default_folders():
        try:
            found |= laws_of([folder])
        except DataError as error:
            if str(error.file) not in known:
                failing[str(error.file)] = error
    return found


def check(failing: Failing, *, partial: bool) -> None:
    """Raise the first thing that is wrong, unless ``partial`` is set."""
    for error in failing.values():
        if not partial:
            raise error


def faults_of(error: DataError | DefinitionError) -> list[Fault]:
    """Return the faults of an error, seen from the file or the definition."""
    if isinstance(error, DefinitionError):
        return [fault.within(error.subject) for fault in error.faults]
    return [Fault(": ".join(filter(None, (str(error.file), fault.path))), fault.text) for fault in error.faults]


def fault_document(fault: Fault) -> Document:
    """Return a fault as plain data."""
    return {"path": fault.path, **text_document(fault.text)}


def failing_document(failing: Mapping[str, Sequence[Fault]]) -> Document:
    """Return what is wrong with each procedure and file, as plain data."""
    return {name: [fault_document(fault) for fault in faults] for name, faults in failing.items()}


def faults_by_name(failing: Failing) -> dict[str, list[Fault]]:
    """Return what is wrong with each procedure and file that cannot be used."""
    return {name: faults_of(error) for name, error in failing.items()}
