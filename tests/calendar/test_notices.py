"""Notice files: what is loaded, and what is refused with the file's name."""

from datetime import date
from pathlib import Path

import pytest
from attrs import evolve

from ssflow.calendar import WorkCalendar, load_notice
from ssflow.errors import DataError, InputError, UnknownError

GOOD = """
title = "国务院办公厅关于2027年部分节假日安排的通知"
year = 2027
known_from = 2026-11-30
evidence = ["为本测试自拟", "made up for this test"]
work = [2027-02-20, 2027-02-21, 2027-02-27, 2027-02-28, 2027-03-06, 2027-03-07, 2027-03-13]

[[rest]]
name = ["春节", "Spring Festival"]
first = 2027-02-05
last = 2027-02-12
"""


def written(folder: Path, text: str) -> Path:
    file = folder / "2027.toml"
    file.write_text(text, encoding="utf-8")
    return file


WHOLE_YEAR = GOOD + "".join(
    f'\n[[rest]]\nname = ["{zh}", "{en}"]\nfirst = 2027-{first}\nlast = 2027-{last}\n'
    for zh, en, first, last in [
        ("元旦", "New Year's Day", "01-01", "01-03"),
        ("清明节", "Qingming Festival", "04-03", "04-05"),
        ("劳动节", "Labour Day", "05-01", "05-05"),
        ("端午节", "Dragon Boat Festival", "06-09", "06-09"),
        ("中秋节", "Mid-Autumn Festival", "09-15", "09-17"),
        ("国庆节", "National Day", "10-01", "10-07"),
    ]
)


def test_a_year_without_its_holidays_is_refused(tmp_path: Path) -> None:
    """A notice that claims a whole year and forgets New Year is refused; as one that does not claim it, it is taken."""
    notice = load_notice(written(tmp_path, GOOD))
    china = WorkCalendar.china()

    with pytest.raises(DataError, match=r"2027-01-01 \(New Year's Day\) would be worked; .*; enter the whole year"):
        china.with_notices(notice)
    partial = china.with_notices(written(tmp_path, GOOD.replace("year =", "complete = false\nyear =")))
    assert partial.firm_through == date(2026, 12, 28)
    assert not partial.is_workday(date(2027, 2, 12))
    assert not partial.is_workday(date(2027, 1, 1))  # as expected


def test_a_further_notice_extends_the_calendar(tmp_path: Path) -> None:
    """A notice file is all it takes: days change, and the firm days reach a year further."""
    notice = load_notice(written(tmp_path, WHOLE_YEAR))
    cal = WorkCalendar.china().with_notices(notice)

    assert notice.id == "2027"
    assert cal.is_workday(date(2027, 2, 20))
    assert not cal.is_workday(date(2027, 2, 12))
    assert cal.firm_through == date(2027, 12, 28)


def test_a_national_make_up_day_is_a_weekend_day(tmp_path: Path) -> None:
    """A make-up day that slipped to a Monday is refused with its place in the file."""
    file = written(tmp_path, WHOLE_YEAR.replace("2027-02-20", "2027-02-22"))

    with pytest.raises(DataError, match="is not a weekend day") as refused:
        WorkCalendar.china().with_notices(file)
    assert refused.value.faults[0].path == "work[0]"
    assert refused.value.file == file


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("year = 2027", "year = "), "cannot be read as TOML"),
        (("year = 2027", 'year = "2027"'), "'2027' is not of type int"),
        (("year = 2027", ""), "year: is missing"),
        (("evidence", "evidences"), "evidences"),
        (("2027-02-20", "2027-02-06"), "both rests and works"),
        (("2027-02-12", "2027-02-01"), "before it begins"),
        (("first = 2027-02-05", "first = 2026-12-05"), "lies outside the year 2027"),
        (
            ('["为本测试自拟", "made up for this test"]', '"made up"'),
            "evidence: .made up. is not a pair of strings; write",
        ),
        (('["春节", "Spring Festival"]', '"春节"'), "is not a pair of strings"),
        (("first = 2027-02-05", "first = 2027-02-30"), "cannot be read as TOML"),
    ],
)
def test_a_wrong_notice_is_refused(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    """A notice that cannot be right is refused; the error names the file and the fault."""
    file = written(tmp_path, GOOD.replace(*change))

    with pytest.raises(DataError, match=says) as refused:
        load_notice(file)

    assert refused.value.file == file
    assert "2027.toml" in str(refused.value)


def test_overlapping_rests_are_refused(tmp_path: Path) -> None:
    """A day rests for one reason."""
    text = GOOD + '\n[[rest]]\nname = ["元旦", "New Year"]\nfirst = 2027-02-12\nlast = 2027-02-13\n'

    with pytest.raises(DataError, match="two rests overlap"):
        load_notice(written(tmp_path, text))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """A file that is not there is named."""
    with pytest.raises(DataError, match=r"nowhere\.toml"):
        load_notice(tmp_path / "nowhere.toml")


def test_one_file_by_its_name(tmp_path: Path) -> None:
    """A path may be a text; what is none, and a pipe, are refused."""
    assert load_notice(str(written(tmp_path, WHOLE_YEAR))) == load_notice(tmp_path / "2027.toml")
    with pytest.raises(InputError, match="takes notices, or paths"):
        load_notice(5)
    with pytest.raises(DataError, match="is not a plain file"):
        load_notice(tmp_path)


def test_a_notice_knows_no_place_that_never_was() -> None:
    """A mistyped code is refused, and not answered as any place of the nation, also by a notice that speaks for all or for other bodies."""
    national = next(notice for notice in WorkCalendar.china().notices if notice.is_national)

    for notice in (national, evolve(national, bodies=("enterprise",))):
        with pytest.raises(UnknownError, match="449999"):
            notice.rank_in("449999", "public")
