"""The yearly arrangements of rest days and make-up working days, one file a notice.

A notice is a public act with a date of release. It says which days rest and which weekend days work. A later notice
overrules an earlier one day by day: the extension of January 2020 cancelled a make-up Saturday of the notice of 2019.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING

from attrs import field, frozen

from ssflow.converters import read_toml, structure
from ssflow.errors import DataError
from ssflow.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable
    from pathlib import Path

SATURDAY = 5
ONE_DAY = timedelta(days=1)


@frozen(kw_only=True)
class Rest:
    """Consecutive rest days of a notice, first and last included.

    ``extra`` marks days that no holiday regulation gives: a commemoration, an epidemic.
    """

    name: Text
    first: date
    last: date
    extra: bool = False

    def days(self) -> Iterator[date]:
        """Each of the rest days in turn."""
        day = self.first
        while day <= self.last:
            yield day
            day += ONE_DAY


@frozen(kw_only=True)
class Notice:
    """One arrangement of holidays.

    ``year`` is the year it arranges (it may touch the last days of the year before), ``known_from`` the day on which it
    was first published and ``evidence`` how we know that day. ``work`` lists weekend days that are worked.
    """

    id: str
    title: str
    year: int
    known_from: date
    evidence: str
    number: str = ""
    signed: date | None = None
    url: str = ""
    work: tuple[date, ...] = ()
    rest: tuple[Rest, ...] = field(default=())

    def __str__(self) -> str:
        return self.number or self.title


def load_notice(path: Path | Traversable) -> Notice:
    """A notice from its file; the file's name becomes its ``id``.

    Raises:
        DataError: the file is not a notice, or contradicts itself.

    """
    notice = structure({"id": path.name.removesuffix(".toml"), **read_toml(path)}, Notice, path)
    for fault in _faults(notice):
        raise DataError(str(path), fault)
    return notice


@cache
def national_notices() -> tuple[Notice, ...]:
    """The notices of the State Council that the package knows, in the order in which they were published."""
    from importlib.resources import files

    folder = files("ssflow.calendar") / "notices"
    notices = [load_notice(path) for path in folder.iterdir() if path.name.endswith(".toml")]
    return tuple(sorted(notices, key=lambda notice: (notice.known_from, notice.id)))


def _faults(notice: Notice) -> Iterator[str]:
    rests = [day for rest in notice.rest for day in rest.days()]
    for rest in notice.rest:
        if rest.last < rest.first:
            yield f"{rest.name.en} ends on {rest.last}, before it begins on {rest.first}"
    for day in notice.work:
        if day.weekday() < SATURDAY:
            yield f"{day} is no weekend day; only weekend days are made working days"
        if day in rests:
            yield f"{day} both rests and works"
    if len(set(rests)) < len(rests):
        yield "two rests overlap"
    for day in (*rests, *notice.work):
        if not date(notice.year - 1, 12, 29) <= day <= date(notice.year, 12, 31):
            yield f"{day} lies outside the year {notice.year} and the three days before it"
