"""The rulebook of a procedure, by which what is said of its cases names its articles."""

from __future__ import annotations

from ssflow.doors import check_subclass
from ssflow.process import Process
from ssflow.rules import Rulebook, rulebook, rulebook_names


def book_of(process: type[Process]) -> Rulebook:
    """The rulebook of a procedure; an empty one if nobody has entered figures for it."""
    check_subclass("process", process, Process)
    return rulebook(process.name) if process.name in rulebook_names() else Rulebook(process.name, ())
