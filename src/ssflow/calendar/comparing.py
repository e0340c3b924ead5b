"""Where the files of others say the contrary of a calendar, before they are laid over it."""

from __future__ import annotations

from pathlib import Path

from ssflow.calendar.copies import Difference, differing
from ssflow.calendar.given import check_calendar
from ssflow.calendar.loading import given_notices
from ssflow.calendar.notices import Notice
from ssflow.calendar.workcalendar import WorkCalendar


def differences(calendar: WorkCalendar, *notices: Notice | Path | str) -> tuple[Difference, ...]:
    """The days of which a second copy of a year says the contrary of the notices that the calendar has of it, in order.

    Copies are the files of others, and whole notices under a new name. A year of which the calendar has no notice has no
    second copy, and neither an amendment nor the notice of a place is one.

    Raises:
        InputError: what is given is not a calendar, or neither a notice nor a path.
        DataError: a file cannot be used.

    """
    check_calendar(calendar)
    theirs = (notice for _, notice in given_notices(notices, is_chinese=calendar.base_calendar.is_chinese))
    return differing(calendar.notices, theirs, calendar.base_calendar.is_weekend)
