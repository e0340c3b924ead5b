"""A standing keeps no dates: whatever a condition does to look at one, and wherever it stands, it is refused with its name."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from enum import Enum, unique
from typing import Any

import pytest
from attrs import evolve, frozen

from ssflow import Legislation
from ssflow.calendar import days
from ssflow.case import Case
from ssflow.errors import DefinitionError
from ssflow.process import Act, Guard, Lapse, Process, Regime, State, guard, opens
from ssflow.rules import Rulebook, rulebook
from ssflow.simulation.chart.chart import REFUSED, Chart, Kind
from ssflow.simulation.chart.kernel import Company, Kernel
from ssflow.text import Text
from tests.case.petition import DAY, figure
from tests.process.question import body

LAWS = rulebook("consultation").laws


@frozen
class Facts:
    """Nothing is told."""


@unique
class Ways(Enum):
    old = Text("旧办法", "the old way")
    new = Text("新办法", "the new way")


def condition(test: Callable[[Act[Facts]], bool]) -> Guard[Facts]:
    return guard("条件", "a condition", cites="guide-004")(test)


def chart_of(process: type[Process], *figures: Any, choices: Mapping[str, tuple[str, ...]] | None = None) -> Chart:
    law = Legislation(rulebook=lambda _: Rulebook(process.name, figures, laws=LAWS, choices=choices or {}))
    company = Company((Case.unopened(process, "q", {"here": "440100"}),))
    deeds = {a.name: a() for a in process.activities if a.by}
    ask = process.activity("ask")
    kind = Kind("q", company, (), ask(), ask.by, deeds)
    return Chart(Kernel(law, DAY), process, (kind,), 60)


def asking(**parts: Any) -> type[Process]:
    ask = {"ask": lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", cites="guide-004")}
    first = {name: part for name, part in parts.items() if name in ("reply", "waiting")}
    return type("Question", (Process,), body(facts=Facts, **{**first, **ask, **parts}))


def answering(when: Guard[Facts]) -> type[Process]:
    """A question that is answered under a condition."""
    return asking(
        answer=lambda p: p["waiting"].to(p["done"], when=when).by(p["clerk"], "答", "a", cites="guide-004"),
    )


def led(chart: Chart) -> int:
    """The standing after the question."""
    return chart.outcomes[chart.edge(0, chart.place("ask"), 0)].target


def wait(act: Act[Facts]) -> timedelta | None:
    told = act.process and act.done(act.process.activity("ask"))
    return act.on - told if told else None


def _unseen(act: Act[Facts]) -> bool:
    """What works with an act, and not with one that is watched."""
    return bool(Act.__str__(act)) and vars(Act)["on"].__get__(act) is not None


WAYS_TO_LOOK: dict[str, Callable[[Act[Facts]], bool]] = {
    "done": lambda act: wait(act) == timedelta(5),
    "due": lambda act: act.process is not None and act.due(act.process.clock("reply")) == date(2026, 4, 1),
    "happened": lambda act: act.on == act.happened["ask"].last,
    "running": lambda act: any(one.due == act.on for one in act.running),
}
LOOKS = pytest.mark.parametrize("look", WAYS_TO_LOOK.values(), ids=WAYS_TO_LOOK)


@LOOKS
def test_of_an_act(look: Callable[[Act[Facts]], bool]) -> None:
    """An act whose condition looks at a day of the case is refused when it is asked for."""
    chart = chart_of(answering(condition(look)), figure("reply", days(10).rolled("none")))
    with pytest.raises(DefinitionError, match="turns on the days of a single case"):
        chart.edge(led(chart), chart.place("answer"), 3)


@LOOKS
def test_of_a_lapse(look: Callable[[Act[Facts]], bool]) -> None:
    """A lapse that chooses by a day of the case is refused before anything is played."""
    process = asking(
        reply=Lapse("答复", "reply"),
        waiting=lambda p: State("待办", "waiting", p["reply"]),
        dropped=State("放弃", "dropped", final=True),
        answer=lambda p: p["waiting"].to(p["done"]).by(p["clerk"], "答复", "answer", cites="guide-004"),
        end=lambda p: (p["waiting"].to(p["dropped"], when=condition(look)) | p["waiting"].to(p["done"])).after(
            p["reply"], "期满", "end", cites="guide-004"
        ),
    )
    with pytest.raises(DefinitionError, match="turns on the days of a single case"):
        chart_of(process, figure("reply", days(10).rolled("none")))


@pytest.mark.parametrize(
    "look",
    [
        lambda act: act.done(act.process.activity("ask")) is not None and _unseen(act),
        lambda act: evolve(act, role=None).done(act.process.activity("ask")) is not None,
        lambda act: isinstance(act, Act) and act.done(act.process.activity("ask")) is None,
    ],
    ids=["before it fails", "after it has failed", "unless it is watched"],
)
def test_a_condition_that_cannot_be_watched(look: Callable[[Act[Facts]], bool]) -> None:
    """One that does with an act what a watched act cannot do is refused by its code, and not taken for one that looks at no date."""
    chart = chart_of(answering(condition(look)))
    with pytest.raises(DefinitionError, match="turns on the days of a single case"):
        chart.edge(led(chart), chart.place("answer"), 3)


def test_each_condition_is_watched() -> None:
    """Also the one after a condition that cannot be watched."""
    chart = chart_of(answering(condition(_unseen) & condition(WAYS_TO_LOOK["done"])))
    with pytest.raises(DefinitionError, match="turns on the days of a single case"):
        chart.edge(led(chart), chart.place("answer"), 3)


def test_what_other_regimes_ask_is_not_asked() -> None:
    """A condition on a move that the regime of the case does not have is not judged, and so it is no reason to refuse."""
    process = asking(
        regime=Regime("办法", "regime", of=Ways),
        answer=lambda p: (
            p["waiting"].to(p["done"], when=condition(WAYS_TO_LOOK["done"]), under=Ways.old)
            | p["waiting"].to(p["done"], under=Ways.new)
        ).by(p["clerk"], "答", "a", cites="guide-004"),
    )
    for way, told in (("new", True), ("old", False)):
        chart = chart_of(process, figure("regime", way), choices={"regime": ("old", "new")})
        node = led(chart)
        if told:
            assert chart.edge(node, chart.place("answer"), 3) > REFUSED
            continue
        with pytest.raises(DefinitionError, match="turns on the days of a single case"):
            chart.edge(node, chart.place("answer"), 3)
