"""Every error of the library, sorted by who must put it right.

=================  =========================  ==========================================
error              who puts it right          what it leaves behind
=================  =========================  ==========================================
DefinitionError    the author of a procedure  nothing is defined; all faults are listed
DataError          the keeper of a data file  nothing is loaded; the file is named
CoverageError      the keeper of the notices  no answer; the file to add is named
RefusedError       a party to the case        the case is as it was; grounds are listed
ConflictError      the caller, by trying again  nothing is written
SweepError         whoever the failures name  the other cases are advanced
StoreError         the operator               nothing is written; the file is named
CodecError         the operator               the stored events are as they were
UnknownError       the caller                 nothing; the known names are listed
=================  =========================  ==========================================

Wrong values (a naive datetime, a span of zero days) raise ``ValueError`` or ``TypeError``, as everywhere in Python.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from ssflow.text import Lang, Text


class SsflowError(Exception):
    """The root of the errors that the library raises by its own judgement."""


class DefinitionError(SsflowError):
    """A procedure is not sound. ``faults`` lists everything that is wrong with it, not only the first thing."""

    def __init__(self, subject: str, faults: Sequence[str]) -> None:
        self.subject = subject
        self.faults = tuple(faults)
        super().__init__(f"{subject} is not sound:" + "".join(f"\n  - {fault}" for fault in self.faults))


class DataError(SsflowError):
    """A data file cannot be used. ``file`` names it; ``fault`` says what is wrong; nothing was loaded."""

    def __init__(self, file: Path | str, fault: str) -> None:
        self.file = Path(file)
        self.fault = fault
        super().__init__(f"{self.file.name}: {fault} (file: {file})")


class CoverageError(SsflowError):
    """The calendar does not know this day. ``day`` is the day, ``remedy`` what to do."""

    def __init__(self, day: date, why: str, remedy: str) -> None:
        self.day = day
        self.remedy = remedy
        super().__init__(f"{day}: {why}; {remedy}")


class RefusedError(SsflowError):
    """An act is refused. ``grounds`` lists every unmet condition with its basis; the case is as it was."""

    grounds: tuple[Any, ...]

    def __init__(self, act: Text, grounds: "Sequence[Any]") -> None:
        self.act = act
        self.grounds = tuple(grounds)
        super().__init__(self.say("en"))

    def say(self, lang: Lang) -> str:
        """The refusal and all its grounds, one a line, in one language."""
        head = f"不予办理：{self.act.zh}" if lang == "zh" else f"refused: {self.act.en}"
        return head + "".join(f"\n  - {ground.say(lang)}" for ground in self.grounds)


class ConflictError(SsflowError):
    """Somebody else wrote to the case first: read it again and decide anew. Nothing was written."""

    def __init__(self, case: str, expected: int, found: int) -> None:
        self.case = case
        self.expected = expected
        self.found = found
        if expected == 0:
            super().__init__(f"case {case} exists already, at version {found}; choose another id")
        else:
            seen = f"case {case} is at version {found}, not {expected}"
            super().__init__(f"{seen}: somebody acted in between; read it again and decide anew")


class SweepError(SsflowError):
    """Some cases could not be advanced; all others were. ``failures`` tells for each case why, ``recorded`` how many events were
    written.
    """

    def __init__(self, failures: Mapping[str, Exception], recorded: int) -> None:
        self.failures = dict(failures)
        self.recorded = recorded
        told = "".join(f"\n  - {case}: {error}" for case, error in failures.items())
        super().__init__(f"{recorded} events were recorded, but some cases could not be advanced:{told}")


class StoreError(SsflowError):
    """The database file cannot be used. ``file`` names it; nothing was written."""

    def __init__(self, file: Path | str, fault: str) -> None:
        self.file = Path(file)
        self.fault = fault
        super().__init__(f"{file}: {fault}")


class CodecError(SsflowError):
    """A stored event cannot be read: its text is damaged, or a newer version of the library wrote it."""


class UnknownError(SsflowError, LookupError):
    """A name that nobody knows. ``kind`` says of what, ``name`` which, ``known`` lists the ones that exist."""

    def __init__(self, kind: str, name: str, known: Iterable[str] = (), hint: str = "") -> None:
        self.kind = kind
        self.name = name
        self.known = tuple(known)
        near = get_close_matches(name, self.known, n=3)
        if near:
            hint = hint or f"did you mean {' or '.join(near)}?"
        elif self.known:
            hint = hint or "known: " + ", ".join(self.known)
        super().__init__(f"unknown {kind} {name!r}" + (f"; {hint}" if hint else ""))
