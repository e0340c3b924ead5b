"""How far days are firm: gaps for want of a notice, strict calendars, years that only a package knows."""

from datetime import date, timedelta

import holidays
import pytest

from ssflow.calendar import DayKind, DeadlineStatus, Notice, Rest, WorkCalendar, days, workdays
from ssflow.errors import CoverageError
from ssflow.text import Text

CAL = WorkCalendar.china()


NINGXIA = CAL.in_region("640000")


def test_a_place_whose_own_notice_is_missing_is_provisional() -> None:
    """Guangxi has holidays of its own every year; that of 2026 was not found, those of 2014 to 2025 were."""
    guangxi, elsewhere = CAL.in_region("450000"), CAL.in_region("440000")

    assert workdays(5).deadline(date(2026, 4, 13), guangxi).status is DeadlineStatus.PROVISIONAL
    assert workdays(5).deadline(date(2026, 4, 13), elsewhere).status is DeadlineStatus.FIRM
    assert workdays(5).deadline(date(2025, 4, 14), guangxi).status is DeadlineStatus.FIRM
    assert guangxi.firm_through == date(2025, 12, 31)
    assert CAL.in_region("450000").day(date(2013, 4, 12)).firm  # before the first holiday there was nothing to miss


def test_years_between_may_be_missing() -> None:
    """Ningxia's notices of 2017 and 2019 are there, those of 2014 and 2018 are not."""
    ningxia = CAL.in_region("640000")
    firm = {year: ningxia.is_firm(date(year, 3, 1), date(year, 3, 31)) for year in range(2014, 2026)}

    assert [year for year, is_firm in firm.items() if not is_firm] == [2014, 2018, 2024, 2025]
    assert ningxia.firm_through == date(2023, 12, 31)
    assert CAL.in_region("540000").firm_through == date(2003, 12, 31)  # the dates of Shoton were never found


def test_where_every_year_is_vouched_for_all_days_are_firm() -> None:
    """Then no day is provisional, and the last firm day is the last that the calendar knows."""
    england = WorkCalendar.from_holidays(
        "GB", subdiv="ENG", years=range(2025, 2027), zone="Europe/London", firm_through=date(2026, 12, 31)
    )
    assert england.firm_through == date(2026, 12, 31)
    assert england.is_firm(date(2025, 1, 1), date(2026, 12, 31))


def test_a_place_lacks_its_notice_from_the_first_year_of_its_holidays_on() -> None:
    """Xinjiang's holidays bind offices since 2012: 2011 needs no notice of its own, 2012 does."""
    xinjiang = CAL.in_region("650000")

    assert xinjiang.is_firm(date(2011, 1, 1), date(2011, 12, 28))
    assert not xinjiang.is_firm(date(2012, 1, 1), date(2012, 12, 28))


def test_firm_is_what_the_counted_days_are() -> None:
    """The day of the event plays no part unless it counts; a span counted back stops before its event."""
    start = date(2018, 12, 31)  # of a year without Ningxia's own notice

    assert workdays(2).deadline(start, NINGXIA).status is DeadlineStatus.FIRM
    assert workdays(2, first_day="included").deadline(start, NINGXIA).status is DeadlineStatus.PROVISIONAL
    assert workdays(5, before=True).deadline(date(2026, 12, 29), CAL.strict()).status is DeadlineStatus.FIRM
    assert workdays(5, before=True).deadline(date(2026, 12, 30), CAL).status is DeadlineStatus.PROVISIONAL
    assert (
        days(40, roll="none", long_rests="added").deadline(date(2026, 12, 4), CAL).status is DeadlineStatus.PROVISIONAL
    )
    assert days(20, roll="none", long_rests="added").deadline(date(2026, 11, 4), CAL).status is DeadlineStatus.FIRM


@pytest.mark.parametrize(
    ("ask", "missing"),
    [
        (lambda cal: cal.add(date(2018, 1, 2), 1), 2018),
        (lambda cal: cal.is_workday(date(2018, 6, 1)), 2018),
        (lambda cal: cal.count(date(2017, 12, 1), date(2018, 2, 1)), 2018),
        (lambda cal: cal.on_or_after(date(2018, 6, 2)), 2018),
        (lambda cal: cal.sub(date(2019, 1, 5), 5), 2018),
        (lambda cal: cal.add(date(2023, 12, 29), 5), 2024),
    ],
)
def test_a_strict_calendar_stops_at_each_gap(ask, missing: int) -> None:
    """Strictly, an answer that rests on a year without the place's own notice is refused; that notice is named."""
    with pytest.raises(CoverageError, match=f"add the notice of {missing} for 宁夏回族自治区"):
        ask(CAL.in_region("640000").strict())


