"""The rulebook of a procedure, which gives views of its cases the titles of laws."""

from __future__ import annotations

from ssflow.doors import check_subclass
from ssflow.process import Process
from ssflow.rules import Rulebook, rulebook, rulebook_names


def book_of(process: type[Process]) -> Rulebook:
    """Return the rulebook of a procedure; an empty one if there is no file of figures for it."""
    check_subclass("process", process, Process)
    return rulebook(process.name) if process.name in rulebook_names() else Rulebook(process.name, ())
