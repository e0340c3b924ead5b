"""The errors of a calendar without an answer: which day, why, and which notice to add."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ssflow.calendar.balancing import lacks
from ssflow.calendar.notices import FIRST_YEAR, LATE_DECEMBER
from ssflow.errors import CoverageError
from ssflow.regions import region_name
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.calendar.workcalendar import WorkCalendar

_MORE_YEARS = "from_holidays(..., years=...)"


def too_early(calendar: WorkCalendar, day: date) -> CoverageError:
    """Return the error of a day before the first known one."""
    why = Text(f"工作日自{calendar.first_day}起已知", f"working days are known from {calendar.first_day} on")
    if not calendar.base_calendar.is_chinese:
        return CoverageError(
            day, why, Text(f"请增加年份：{_MORE_YEARS}", f"make the calendar with more years: {_MORE_YEARS}")
        )
    return CoverageError(day, why, _add(str(day.year), day.year) if day.year >= FIRST_YEAR else _LATER)


def answer_too_early(calendar: WorkCalendar, day: date) -> CoverageError:
    """Return the error of an answer that would lie before the first known day."""
    first = calendar.first_day
    why = Text(f"答案早于已知的第一天{first}", f"the answer lies before {first}, the first day known")
    return CoverageError(day, why, _LATER)


def too_far(calendar: WorkCalendar, day: date) -> CoverageError:
    """Return the error of a day, or an answer, beyond all forecasts."""
    last = calendar.base_calendar.last_year
    if not calendar.base_calendar.is_chinese:
        why = Text(f"此日历止于{last}年", f"this calendar does not reach beyond {last}")
        return CoverageError(day, why, Text(f"请增加年份：{_MORE_YEARS}", f"make it with more years: {_MORE_YEARS}"))
    why = Text(f"任何日历都止于{last}年", f"no calendar reaches beyond {last}")
    return CoverageError(day, why, Text("请查更早的日期", "ask about an earlier day"))


def not_firm(calendar: WorkCalendar, day: date) -> CoverageError:
    """Return the error of a strict answer that would rest on a day that is not firm."""
    why = Text(
        f"答案用到{day}起的工作日，而这些日子尚未确定",
        f"the answer takes working days from {day} on, which are not firm",
    )
    if lacking := half_known(calendar, day.year):
        why = Text.join([why, lacking])
    or_else = Text("或者不用strict()，得到暂定的答案", "or ask without strict() for a provisional answer")
    return CoverageError(day, why, Text.join([_remedy(calendar, day), or_else], "，", ", "))


def half_known(calendar: WorkCalendar, year: int) -> Text | None:
    """Return what the notice of a year lacks of a whole year; None if the year is known whole or not at all."""
    found = calendar._resolution.notices if calendar.base_calendar.is_chinese else ()
    parts = [notice for notice in found if notice.is_national and notice.year == year]
    if not parts or year in calendar._resolution.noticed_years:
        return None
    fullest = max(parts, key=lambda notice: sum(1 for _ in notice.days()))
    told = Text.join([*lacks(fullest)] or [Text("已写明只是一部分", "it declares itself partial")])
    return Text(f"{fullest.id}不是全年的安排：{told.zh}", f"{fullest.id} does not cover the whole year: {told.en}")


def _remedy(calendar: WorkCalendar, day: date) -> Text:
    noticed = calendar._resolution.noticed_years
    if not calendar.base_calendar.is_chinese:
        return Text(
            "请写明已核对到哪一天：from_holidays(..., firm_through=...)",
            "say up to which day you have checked them: from_holidays(..., firm_through=...)",
        )
    if day.year not in noticed:
        return _add(str(day.year), day.year)
    if (day.month, day.day) >= LATE_DECEMBER and day.year + 1 not in noticed:
        return _add(str(day.year + 1), day.year + 1)
    own = calendar.own_place
    return _add(f"{own}-{day.year}", day.year, own)


def _add(name: str, year: int, place: str = "") -> Text:
    here = region_name(place) if place else ""
    return Text(
        f"请加入{here}{year}年的通知：with_notices('{name}.toml')，或者把文件列入SSFLOW_NOTICES",
        f"add the notice of {year}{' for ' + here if here else ''}: with_notices('{name}.toml'), or the file's path in "
        "SSFLOW_NOTICES",
    )


_LATER = Text("请查更晚的日期", "ask about a later day")
