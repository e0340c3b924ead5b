"""``ssflow due`` gives the last day in law and says how sure it is, or teaches what to ask instead."""

from __future__ import annotations

import pytest
from icalendar import Calendar

from ssflow.text import LANGS
from tests.cli.conftest import Run

BOTH = pytest.mark.parametrize("lang", LANGS)


def test_the_known_answer(run: Run) -> None:
    """Twenty working days from 2023-09-22 end on 2023-10-26, firmly."""
    answer = run("due", "20 workdays", "--from", "2023-09-22", "--json")

    assert answer.code == 0
    assert answer.json["due"] == "2023-10-26"
    assert answer.json["status"] == "FIRM"
    assert answer.json["span"]["span"] == "20 workdays"
    assert answer.json["from"] == "2023-09-22"
    assert answer.json["closes"] == "2023-10-27T00:00:00+08:00"
    assert {"firm_through", "region"} <= set(answer.json)
    assert answer.err == ""


@pytest.mark.parametrize(
    ("words", "due", "status"),
    [
        (["24 hours", "--from", "2026-02-13T16:30+00:00"], "2026-02-15", "FIRM"),
        (["1 month", "--from", "2026-01-31"], "2026-02-28", "FIRM"),
        (["30 days", "--from", "2026-09-01"], "2026-10-08", "FIRM"),
        (["30 days", "--from", "2026-09-01", "--roll", "none"], "2026-10-01", "FIRM"),
        (["30 days", "--from", "2026-09-01", "--roll", "previous"], "2026-09-30", "FIRM"),
        (["60 days", "--from", "2026-09-29", "--before"], "2026-07-31", "FIRM"),
        (["20 workdays", "--from", "2026-09-08", "--tolled", "2026-09-11..2026-09-16"], "2026-10-15", "FIRM"),
        (["20 workdays", "--from", "2026-09-08", "--tolled", "2026-09-11.."], None, "OPEN"),
        (["20 workdays", "--from", "2090-09-08"], "2090-10-12", "PROVISIONAL"),
    ],
)
def test_every_way_of_counting(run: Run, words: list[str], due: str | None, status: str) -> None:
    """Hours, months, rolling, counting back, stopped clocks and forecasts all come out as the calendar has them."""
    answer = run("due", *words, "--json")

    assert answer.code == 0, answer.err
    assert (answer.json["status"], answer.json["due"] if status != "PROVISIONAL" else due) == (status, due)


@pytest.mark.parametrize(("lang", "article"), [("zh", "《民法典》第201条"), ("en", "Civil Code 201")])
def test_explain_names_article_and_notice(run: Run, lang: str, article: str) -> None:
    """The account is numbered, in one language, and cites the article and the notice of the rest days."""
    answer = run("due", "20 workdays", "--from", "2026-02-09", "--explain", "--lang", lang)

    assert answer.code == 0
    assert article in answer.out
    assert "国办发明电〔2025〕7号" in answer.out
    assert "2026-03-13" in answer.out


def test_explain_as_data(run: Run) -> None:
    """In JSON every step comes in both languages with its basis."""
    steps = run("due", "20 workdays", "--from", "2026-02-09", "--explain", "--json").json["steps"]

    assert all(set(step) == {"zh", "en", "basis_zh", "basis_en"} for step in steps)
    assert steps[0]["basis_en"] == "Civil Code 201"


@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["24 hours", "--from", "2026-02-13T16:30+00:00"], "2026-02-15 00:30", "2026-02-15 00:30"),
        (["1 month", "--from", "2090-01-31"], "暂定", "provisional"),
        (["60 days", "--from", "2026-09-29", "--before"], "2026-09-29前60个自然日", "60 days before 2026-09-29"),
        (
            ["15 days", "--from", "2018-09-30", "--long-rests", "added"],
            "2018-10-22，或2018-10-24（暂定）",
            "2018-10-22, or 2018-10-24 (provisional)",
        ),
        (["8周", "--from", "2026-09-21"], "自2026-09-21起8周", "8 weeks from 2026-09-21"),
        (["20 workdays", "--from", "2026-09-08", "--tolled", "2026-09-11.."], "停止计算中", "the clock is stopped"),
    ],
)
def test_the_answer_in_words(run: Run, words: list[str], zh: str, en: str) -> None:
    """What was asked and what comes of it are told in one language."""
    assert zh in run("due", *words, "--lang", "zh").out
    assert en in run("due", *words, "--lang", "en").out


