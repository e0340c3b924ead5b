"""``ssflow day`` tells what a day is, why, and how sure that is."""

from __future__ import annotations

import pytest

from ssflow.text import LANGS
from tests.cli.conftest import Run

BOTH = pytest.mark.parametrize("lang", LANGS)


@pytest.mark.parametrize(
    ("words", "kind", "name", "notice"),
    [
        (["2026-03-11"], "WORKDAY", None, None),
        (["2026-03-14"], "WEEKEND", None, None),
        (["2026-02-14"], "MAKEUP", None, "2026"),
        (["2026-02-17"], "STATUTORY", "Spring Festival", "2026"),
        (["2026-02-23"], "SWAPPED", "Spring Festival", "2026"),
        (["2020-01-31"], "EXTRA", "Spring Festival", "2020-extension"),
        (["2020-01-31", "--as-of", "2020-01-26"], "WORKDAY", None, None),
        (["2021-04-15"], "WORKDAY", None, None),
        (["2021-04-15", "--region", "450000"], "SWAPPED", "Zhuang Sanyuesan festival", "450000-2021"),
        (["2014-11-07", "--region", "110101"], "EXTRA", "APEC meeting", "110000-2014-apec"),
        (["2014-11-07", "--region", "110101", "--body", "enterprise"], "WORKDAY", None, None),
    ],
)
def test_what_a_day_is(run: Run, words: list[str], kind: str, name: str | None, notice: str | None) -> None:
    """Each kind of day comes with its festival and its notice, as the place, the body and the day of knowledge have it."""
    day = run("day", *words, "--json").json

    assert (day["date"], day["kind"], day["firm"]) == (words[0], kind, True)
    assert (day["name"] and day["name"]["en"], day["notice"] and day["notice"]["id"]) == (name, notice)
    assert day["workday"] == (kind in ("WORKDAY", "MAKEUP"))


@BOTH
def test_the_notice_is_told_with_its_evidence(run: Run, lang: str) -> None:
    """The answer names the title, number and address of the notice, when it was published and how that is known."""
    told = run("day", "2026-02-14", "--lang", lang).out

    for part in (
        {"zh": "调休上班日，春节（确定）", "en": "make-up working day, Spring Festival (firm)"}[lang],
        "国务院办公厅关于2026年部分节假日安排的通知",
        "国办发明电〔2025〕7号",
        "https://www.gov.cn/zhengce/zhengceku/202511/content_7047091.htm",
        {"zh": "2025-11-04公布", "en": "published 2025-11-04"}[lang],
        {"zh": "查证：首次公开发布的日期", "en": "evidence: first public release"}[lang],
        {"zh": "上一个工作日2026-02-13（周五）", "en": "working day before: 2026-02-13 (Fri)"}[lang],
        {"zh": "下一个工作日2026-02-24（周二）", "en": "after: 2026-02-24 (Tue)"}[lang],
    ):
        assert part in told


@BOTH
def test_a_day_of_publication_that_was_not_found_is_no_publication(run: Run, lang: str) -> None:
    """Where a day only stands in for the day of publication, the answer says so."""
    for words in (["2004-01-01"], ["2021-04-15", "--region", "450000"]):
        told = run("day", *words, "--lang", lang).out
        assert {"zh": "公布日未查到", "en": "day of publication not found"}[lang] in told


@BOTH
def test_why_where_no_notice_speaks(run: Run, lang: str) -> None:
    """A day that no notice names is as the week has it; one that is forecast to rest follows from the regulation."""
    known = ("--as-of", "2026-11-20", "--lang", lang)
    plain, forecast, open_ = (run("day", day, *known).out for day in ("2026-03-11", "2027-10-04", "2027-03-09"))

    assert {"zh": "依周制", "en": "as the week has it"}[lang] in plain
    assert {"zh": "补休日，国庆节（暂定）", "en": "rest day in lieu, National Day (provisional)"}[lang] in forecast
    assert {"zh": "依放假办法", "en": "it follows from the holiday regulation"}[lang] in forecast
    assert {"zh": "确定至2026-12-28", "en": "firm through 2026-12-28"}[lang] in open_
    assert {"zh": "依周制", "en": "as the week has it"}[lang] not in open_


@BOTH
def test_a_missing_notice_of_the_place_is_told(run: Run, lang: str) -> None:
    """In a place with days of its own a year without its notice is provisional."""
    told = run("day", "2024-08-20", "--region", "422800", "--lang", lang).out

    assert {"zh": "未收录恩施土家族苗族自治州2024年", "en": "no complete notice of 恩施土家族苗族自治州 for 2024"}[
        lang
    ] in told
    assert run("day", "2023-08-21", "--region", "422800", "--json").json["firm"] is True


@BOTH
@pytest.mark.parametrize(("day", "side"), [("2004-01-01", "previous"), ("2099-12-31", "next")])
def test_the_ends_of_the_calendar(run: Run, day: str, side: str, lang: str) -> None:
    """Where the calendar ends, the working day beyond is unknown, and the rest of the answer stands."""
    assert run("day", day, "--json").json[f"{side}_workday"] is None
    assert {"zh": "不详", "en": "unknown"}[lang] in run("day", day, "--lang", lang).out


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        ([], 2, "ssflow day --help"),
        (["2026-02-30"], 2, "2026-09-21"),
        (["2026"], 2, "2026-09-21"),
        (["2026-02-14", "--region", "999999"], 2, "440100"),
        (["1999-12-31"], 1, "2004-01-01"),
        (["2100-01-01"], 1, "2099"),
        (["2026-02-14", "--as-of", "1999-01-01"], 1, "2003-01-01"),
    ],
)
@BOTH
def test_a_wrong_question_is_taught(run: Run, words: list[str], code: int, hint: str, lang: str) -> None:
    """What cannot be answered is refused with what to write instead."""
    answer = run("day", *words, "--lang", lang)

    assert (answer.code, answer.out) == (code, "")
    assert hint in answer.err
