"""The notes on a result: what has to be known before its numbers are used."""

from datetime import date

import pytest
from attrs import evolve

from ssflow.simulation import Arrivals, default_scenario, simulate
from ssflow.simulation.engines.model import Model
from ssflow.simulation.scenario.loading import default_scenarios


def test_what_needs_caution_is_said() -> None:
    """Assumptions, one run alone, cases that are still open or were never opened, forecasts: in both languages, where it is so."""
    sure = simulate("consultation", cases=200, runs=2)
    assert [note.en for note in sure.notes] == [sure.scenario.note.en]
    card = default_scenario("card_replacement")
    cut = simulate(evolve(card, follow=0, arrivals=Arrivals(cases=300)), runs=1)
    told = " ".join(note.en for note in cut.notes)
    assert "a single run has no margins" in told and "still open on 2027-03-01" in told and "not yet published" in told
    assert "只运行了一次" in cut._repr_html_() and "a single run has no margins" in repr(cut)
    (first, *_) = card.profiles
    apply = {
        **first.data["apply"],
        "reason": "expired",
        "issued_on": date(2016, 5, 13),
    }  # exchanged from 14 March on, a Saturday
    profile = evolve(first, data={**first.data, "apply": apply})
    few = Arrivals(cases=5, through=date(2026, 3, 14))
    shut = simulate(evolve(card, places="500000", profiles=[profile], arrivals=few, follow=0), runs=2)
    assert "10 of 10 cases could not be opened by 2026-03-14" in " ".join(note.en for note in shut.notes)


def test_plans_that_can_never_be_met_are_told() -> None:
    """An office that can accept nobody, because nobody pays, would refuse them all: the note names the condition and its article.

    If one kind of cases cannot do most of what is intended with it, its name is given; what only some kinds can do is no fault.
    """
    card = default_scenario("card_replacement")
    without = [one for one in card.practices if (one.state, one.by) != ("checking", "holder")]
    nobody_pays = simulate(evolve(card, practices=without), cases=20, runs=2)
    (note,) = [note for note in nobody_pays.notes if "never possible" in note.en]
    assert note.en.startswith('the card office intends "accept" at "being checked", which is never possible')
    assert "not met: the card fee is paid in full (basis: Guangzhou card service guide);" in note.en
    assert "未满足的条件：须缴清工本费（依据：广州市社会保障卡办事指南）；" in note.zh

    first, *others = card.profiles
    unpaid = evolve(first, data={name: data for name, data in first.data.items() if name != "pay"})
    one_kind = simulate(evolve(card, profiles=[unpaid, *others]), cases=20, runs=2)
    (note,) = [note for note in one_kind.notes if "never possible" in note.en]
    assert f"with cases of {first.id}, which is never possible" in note.en
    assert f"“{first.id}”类办件" in note.zh


@pytest.mark.parametrize("process", default_scenarios())
def test_what_comes_with_the_library_plans_nothing_impossible(process: str) -> None:
    """Every act that a practice names can be done by some kind of case, and most of what is intended with each kind."""
    assert list(Model(default_scenario(process)).outlook.impossible()) == []
