"""Every worked case of the folder comes out as it says."""

from pathlib import Path

import pytest

from ssflow import machines
from ssflow.testing import load_scenarios, run_scenario

FOLDER = Path(__file__).parent / "scenarios"
SCENARIOS = [scenario for path in sorted(FOLDER.glob("*.toml")) for scenario in load_scenarios(path)]


@pytest.mark.parametrize("scenario", SCENARIOS, ids=str)
def test_comes_out_as_it_says(scenario) -> None:
    """States, due days, refusals and overdue terms follow as the file states."""
    run_scenario(scenario)


def test_a_wrong_expectation_is_noticed() -> None:
    """The runner fails where a scenario states something else than what follows."""
    import attrs

    right = next(scenario for scenario in SCENARIOS if scenario.id == "formal-on-the-last-day")
    wrong = attrs.evolve(right, steps=(attrs.evolve(right.steps[0], then="released"),))

    with pytest.raises(AssertionError, match="not in released"):
        run_scenario(wrong)


@pytest.mark.parametrize("name", machines.names())
def test_every_procedure_has_worked_cases(name: str) -> None:
    """A procedure comes with its worked cases."""
    assert (FOLDER / f"{name}.toml").exists()