def test_a_strict_calendar_answers_between_the_gaps() -> None:
    """Where no gap is touched it says what the calendar says."""
    ningxia = CAL.in_region("640000")
    strict = ningxia.strict()

    assert strict.add(date(2021, 5, 12), 5) == ningxia.add(date(2021, 5, 12), 5)
    assert strict.sub(date(2022, 3, 1), 20) == ningxia.sub(date(2022, 3, 1), 20)
    assert strict.count(date(2019, 1, 2), date(2022, 12, 1)) == ningxia.count(date(2019, 1, 2), date(2022, 12, 1))
    assert strict.is_workday(date(2021, 5, 13)) is False
    # The day from which one counts may lie in a gap: it is not counted.
    assert strict.add(date(2018, 12, 31), 3) == ningxia.add(date(2018, 12, 31), 3)
    assert strict.sub(date(2018, 1, 1), 3) == ningxia.sub(date(2018, 1, 1), 3)
    assert strict.count(date(2018, 12, 31), date(2019, 2, 1)) == ningxia.count(date(2018, 12, 31), date(2019, 2, 1))
    with pytest.raises(CoverageError):
        strict.on_or_after(date(2018, 12, 31))


def test_a_strict_calendar_does_not_call_a_term_open_that_it_cannot_count() -> None:
    """A clock that stands from 2098 on would have ended long before: strictly, nobody knows when."""
    with pytest.raises(CoverageError, match="add the notice of 2027"):
        workdays(20).deadline(date(2026, 12, 20), CAL.strict(), [(date(2098, 1, 1), None)])
    assert workdays(20).deadline(date(2026, 12, 20), CAL, [(date(2098, 1, 1), None)]).due == date(2027, 1, 18)


@pytest.mark.parametrize(
    ("code", "day", "remedy"),
    [
        ("540100", date(2023, 6, 1), "add the notice of 2023 for 拉萨市: with_notices('540100-2023.toml')"),
        ("450000", date(2026, 6, 1), "add the notice of 2026 for 广西壮族自治区: with_notices('450000-2026.toml')"),
        ("440000", date(2026, 12, 29), "add the notice of 2027: with_notices('2027.toml')"),
        ("440000", date(2028, 3, 1), "add the notice of 2028: with_notices('2028.toml')"),
    ],
)
def test_the_missing_notice_is_named_by_year_and_place(code: str, day: date, remedy: str) -> None:
    """What to add is the notice of the year that was asked for, under a name that replaces no other."""
    with pytest.raises(CoverageError) as refused:
        CAL.in_region(code).strict().is_workday(day)

    assert refused.value.day == day
    assert refused.value.remedy.en.startswith(remedy)


def notice(**changes: object) -> Notice:
    rest = Rest(name=Text("搬迁", "removal"), first=date(2026, 5, 21), last=date(2026, 5, 22))
    given = {
        "id": "n",
        "title": "甲",
        "year": 2026,
        "evidence": Text("自拟", "own"),
        "complete": False,
        "places": ("440106",),
    }
    return Notice(**{**given, "rest": (rest,), **changes})


def test_the_missing_notice_is_that_of_the_place_that_has_the_holidays() -> None:
    """In Nanning the notice of Guangxi is missing; whoever adds it, with whatever keys, makes the year firm."""
    nanning = CAL.in_region("450100")
    guangxi = notice(id="450000-2026", places=("450000",), complete=True, rest=())

    with pytest.raises(CoverageError, match=r"广西壮族自治区: with_notices\('450000-2026.toml'\)"):
        nanning.strict().add(date(2026, 1, 5), 1)
    assert nanning.with_notices(guangxi).strict().add(date(2026, 1, 5), 1) == date(2026, 1, 6)
    enshi = CAL.in_region("422800")  # the epidemic notice of Hubei is none of the yearly ones of Enshi
    assert not enshi.is_firm(date(2020, 3, 1), date(2020, 3, 2))


def test_a_year_that_only_holidays_knows_is_borrowed_and_says_so() -> None:
    """Without our notice of 2026 its days come from the package holidays, provisionally, and in no view of an earlier day."""
    without = WorkCalendar(tuple(notice for notice in CAL.notices if notice.id != "2026"))
    every_day = [date(2026, 1, 1) + timedelta(days=i) for i in range(365)]
    makeup = without.day(date(2026, 2, 14))

    assert [without.is_workday(day) for day in every_day] == [CAL.is_workday(day) for day in every_day]
    assert (makeup.kind, makeup.notice.title, makeup.firm) == (
        DayKind.MAKEUP,
        f"holidays {holidays.__version__}",
        False,
    )
    assert not without.as_of(date(2026, 11, 22)).is_workday(date(2026, 2, 14))
    assert workdays(1).deadline(date(2026, 2, 13), without).status is DeadlineStatus.PROVISIONAL
    with pytest.raises(CoverageError, match="add the notice of 2026"):
        without.strict().is_workday(date(2026, 2, 14))


def test_the_days_of_a_borrowed_year_have_names() -> None:
    """Its holidays are called as the regulation calls them, its other rest days are in lieu; all name the package."""
    borrowed = WorkCalendar(tuple(n for n in CAL.notices if n.id != "2025"))
    spring, in_lieu, sunday = (borrowed.day(date(2025, *day)) for day in ((1, 29), (2, 3), (1, 26)))

    assert (spring.name.en, in_lieu.name.en) == ("Spring Festival", "rest in lieu")
    assert (sunday.kind, sunday.notice.year) == (DayKind.MAKEUP, 2025)
