"""What a calendar says where it has no answer: which day, why, and which notice to add."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ssflow.calendar.notices import FIRST_YEAR
from ssflow.errors import CoverageError
from ssflow.regions import region_name

if TYPE_CHECKING:
    from ssflow.calendar.workcalendar import WorkCalendar


def too_early(calendar: WorkCalendar, day: date) -> CoverageError:
    """The day lies before the first one known."""
    why = f"working days are known from {calendar.first_day} on"
    if not calendar.almanac.is_chinese:
        return CoverageError(day, why, "make the calendar with more years: from_holidays(..., years=...)")
    remedy = _add(str(day.year), day.year) if day.year >= FIRST_YEAR else "ask about a later day"
    return CoverageError(day, why, remedy)


def answer_too_early(calendar: WorkCalendar, day: date) -> CoverageError:
    """The answer to a question about the day lies before the first one known."""
    why = f"the answer lies before {calendar.first_day}, the first day known"
    return CoverageError(day, why, "ask about a later day")


def too_far(calendar: WorkCalendar, day: date) -> CoverageError:
    """The day, or the answer, lies beyond all forecasts."""
    last = calendar.almanac.last_year
    if not calendar.almanac.is_chinese:
        why = f"this calendar does not reach beyond {last}"
        return CoverageError(day, why, "make it with more years: from_holidays(..., years=...)")
    return CoverageError(day, f"no calendar reaches beyond {last}", "ask about an earlier day")


def not_firm(calendar: WorkCalendar, day: date) -> CoverageError:
    """A strict answer would rest on a day that is not firm."""
    why = f"the answer takes working days from {day} on, which are not firm"
    return CoverageError(day, why, f"{_remedy(calendar, day)}, or ask without strict() for a provisional answer")


def _remedy(calendar: WorkCalendar, day: date) -> str:
    noticed = calendar._resolution.noticed_years
    if not calendar.almanac.is_chinese:
        return "vouch for the days that you know: from_holidays(..., firm_through=...)"
    if day.year not in noticed:
        return _add(str(day.year), day.year)
    if (day.month, day.day) >= (12, 29) and day.year + 1 not in noticed:
        return _add(str(day.year + 1), day.year + 1)
    own = calendar.own_place
    return _add(f"{own}-{day.year}", day.year, f" for {region_name(own)}")


def _add(name: str, year: int, where: str = "") -> str:
    return f"add the notice of {year}{where}: with_notices('{name}.toml'), or the file's path in SSFLOW_NOTICES"
