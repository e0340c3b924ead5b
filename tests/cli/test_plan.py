"""``ssflow case plan``: several cases in one answer, for the clerk and for the person."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.cli.conftest import REPORT, Run

NUMBER = "360426199101010071"
PENSION = {
    "person": {"number": NUMBER},
    "sex": "man",
    "age": 35,
    "register": "360426",
    "insured": True,
    "enrolled_on": "2026-01-05",
    "stopped": True,
}
CARD = {"holder": {"number": NUMBER}, "insured": True}


@pytest.fixture
def moved(run: Run) -> Run:
    """Somebody moves from Chongqing to Chengdu: pension ``m.pension`` and card ``m.card``."""
    for words, places, data, case in (
        (("pension_transfer", "apply", "--by", "applicant"), ("old=500000", "new=510100"), PENSION, "m.pension"),
        (
            ("attribution_change", "apply", "--by", "holder"),
            ("issuing=500000", "insured=510100"),
            CARD,
            "m.card",
        ),
    ):
        where = [word for place in places for word in ("--place", place)]
        given = ("--on", "2026-02-02", "--data", json.dumps(data), "--party", NUMBER, "--id", case)
        answer = run("case", "open", *words, *where, *given)
        assert answer.code == 0, answer.err
    return run


def ids(answer: Any) -> list[str]:
    """The cases of a plan in order."""
    return [case["case"] for case in answer.json["cases"]]


def test_the_beginning_of_ids_means_all_of_these(moved: Run) -> None:
    """What begins ids names them all, in the order of their opening; what is an id names that case alone, and each is told once."""
    assert ids(moved("case", "plan", "m", "--json")) == ["m.pension", "m.card"]
    assert ids(moved("case", "plan", "m.c", "--json")) == ["m.card"]
    assert ids(moved("case", "plan", "m.card", "m", "m.card", "--json")) == ["m.card", "m.pension"]


def test_an_id_is_no_beginning(applied: Run) -> None:
    """A case is not taken for the beginning of another one's id."""
    data = ("--set", "track=bank", "--set", "holder.number=11010519491231002X")
    assert applied(*REPORT, "--region", "440100", *data, "--id", "loss-2").code == 0

    assert "loss-2" not in ids(applied("case", "plan", "loss", "--json"))
    assert ids(applied("case", "plan", "los", "--json")) == ["loss", "loss-2", "card"]


def test_related_cases_are_taken_in_and_marked(accepted: Run) -> None:
    """The cases to which the named ones refer are part of the plan, from either side where both know of it."""
    for asked, related in (("card", "loss"), ("loss", "card")):
        found = accepted("case", "plan", asked, "--on", "2025-09-24", "--json").json
        assert [(case["case"], case["related"]) for case in found["cases"]] == [(asked, False), (related, True)]
        assert [duty["clock"] for duty in found["duties"] if duty["due"]] == ["production"]
    assert "related case" in accepted("case", "plan", "card", "--on", "2025-09-24").out


def test_duties_by_their_day_then_whose_turn_it_is(moved: Run) -> None:
    """What is due comes first, by its last day; clocks without one come last; every role that may act has its acts."""
    accept = ("case", "do", "m.pension", "accept", "--by", "new_agency", "--on", "2026-02-04")
    assert moved(*accept).code == 0
    found = moved("case", "plan", "m", "--on", "2026-02-05", "--json").json

    assert found["on"] == "2026-02-05"
    duties = [(duty["case"], duty["clock"], duty["owed_by"], duty["due"]) for duty in found["duties"]]
    assert duties[:2] == [
        ("m.pension", "whole", "new_agency", "2026-02-14"),
        ("m.pension", "review", "new_agency", "2026-03-03"),
    ]
    steps = {(step["case"], step["role"]): [a["activity"] for a in step["activities"]] for step in found["next_steps"]}
    assert "send_letter" in steps["m.pension", "new_agency"]
    assert "withdraw" in steps["m.card", "holder"]
    assert all(activity["basis"] for step in found["next_steps"] for activity in step["activities"])


def test_what_has_passed_counts_and_is_not_recorded(moved: Run) -> None:
    """On the day after the last one a term is overdue, whether anybody recorded it or not; the file stays as it was."""
    before = sha256(Path("ssflow.db").read_bytes()).hexdigest()
    states = [
        moved("case", "plan", "m", "--on", day, "--json").json["duties"][0]["overdue"]
        for day in ("2026-02-14", "2026-02-15")
    ]

    assert states == [False, True]
    assert "overdue" in moved("case", "plan", "m").out
    assert sha256(Path("ssflow.db").read_bytes()).hexdigest() == before


def test_a_day_before_the_last_event_is_refused(moved: Run) -> None:
    """How the cases stood then is not told as if it were so now; the day that each has reached is."""
    answer = moved("case", "plan", "m", "--on", "2026-02-01", "--json")

    assert (answer.code, answer.fault["error"]) == (2, "input")
    assert "m.pension has reached 2026-02-02" in answer.fault["message"]


def test_a_closed_case_owes_nothing(moved: Run) -> None:
    """A case that has ended stays in the plan as ended; nothing is due in it and nobody may act."""
    assert (
        moved("case", "do", "m.card", "withdraw", "--by", "holder", "--on", "2026-02-03", "--party", NUMBER).code == 0
    )
    found = moved("case", "plan", "m.card", "--json").json
    said = moved("case", "plan", "m.card").out

    assert (found["cases"][0]["closed"], found["duties"], found["next_steps"]) == (True, [], [])
    assert "(final)" in said
    assert "no clock is running" in said
    assert "nobody may act" in said


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_fits_the_terminal_and_names_nobody(moved: Run, lang: str) -> None:
    """No line is over 100 columns, ids and days stand whole, and no personal number is printed, as text or as data."""
    said = moved("case", "plan", "m", "--on", "2026-02-05", "--lang", lang).out
    data = moved("case", "plan", "m", "--on", "2026-02-05", "--lang", lang, "--json").out

    assert all(cell_len(line) <= 100 for line in said.splitlines())
    assert said.count("m.pension") >= 3
    assert "2026-02-14" in said
    assert NUMBER not in said + data


@pytest.mark.parametrize("asked", ["m.pensoin", "x"])
def test_an_unknown_case_is_named(moved: Run, asked: str) -> None:
    """What is neither an id nor begins one is said, in the language that was asked for; the cases of others are not told."""
    answer = moved("case", "plan", "m.card", asked, "--json")
    zh = moved("case", "plan", asked, "--lang", "zh")

    assert (answer.code, answer.out) == (2, "")
    assert answer.fault["error"] == "unknown"
    assert "ssflow case list" in answer.fault["message"]
    assert "的办件" in zh.err
    assert "m.pension" not in answer.err + zh.err


def test_no_case_and_no_file_are_told(run: Run) -> None:
    """Without an id the usage is shown; a misspelt file is named and not made."""
    assert run("case", "plan").code == 2
    answer = run("case", "plan", "m", "--db", "nowhere.db", "--json")

    assert (answer.code, answer.fault["error"]) == (1, "store")
    assert not Path("nowhere.db").exists()
