"""When business ends: the hours of offices, by place and day."""

from __future__ import annotations

from datetime import date, time
from functools import cache

from attrs import field, frozen

from ssflow.converters import read_toml, structure
from ssflow.errors import CoverageError
from ssflow.regions import region_name, widening


@frozen
class OfficeHours:
    """The hours of business of a day, in the time of the calendar: from ``opens`` to ``closes``."""

    opens: time
    closes: time = field()

    @closes.validator
    def _after_opening(self, _: object, closes: time) -> None:
        if closes <= self.opens:
            msg = f"an office closes after it opens; {self.opens:%H:%M} to {closes:%H:%M} runs backwards"
            raise ValueError(msg)


def office_hours(place: str, day: date) -> OfficeHours:
    """The hours of public bodies in a place on a day.

    Raises:
        CoverageError: no source gives them; there is no national rule.

    """
    for code in widening(place, day):
        for entry in _entries():
            if entry.place == code and entry.since <= day <= entry.until:
                return OfficeHours(entry.opens, entry.closes)
    where = region_name(place)
    raise CoverageError(
        day, f"no source gives the office hours of {where}", "give them: OfficeHours(time(9), time(17))"
    )


@frozen(kw_only=True)
class _Entry:
    place: str
    since: date
    until: date
    opens: time
    closes: time
    evidence: str


@frozen
class _File:
    hours: tuple[_Entry, ...]


@cache
def _entries() -> tuple[_Entry, ...]:
    from importlib.resources import files

    path = files("ssflow.calendar") / "office_hours.toml"
    return structure(read_toml(path), _File, path).hours
