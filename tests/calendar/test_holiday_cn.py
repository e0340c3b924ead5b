"""Notices from the JSON of holiday-cn: understood as our own, or refused with the reason."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import Notice, WorkCalendar, load_notices
from ssflow.calendar.balancing import lacks
from ssflow.calendar.readers.holiday_cn import read_holiday_cn
from ssflow.errors import DataError
from ssflow.text import Text

PAPER = "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm"


# holiday-cn's own 2026.json, its 39 days written as ranges: name, first, last, whether they rest.
RANGES_2026 = """
元旦 01-01 01-03 休
元旦 01-04 01-04 班
春节 02-14 02-14 班
春节 02-15 02-23 休
春节 02-28 02-28 班
清明节 04-04 04-06 休
劳动节 05-01 05-05 休
劳动节 05-09 05-09 班
端午节 06-19 06-21 休
国庆节 09-20 09-20 班
中秋节 09-25 09-27 休
国庆节 10-01 10-07 休
国庆节 10-10 10-10 班
"""


def days_2026() -> list[dict[str, object]]:
    days: list[dict[str, object]] = []
    for name, first, last, kind in map(str.split, RANGES_2026.strip().splitlines()):
        start, end = (date.fromisoformat(f"2026-{day}") for day in (first, last))
        for i in range((end - start).days + 1):
            days.append({"name": name, "date": str(start + timedelta(days=i)), "isOffDay": kind == "休"})
    return days


def file_2026(**changes: object) -> dict[str, object]:
    schema = "https://raw.githubusercontent.com/NateScarlet/holiday-cn/master/schema.json"
    return {"$schema": schema, "$id": "2026.json", "year": 2026, "papers": [PAPER], "days": days_2026(), **changes}


def written(folder: Path, raw: object, name: str = "2026.json") -> Path:
    file = folder / name
    file.write_text(raw if isinstance(raw, str) else json.dumps(raw, ensure_ascii=False), encoding="utf-8")
    return file


def only(file: Path) -> Notice:
    """The one notice of a file, as it is laid over a calendar."""
    (notice,) = load_notices(file)
    return notice


def rests_of(notice: Notice) -> dict[date, str]:
    return {day: rest.name.zh for day, rest in notice.days() if rest}


def test_holiday_cn_says_what_our_own_notice_says(tmp_path: Path) -> None:
    """The days of 2026 as that project has them are those of the State Council's notice in our own file."""
    notice = only(written(tmp_path, file_2026()))
    own = next(notice for notice in WorkCalendar.china().notices if notice.id == "2026")

    assert (notice.rest, notice.work) == (own.rest, own.work)
    assert (notice.id, notice.year, notice.url) == ("holiday-cn-2026", 2026, PAPER)
    assert notice.known_from is None
    assert notice.evidence.en.startswith("missing")
    assert notice.confidence == "single"
    assert notice.complete


def test_days_of_december_belong_to_the_next_year(tmp_path: Path) -> None:
    """A file has the days of one paper, which may begin in the December before; weekends next to a holiday may be missing."""
    days = [
        {"name": "元旦", "date": "2018-12-29", "isOffDay": False},
        {"name": "元旦", "date": "2018-12-31", "isOffDay": True},
        {"name": "元旦", "date": "2019-01-01", "isOffDay": True},
    ]
    notice = only(written(tmp_path, {"year": 2019, "papers": [], "days": days}, "2019.json"))

    assert notice.work == (date(2018, 12, 29),)
    assert [(rest.first, rest.last) for rest in notice.rest] == [(date(2018, 12, 31), date(2019, 1, 1))]
    assert notice.url == ""
    assert notice.known_by == date(2018, 12, 31)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("国庆节、中秋节", Text("国庆节、中秋节", "National Day and Mid-Autumn Festival")),
        ("抗战胜利纪念日", Text("抗战胜利纪念日", "抗战胜利纪念日")),
    ],
)
def test_festivals_have_both_names(tmp_path: Path, name: str, text: Text) -> None:
    """The festivals of the regulation have their English names, alone or joined; others keep the one they have."""
    days = [{"name": name, "date": "2026-10-01", "isOffDay": True}]

    assert only(written(tmp_path, file_2026(days=days))).rest[0].name == text


def test_a_weekday_named_as_worked_stays_in_the_copy(tmp_path: Path) -> None:
    """A file may say that a weekday is worked, as of 3 February 2020. It misses nothing, and nothing of it is dropped."""
    named = [*days_2026(), {"name": "元旦", "date": "2026-01-05", "isOffDay": False}]
    notice = only(written(tmp_path, file_2026(days=named)))

    assert notice.complete
    assert date(2026, 1, 5) in notice.work


def test_a_make_up_day_on_a_weekday_is_told(tmp_path: Path) -> None:
    """A make-up day that slipped to a Monday leaves the year open, and the reason names the day and what is missing."""
    slipped = [{**day, "date": "2026-09-21"} if day["date"] == "2026-09-20" else day for day in days_2026()]
    notice = only(written(tmp_path, file_2026(days=slipped)))

    assert not notice.complete
    assert [reason.en for reason in lacks(notice)] == [
        "2026-09-21 is not a weekend day, so it cannot be a make-up day",
        "19 weekdays rest, 5 weekend days are worked, 13 days are due by law: 1 make-up day is missing",
    ]


def test_rests_alone_are_no_whole_year(tmp_path: Path) -> None:
    """A file of rests without the make-up days is used, but its year stays provisional, for want of six days."""
    rests = [day for day in days_2026() if day["isOffDay"]]
    notice = only(written(tmp_path, file_2026(days=rests)))

    assert not notice.complete
    assert [(reason.zh, reason.en) for reason in lacks(notice)] == [
        (
            "平日放假19天，周末上班0天，法定节假日13天：缺6个调休上班日",
            "19 weekdays rest, 0 weekend days are worked, 13 days are due by law: 6 make-up days are missing",
        )
    ]


