"""``ssflow due`` gives the last day in law and says how sure it is, or teaches what to ask instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

Run = Callable[..., Any]


def test_the_known_answer(run: Run) -> None:
    """Twenty working days from 2023-09-22 end on 2023-10-26, firmly."""
    answer = run("due", "20 workdays", "--from", "2023-09-22", "--json")

    assert answer.code == 0
    assert answer.json["due"] == "2023-10-26"
    assert answer.json["status"] == "FIRM"
    assert answer.json["span"] == "20 workdays"
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
        (["60 days", "--from", "2026-09-29", "--before"], "2026-09-29前60日", "60 days before 2026-09-29"),
        (["20 workdays", "--from", "2026-09-08", "--tolled", "2026-09-11.."], "停止计算中", "the clock is stopped"),
    ],
)
def test_the_answer_in_words(run: Run, words: list[str], zh: str, en: str) -> None:
    """What was asked and what comes of it are told in one language."""
    assert zh in run("due", *words, "--lang", "zh").out
    assert en in run("due", *words, "--lang", "en").out


@pytest.mark.parametrize(("lang", "word"), [("zh", "地方假日"), ("en", "no local holidays")])
def test_a_region_is_checked_and_its_limits_are_told(run: Run, lang: str, word: str) -> None:
    """With a region the answer says that the place's own holidays are not counted yet."""
    answer = run("due", "5 workdays", "--from", "2026-03-02", "--region", "450000", "--lang", lang)

    assert answer.code == 0
    assert word in answer.out


@pytest.mark.parametrize(
    ("words", "code", "kind", "hint"),
    [
        (["20 bananas", "--from", "2026-02-09"], 2, "usage", "20 workdays"),
        (["0 days", "--from", "2026-02-09"], 2, "usage", "at least 1"),
        (["20 days", "--from", "2026-02-30"], 2, "usage", "2026-09-21"),
        (["20 days", "--from", "2026-02-09T99:00+08:00"], 2, "usage", "2026-09-21T10:00+08:00"),
        (["20 days", "--from", "20260209"], 2, "usage", "2026-09-21"),
        (["24 hours", "--from", "2026-02-09T10:00"], 2, "usage", "2026-02-09T10:00+08:00"),
        (["24 hours", "--from", "2026-02-09"], 2, "usage", "2026-02-09T10:00+08:00"),
        (["20 days"], 2, "usage", "--from"),
        (["20 days", "--from", "2026-02-09", "--region", "999999"], 2, "unknown", "440100"),
        (["20 workdays", "--from", "2026-02-09", "--roll", "next"], 2, "usage", "--roll"),
        (["24 hours", "--from", "2026-02-09T10:00Z", "--before"], 2, "usage", "days"),
        (["20 days", "--from", "2026-02-09", "--before", "--tolled", "2026-02-10.."], 2, "usage", "--tolled"),
        (["20 days", "--from", "2026-02-09", "--tolled", "2026-02-11..2026-02-10"], 2, "usage", "resumes before"),
        (["20 days", "--from", "2026-02-09", "--tolled", "2026-02-11"], 2, "usage", "2026-09-11..2026-09-16"),
        (["20 days", "--from", "2026-02-09", "--tolled", "2026-02-11..soon"], 2, "usage", "2026-09-11..2026-09-16"),
        (["20 workdays", "--from", "1990-02-09"], 1, "coverage", "1990.toml"),
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
