"""What is broken, each fault with the file or the definition it lies in."""

from __future__ import annotations

from ssflow.errors import DataError, DefinitionError, Fault
from ssflow.sheets.document import Document, text_document


def faults_of(error: DataError | DefinitionError) -> list[Fault]:
    """The faults of an error, seen from the file or the definition."""
    if isinstance(error, DefinitionError):
        return [fault.within(error.subject) for fault in error.faults]
    return [Fault(": ".join(filter(None, (str(error.file), fault.path))), fault.text) for fault in error.faults]


def fault_document(fault: Fault) -> Document:
    """A fault as plain data."""
    return {"path": fault.path, **text_document(fault.text)}
