"""Notices of one's own: which one prevails, what is refused, where they come from."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve

from ssflow.calendar import (
    DayKind,
    Notice,
    Rest,
    WorkCalendar,
    load_notices,
    workdays,
)
from ssflow.errors import DataError, InputError
from ssflow.text import Text

CAL = WorkCalendar.china()


def closure(**changes: object) -> Notice:
    """An agency in Guangzhou closes for two days."""
    rest = Rest(name=Text("搬迁", "removal"), first=date(2026, 5, 21), last=date(2026, 5, 22), extra=True)
    given = {
        "id": "removal",
        "title": "搬迁公告",
        "year": 2026,
        "evidence": Text("自拟", "our own"),
        "known_from": date(2026, 4, 1),
    }
    return Notice(**{**given, "places": ("440106",), "rest": (rest,), "complete": False, **changes})


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


def test_all_bodies_are_no_narrower_than_none_named() -> None:
    """Naming every kind of body is naming none: the two are of equal rank, and clash. A group's notice clashes with nothing."""
    day = date(2026, 5, 23)
    every = notice(id="every", bodies=("public", "enterprise"), rest=(), work=(day,), known_from=date(2026, 4, 1))
    none = notice(id="none", rest=(Rest(name=Text("甲", "a"), first=day, last=day),), known_from=date(2026, 4, 1))

    with pytest.raises(DataError, match="contradicts"):
        CAL.with_notices(every, none)
    CAL.with_notices(evolve(every, group="甲"), evolve(none, group="乙"))


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
evidence = ["为本测试自拟", "made up for this test"]
work = [2027-02-20, 2027-02-21, 2027-02-27, 2027-02-28, 2027-03-06, 2027-03-07, 2027-03-13]
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
    text = 'title = "甲"\nyear = 2026\nevidence = ["自拟", "made up"]\ncomplete = false\nknown_from = 2025-11-04\nwork = [2026-10-10]\n'
    file.write_text(text, encoding="utf-8")

    cal = CAL.with_notices(file)

    assert len(cal.notices) == len(CAL.notices)
    assert cal.is_workday(date(2026, 10, 10))
    assert cal.is_workday(date(2026, 9, 28))
    assert cal.firm_through == date(2025, 12, 28)


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        (
            "2027.txt",
            NEXT_YEAR,
            "is neither a notice nor a folder of notices; names of notices end in .toml, .json, .ics",
        ),
        ("2027.toml", NEXT_YEAR.replace("year = 2027", 'year = 2027\nplaces = ["999999"]'), "unknown region '999999'"),
        (
            "2027.toml",
            NEXT_YEAR.replace("year = 2027", 'year = 2027\nplaces = ["Guangxi"]'),
            "'Guangxi' is not a place",
        ),
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


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    """In one folder no notice may silently take the place of another."""
    text = 'title = "甲"\nyear = 2026\nevidence = ["自拟", "own"]\nplaces = ["440106"]\nwork = []\n'
    for folder in ("a", "b"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "gz.toml").write_text(text, encoding="utf-8")

    with pytest.raises(DataError, match="holds 2 notices called gz"):
        load_notices(tmp_path)
    (tmp_path / "a" / "gz.toml").write_text(f'id = "2026"\n{text}', encoding="utf-8")
    with pytest.raises(DataError, match="has an id of its own"):
        load_notices(tmp_path / "a")
    with pytest.raises(DataError, match="is not there; correct the path"):
        load_notices(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"work": (date(2026, 5, 21),)}, "both rests and works"),
        ({"year": 1990}, "1990 is not a year of a calendar; arrange a year from 2000 to 2099"),
        ({"year": 2101}, "2101 is not a year of a calendar"),
        ({"places": ("12345",)}, "'12345' is not a place"),
        ({"places": ("４４０１０６",)}, "is not a place"),
        ({"rest": (Rest(name=Text("甲", "a"), first=date(2026, 12, 31), last=date(2027, 1, 1)),)}, "lies outside"),
    ],
)
def test_a_notice_is_checked_on_every_way_in(changes: dict, says: str) -> None:
    """A notice made in a program is held to what a file is held to."""
    with pytest.raises(DataError, match=says):
        CAL.with_notices(notice(**changes))


def test_a_place_may_work_on_a_weekday_that_the_nation_rests(tmp_path: Path) -> None:
    """A regional notice may call a weekday worked; only of the national one that would be a slip."""
    local = closure(rest=(), work=(date(2026, 10, 7),))

    assert CAL.with_notices(local).in_region("440106").is_workday(date(2026, 10, 7))


def test_a_partial_notice_is_told_with_its_name() -> None:
    """A day of a notice that does not settle its year is told as the notice has it, not as it was expected."""
    spring = Rest(name=Text("春节假期", "the holidays"), first=date(2027, 2, 5), last=date(2027, 2, 12))
    cal = CAL.with_notices(notice(places=(), year=2027, rest=(spring,)))

    assert (cal.day(date(2027, 2, 5)).name.en, cal.day(date(2027, 10, 1)).name.en) == ("the holidays", "National Day")


def test_a_notice_reaches_to_the_last_day_of_its_year() -> None:
    """It may close an office on 31 December."""
    eve = Rest(name=Text("甲", "a"), first=date(2026, 12, 31), last=date(2026, 12, 31))

    assert not CAL.with_notices(notice(rest=(eve,))).in_region("440106").is_workday(date(2026, 12, 31))


@pytest.mark.parametrize(
    ("changes", "path"),
    [
        ({"id": 5}, "notice.id"),
        ({"year": "2026"}, "notice.year"),
        ({"places": ["440106"]}, "notice.places"),
        ({"places": (440106,)}, "notice.places[0]"),
        ({"bodies": 5}, "notice.bodies"),
        ({"bodies": (5,)}, "notice.bodies[0]"),
        ({"known_from": datetime(2026, 5, 1, tzinfo=UTC)}, "notice.known_from"),
        ({"work": (datetime(2026, 5, 23, tzinfo=UTC),)}, "notice.work[0]"),
        ({"work": ("2026-05-23",)}, "notice.work[0]"),
        ({"rest": (date(2026, 5, 23),)}, "notice.rest[0]"),
        ({"rest": (Rest(name="a", first=date(2026, 5, 1), last=date(2026, 5, 1)),)}, "notice.rest[0].name"),
    ],
)
def test_a_notice_of_wrong_types_is_refused(changes: dict, path: str) -> None:
    """A program that fills a field with something else is told which field, by an error of ours."""
    with pytest.raises(InputError) as refused:
        CAL.with_notices(notice(**changes))
    assert [fault.path for fault in refused.value.faults] == [path]
    assert "类型" in refused.value.say("zh")


def test_an_unknown_body_is_refused() -> None:
    """Kinds of bodies are a closed list, also for a program."""
    with pytest.raises(DataError, match="'army' is not a body; write one of public, enterprise"):
        CAL.with_notices(notice(bodies=("army",)))


def test_a_rest_of_ten_thousand_years_is_not_walked_through() -> None:
    """A slip in a year is refused at once, and names the end that lies outside."""
    endless = Rest(name=Text("甲", "a"), first=date(2026, 5, 1), last=date(9999, 12, 31))

    with pytest.raises(DataError, match="9999-12-31 lies outside the year 2026") as refused:
        CAL.with_notices(notice(rest=(endless,) * 1000))
    assert refused.value.faults[0].path == "rest[0].last"


def test_a_calendar_of_china_needs_a_whole_year() -> None:
    """Without one it has no first day; that is said, not stumbled over."""
    with pytest.raises(InputError, match="needs the whole national notice of a year"):
        WorkCalendar(())
