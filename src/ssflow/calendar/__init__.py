"""Legal time: which days are working days, and when a span of time ends.

>>> from datetime import date
>>> from ssflow.calendar import WorkCalendar, workdays
>>> workdays(20).deadline(date(2023, 9, 22), WorkCalendar.china()).due
datetime.date(2023, 10, 26)

"""

from typing import TYPE_CHECKING

from ssflow.lazy import lazily

if TYPE_CHECKING:
    from ssflow.calendar.arrays.columns import RowsLeftOut
    from ssflow.calendar.balancing import Balance, balance
    from ssflow.calendar.comparing import differences
    from ssflow.calendar.copies import Difference
    from ssflow.calendar.counting import Tolled
    from ssflow.calendar.deadline import Deadline, DeadlineStatus
    from ssflow.calendar.kinds import Day, DayKind
    from ssflow.calendar.loading import load_notice, load_notices, notices_kept_apart
    from ssflow.calendar.notices import Notice, Rest
    from ssflow.calendar.officehours import OfficeHours
    from ssflow.calendar.receipt import received_on
    from ssflow.calendar.spans import Span, days, half_months, hours, months, weeks, workdays, years
    from ssflow.calendar.statutes import COERCION, LICENSING, PENALTY, RECONSIDERATION, Statute
    from ssflow.calendar.workcalendar import WorkCalendar

__all__ = [
    "COERCION",
    "LICENSING",
    "PENALTY",
    "RECONSIDERATION",
    "Balance",
    "Day",
    "DayKind",
    "Deadline",
    "DeadlineStatus",
    "Difference",
    "Notice",
    "OfficeHours",
    "Rest",
    "RowsLeftOut",
    "Span",
    "Statute",
    "Tolled",
    "WorkCalendar",
    "balance",
    "days",
    "differences",
    "half_months",
    "hours",
    "load_notice",
    "load_notices",
    "months",
    "notices_kept_apart",
    "received_on",
    "weeks",
    "workdays",
    "years",
]

# The modules that need the least come first.
_MODULES = (
    "spans",
    "counting",
    "deadline",
    "workcalendar",
    "kinds",
    "notices",
    "loading",
    "copies",
    "officehours",
    "balancing",
    "statutes",
    "receipt",
    "comparing",
    "arrays.columns",
)

__getattr__, __dir__ = lazily(__name__, __all__, _MODULES)
