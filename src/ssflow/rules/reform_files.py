"""Reforms as TOML files: figures that change from a day on."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ssflow.calendar.spans import Roll
from ssflow.converters import read_toml, structure
from ssflow.doors import check_kind
from ssflow.errors import DataError, Fault, InputError, UnknownError
from ssflow.regions import NATION
from ssflow.rules.rulebook import Rulebook


@frozen(kw_only=True)
class Amendment:
    """A figure that changes, as `Rulebook.amended` takes it; with ``everywhere``, every figure of the parameter, as `amended_all` does."""

    parameter: str
    value: str | bool
    since: date
    region: str = NATION
    when: dict[str, Any] = field(factory=dict)
    cites: str = "proposal"
    roll: Roll | None = None
    starts: str | None = None
    owed_by: str | None = None
    everywhere: bool = False

    def of(self, book: Rulebook) -> Rulebook:
        """Return the rulebook with this change; raises InputError or UnknownError as `Rulebook.amended` does."""
        if self.everywhere:
            return book.amended_all(self.parameter, self.value, since=self.since, cites=self.cites, roll=self.roll)
        return book.amended(
            self.parameter,
            self.value,
            since=self.since,
            region=self.region,
            when=self.when,
            cites=self.cites,
            roll=self.roll,
            starts=self.starts,
            owed_by=self.owed_by,
        )


@frozen
class _File:
    amend: tuple[Amendment, ...]


def _as_written(fault: Fault) -> Fault:
    """Return a fault with the file's name for its key: the amount of `Rulebook.amended` is called value in every file of figures."""
    return Fault("value", fault.text) if fault.path == "amount" else fault


def read_reform(path: Path | str, book: Rulebook) -> Rulebook:
    """Return the rulebook under the reform of a file, whose changes are applied in order.

    Raises:
        DataError: the file is broken, or changes are refused; all are listed, each fault with its path.
        InputError: ``path`` is not a path, or ``book`` not a rulebook.

    """
    check_kind("path", path, Path, str)
    check_kind("book", book, Rulebook)
    path = Path(path)
    faults: list[Fault] = []
    for number, amendment in enumerate(structure(read_toml(path), _File, path).amend):
        try:
            book = amendment.of(book)
        except InputError as error:
            faults += [_as_written(fault).within(f"amend[{number}]") for fault in error.faults]
        except UnknownError as error:
            faults.append(Fault(f"amend[{number}]", error.text))
    if faults:
        raise DataError(str(path), *faults)
    return book
