"""Whose days, and as known when: places, bodies, days of knowledge, further notices, other countries."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import holidays
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import DayKind, DeadlineStatus, Notice, Rest, WorkCalendar, days, workdays
from ssflow.errors import CoverageError, DataError, UnknownError
from ssflow.text import Text

CAL = WorkCalendar.china()
PLACES = ["", "450000", "540100", "640000", "650000", "110000", "330106", "422801"]
known_days = st.dates(date(2003, 1, 1), date(2027, 12, 31))
some_days = st.dates(date(2004, 1, 1), date(2027, 12, 31))
places = st.sampled_from(PLACES)


def closure(**changes: object) -> Notice:
    """An agency in Guangzhou closes for two days."""
    rest = Rest(name=Text("搬迁", "removal"), first=date(2026, 5, 21), last=date(2026, 5, 22), extra=True)
    given = {"id": "removal", "title": "搬迁公告", "year": 2026, "evidence": "our own", "known_from": date(2026, 4, 1)}
    return Notice(**{**given, "places": ("440106",), "rest": (rest,), "complete": False, **changes})


# Known when


def test_every_state_of_knowledge() -> None:
    """26 national notices and four versions of the regulation were published, two of them on one day."""
    changes = CAL._resolution.view.changes

    assert len(changes) == 26 + 4 - 1
    assert [CAL.as_of(day).firm_through.year for day in changes[-3:]] == [2024, 2025, 2026]


@given(known_days, some_days, places)
def test_later_knowledge_never_changes_an_earlier_view(known: date, day: date, place: str) -> None:
    """A view of a day is made of what was public then: taking away all that came later changes no day.

    Whether a place has holidays of its own every year, and so may lack a notice, is known whatever was published when.
    """
    view = CAL.in_region(place).as_of(known)
    public = tuple(notice for notice in CAL.notices if notice.known_by <= known)
    then = WorkCalendar(public, place=place, known=known)

    assert evolve(view.day(day), firm=True) == evolve(then.day(day), firm=True)
    assert view.add(day, 15) == then.add(day, 15)


@given(some_days, places)
def test_today_is_the_latest_view(day: date, place: str) -> None:
    """The calendar of today says what was known on the day of its last notice, where no notice is missing."""
    here = CAL.in_region(place)
    latest = here.as_of(date(2027, 12, 31))

    assert here.day(day) == latest.day(day)


def test_the_regulation_is_that_of_the_day_too() -> None:
    """Before December 2013 nobody could know that the eve of Spring Festival 2014 would be worked."""
    eve = date(2015, 2, 18)

    assert CAL.as_of(date(2013, 12, 10)).day(eve).kind is DayKind.STATUTORY
    assert CAL.as_of(date(2013, 12, 11)).day(eve).kind is DayKind.WORKDAY


def test_a_holiday_whose_publication_is_unknown_is_known_from_its_first_day() -> None:
    """Nobody found when Lhasa's holidays of 2023 were announced, so no earlier view has them."""
    lhasa, losar = CAL.in_region("540100"), date(2023, 2, 20)

    assert lhasa.as_of(losar - timedelta(days=1)).is_workday(losar)
    assert not lhasa.as_of(losar).is_workday(losar)


def test_nothing_was_known_before_the_first_notice() -> None:
    """A view of a time without any notice is refused, with the day from which there is one."""
    with pytest.raises(CoverageError, match="ask as of 2003-01-01 or later") as refused:
        CAL.as_of(date(2002, 12, 31))

    assert refused.value.day == date(2002, 12, 31)


def test_a_view_is_as_of_the_end_of_a_day_in_beijing() -> None:
    """16:30 UTC on 26 January 2020 is the 27th in Beijing, when the extension was published."""
    instant = datetime(2020, 1, 26, 16, 30, tzinfo=UTC)

    assert CAL.as_of(instant).add(date(2020, 1, 20), 10) == date(2020, 2, 11)


# Firm or not


def test_a_place_whose_own_notice_is_missing_is_provisional() -> None:
    """Guangxi has holidays of its own every year; that of 2026 was not found, those of 2014 to 2025 were."""
    guangxi, elsewhere = CAL.in_region("450000"), CAL.in_region("440000")

    assert workdays(5).deadline(date(2026, 4, 13), guangxi).status is DeadlineStatus.PROVISIONAL
    assert workdays(5).deadline(date(2026, 4, 13), elsewhere).status is DeadlineStatus.FIRM
    assert workdays(5).deadline(date(2025, 4, 14), guangxi).status is DeadlineStatus.FIRM
    assert guangxi.firm_through == date(2025, 12, 31)
    assert CAL.in_region("450000").day(date(2013, 4, 12)).firm  # before the first holiday there was nothing to miss


