"""Checks of a calendar and of office hours given as arguments."""

from __future__ import annotations

from ssflow.calendar.doors import unfit
from ssflow.calendar.officehours import OfficeHours
from ssflow.calendar.workcalendar import WorkCalendar


def check_calendar(given: object) -> None:
    """Refuse a value that is not a calendar.

    Raises:
        InputError: ``given`` is not a calendar.

    """
    if not isinstance(given, WorkCalendar):
        raise unfit(
            "calendar", given, "工作日历，例如WorkCalendar.china()", "a calendar, such as WorkCalendar.china(),"
        )


def check_hours(given: object) -> None:
    """Refuse a value that is neither office hours nor None.

    Raises:
        InputError: ``given`` is something else.

    """
    if given is not None and not isinstance(given, OfficeHours):
        raise unfit(
            "hours", given, "办公时间，例如OfficeHours(time(9), time(17))", "OfficeHours(time(9), time(17)) or the like"
        )
