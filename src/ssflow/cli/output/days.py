"""Days in words and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from ssflow.calendar import Day, DayKind
from ssflow.calendar.weekdays import weekday_of
from ssflow.documents import Document, text_document
from ssflow.text import Text
from ssflow.views.notices import notice_view


def kind(day: Day) -> Text:
    """Return the kind of a day; a day that is forecast to rest does not rest by notice."""
    forecast = day.kind is DayKind.SWAPPED and day.notice is None
    return Text("补休日", "rest day in lieu") if forecast else day.kind.value


def is_special(day: Day) -> bool:
    """Return whether a day differs from the ordinary week."""
    return day.kind is not DayKind.WORKDAY and not (day.kind is DayKind.WEEKEND and day.name is None)


def runs(days: Iterable[Day]) -> Iterator[list[Day]]:
    """Yield the special days: runs of rest days with one name and notice, and each make-up day alone."""
    for special, run in groupby(days, key=_run_key):
        if special:
            yield list(run)


def _run_key(day: Day) -> tuple[object, ...]:
    if not is_special(day):
        return ()
    alone = day.date if day.is_workday else None
    return alone, day.name, day.notice, day.firm


def day_document(day: Day) -> Document:
    """Return a day as plain data."""
    return {
        "date": day.date.isoformat(),
        "weekday": weekday_of(day.date).en,
        "kind": day.kind.name,
        "workday": day.is_workday,
        "name": text_document(day.name) if day.name else None,
        "notice": notice_view(day.notice).document() if day.notice else None,
        "firm": day.firm,
    }