def test_years_between_may_be_missing() -> None:
    """Ningxia's notices of 2017 and 2019 are there, that of 2018 is not, that of 2016 lacks a holiday."""
    ningxia = CAL.in_region("640000")
    firm = {year: ningxia.is_firm(date(year, 3, 1), date(year, 3, 31)) for year in range(2016, 2024)}

    assert [year for year, is_firm in firm.items() if not is_firm] == [2016, 2018, 2023]
    assert ningxia.firm_through == date(2022, 12, 31)
    assert CAL.in_region("540000").firm_through == date(2003, 12, 31)  # the dates of Shoton were never found


@pytest.mark.parametrize(
    ("ask", "missing"),
    [
        (lambda cal: cal.add(date(2018, 1, 2), 1), 2018),
        (lambda cal: cal.is_workday(date(2018, 6, 1)), 2018),
        (lambda cal: cal.count(date(2017, 12, 1), date(2018, 2, 1)), 2018),
        (lambda cal: cal.on_or_after(date(2018, 6, 2)), 2018),
        (lambda cal: cal.sub(date(2019, 1, 5), 5), 2018),
        (lambda cal: cal.add(date(2022, 12, 30), 5), 2023),
    ],
)
def test_a_strict_calendar_stops_at_each_gap(ask, missing: int) -> None:
    """Strictly, an answer that rests on a year without the place's own notice is refused; that notice is named."""
    with pytest.raises(CoverageError, match=f"add the notice of {missing} for 宁夏回族自治区"):
        ask(CAL.in_region("640000").strict())


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
    assert refused.value.remedy.startswith(remedy)


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


# Which notice prevails


def test_the_narrower_place_prevails_then_the_fewer_bodies_then_the_later() -> None:
    """Each notice of a narrower scope overrules the wider one, whatever its date; of equal scope the later one does."""
    makeup = date(2026, 5, 9)
    rest = (Rest(name=Text("市", "city"), first=makeup, last=makeup),)
    early = date(2020, 1, 1)
    city = closure(id="city", places=("440100",), rest=rest, known_from=early)
    district = closure(id="district", rest=(), work=(makeup,), known_from=early)
    organs = closure(id="organs", bodies=("public",), rest=rest, known_from=early)
    later = closure(id="later", bodies=("public",), rest=(), work=(makeup,))

    def works(*notices: Notice, body: str = "public") -> bool:
        return CAL.with_notices(*notices).in_region("440106", body).is_workday(makeup)

    assert [works(), works(city), works(city, district)] == [True, False, True]
    assert [works(city, district, organs), works(city, district, organs, body="enterprise")] == [False, True]
    assert works(city, district, organs, later)


def test_a_clash_is_refused_when_it_is_loaded() -> None:
    """Two notices of one day, for the same offices, of which one rests what the other works: nothing says which holds."""
    day = date(2026, 5, 23)
    one = closure(id="one", rest=(Rest(name=Text("甲", "a"), first=day, last=day),))
    other = closure(id="other", rest=(), work=(day,))

    with pytest.raises(DataError, match=r"contradicts (one|other) on 2026-05-23, and neither prevails"):
        CAL.with_notices(one, other)
    CAL.with_notices(one, evolve(other, work=(date(2026, 5, 24),)), evolve(one, id="again"))
    CAL.with_notices(one, evolve(other, known_from=date(2026, 4, 2)))
    CAL.with_notices(one, evolve(other, places=("440105",)))


# Notices of one's own


def test_an_agency_lays_its_own_notice_over_ours() -> None:
    """A closure of one district moves due days there and nowhere else, and says whose notice it is."""
    cal = CAL.with_notices(closure())
    district, neighbour = cal.in_region("440106"), cal.in_region("440105")

    assert workdays(2).deadline(date(2026, 5, 20), district).due == date(2026, 5, 26)
    assert workdays(2).deadline(date(2026, 5, 20), neighbour).due == date(2026, 5, 22)
    assert (district.day(date(2026, 5, 21)).kind, str(district.day(date(2026, 5, 21)).notice)) == (
        DayKind.EXTRA,
        "搬迁公告",
    )
    assert CAL.in_region("440106").is_workday(date(2026, 5, 21))


