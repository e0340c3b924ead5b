"""The basis of a calendar's answer, and where it is not firm: notices that speak, notices that are missing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ssflow.calendar import Notice, WorkCalendar
from ssflow.calendar.base_calendar import CountryBaseCalendar
from ssflow.calendar.notices import ONE_DAY
from ssflow.regions import NATION, absence, region_name
from ssflow.regions.names import WHOLE_COUNTRY
from ssflow.text import Text
from ssflow.views.notices import BODIES

_OPEN_FROM = (12, 29)  # the notice of the next year may still move the days from here on


def whose_days(calendar: WorkCalendar) -> Text:
    """Return whose days these are, and as of when they were known."""
    parts = [absence(calendar.place) or _place(calendar)]
    if calendar.body != "public":
        parts.append(BODIES[calendar.body])
    if calendar.known:
        parts.append(Text(f"截至{calendar.known}所知", f"as known on {calendar.known}"))
    return Text.join(parts, "，", ", ")


def speaking(calendar: WorkCalendar, first: date, last: date) -> list[Notice]:
    """Return the known notices that rule on some day from the first to the last for this place and body."""
    known = calendar.known or date.max
    return [
        notice
        for notice in calendar.notices
        if notice.rank_in(calendar.place, calendar.body)
        and notice.known_by <= known
        and any(first <= day <= last for day, _ in notice.days())
    ]


def deciding(calendar: WorkCalendar, first: date, last: date) -> list[Notice]:
    """Return the speaking notices that are not national and decide at least one of these days."""
    return [
        notice
        for notice in speaking(calendar, first, last)
        if not notice.is_national
        and any(first <= day <= last and calendar.day(day).notice == notice for day, _ in notice.days())
    ]


def nation_notice(calendar: WorkCalendar, year: int) -> Notice | None:
    """Return the national notice of a year, if it was known."""
    known = calendar.known or date.max
    found = (n for n in calendar.notices if n.is_national and n.complete and n.year == year and n.known_by <= known)
    return next(found, None)


def missing_years(calendar: WorkCalendar, first: date, last: date) -> list[int]:
    """Return the years whose national notice is known without the one that the place has every year."""
    return [
        year
        for year in range(first.year, last.year + 1)
        if nation_notice(calendar, year)
        and not _is_firm(calendar, max(first, date(year, 1, 1)), min(last, date(year, *_OPEN_FROM) - ONE_DAY))
    ]


def why_provisional(calendar: WorkCalendar, first: date, last: date) -> Iterator[Text]:
    """Yield why the days from the first to the last are not firm; nothing if they are."""
    if calendar.is_firm(first, last):
        return
    if years := missing_years(calendar, first, last):
        place = region_name(calendar.own_place)
        zh, en = "、".join(map(str, years)), ", ".join(map(str, years))
        yield Text(
            f"未收录{place}{zh}年完整的当地放假通知，故为暂定",
            f"no complete notice of {place} for {en} is known, so this is provisional",
        )
    nation = calendar.in_region(NATION, calendar.body)
    if not nation.is_firm(first, last):
        firm = nation.firm_through
        yield Text(
            f"工作日安排确定至{firm}，其后为推算",
            f"working days are firm through {firm}; what follows is a forecast",
        )


def _place(calendar: WorkCalendar) -> Text:
    """Return the place, or the country, by its code if it is not China."""
    if isinstance(base := calendar.base_calendar, CountryBaseCalendar):
        code = "-".join([base.code, *base.subdivs])
    elif calendar.place:
        code = f"{region_name(calendar.place)} {calendar.place}"
    else:
        return WHOLE_COUNTRY
    return Text(code, code)


def _is_firm(calendar: WorkCalendar, first: date, last: date) -> bool:
    return last < first or calendar.is_firm(first, last)