# Places, bodies, days of knowledge


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (["1 workday", "--from", "2021-04-13", "--region", "450000"], "2021-04-18"),
        (["1 workday", "--from", "2021-04-13", "--region", "450107"], "2021-04-18"),
        (["1 workday", "--from", "2021-04-13"], "2021-04-14"),
        (["1 workday", "--from", "2014-11-06", "--region", "110000"], "2014-11-13"),
        (["1 workday", "--from", "2014-11-06", "--region", "110000", "--body", "enterprise"], "2014-11-07"),
        (["10 workdays", "--from", "2020-01-20", "--as-of", "2020-01-26"], "2020-02-07"),
        (["10 workdays", "--from", "2020-01-20", "--as-of", "2020-01-27"], "2020-02-11"),
        (["10 workdays", "--from", "2020-01-20"], "2020-02-11"),
    ],
)
def test_the_days_of_the_place_the_body_and_the_time(run: Run, words: list[str], due: str) -> None:
    """A span counts the days of the office that was asked for, as they were known when it was asked."""
    answer = run("due", *words, "--json")

    assert (answer.json["due"], answer.json["status"]) == (due, "FIRM")


@BOTH
def test_a_regional_notice_that_bore_on_the_answer_is_named(run: Run, lang: str) -> None:
    """The answer says by which notice of the place it was counted, or that none bore on it."""
    place = ("--region", "450000", "--lang", lang)
    moved = run("due", "1 workday", "--from", "2021-04-13", *place).out
    same = run("due", "1 workday", "--from", "2021-09-06", *place).out

    assert "广西壮族自治区2021年“壮族三月三”放假安排" in moved
    assert {"zh": "没有地方通知影响此结果", "en": "no regional notice applied"}[lang] in same
    data = run("due", "1 workday", "--from", "2021-04-13", *place, "--json").json
    assert [(notice["id"], notice["places"]) for notice in data["regional_notices"]] == [("450000-2021", ["450000"])]
    assert (data["region"], data["region_name"], data["body"], data["as_of"]) == (
        "450000",
        "广西壮族自治区",
        "public",
        None,
    )


def test_a_notice_outside_the_days_that_matter_is_not_named(run: Run) -> None:
    """Of a span of calendar days only the end depends on rest days; hours never do."""
    for span, start in (("30 days", "2021-04-01"), ("72 hours", "2021-04-13T09:00+08:00")):
        data = run("due", span, "--from", start, "--region", "450000", "--json").json
        assert (data["regional_notices"], data["missing"], data["status"]) == ([], [], "FIRM")


@BOTH
def test_a_notice_of_the_place_that_is_missing_is_told(run: Run, lang: str) -> None:
    """Where a place has days of its own every year and those of this year are unknown, the answer is provisional and says why."""
    asked = ("due", "5 workdays", "--from", "2024-08-14", "--region", "422801")
    data = run(*asked, "--json").json
    told = run(*asked, "--lang", lang).out

    assert (data["due"], data["status"], data["missing"]) == ("2024-08-21", "PROVISIONAL", [2024])
    assert {
        "zh": "未收录恩施土家族苗族自治州2024年完整的当地放假通知",
        "en": "no complete notice of 恩施土家族苗族自治州 for 2024",
    }[lang] in told
    assert run(*asked, "--strict").code == 1


@BOTH
def test_a_forecast_is_told_and_can_be_refused(run: Run, lang: str) -> None:
    """Past the last notice the answer is provisional and says how far it is firm; ``--strict`` refuses it."""
    asked = ("due", "20 workdays", "--from", "2026-12-04", "--as-of", "2026-11-20")
    told = run(*asked, "--lang", lang)
    refused = run(*asked, "--strict", "--json")

    assert "2027-01-04" in told.out
    assert {"zh": "暂定", "en": "provisional"}[lang] in told.out
    assert {"zh": "工作日安排确定至2026-12-28", "en": "firm through 2026-12-28"}[lang] in told.out
    assert (refused.code, refused.out, refused.fault["error"]) == (1, "", "coverage")
    assert "2027.toml" in refused.fault["message"]
    assert "SSFLOW_NOTICES" in refused.fault["message"]
    assert "with_notices" not in refused.fault["message"]


@BOTH
def test_the_day_of_knowledge_is_told(run: Run, lang: str) -> None:
    """An answer of an earlier day says so."""
    told = run("due", "10 workdays", "--from", "2020-01-20", "--as-of", "2020-01-26", "--lang", lang).out

    assert {"zh": "截至2020-01-26所知", "en": "as known on 2020-01-26"}[lang] in told


# Ways of counting