FESTIVALS = [
    ("元旦", "New Year's Day", "01-01", "01-03"),
    ("春节", "Spring Festival", "02-05", "02-12"),
    ("清明节", "Qingming Festival", "04-03", "04-05"),
    ("劳动节", "Labour Day", "05-01", "05-05"),
    ("端午节", "Dragon Boat Festival", "06-09", "06-09"),
    ("中秋节", "Mid-Autumn Festival", "09-15", "09-17"),
    ("国庆节", "National Day", "10-01", "10-07"),
]
HEAD = """
title = "国务院办公厅关于2027年部分节假日安排的通知"
year = 2027
known_from = 2026-11-30
evidence = "made up for this test"
work = [2027-02-20]
"""
NEXT_YEAR = HEAD + "".join(
    f'\n[[rest]]\nname = ["{zh}", "{en}"]\nfirst = 2027-{first}\nlast = 2027-{last}\n'
    for zh, en, first, last in FESTIVALS
)


def test_files_folders_and_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file, a folder that holds it, and the environment variable all lead to the same calendar."""
    file = tmp_path / "ours" / "2027.toml"
    file.parent.mkdir()
    file.write_text(NEXT_YEAR, encoding="utf-8")
    (tmp_path / "read me.txt").write_text("no notice", encoding="utf-8")
    by_file = CAL.with_notices(file)
    monkeypatch.setenv("SSFLOW_NOTICES", str(tmp_path))

    assert by_file.firm_through == date(2027, 12, 28)
    assert by_file == CAL.with_notices(str(tmp_path)) == WorkCalendar.china()
    assert by_file.strict().add(date(2026, 12, 28), 5) == date(2027, 1, 5)
    monkeypatch.delenv("SSFLOW_NOTICES")
    assert WorkCalendar.china() == CAL


def test_a_notice_takes_the_place_of_one_with_its_name(tmp_path: Path) -> None:
    """A user who enters a notice under its year does not clash with the package, whichever came first."""
    file = tmp_path / "2026.toml"
    text = 'title = "甲"\nyear = 2026\nevidence = "made up"\ncomplete = false\nknown_from = 2025-11-04\nwork = [2026-10-10]\n'
    file.write_text(text, encoding="utf-8")

    cal = CAL.with_notices(file)

    assert len(cal.notices) == len(CAL.notices)
    assert cal.is_workday(date(2026, 10, 10))
    assert cal.is_workday(date(2026, 9, 28))
    assert cal.firm_through == date(2025, 12, 28)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("2027.txt", NEXT_YEAR, "is no notice and no folder of notices; notices end in .toml, .json, .ics"),
        ("2027.toml", NEXT_YEAR.replace("year = 2027", 'year = 2027\nplaces = ["999999"]'), "unknown region '999999'"),
        ("2027.toml", NEXT_YEAR.replace("year = 2027", 'year = 2027\nplaces = ["Guangxi"]'), "'Guangxi' is no place"),
        ("2027.toml", NEXT_YEAR.replace("year = 2027", 'year = 2027\nbodies = ["organs"]'), "organs"),
    ],
)
def test_a_file_that_cannot_be_used_is_named(tmp_path: Path, name: str, text: str, says: str) -> None:
    """Wrong kinds of file, unknown places and bodies are refused with the file's name."""
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match=says.replace("(", r"\(")) as refused:
        CAL.with_notices(file)
    assert refused.value.file == file


def test_a_place_may_work_on_a_weekday_that_the_nation_rests(tmp_path: Path) -> None:
    """A regional notice may call a weekday worked; only of the national one that would be a slip."""
    local = closure(rest=(), work=(date(2026, 10, 7),))

    assert CAL.with_notices(local).in_region("440106").is_workday(date(2026, 10, 7))


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda: CAL.in_region("45"), UnknownError, "give the six digits of GB/T 2260"),
        (lambda: CAL.in_region("450000", "organs"), ValueError, "unknown body 'organs'; one of public, enterprise"),
        (lambda: CAL.as_of(datetime(2020, 1, 26)), ValueError, "is naive"),  # noqa: DTZ001
        (lambda: CAL.as_of("2020-01-26"), TypeError, "a day is a datetime.date"),
    ],
)
def test_views_that_make_no_sense_are_refused(ask, error: type[Exception], says: str) -> None:
    """Unknown places and bodies and naive instants are refused with advice."""
    with pytest.raises(error, match=says):
        ask()


