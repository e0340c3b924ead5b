"""Office hours, by place and day."""

from __future__ import annotations

from datetime import date, time
from functools import cache
from pathlib import Path
from typing import Any

from attrs import frozen

from ssflow.calendar.doors import unfit
from ssflow.converters import read_toml, structure
from ssflow.errors import CoverageError, InputError
from ssflow.regions import region_name, widening
from ssflow.text import Text


@frozen
class OfficeHours:
    """The office hours of a day, in the time of the calendar: from ``opens`` to ``closes``."""

    opens: time
    closes: time

    def __attrs_post_init__(self) -> None:
        hours: tuple[tuple[str, Any], ...] = (("opens", self.opens), ("closes", self.closes))
        for path, hour in hours:
            if not isinstance(hour, time) or hour.tzinfo is not None:
                raise unfit(path, hour, "不带时区的钟点，例如time(9)", "a time of day without a zone, such as time(9),")
        if self.closes <= self.opens:
            said = f"{self.opens:%H:%M}–{self.closes:%H:%M}"
            raise InputError.of(
                "closes",
                f"下班须晚于上班；{said}先后颠倒",
                f"an office closes after it opens; {said.replace('–', ' to ')} runs backwards",
            )


def office_hours(place: str, day: date) -> OfficeHours:
    """Return the office hours of public bodies in a place on a day.

    Raises:
        CoverageError: no source gives them; there is no national rule.

    """
    for code in widening(place, day):
        for entry in _entries():
            if entry.place == code and entry.since <= day <= entry.until:
                return OfficeHours(entry.opens, entry.closes)
    where = region_name(place)
    raise CoverageError(
        day,
        Text(f"没有来源说明{where}的办公时间", f"no source gives the office hours of {where}"),
        Text("请自行给出：OfficeHours(time(9), time(17))", "give them: OfficeHours(time(9), time(17))"),
    )


@frozen(kw_only=True)
class _Entry:
    place: str
    since: date
    until: date
    opens: time
    closes: time
    evidence: Text


@frozen
class _File:
    hours: tuple[_Entry, ...]


@cache
def _entries() -> tuple[_Entry, ...]:
    path = Path(__file__).with_name("office_hours.toml")
    return structure(read_toml(path), _File, path).hours
