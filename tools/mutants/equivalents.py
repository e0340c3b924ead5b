"""The mutants that no test can notice, each with its reason; an entry that is no mutant any more is an error."""

import tomllib
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from tools.mutants.mutations import Mutant

FILE = Path(__file__).parent / "equivalent.toml"


class Equivalent(NamedTuple):
    """A line before and after a change that nobody can tell apart, and why."""

    file: str
    was: str
    now: str
    why: str

    def is_(self, mutant: Mutant) -> bool:
        """Whether it says this of a mutant."""
        return (self.file, self.was, self.now) == (mutant.file, mutant.was, mutant.now)


def equivalents(file: Path = FILE) -> list[Equivalent]:
    """The entries of the list."""
    return [Equivalent(**entry) for entry in tomllib.loads(file.read_text(encoding="utf-8")).get("equivalent", [])]


def unmatched(entries: Iterable[Equivalent], found: Iterable[Mutant]) -> list[Equivalent]:
    """The entries of which there is no mutant."""
    known = {(mutant.file, mutant.was, mutant.now) for mutant in found}
    return [entry for entry in entries if (entry.file, entry.was, entry.now) not in known]
