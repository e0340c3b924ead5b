"""The day on which an application counts as received: on entry into the system, at the next working hour, or on the day of posting."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Literal, get_args

from ssflow.calendar.clock import local
from ssflow.calendar.doors import one_of
from ssflow.calendar.given import check_calendar, check_hours
from ssflow.calendar.notices import ONE_DAY
from ssflow.calendar.officehours import OfficeHours
from ssflow.errors import InputError

if TYPE_CHECKING:
    from ssflow.calendar.workcalendar import WorkCalendar

Receipt = Literal["system", "office", "posted"]


def received_on(
    sent: date | datetime, calendar: WorkCalendar, rule: Receipt = "system", hours: OfficeHours | None = None
) -> date:
    """Return the day on which an application or another document counts as received.

    - ``system``: the day on which it entered the system, whatever the hour (Electronic Signature Law 11, Civil Code 137);
    - ``office``: that day if it is a working day and business has not ended, else the next working day. No national rule for
      agencies says so; some places do it;
    - ``posted``: the day of the postmark, where a law says so (Civil Procedure Law 85; nothing is fixed for social insurance).

    ``hours`` are those of the office; left out, those of the calendar's place on that day.

    Raises:
        CoverageError: the hours of the place are not known.
        InputError: an unknown rule, a naive datetime, or a bare day for a rule that asks for the hour.

    """
    one_of("rule", rule, get_args(Receipt))
    check_calendar(calendar)
    day = calendar.civil_day(sent)
    if rule != "office":
        return day
    if not isinstance(sent, datetime):
        raise InputError.of(
            "sent",
            f"是否已过下班时间，须看时刻；请给出带时区的时刻；实际为{sent!r}",
            f"the end of business depends on the hour; give an aware datetime instead of {sent!r}",
        )
    check_hours(hours)
    hours = hours or calendar.office_hours(day)
    open_still = local(sent, calendar.zone).time() < hours.closes
    return calendar.on_or_after(day if open_still else day + ONE_DAY)
