"""No notice changes a day of another year: at home, in a place, abroad; whole or not; in any order."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssflow.calendar import Notice, Rest, WorkCalendar
from ssflow.errors import DataError
from ssflow.text import Text

CHINA = WorkCalendar.china()
HONGKONG = WorkCalendar.from_holidays("HK", years=range(2018, 2031), firm_through=date(2025, 12, 31))
DUBAI = WorkCalendar.from_holidays("AE", years=range(2018, 2031))
FIRST, LAST = date(2023, 1, 1), date(2028, 12, 31)
DAYS = [FIRST + timedelta(days=i) for i in range((LAST - FIRST).days + 1)]
PLACES = ["", "450000", "440106"]


@st.composite
def notices(draw: st.DrawFn) -> Notice:
    """A notice of some rests and weekend days worked, of any year, for any place, that claims to be whole or does not."""
    year = draw(st.integers(2022, 2028))
    inside = st.dates(date(year - 1, 12, 29), date(year, 12, 31))
    days = sorted(draw(st.sets(inside, min_size=1, max_size=6)))
    work = tuple(day for day in days if day.weekday() >= 5 and draw(st.booleans()))
    rests = tuple(Rest(name=Text("放假", "closed"), first=day, last=day) for day in days if day not in work)
    return Notice(
        id=draw(st.sampled_from(["a", "b", "c", f"{year}"])),
        title="放假",
        year=year,
        evidence=Text("自拟", "made up"),
        known_from=draw(st.none() | st.dates(date(2017, 1, 1), date(2026, 1, 1))),
        places=draw(st.sampled_from([(), ("450000",), ("440106",)])),
        annual_since=draw(st.sampled_from([None, year])),
        complete=draw(st.sampled_from([None, False, True])),
        copied=draw(st.booleans()),
        work=work,
        rest=rests,
    )


@cache
def before(calendar: WorkCalendar, place: str) -> dict[date, tuple[object, ...]]:
    return said(calendar, place)


def said(calendar: WorkCalendar, place: str) -> dict[date, tuple[object, ...]]:
    here = calendar.in_region(place)
    days = [here.day(day) for day in DAYS]
    return {day.date: (day.kind, day.name, day.notice) for day in days}


@settings(max_examples=settings().max_examples // 2)
@given(st.sampled_from([CHINA, HONGKONG, DUBAI]), st.lists(notices(), min_size=1, max_size=3), st.booleans())
def test_no_notice_changes_a_day_of_another_year(calendar: WorkCalendar, given: list[Notice], replace: bool) -> None:
    """Every day that lies in no notice's year, and that no notice names, is what it was."""
    try:
        changed = calendar.with_notices(*given, replace=replace)
    except DataError:
        return
    touched = {notice.year for notice in given}
    named = {day for notice in given for day, _ in notice.days()}
    for place in PLACES:
        was, now = before(calendar, place), said(changed, place)
        assert {
            day: (was[day], now[day])
            for day in DAYS
            if day.year not in touched and day not in named and was[day] != now[day]
        } == {}


def closed(day: date, **changes: object) -> Notice:
    rest = Rest(name=Text("台风", "typhoon"), first=day, last=day, extra=True)
    given = {"id": "typhoon", "title": "typhoon", "year": day.year, "evidence": Text("自拟", "own"), "rest": (rest,)}
    return Notice(**{**given, **changes})


def test_one_closed_day_abroad_leaves_the_holidays() -> None:
    """Hong Kong closes for a typhoon in 2026: Christmas of 2024 rests as before, and Christmas of 2026 too."""
    hongkong = HONGKONG.with_notices(closed(date(2026, 9, 8)))

    assert not hongkong.is_workday(date(2026, 9, 8))
    assert not hongkong.is_workday(date(2024, 12, 25))
    assert not hongkong.is_workday(date(2026, 12, 25))
    assert hongkong.is_firm(date(2024, 12, 1), date(2024, 12, 31))


def test_a_whole_year_abroad_is_one_that_says_so() -> None:
    """Only ``complete=True`` lets a notice abroad settle its whole year: then what it does not name is as the week has it."""
    whole = HONGKONG.with_notices(closed(date(2026, 9, 8), complete=True))

    assert whole.is_workday(date(2026, 12, 25))
    assert not whole.is_workday(date(2027, 7, 1))
    assert not whole.is_workday(date(2025, 12, 25))
    assert whole.is_firm(date(2026, 3, 1), date(2026, 3, 31))


def test_an_unbroken_row_from_the_first_year_abroad() -> None:
    """Where every year of a country has its notice, no forecast is needed; where one is missing, its holidays are kept."""
    row = [closed(date(year, 3, 3), id=f"{year}", complete=True) for year in (2018, 2019, 2021)]
    hongkong = HONGKONG.with_notices(*row)

    assert hongkong.is_workday(date(2019, 12, 25))
    assert not hongkong.is_workday(date(2020, 12, 25))
    assert hongkong.is_workday(date(2021, 12, 27))


@pytest.mark.parametrize("years", [(2016, 2017), (2017,), (2019, 2020)])
def test_the_first_year_abroad_may_lack_its_notice(years: tuple[int, ...]) -> None:
    """Notices of the years before or after leave the first year its holidays: Christmas of 2018 rests in Hong Kong."""
    row = [closed(date(year, 3, 3), id=f"{year}", complete=True) for year in years]

    assert not HONGKONG.with_notices(*row).is_workday(date(2018, 12, 25))


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"year": 2027}, "would take the place of the notice of 2026"),
        ({"places": ("440106",)}, "would take the place of a notice for other offices"),
    ],
)
def test_a_notice_takes_the_place_of_its_like_alone(changes: dict[str, object], says: str) -> None:
    """A file called 2026 that arranges another year, or one district, may not make the nation's notice of 2026 vanish."""
    day = date(2027, 9, 8) if "year" in changes else date(2026, 9, 8)
    with pytest.raises(DataError, match=says):
        CHINA.with_notices(closed(day, id="2026", complete=False, **changes))
    same = evolve(next(notice for notice in CHINA.notices if notice.id == "2026"), url="elsewhere")
    assert CHINA.with_notices(same).is_workday(date(2026, 10, 10))


def test_the_week_abroad_is_its_own() -> None:
    """Where Friday rests, a notice may have it worked: the weekend of China binds the notices of China alone."""
    israel = WorkCalendar.from_holidays("IL", years=range(2024, 2028))
    friday = date(2026, 5, 29)
    assert not israel.is_workday(friday)

    assert israel.with_notices(closed(friday, rest=(), work=(friday,))).is_workday(friday)
    with pytest.raises(DataError, match="2026-05-29 is not a weekend day"):
        CHINA.with_notices(closed(friday, rest=(), work=(friday,), complete=False))
