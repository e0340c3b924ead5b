"""One entry of a calendar, in any format."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from attrs import frozen

from ssflow.calendar.clock import recorded
from ssflow.text import Text

_PROVISIONAL = Text("（暂定）", " (provisional)")


@frozen(kw_only=True)
class Entry:
    """One entry, from ``start`` to ``end``, which is not included; ``end`` is None for an instant.

    ``uid`` stays the same when a new notice changes the entry. ``made`` is when it was first known. ``works`` says whether a decreed day is
    worked; it is None for forecasts and deadlines.
    """

    uid: str
    made: datetime
    start: date | datetime
    end: date | None
    summary: Text
    description: Text | None
    category: Text
    firm: bool
    url: str = ""
    works: bool | None = None


def marked(summary: Text, *, firm: bool) -> Text:
    """Return the summary, marked if it is provisional."""
    return summary if firm else Text.join([summary, _PROVISIONAL], "", "")


def midnight(day: date) -> datetime:
    """Return 00:00 UTC of a day."""
    return datetime.combine(day, time(), UTC)


def utc(instant: datetime) -> datetime:
    """Return an aware instant as a plain datetime in UTC."""
    return recorded(instant, "UTC")