def test_a_notice_of_unknown_date_yields_to_one_that_is_known(tmp_path: Path) -> None:
    """A calendar of others, which does not say when it was published, does not overrule our record of the same year."""
    json = '{"year": 2026, "papers": [], "days": [{"name": "元旦", "date": "2026-01-01", "isOffDay": true}, %s]}'
    wrong = '{"name": "国庆节", "date": "2026-10-10", "isOffDay": true}'
    (tmp_path / "2026.json").write_text(json % wrong, encoding="utf-8")

    assert CAL.with_notices(tmp_path).is_workday(date(2026, 10, 10))
    assert CAL.with_notices(tmp_path).as_of(date(2026, 11, 1)).day(date(2026, 10, 1)).notice.id == "2026"


# Years that we lack, countries that are not China


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


@pytest.mark.parametrize(("country", "subdiv"), [("HK", None), ("GB", "ENG"), ("HU", None), ("AE", None)])
def test_other_countries_agree_with_holidays_on_every_day(country: str, subdiv: str | None) -> None:
    """A calendar of another country works the days that the package says: Saturdays to work in Hungary, a week that changed."""
    cal = WorkCalendar.from_holidays(country, subdiv=subdiv, years=range(2018, 2028))
    theirs = holidays.country_holidays(country, subdiv=subdiv, years=range(2018, 2028))
    every_day = [date(2018, 1, 1) + timedelta(days=i) for i in range(3652)]

    assert [day for day in every_day if cal.is_workday(day) != theirs.is_working_day(day)] == []


def test_the_same_spans_count_there() -> None:
    """Easter in England: ten working days and fifteen days that roll."""
    england = WorkCalendar.from_holidays("GB", subdiv="ENG", zone="Europe/London", firm_through=date(2026, 12, 31))
    deadline = days(15).deadline(date(2026, 3, 19), england)

    assert england.add(date(2026, 4, 2), 1) == date(2026, 4, 7)
    assert (deadline.unrolled, deadline.due, deadline.status) == (
        date(2026, 4, 3),
        date(2026, 4, 7),
        DeadlineStatus.FIRM,
    )
    assert deadline.closes().isoformat() == "2026-04-08T00:00:00+01:00"
    assert england.day(date(2026, 4, 3)).name.en == "Good Friday"
    assert "Good Friday" in deadline.explain().say("en")


def test_what_a_package_forecasts_is_not_firm() -> None:
    """Without somebody who vouches for it every day is provisional, and none has an instant without a zone."""
    hongkong = WorkCalendar.from_holidays("HK")

    assert workdays(1).deadline(date(2020, 1, 2), hongkong).status is DeadlineStatus.PROVISIONAL
    assert hongkong.as_of(date(2020, 1, 1)).is_workday(date(2026, 7, 2))  # what it knows has no date
    assert hongkong.as_of(date(2020, 1, 1)).add(date(2026, 6, 30), 1) == date(2026, 7, 2)
    account = workdays(2).deadline(date(2026, 6, 29), hongkong).explain().say("en")
    assert f"(by the package holidays {holidays.__version__})" in account
    assert "Civil Code" not in account
    with pytest.raises(
        CoverageError, match=r"vouch for the days that you know: from_holidays\(..., firm_through=...\)"
    ):
        hongkong.strict().add(date(2026, 6, 30), 1)
    with pytest.raises(ValueError, match="this calendar has no time zone"):
        hongkong.is_workday(datetime(2026, 7, 1, tzinfo=UTC))
    with pytest.raises(CoverageError, match="does not reach beyond 2050; make it with more years"):
        hongkong.add(date(2050, 12, 31), 1)


def test_categories_of_holidays() -> None:
    """In Hong Kong Good Friday is a general holiday but none for every employee: the category decides."""
    general = WorkCalendar.from_holidays("HK", categories=("public", "optional"))

    assert WorkCalendar.from_holidays("HK").is_workday(date(2026, 4, 3))
    assert not general.is_workday(date(2026, 4, 3))
    with pytest.raises(UnknownError, match="unknown category of holidays 'bunk'"):
        WorkCalendar.from_holidays("HK", categories=("bunk",))


@pytest.mark.parametrize(
    ("country", "subdiv", "says"),
    [("XX", None, "unknown country 'XX'"), ("GB", "ENGLAND", "unknown part of the country 'ENGLAND'; did you mean")],
)
def test_an_unknown_country_is_refused(country: str, subdiv: str | None, says: str) -> None:
    """A country or a part of it that the package does not know is refused, with names that are near."""
    with pytest.raises(UnknownError, match=says):
        WorkCalendar.from_holidays(country, subdiv=subdiv)
