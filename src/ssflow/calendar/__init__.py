"""Legal time: which days are working days, and when a span of time ends.

>>> from datetime import date
>>> from ssflow.calendar import WorkCalendar, workdays
>>> workdays(20).deadline(date(2023, 9, 22), WorkCalendar.china()).due
datetime.date(2023, 10, 26)

"""

from ssflow.calendar.deadline import Deadline, DeadlineStatus, Tolled
from ssflow.calendar.notices import Notice, Rest, load_notice
from ssflow.calendar.spans import Span, days, hours, months, workdays, years
from ssflow.calendar.workcalendar import Day, DayKind, WorkCalendar

__all__ = [
    "Day",
    "DayKind",
    "Deadline",
    "DeadlineStatus",
    "Notice",
    "Rest",
    "Span",
    "Tolled",
    "WorkCalendar",
    "days",
    "hours",
    "load_notice",
    "months",
    "workdays",
    "years",
]
