"""What is given to be counted by: a calendar, hours of business."""

from __future__ import annotations

from ssflow.calendar.doors import unfit
from ssflow.calendar.officehours import OfficeHours
from ssflow.calendar.workcalendar import WorkCalendar


def check_calendar(given: object) -> None:
    """Refuse what is not a calendar.

    Raises:
        InputError: it is none.

    """
    if not isinstance(given, WorkCalendar):
        raise unfit(
            "calendar", given, "工作日历，例如WorkCalendar.china()", "a calendar, such as WorkCalendar.china(),"
        )


def check_hours(given: object) -> None:
    """Refuse what are not hours of business; none may be given.

    Raises:
        InputError: they are something else.

    """
    if given is not None and not isinstance(given, OfficeHours):
        raise unfit(
            "hours", given, "办公时间，例如OfficeHours(time(9), time(17))", "OfficeHours(time(9), time(17)) or the like"
        )
