"""A refusal rests on what refuses: a rule of a place is cited from its figure, never from a text that says the contrary."""

from pathlib import Path
from typing import Any

import pytest
from attrs import frozen

from ssflow import machines
from ssflow.case import Legislation, decide
from ssflow.errors import DefinitionError, RefusedError
from ssflow.process import Act, Place, Process, Role, Rule, State, guard, opens
from ssflow.rules import Citation
from ssflow.sheets import sheet
from ssflow.testing import Trial, load_scenarios
from ssflow.testing.scenarios import trials_of
from ssflow.text import Text

LAW = Legislation()
SCENARIOS = Path(__file__).parents[1] / "scenarios"


def refused(procedure: str, scenario: str, condition: str) -> tuple[Citation, ...]:
    """What the first refusal on a condition rests on, in a worked case."""
    found = next(one for one in load_scenarios(SCENARIOS / f"{procedure}.toml") if one.id == scenario)
    for trial in trials_of(found, LAW):
        for ground in grounds_of(trial):
            if ground.name == condition:
                return ground.cites
    raise AssertionError(condition)


def grounds_of(trial: Trial):
    """The grounds on which a worked act was refused; none if it was done."""
    if trial.attempt is None:
        return ()
    try:
        decide(trial.case, trial.attempt)
    except RefusedError as error:
        return error.grounds
    return ()


@pytest.mark.parametrize(
    ("procedure", "scenario", "condition", "cited"),
    [
        ("card_replacement", "guangzhou-across-national-day", "may_collect", "guangzhou-card-guide"),
        ("card_replacement", "guangzhou-across-national-day", "fee_paid", "guangzhou-card-guide"),
        ("card_issue", "minor-with-guardian-across-national-day", "guardian_claims", "hainan-card-guide"),
        ("loss_report", "xian-cannot-be-released", "release_allowed", "xian-card-guide"),
    ],
)
def test_the_rule_of_the_place_is_cited(procedure: str, scenario: str, condition: str, cited: str) -> None:
    """The figure that refuses gives the basis; the guide of an unnamed place, which says yes, is not there."""
    cites = {cite.law for cite in refused(procedure, scenario, condition)}

    assert cited in cites
    assert not cites & {"guide-004", "mohrss-answers"}


def test_every_refusal_of_a_condition_has_a_basis() -> None:
    """Of all that the worked cases refuse on a condition, each cites an article or the figure that it read."""
    seen = set()
    for file in sorted(SCENARIOS.glob("*.toml")):
        for scenario in load_scenarios(file):
            for trial in trials_of(scenario, LAW):
                for ground in grounds_of(trial):
                    if ground.kind.name == "guard":
                        assert ground.cites, (scenario.id, ground.name)
                        seen.add(ground.name)
    assert len(seen) > 50


def test_a_condition_without_a_basis_is_no_definition() -> None:
    """A guard that cites nothing and reads no figure would refuse without grounds; the definition is refused."""

    @guard("随意", "as one likes")
    def at_will(act: Act[object]) -> bool:
        return act.on.day > 15

    with pytest.raises(DefinitionError, match="cites nothing and reads no figure"):

        class AtWill(Process):
            title = Text("随意", "At will")
            facts = machines.get("consultation").facts
            here = Place("地", "place")
            clerk = Role("经办人", "clerk")
            done = State("办结", "done", final=True)
            begin = opens(done, when=at_will).by(clerk, "办", "do", cites="decree-765 32")


@frozen
class Facts:
    """Nothing is told."""


def of_age(act: Act[Any]) -> bool:
    figure = act.activity and act.activity.owner and vars(act.activity.owner)["age"]
    return figure is None or act.figure(figure) is not None


def test_a_condition_may_read_its_figure_in_a_helper() -> None:
    """A guard rests on the figures that the functions read that it calls, also those that it calls for each of several."""

    @guard("年龄合规", "of age")
    def all_of_age(act: Act[object]) -> bool:
        return all(of_age(one) for one in (act, act))

    class OfAge(Process):
        title = Text("年龄", "Of age")
        facts = Facts
        here = Place("地", "place")
        clerk = Role("经办人", "clerk")
        age = Rule("年龄", "age", age=True)
        asked = State("已询问", "asked")
        done = State("办结", "done", final=True)
        begin = opens(asked).by(clerk, "问", "ask", cites="decree-765 32")
        end = asked.to(done, when=all_of_age).by(clerk, "办", "do", cites="decree-765 32")

    assert OfAge.end.transitions[0].when is all_of_age


def test_the_sheet_names_the_figure() -> None:
    """Where a condition rests on a figure alone, the sheet says on which."""
    assert "依当地数值：可否由他人代领" in sheet("card_replacement").to_markdown("zh")
    assert "by the figure of the place: whether another may fetch the card" in sheet("card_replacement").to_markdown(
        "en"
    )
