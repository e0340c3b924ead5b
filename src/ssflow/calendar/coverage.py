"""What a calendar says where it has no answer: which day, why, and which notice to add."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from ssflow.calendar.notices import FIRST_YEAR
from ssflow.errors import CoverageError
from ssflow.regions import region_name
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.calendar.workcalendar import WorkCalendar

_LATER = Text("请问较晚的日子", "ask about a later day")


def too_early(calendar: WorkCalendar, day: date) -> CoverageError:
    """The day lies before the first one known."""
    first = calendar.first_day
    why = Text(f"工作日自{first}起才可知", f"working days are known from {first} on")
    if not calendar.almanac.is_chinese:
        return CoverageError(day, why, _more_years("the calendar"))
    return CoverageError(day, why, _add(str(day.year), day.year) if day.year >= FIRST_YEAR else _LATER)


def answer_too_early(calendar: WorkCalendar, day: date) -> CoverageError:
    """The answer to a question about the day lies before the first one known."""
    first = calendar.first_day
    why = Text(f"答案在最早可知的{first}之前", f"the answer lies before {first}, the first day known")
    return CoverageError(day, why, _LATER)


def too_far(calendar: WorkCalendar, day: date) -> CoverageError:
    """The day, or the answer, lies beyond all forecasts."""
    last = calendar.almanac.last_year
    if not calendar.almanac.is_chinese:
        why = Text(f"此日历只到{last}年", f"this calendar does not reach beyond {last}")
        return CoverageError(day, why, _more_years("it"))
    why = Text(f"日历只到{last}年", f"no calendar reaches beyond {last}")
    return CoverageError(day, why, Text("请问较早的日子", "ask about an earlier day"))


def not_firm(calendar: WorkCalendar, day: date) -> CoverageError:
    """A strict answer would rest on a day that is not firm."""
    why = Text(
        f"答案依赖{day}起的工作日，而这些日子尚不确定",
        f"the answer takes working days from {day} on, which are not firm",
    )
    zh, en = _remedy(calendar, day)
    remedy = Text(f"{zh}，或者不用strict()而得暂定的答案", f"{en}, or ask without strict() for a provisional answer")
    return CoverageError(day, why, remedy)


def _remedy(calendar: WorkCalendar, day: date) -> Text:
    noticed = calendar._resolution.noticed_years
    if not calendar.almanac.is_chinese:
        return Text(
            "请为所知的日子担保：from_holidays(..., firm_through=...)",
            "vouch for the days that you know: from_holidays(..., firm_through=...)",
        )
    if day.year not in noticed:
        return _add(str(day.year), day.year)
    if (day.month, day.day) >= (12, 29) and day.year + 1 not in noticed:
        return _add(str(day.year + 1), day.year + 1)
    own = calendar.own_place
    return _add(f"{own}-{day.year}", day.year, region_name(own))


def _add(name: str, year: int, place: str = "") -> Text:
    how = f"with_notices('{name}.toml')"
    return Text(
        f"请加入{place}{year}年的放假通知：{how}，或在SSFLOW_NOTICES写明文件路径",
        f"add the notice of {year}{place and f' for {place}'}: {how}, or the file's path in SSFLOW_NOTICES",
    )


def _more_years(what: str) -> Text:
    how = "from_holidays(..., years=...)"
    return Text(f"请以更多年份建立日历：{how}", f"make {what} with more years: {how}")