@pytest.mark.parametrize(
    ("words", "due"),
    [
        (["1 month", "--from", "2026-02-28"], "2026-03-30"),
        (["1 month", "--from", "2026-02-28", "--month-end", "sticky"], "2026-03-31"),
        (["1 half_month", "--from", "2026-03-01"], "2026-03-16"),
        (["5 workdays", "--from", "2026-03-02"], "2026-03-09"),
        (["5 workdays", "--from", "2026-03-02", "--first-day", "included"], "2026-03-06"),
        (["15 days", "--from", "2026-09-20"], "2026-10-08"),
        (["15 days", "--from", "2026-09-20", "--long-rests", "added"], "2026-10-16"),
        (["20 workdays", "--from", "2026-09-08", "--tolled", "2026-09-11..2026-09-16", "--restart"], "2026-10-20"),
    ],
)
def test_the_rules_of_counting(run: Run, words: list[str], due: str) -> None:
    """The first day, the end of the month, long rests and clocks that start anew count as they are asked to."""
    answer = run("due", *words, "--json")

    assert answer.code == 0, answer.err
    assert answer.json["due"] == due


@pytest.mark.parametrize(
    ("words", "left", "unit", "zh", "en"),
    [
        (
            ["20 workdays", "--from", "2026-02-09", "--left", "2026-03-09"],
            4,
            "workdays",
            "还剩4个工作日",
            "4 working days",
        ),
        (["20 workdays", "--from", "2026-02-09", "--left", "2026-03-13"], 0, "workdays", "没有剩余时间", "none"),
        (["20 workdays", "--from", "2026-02-09", "--left", "2026-03-16"], -1, "workdays", "超过1个工作日", "overrun"),
        (["30 days", "--from", "2026-09-01", "--left", "2026-10-07"], 1, "days", "还剩1个自然日", "1 day"),
        (["1 month", "--from", "2026-03-02", "--left", "2026-03-30"], 3, "days", "还剩3个自然日", "3 days"),
        (
            ["24 hours", "--from", "2026-02-13T16:30+08:00", "--left", "2026-02-14T10:30:00+08:00"],
            6,
            "hours",
            "还剩6小时",
            "6 hours",
        ),
        (
            ["20 workdays", "--from", "2026-09-08", "--tolled", "2026-09-11..", "--left", "2026-10-01"],
            18,
            "workdays",
            "还剩18个工作日",
            "18 working days",
        ),
    ],
)
def test_what_is_left(run: Run, words: list[str], left: int, unit: str, zh: str, en: str) -> None:
    """After a day so much is left of the span, in its own unit; less than nothing once it is over."""
    told = run("due", *words, "--json").json["left"]

    assert (told["n"], told["unit"], told["on"]) == (left, unit, words[-1])
    assert zh in run("due", *words, "--lang", "zh").out
    assert en in run("due", *words, "--lang", "en").out


# Other calendars


@BOTH
def test_the_due_day_goes_into_a_calendar(run: Run, lang: str) -> None:
    """``--ics`` prints an iCalendar file with the due day and its account, and nothing else."""
    answer = run("due", "20 workdays", "--from", "2023-09-22", "--ics", "--lang", lang)
    (event,) = Calendar.from_ical(answer.out).events

    assert event.start.isoformat() == "2023-10-26"
    assert {"zh": "20个工作日", "en": "20 working days"}[lang] in event["SUMMARY"]
    assert {"zh": "国庆节", "en": "National Day"}[lang] in event["DESCRIPTION"]


@BOTH
@pytest.mark.parametrize(
    ("words", "zh", "en"),
    [
        (["20 workdays", "--first-day", "included", "--before"], "--first-day", "--first-day"),
        (["20 workdays", "--month-end", "sticky"], "--month-end", "--month-end"),
        (["20 workdays", "--long-rests", "added"], "--long-rests", "--long-rests"),
        (["20 days", "--long-rests", "added", "--before"], "--long-rests", "--long-rests"),
        (["20 workdays", "--restart"], "--tolled", "--tolled"),
        (["20 workdays", "--ics", "--json"], "--json", "--json"),
        (["20 workdays", "--ics", "--left", "2026-02-10"], "--left", "--left"),
        (["20 workdays", "--ics", "--tolled", "2026-02-10.."], "停止计算中", "the clock is stopped"),
        (["20 workdays", "--body", "army"], "enterprise", "enterprise"),
        (["20 workdays", "--as-of", "yesterday"], "不是日期", "is not a day"),
        (["20 workdays", "--region", "999999"], "没有名为", "unknown region"),
    ],
)
def test_a_contradiction_is_refused(run: Run, words: list[str], zh: str, en: str, lang: str) -> None:
    """What contradicts itself is refused with what to leave out, in the language asked, and nothing is printed."""
    answer = run("due", *words, "--from", "2026-02-09", "--lang", lang)

    assert (answer.code, answer.out) == (2, "")
    assert (zh if lang == "zh" else en) in answer.err


