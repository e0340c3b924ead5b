"""What a calendar says where it has no answer: which day, why, and which notice to add."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ssflow.errors import CoverageError
from ssflow.regions import region_name

if TYPE_CHECKING:
    from ssflow.calendar.workcalendar import WorkCalendar


def too_early(calendar: WorkCalendar, day: date) -> CoverageError:
    """The day lies before the first one known."""
    return CoverageError(day, f"working days are known from {calendar.first_day} on", _add(str(day.year), day.year))


def answer_too_early(calendar: WorkCalendar, day: date) -> CoverageError:
    """The answer to a question about the day lies before the first one known."""
    why = f"the answer lies before {calendar.first_day}, the first day known"
    return CoverageError(day, why, "ask about a later day")


def too_far(calendar: WorkCalendar, day: date) -> CoverageError:
    """The day, or the answer, lies beyond all forecasts."""
    return CoverageError(day, f"no calendar reaches beyond {calendar.almanac.last_year}", "ask about an earlier day")


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
    return _add(f"{calendar.place}-{day.year}", day.year, f" for {region_name(calendar.place)}")


def _add(name: str, year: int, where: str = "") -> str:
    return f"add the notice of {year}{where}: with_notices('{name}.toml'), or the file's path in SSFLOW_NOTICES"
