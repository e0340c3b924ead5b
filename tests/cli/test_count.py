"""``ssflow count`` counts the working days between two days, and says how sure the number is."""

from __future__ import annotations

import pytest

from ssflow.text import LANGS
from tests.cli.conftest import Run

BOTH = pytest.mark.parametrize("lang", LANGS)


@pytest.mark.parametrize(
    ("words", "workdays", "days"),
    [
        (["2026-02-09", "2026-03-13"], 20, 32),
        (["2026-03-13", "2026-02-09"], -20, -32),
        (["2026-03-13", "2026-03-13"], 0, 0),
        (["2026-02-14", "2026-02-14"], 0, 0),
        (["2021-04-13", "2021-04-18", "--region", "450000"], 1, 5),
        (["2014-11-06", "2014-11-13", "--region", "110000"], 1, 7),
        (["2014-11-06", "2014-11-13", "--region", "110000", "--body", "enterprise"], 5, 7),
        (["2020-01-20", "2020-02-07", "--as-of", "2020-01-26"], 10, 18),
        (["2020-01-20", "2020-02-07"], 8, 18),
    ],
)
def test_the_number(run: Run, words: list[str], workdays: int, days: int) -> None:
    """The first day is not counted, the last one is; backwards the number is negative. Place, body and knowledge count."""
    answer = run("count", *words, "--json").json

    assert (answer["workdays"], answer["days"], answer["status"]) == (workdays, days, "FIRM")
    assert (answer["after"], answer["through"]) == tuple(words[:2])


@BOTH
def test_it_inverts_due(run: Run, lang: str) -> None:
    """The second day is the last of a span of so many working days from the first, and is told in words."""
    due = run("due", "20 workdays", "--from", "2026-02-09", "--json").json["due"]
    told = run("count", "2026-02-09", due, "--lang", lang).out

    assert {"zh": "工作日20天（确定），自然日32天", "en": "20 working days (firm), 32 calendar days"}[lang] in told


@BOTH
def test_a_forecast_is_told_and_can_be_refused(run: Run, lang: str) -> None:
    """Past the last notice the number is provisional and says how far it is firm; ``--strict`` refuses it."""
    asked = ("count", "2026-12-04", "2027-01-04", "--as-of", "2026-11-20", "--lang", lang)
    told, refused = run(*asked), run(*asked, "--strict")

    assert run(*asked, "--json").json["status"] == "PROVISIONAL"
    assert {"zh": "工作日20天（暂定）", "en": "20 working days (provisional)"}[lang] in told.out
    assert "2026-12-28" in told.out
    assert (refused.code, refused.out) == (1, "")
    assert "2027.toml" in refused.err


def test_the_same_day_is_always_firm(run: Run) -> None:
    """Between a day and itself lies nothing, whatever is known."""
    assert run("count", "2090-01-01", "2090-01-01", "--json").json["status"] == "FIRM"


@BOTH
def test_the_notices_of_the_place_are_named(run: Run, lang: str) -> None:
    """The number says by which regional notice it was counted, and for whom."""
    told = run("count", "2021-04-13", "2021-04-20", "--region", "450100", "--body", "enterprise", "--lang", lang).out

    assert "南宁市 450100" in told
    assert "广西壮族自治区2021年“壮族三月三”放假安排" in told
    assert {"zh": "企业", "en": "enterprises"}[lang] in told


@pytest.mark.parametrize(
    ("words", "code", "hint"),
    [
        (["2026-02-09"], 2, "ssflow count --help"),
        (["2026-02-09", "2026-02-30"], 2, "2026-09-21"),
        (["2026-02-09", "2026-03-13T10:00+08:00"], 2, "2026-09-21"),
        (["2026-02-09", "2026-03-13", "--region", "1"], 2, "440100"),
        (["1990-02-09", "2026-03-13"], 1, "2004"),
        (["2026-02-09", "2199-03-13"], 1, "2099"),
    ],
)
@BOTH
def test_a_wrong_question_is_taught(run: Run, words: list[str], code: int, hint: str, lang: str) -> None:
    """What cannot be counted is refused with what to write instead."""
    answer = run("count", *words, "--lang", lang)

    assert (answer.code, answer.out) == (code, "")
    assert hint in answer.err
