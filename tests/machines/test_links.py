"""Any case may be linked to any other: a guard looks only at what it knows."""

from contextlib import suppress
from functools import cache
from pathlib import Path

import pytest
from attrs import evolve as changed

from ssflow import machines
from ssflow.case import Case, Legislation, decide, evolve, options
from ssflow.errors import RefusedError
from ssflow.testing import Trial, load_scenarios
from ssflow.testing.scenarios import trials_of

SCENARIOS = Path(__file__).parents[1] / "scenarios"
LAW = Legislation()


@cache
def trials() -> tuple[Trial, ...]:
    """Every act that the worked cases try."""
    return tuple(
        trial
        for path in sorted(SCENARIOS.glob("*.toml"))
        for scenario in load_scenarios(path)
        for trial in trials_of(scenario, LAW)
        if trial.attempt
    )


@cache
def opened() -> dict[str, Case]:
    """A case of each procedure, as its first worked opening leaves it."""
    found: dict[str, Case] = {}
    for trial in trials():
        own = [event for event in trial.events if event.case == trial.case.id]
        if own and trial.case.version == 0:
            found.setdefault(trial.case.process.name, changed(evolve(trial.case, own[0]), id="another"))
    return found


def test_every_procedure_has_a_case() -> None:
    """None is left out of the test below."""
    assert sorted(opened()) == sorted(machines.names())


@pytest.mark.parametrize("name", machines.names())
def test_a_case_of_any_procedure_may_be_named(name: str) -> None:
    """Whatever case is named as related, acts are judged and options listed: done, or refused with grounds; nothing breaks."""
    seen: set[object] = set()
    for trial in trials():
        if trial.case.process.name != name or trial.attempt is None:
            continue
        for other in opened().values():
            # as it stands, without a last day: it is the link that is tried, not the order of time
            named = (*trial.attempt.links, changed(other, last=None, obligations=()))
            with suppress(RefusedError):
                decide(trial.case, changed(trial.attempt, links=named))
            if trial.case.state and (key := (trial.case.state, other.process)) not in seen:
                seen.add(key)
                listed = options(trial.case, on=trial.attempt.on, law=LAW, links=named)
                assert len(listed) == sum(activity.by is not None for activity in trial.case.process.activities)
    assert seen
