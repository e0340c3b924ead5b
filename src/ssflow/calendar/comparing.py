"""The days on which files from elsewhere contradict a calendar, found before the files are laid over it."""

from __future__ import annotations

from pathlib import Path

from ssflow.calendar.copies import Difference, differing
from ssflow.calendar.given import check_calendar
from ssflow.calendar.loading import given_notices
from ssflow.calendar.notices import Notice
from ssflow.calendar.workcalendar import WorkCalendar


def differences(calendar: WorkCalendar, *notices: Notice | Path | str) -> tuple[Difference, ...]:
    """Return the days on which a second copy of a year contradicts the notices that the calendar has for that year, in order.

    Second copies are files from elsewhere, and whole notices under a new name. A year without a notice in the calendar has no
    second copy, and neither an amendment nor a regional notice is one.

    Raises:
        InputError: ``calendar`` is not a calendar, or one of ``notices`` is neither a notice nor a path.
        DataError: a file cannot be used.

    """
    check_calendar(calendar)
    theirs = (notice for _, notice in given_notices(notices, is_chinese=calendar.base_calendar.is_chinese))
    return differing(calendar.notices, theirs, calendar.base_calendar.is_weekend)
