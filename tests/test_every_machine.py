"""Every procedure is shown whole by its worked cases: each move, each condition both ways, each clock from its start to its end."""

from datetime import date
from importlib import import_module
from inspect import getsource
from pathlib import Path

import pytest

from ssflow import Legislation, machines, rulebook
from ssflow.testing import conformance, load_scenarios

FOLDER = Path(__file__).parent / "scenarios"
SCENARIOS = [scenario for path in sorted(FOLDER.glob("*.toml")) for scenario in load_scenarios(path)]
LINES = 150


def law_for(name: str) -> Legislation:
    """The law as it is; of cards with a place that purges unclaimed ones without sealing them first, which no known place does."""
    law = Legislation()
    if name not in ("card_issue", "card_replacement"):
        return law
    book = law.rulebook(name).amended("custody", "12 months", since=date(2024, 1, 1), region="140100", roll="none")
    return law.with_rulebook(book)


@pytest.mark.parametrize("name", machines.names())
def test_is_shown_whole(name: str) -> None:
    """Every move is made, every condition holds and fails, every role acts, every regime is met, every clock runs, ends and runs out."""
    evidence = conformance(machines.get(name), SCENARIOS, law_for(name))
    print(evidence)

    assert evidence.missing(rulebook(name)) == []


@pytest.mark.parametrize("name", machines.names())
def test_can_be_read_at_a_sitting(name: str) -> None:
    """A definition has at most 150 lines."""
    module = import_module(machines.get(name).__module__)

    assert len(getsource(module).splitlines()) <= LINES


@pytest.mark.parametrize(
    "name", [name for name in machines.names() if (Path(machines.__file__).parent / name).is_dir()]
)
def test_offers_all_that_its_activities_take(name: str) -> None:
    """Whoever handles cases of a procedure imports its definition and every class of data from one place."""
    process, folder = machines.get(name), import_module(f"ssflow.machines.{name}")
    taken = {activity.data.__name__ for activity in process.activities if activity.data is not None}

    assert {process.__name__, *taken} <= set(folder.__all__)
    assert all(hasattr(folder, offered) for offered in folder.__all__)