@BOTH
def test_hours_are_asked_at_an_instant(run: Run, lang: str) -> None:
    """What is left of hours is asked with a time zone; the refusal shows how."""
    answer = run("due", "24 hours", "--from", "2026-02-13T16:30+08:00", "--left", "2026-02-14", "--lang", lang)

    assert answer.code == 2
    assert "2026-02-14T10:00+08:00" in answer.err
    included = ("--first-day", "included")
    assert run("due", "24 hours", "--from", "2026-02-13T16:30+08:00", *included, "--lang", lang).code == 2


def test_a_day_before_all_notices_is_refused(run: Run) -> None:
    """As of a day on which nothing was known there is no answer, and the message says from when on there is one."""
    answer = run("due", "20 workdays", "--from", "2026-02-09", "--as-of", "1990-01-01", "--json")

    assert (answer.code, answer.fault["error"]) == (1, "coverage")
    assert "ask as of" in answer.fault["message"]


# Wrong questions


@pytest.mark.parametrize(
    ("words", "code", "kind", "hint"),
    [
        (["20 bananas", "--from", "2026-02-09"], 2, "input", "20 workdays"),
        (["0 days", "--from", "2026-02-09"], 2, "input", "at least 1"),
        (["20 days", "--from", "2026-02-30"], 2, "input", "2026-09-21"),
        (["20 days", "--from", "2026-02-09T99:00+08:00"], 2, "input", "2026-09-21T10:00+08:00"),
        (["20 days", "--from", "2026-0209"], 2, "input", "2026-09-21"),
        (["20 days", "--from", "2月9日"], 2, "input", "2026年9月21日"),
        (["24 hours", "--from", "2026-02-09T10:00"], 2, "input", "2026-02-09T10:00+08:00"),
        (["24 hours", "--from", "2026-02-09"], 2, "input", "2026-02-09T10:00+08:00"),
        (["20 days"], 2, "usage", "--from"),
        (["20 days", "--from", "2026-02-09", "--region", "999999"], 2, "unknown", "999999"),
        (["20 workdays", "--from", "2026-02-09", "--roll", "next"], 2, "input", "--roll"),
        (["24 hours", "--from", "2026-02-09T10:00Z", "--before"], 2, "input", "days"),
        (["20 days", "--from", "2026-02-09", "--before", "--tolled", "2026-02-10.."], 2, "input", "--tolled"),
        (["20 days", "--from", "2026-02-09", "--tolled", "2026-02-11..2026-02-10"], 2, "input", "resumes before"),
        (["20 days", "--from", "2026-02-09", "--tolled", "2026-02-11"], 2, "input", "2026-09-11..2026-09-16"),
        (["20 days", "--from", "2026-02-09", "--tolled", "2026-02-11..soon"], 2, "input", "2026-09-11..2026-09-16"),
        (["20 workdays", "--from", "2003-02-09"], 1, "coverage", "2003.toml"),
        (["20 workdays", "--from", "2090-02-09", "--strict"], 1, "coverage", "--strict"),
        (["99999 workdays", "--from", "2026-02-09"], 1, "coverage", "2099"),
        (["99999999999 days", "--from", "2026-02-09"], 1, "coverage", "9999"),
        (["99999999 months", "--from", "2026-02-09"], 1, "coverage", "9999"),
    ],
)
def test_a_wrong_question_is_taught(run: Run, words: list[str], code: int, kind: str, hint: str) -> None:
    """Whatever is wrong, the exit code tells whose turn it is and the message what to write instead."""
    answer = run("due", *words, "--json")

    assert answer.code == code
    assert answer.out == ""
    assert answer.fault["error"] == kind
    assert hint in answer.fault["message"]
    assert answer.fault["grounds"] == []


def test_a_naive_instant_is_refused_in_chinese_too(run: Run) -> None:
    """The refusal is in the language of the command and shows the instant with its zone."""
    answer = run("due", "24 hours", "--from", "2026-02-09T10:00", "--lang", "zh")

    assert answer.code == 2
    assert "没有时区" in answer.err
    assert "2026-02-09T10:00+08:00" in answer.err
