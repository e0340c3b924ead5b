"""A condition that cannot be judged is an error that names it, wherever it is asked, and nothing is recorded."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from attrs import frozen

from ssflow import Cases, Legislation, MemoryStore
from ssflow.calendar import days
from ssflow.case import Case
from ssflow.errors import DefinitionError, GuardError, SweepError
from ssflow.process import Act, Lapse, Place, Process, Role, State, guard, opens
from ssflow.rules import Rulebook, rulebook
from ssflow.simulation.chart.chart import Chart, Kind
from ssflow.simulation.chart.kernel import Company, Kernel
from ssflow.text import Text
from tests.case.petition import DAY, NOW, figure

PERSON = "11010519491231002X"
FAULTS: dict[str, tuple[Callable[[Act[Any]], Any], str]] = {
    "raises": (lambda act: act.facts.nothing, "AttributeError"),
    "says something personal": (lambda act: {}[PERSON], "KeyError"),
    "answers no": (lambda act: None, "NoneType, not True or False"),
    "answers a number": (lambda act: 1, "int, not True or False"),
    "asks for another's part": (lambda act: act.done(Other.look) is None, "none of Strange's"),
}
_chosen = ["raises"]  # which of them the condition has


@frozen
class Facts:
    """Nothing is told."""


@guard("写错的条件", "a faulty condition", cites="guide-004")
def strange(act: Act[Facts]) -> bool:
    return FAULTS[_chosen[0]][0](act)


class Strange(Process):
    """A case with a faulty condition on an act, on a lapse, and on what is done in it together with another case."""

    title = Text("怪", "Strange")
    facts = Facts

    here = Place("本地", "here")
    clerk = Role("经办", "clerk")
    reply = Lapse("答复", "reply")

    waiting = State("待办", "waiting", reply)
    done = State("办结", "done", final=True)
    gone = State("失效", "gone", final=True)

    ask = opens(waiting).by(clerk, "询问", "ask", cites="guide-004")
    answer = waiting.to(done, when=strange).by(clerk, "答复", "answer", cites="guide-004")
    drop = waiting.to(gone).by(clerk, "撤回", "drop", cites="guide-004")
    follow = waiting.to(done, when=strange).triggered(clerk, "随之办结", "follow", cites="guide-004")
    end = (waiting.to(done, when=strange) | waiting.to(gone)).after(reply, "期满", "end", cites="guide-004")


class Other(Process):
    """A case whose end is done in a strange one too."""

    title = Text("另一", "Other")
    facts = Facts

    here = Place("本地", "here")
    clerk = Role("经办", "clerk")

    seen = State("已查看", "seen")
    closed = State("办结", "closed", final=True)

    look = opens(seen).by(clerk, "查看", "look", cites="guide-004")
    close = seen.to(closed).by(clerk, "办结", "close", triggers=Strange.follow, cites="guide-004")


BOOKS = {
    "strange": Rulebook("strange", (figure("reply", days(10).rolled("none")),), laws=rulebook("consultation").laws),
    "other": Rulebook("other", (), laws=rulebook("consultation").laws),
}
LAW = Legislation(rulebook=BOOKS.__getitem__)


@pytest.fixture(params=FAULTS)
def fault(request: pytest.FixtureRequest) -> str:
    """What is wrong with the condition."""
    _chosen[0] = request.param
    return FAULTS[request.param][1]


def asked() -> Cases:
    cases = Cases(MemoryStore(), LAW, now=lambda: NOW, process_of={"strange": Strange, "other": Other}.__getitem__)
    cases.open(Strange.ask(), by=Strange.clerk, on=DAY, places="440100", case="s")
    return cases


def assert_told(error: GuardError, fault: str, activity: str) -> None:
    assert (error.guard, error.activity, error.case) == ("strange", activity, "s")
    assert fault in error.say("en") and PERSON not in error.say("en") + error.say("zh")
    assert "请改正程序定义中的该条件" in error.say("zh")


def test_in_an_act(fault: str) -> None:
    """The act is not done, and the others can be: one faulty condition stops no case."""
    cases = asked()
    with pytest.raises(GuardError) as told:
        cases.do("s", Strange.answer(), by=Strange.clerk, on=DAY)
    assert_told(told.value, fault, "answer")
    assert cases.get("s").version == 1
    open_ones = {option.activity.name for option in cases.options("s", on=DAY, by=Strange.clerk) if option.is_open}
    assert open_ones == {"drop"}
    assert cases.do("s", Strange.drop(), by=Strange.clerk, on=DAY).state is Strange.gone


def test_in_a_lapse(fault: str) -> None:
    """What time does is not guessed: neither of the two ways is taken."""
    cases = asked()
    with pytest.raises(SweepError) as told:
        cases.advance(DAY + timedelta(days=30))
    error = told.value.failures["s"]
    assert isinstance(error, GuardError)
    assert_told(error, fault, "end")
    assert (cases.get("s").version, cases.get("s").state) == (1, Strange.waiting)


def test_in_what_is_done_in_a_related_case(fault: str) -> None:
    """The act of the other case is not done either: both or none."""
    cases = asked()
    cases.open(Other.look(), by=Other.clerk, on=DAY, places="440100", case="o", links=["s"])
    with pytest.raises(GuardError) as told:
        cases.do("o", Other.close(), by=Other.clerk, on=DAY)
    assert_told(told.value, fault, "follow")
    assert (cases.get("o").version, cases.get("s").version) == (1, 1)


def test_in_a_simulation(fault: str) -> None:
    """The tables do not take it for a refusal."""
    company = Company((Case.unopened(Strange, "s", {"here": "440100"}),))
    kind = Kind("k", company, (), Strange.ask(), Strange.ask.by, {"answer": Strange.answer()})
    chart = Chart(Kernel(LAW, DAY), Strange, (kind,), 60)
    node = chart.outcomes[chart.edge(0, chart.place("ask"), 0)].target
    with pytest.raises((GuardError, DefinitionError), match=f"strange .*{fault}|{fault}"):
        chart.edge(node, chart.place("answer"), 1)
