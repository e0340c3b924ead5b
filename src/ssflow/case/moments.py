"""Moments: the day of an event, or its instant if that is known."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol


class Dated(Protocol):
    """Something that happened on a day, and perhaps at a known instant."""

    @property
    def on(self) -> date:
        """The day."""

    @property
    def at(self) -> datetime | None:
        """The instant; None if it is not known."""


def moment_of(happened: Dated) -> date | datetime:
    """Return the moment of something that happened: the instant if it is known, else the day."""
    return happened.at or happened.on


def is_before(one: Dated, other: Dated) -> bool:
    """Return whether ``one`` happened before ``other``: by instants if both are known, else by day."""
    if one.at is not None and other.at is not None:
        return one.at < other.at
    return one.on < other.on


def later_of(one: date | datetime | None, other: date | datetime) -> date | datetime:
    """Return the later of two recorded moments; on the same day, an instant counts as later than the bare day."""
    if one is None:
        return other
    if isinstance(one, datetime) is isinstance(other, datetime):
        return max(one, other)
    if (day := _day(one)) != (others := _day(other)):
        return other if day < others else one
    return one if isinstance(one, datetime) else other


def _day(moment: date | datetime) -> date:
    """Return the day of a recorded moment; recorded instants are in the zone whose days count."""
    return moment.date() if isinstance(moment, datetime) else moment
