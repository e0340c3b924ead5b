"""The scenarios that come with the library are sound, say what they are, and can be played to an end."""

from datetime import date

import pytest

from ssflow import machines
from ssflow.simulation.entry import simulate
from ssflow.simulation.scenario.loading import default_scenario, default_scenarios

LASTING = {"card_replacement", "electronic_card", "employer_registration", "treatment_elsewhere"}


@pytest.mark.parametrize("process", default_scenarios())
def test_a_scenario_that_comes_along_is_sound(process: str) -> None:
    """It is of its procedure, can be played to an end, and calls its numbers assumptions in both languages."""
    scenario = default_scenario(process)
    assert scenario.process == process
    assert scenario.title == machines.get(process).title
    assert "assumptions" in scenario.note.en and "假定" in scenario.note.zh
    run = simulate(scenario, cases=40, runs=1)
    assert run.tallies[0].number_opened == 40


@pytest.mark.parametrize("process", sorted({*default_scenarios()} - LASTING))
def test_its_cases_come_to_an_end(process: str) -> None:
    """The data of a profile never keep its cases from what everybody waits for; but for procedures that hold a state for years."""
    (played,) = simulate(process, cases=40, runs=1).tallies
    assert played.number_closed == played.number_opened


def test_every_procedure_has_one() -> None:
    """So that each can be simulated by its name alone."""
    assert set(default_scenarios()) == set(machines.names())


def test_what_is_possible_on_one_day_alone_is_waited_for() -> None:
    """The age is reached on one day, and the retirement told on another: all cases of a kind go on that day, whichever months were looked at before."""
    (played,) = (run := simulate("retirement", cases=60, runs=1)).tallies
    assert played.number_closed == 60
    reached = {event.on for number in range(60) for event in run.case(number).events if event.activity == "reach"}
    assert reached == {date(2026, 10, 15), date(2026, 12, 15)}
