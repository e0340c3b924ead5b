"""The extension of a tax period by long rests, by the practice of the time.

Article 109 of the implementing rules of the Tax Collection Law extends a period that has three or more rest days in a row by the
number of these days (在期限内有连续3日以上法定休假日的，按休假日天数顺延). It does not say whether the added days are working days or
calendar days. The yearly notices on the ends of tax periods show it: working days since 2021. Before 2018
local offices added calendar days. From 2018 to 2020 some months came out by one reading and some by the other, so both
days are given there. The readings and the notices are in ``long_rests.toml``.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from attrs import frozen

from ssflow.converters import read_toml, structure
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.calendar.workcalendar import WorkCalendar

Added = Literal["days", "workdays"]
ARTICLE = Text("《税收征收管理法实施细则》第109条", "Implementing Rules of the Tax Collection Law 109")


@frozen(kw_only=True)
class Reading:
    """The kind of days that offices added to periods that end from a day on; two kinds where practice was mixed."""

    since: date
    adds: tuple[Added, ...]
    evidence: Text


@frozen(kw_only=True)
class TaxNotice:
    """The yearly notice on the ends of tax periods."""

    year: int
    number: str
    signed: date | None = None
    url: tuple[str, ...] = ()


def reading_on(last: date) -> Reading:
    """Return the reading for periods that end, before any extension, on a day."""
    return next(reading for reading in reversed(_file().reading) if reading.since <= last)


def extended(last: date, n: int, calendar: WorkCalendar) -> tuple[date, ...]:
    """Return the day to which long rests of ``n`` days move a period that ends on ``last``; two days if practice was mixed.

    Neither of them is rolled yet.
    """
    if not n:
        return (last,)
    return tuple(
        calendar.add(last, n) if kind == "workdays" else last + timedelta(days=n) for kind in reading_on(last).adds
    )


def basis_of(last: date) -> Text:
    """Return the article, with the notice for the year in which the period ends if that was found."""
    notices = [Text(notice.number, notice.number) for notice in _file().notice if notice.year == last.year]
    return Text.join([ARTICLE, *notices], "、", ", ")


@frozen
class _File:
    reading: tuple[Reading, ...]
    notice: tuple[TaxNotice, ...]


@cache
def _file() -> _File:
    path = Path(__file__).with_name("long_rests.toml")
    return structure(read_toml(path), _File, path)
