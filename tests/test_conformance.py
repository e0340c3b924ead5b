"""The conformance suite claims nothing that was not shown."""

import subprocess
import sys
from pathlib import Path

import pytest
from attrs import evolve as changed

from ssflow import machines, rulebook
from ssflow.testing import Evidence, conformance, load_scenarios
from ssflow.testing.scenarios import trials_of
from ssflow.testing.settings import settings_of

FOLDER = Path(__file__).parent / "scenarios"
SCENARIOS = load_scenarios(FOLDER / "consultation.toml")


def test_without_worked_cases_all_is_missing() -> None:
    """Each move, condition, role and clock is listed in words."""
    process = machines.get("payment_record")
    missing = Evidence(process).missing(rulebook("payment_record"))

    rows = sum(len(activity.transitions) for activity in process.activities)
    assert sum("never leads from" in line for line in missing) == rows
    assert any("never holds" in line for line in missing)
    assert any("never fails" in line for line in missing)
    assert any("never acts" in line for line in missing)


def test_what_a_scenario_leaves_out_is_missing() -> None:
    """Without the case in which a question is refused, its condition never fails."""
    process, book = machines.get("consultation"), rulebook("consultation")
    kept = []
    for scenario in SCENARIOS:
        steps = tuple(step for step in scenario.steps if not step.refused)
        kept.append(changed(scenario, steps=steps))

    assert conformance(process, SCENARIOS).missing(book) == []
    assert conformance(process, kept).missing(book) == ["condition needs_no_record never fails"]


def test_a_regime_that_no_case_comes_under_is_missing() -> None:
    """Moves that all regimes share show nothing of a regime under which no case was opened."""
    process = machines.get("pension_transfer")
    scenarios = load_scenarios(FOLDER / "pension_transfer.toml")
    evidence = Evidence(process)
    for scenario in (s for s in scenarios if s.id == "smooth-across-spring-festival"):
        for trial in trials_of(scenario):
            evidence.add(trial)

    missing = [line for line in evidence.missing(rulebook("pension_transfer")) if line.startswith("no case comes")]
    assert missing == ["no case comes under sheet", "no case comes under pooled"]


def test_where_not_all_was_followed_it_is_said() -> None:
    """With a limit that is too low nothing is claimed to be impossible."""
    process = machines.get("payment_record")
    scenarios = load_scenarios(FOLDER / "payment_record.toml")
    cut = [changed(scenario, steps=scenario.steps[:1]) for scenario in scenarios]

    missing = conformance(process, cut, limit=1).missing(rulebook("payment_record"))
    assert any("raise limit" in line for line in missing)


@pytest.mark.parametrize("name", machines.names())
def test_every_choice_and_clock_is_met_somewhere(name: str) -> None:
    """The settings of a procedure meet each way of each choice and a figure of each clock, superseded ones too."""
    process, book = machines.get(name), rulebook(name)
    settings = settings_of(process, book)
    met = {
        (value.parameter, str(value.amount))
        for places, day in settings
        for value in book.in_force(day, *[*places.values()][:2])
    }
    for parameter, names in book.choices.items():
        assert {(parameter, one) for one in names} <= met
    timed = {v.parameter for v in book.values if v.parameter in {clock.name for clock in process.clocks}}
    assert timed <= {parameter for parameter, _ in met}


@pytest.mark.parametrize("package", ["hypothesis", "pytest"])
def test_the_missing_extra_is_named(package: str) -> None:
    """Without the packages of testing the door says which extra brings them."""
    code = f"import sys; sys.modules[{package!r}] = None\ntry:\n    import ssflow.testing\nexcept ModuleNotFoundError as error:\n    print(error)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout == "ssflow.testing needs the extra testing: pip install 'ssflow[testing]'\n"