@given(st.integers(0, len(days_2026()) - 1))
def test_no_day_that_matters_can_be_lost(tmp_path_factory: pytest.TempPathFactory, index: int) -> None:
    """Whichever day is left out of a whole file: the days are the same (a weekend that rests), or the year is not whole."""
    days = days_2026()
    lost = days.pop(index)
    notice = only(written(tmp_path_factory.mktemp("lost"), file_2026(days=days)))

    weekend = date.fromisoformat(str(lost["date"])).weekday() >= 5
    assert notice.complete is (weekend and lost["isOffDay"])


def test_a_year_that_lacks_a_holiday_is_not_firm(tmp_path: Path) -> None:
    """What a file says holds, but a year of which a statutory holiday is missing stays a forecast."""
    days = [{**day, "date": str(day["date"]).replace("2026", "2027")} for day in days_2026() if day["isOffDay"]]
    few = written(tmp_path, file_2026(year=2027, days=[day for day in days if day["name"] == "春节"]), "2027.json")
    cal = WorkCalendar.china().with_notices(few)

    assert not only(few).complete
    assert not cal.is_workday(date(2027, 2, 15))
    assert not cal.is_workday(date(2027, 5, 3))  # still expected
    assert cal.firm_through == WorkCalendar.china().firm_through


def test_a_year_in_which_a_holiday_is_worked_is_not_firm(tmp_path: Path) -> None:
    """A statutory holiday that falls on a weekend may be missing from a file, but not be worked."""
    others = [day for day in days_2026() if day["date"] != "2026-04-05"]
    sunday = {"name": "清明节", "date": "2026-04-05", "isOffDay": False}

    assert only(written(tmp_path, file_2026(days=others))).complete
    assert not only(written(tmp_path, file_2026(days=[*others, sunday]))).complete


def test_a_byte_order_mark_does_no_harm(tmp_path: Path) -> None:
    """Files that an editor saved with a byte order mark are read as any other."""
    (tmp_path / "2026.json").write_text(json.dumps(file_2026()), encoding="utf-8-sig")

    assert [notice.id for notice in load_notices(tmp_path)] == ["holiday-cn-2026"]


def test_a_whole_year_is_firm(tmp_path: Path) -> None:
    """A folder with the file of a year reaches that year further."""
    before = WorkCalendar(tuple(notice for notice in WorkCalendar.china().notices if notice.year < 2026))
    cal = before.with_notices(written(tmp_path, file_2026()).parent)

    assert cal.firm_through == date(2026, 12, 28)
    assert [notice.id for notice in load_notices(tmp_path)] == ["holiday-cn-2026"]
    assert cal.is_workday(date(2026, 2, 14))


def first_day(**changes: object) -> list[dict[str, object]]:
    head, *rest = days_2026()
    return [{**head, **changes}, *rest]


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        ("{", "cannot be read as JSON"),
        ("", "cannot be read as JSON"),
        ("[" * 100_000, "cannot be read as JSON"),
        ([], "at its top there is no object"),
        ({}, "year: is missing"),
        ({"year": 2026, "papers": []}, "days: is missing"),
        ({"year": 2026, "days": days_2026()}, "papers: is missing"),
        (file_2026(year="2026"), "year: a value of type str is not of type int"),
        (file_2026(year=True), "year: a value of type bool is not of type int"),
        (file_2026(year=20260), "20260 is not a year of a calendar"),
        (file_2026(year=2025), "lies outside the year 2025"),
        (file_2026(papers=PAPER), "papers: a list is required"),
        (file_2026(papers=[1]), "a value of type int is not of type str"),
        (file_2026(days={}), "days: a list is required"),
        (file_2026(days=["2026-01-01"]), "days"),
        (file_2026(days=[{"name": "元旦", "date": "2026-01-01"}]), "isOffDay: is missing"),
        (file_2026(days=first_day(isOffDay="true")), "a value of type str is not of type bool"),
        (file_2026(days=first_day(isOffDay=1)), "days[0].isOffDay: a value of type int is not of type bool"),
        (file_2026(days=first_day(name=None)), "a value of type NoneType is not of type str"),
        (file_2026(days=first_day(date="2026-02-30")), "is not a date"),
        (file_2026(days=first_day(date="20260101")), "is not a date"),
        (file_2026(days=first_day(date="2026-01-02")), "has 2026-01-02 twice"),
        (file_2026(days=first_day(date="2026-01-04")), "has 2026-01-04 twice"),
        (file_2026(days=first_day(extra=1)), "days[0].extra: there is no such field"),
        (file_2026(region="JP"), "the region 'JP'"),
    ],
)
def test_a_file_that_is_not_of_that_form_is_refused(tmp_path: Path, raw: object, says: str) -> None:
    """Nothing is guessed and nothing is loaded: the error names the file and the fault."""
    file = written(tmp_path, raw)

    with pytest.raises(DataError) as refused:
        read_holiday_cn(file)

    assert says in str(refused.value)
    assert refused.value.file == file
    with pytest.raises(DataError, match=r"2026\.json"):
        WorkCalendar.china().with_notices(file)


def test_a_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    """A missing file and one in another encoding are faults of the data, not of the program."""
    (tmp_path / "gbk.json").write_bytes(json.dumps(file_2026(), ensure_ascii=False).encode("gbk"))

    for name in ("nowhere.json", "gbk.json"):
        with pytest.raises(DataError, match=name):
            read_holiday_cn(tmp_path / name)
