"""The festival for which a make-up day is worked."""

from __future__ import annotations

from collections import Counter
from datetime import date

from ssflow.calendar import Notice, Rest, WorkCalendar
from ssflow.calendar.notices import SATURDAY
from ssflow.text import Text


def made_up_for(notice: Notice, calendar: WorkCalendar) -> dict[date, Text]:
    """Return the festival of each make-up day of a notice; empty if it cannot be determined.

    Notices say it in words that the files do not have, but it follows from the days: as many weekend days are worked for a festival as its
    rest has weekdays beyond the statutory days. Where the numbers agree, the make-up days in their order belong to the festivals in theirs;
    where they do not, nothing is guessed.
    """
    owed: Counter[Text] = Counter()
    for rest in sorted(notice.rest, key=lambda rest: rest.first):
        owed[rest.name] += _taken(rest, calendar)
    if len(owed) == 1:
        return dict.fromkeys(notice.work, *owed)
    festivals = list(owed.elements())
    return dict(zip(sorted(notice.work), festivals, strict=True)) if len(festivals) == len(notice.work) else {}


def _taken(rest: Rest, calendar: WorkCalendar) -> int:
    """Return the number of weekdays in a rest less that of all its statutory days, those on a weekend included."""
    taken = 0
    for day in rest.days():
        statutory = calendar.base_calendar.statutory(day.year, calendar.known).get(day)
        festivals = len(statutory.zh.split("、")) if statutory else 0  # two festivals on one day give two days
        taken += (day.weekday() < SATURDAY) - festivals
    return taken
