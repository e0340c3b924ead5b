"""A lapse chooses among moves by conditions of its case; an act may be recorded in a case that has ended."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from ssflow import Legislation
from ssflow.calendar import days
from ssflow.case import Case, EventKind
from ssflow.errors import DefinitionError, RefusedError
from ssflow.process import Act, Lapse, Place, Process, Role, State, guard, opens
from ssflow.rules import Rulebook, rulebook
from ssflow.simulation.chart.chart import Chart, Kind
from ssflow.simulation.chart.kernel import Company, Kernel
from ssflow.testing import explore
from ssflow.testing.evidence import Evidence
from ssflow.text import Text
from tests.case.petition import DAY, cases_of, figure
from tests.process.question import body


@frozen
class Facts:
    """Nothing is told: the case knows."""


@guard("异议已提出", "there was an objection", cites="guide-004")
def objected(act: Act[Facts]) -> bool:
    return act.count(Notice.object) > 0


WAYS_TO_LOOK = {
    "linked": lambda act: bool(act.linked(Notice)),
    "bool": lambda act: bool(act.links),
    "not": lambda act: not act.links,
    "len": lambda act: len(act.links) > 0,
    "in": lambda act: act.facts in act.links,
    "first": lambda act: bool(act.links[0]),
    "slice": lambda act: bool(act.links[:1]),
    "equal": lambda act: act.links == (),
    "unequal": lambda act: act.links != (),
    "less": lambda act: act.links < ((),),
    "reversed": lambda act: bool(tuple(reversed(act.links))),
    "times": lambda act: bool(act.links * 2),
    "count": lambda act: act.links.count(act) > 0,
    "unpacked": lambda act: bool((*act.links,)),
    "any": lambda act: any(act.links),
    "set": lambda act: len({act.links}) == 1,
}


class Notice(Process):
    """A notice that takes effect after ten days, unless somebody objected: then it falls. What became of it is noted."""

    title = Text("公告", "Notice")
    facts = Facts

    here = Place("本地", "here")
    clerk, anybody = Role("经办", "clerk"), Role("个人", "anybody")

    display = Lapse("公告期", "display")

    shown = State("公告中", "on display", display)
    effective = State("已生效", "in effect", final=True)
    fallen = State("未生效", "fallen", final=True)

    show = opens(shown).by(clerk, "公告", "show", cites="guide-004")
    object = shown.stays().by(anybody, "提出异议", "object", cites="guide-004")
    take_back = shown.to(fallen).by(clerk, "撤回", "take it back", cites="guide-004")
    note = effective.stays().by(clerk, "记录送达", "note the delivery", cites="guide-004")
    take_effect = (shown.to(fallen, when=objected) | shown.to(effective)).after(
        display, "公告期满", "display ends", cites="guide-004"
    )


BOOK = Rulebook("notice", (figure("display", days(10).rolled("none")),), laws=rulebook("consultation").laws)
LAW = Legislation(rulebook=lambda _: BOOK)
N = Notice
END = DAY + timedelta(days=11)


@given(st.integers(0, 10), st.booleans())
def test_it_chooses_by_what_the_case_knows(day: int, swept: bool) -> None:
    """Whether somebody objected in time decides, also where the objection is typed after a sweep had seen it take effect."""
    cases = cases_of(N, LAW)
    cases.open(N.show(), by=N.clerk, on=DAY, places="440100", case="n")
    if swept:
        assert [event.target for event in cases.advance(END)] == ["effective"]
    case = cases.do("n", N.object(), by=N.anybody, on=DAY + timedelta(days=day))
    cases.advance(END)
    case = cases.get("n")
    assert (case.state, case.is_closed) == (N.fallen, True)
    assert cases.verify() == ()


def test_what_comes_after_the_end_is_recorded() -> None:
    """In a final state an act that moves nothing is recorded where the definition says so, and nowhere else."""
    cases = cases_of(N, LAW)
    cases.open(N.show(), by=N.clerk, on=DAY, places="440100", case="n")
    cases.advance(END)
    assert not cases.get("n").is_at_rest
    noted = cases.do("n", N.note(), by=N.clerk, on=END)
    assert (noted.state, noted.is_closed, noted.done["note"].times) == (N.effective, True, 1)
    cases.open(N.show(), by=N.clerk, on=DAY, places="440100", case="m")
    cases.do("m", N.object(), by=N.anybody, on=DAY)
    cases.advance(END)
    assert cases.get("m").is_at_rest
    with pytest.raises(RefusedError, match='it has to be in state "in effect"'):
        cases.do("m", N.note(), by=N.clerk, on=END)


def test_exploring_shows_both_ways() -> None:
    """The conformance of worked cases sees both moves of the lapse, and its condition hold and fail."""
    evidence = Evidence(N)
    for trial in explore(N, law=LAW, places="440100", start=DAY, examples={}, limit=200):
        evidence.add(trial)
    assert evidence.missing(BOOK) == []


def test_a_simulation_asks_the_kernel() -> None:
    """The tables lead where the kernel does, by whether an objection was counted."""
    company = Company((Case.unopened(N, "n", {"here": "440100"}),))
    kind = Kind("notices", company, (), N.show(), N.show.by, {a.name: a() for a in N.activities if a.by})
    chart = Chart(Kernel(LAW, DAY), N, (kind,), 60)
    shown = chart.outcomes[chart.edge(0, chart.place("show"), 0)].target
    objected_to = chart.outcomes[chart.edge(shown, chart.place("object"), 1)].target
    runs_out = chart.clock_moves
    ends = [chart.state_name(chart.outcomes[chart.edge(n, runs_out, 11)].target) for n in (shown, objected_to)]
    assert ends == ["effective", "fallen"]


@pytest.mark.parametrize(
    ("moves", "fault"),
    [
        (lambda p: p["waiting"].to(p["done"], when=objected), "may run out in state waiting without effect"),
        (
            lambda p: p["waiting"].to(p["done"]) | p["waiting"].to(p["dropped"], when=objected),
            "a move after one without a guard is never made",
        ),
    ],
)
def test_a_lapse_always_does_something(moves, fault: str) -> None:
    """The last of the moves among which it chooses has no condition."""
    parts = {
        "reply": Lapse("答复", "reply"),
        "waiting": lambda p: State("待办", "waiting", p["reply"]),
        "dropped": State("放弃", "dropped", final=True),
        "ask": lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", cites="guide-004"),
        "answer": lambda p: p["waiting"].to(p["done"]).by(p["clerk"], "答复", "answer", cites="guide-004"),
        "drop": lambda p: p["waiting"].to(p["dropped"]).by(p["clerk"], "作罢", "drop", cites="guide-004"),
        "end": lambda p: moves(p).after(p["reply"], "期满", "end", cites="guide-004"),
    }
    with pytest.raises(DefinitionError, match=fault):
        type("Question", (Process,), body(facts=Facts, **parts))


def test_what_comes_after_a_sure_end_is_refused() -> None:
    """Of two activities of one lapse the first has no condition, so the second would never be done: that is told when it is defined."""
    parts = {
        "reply": Lapse("答复", "reply"),
        "waiting": lambda p: State("待办", "waiting", p["reply"]),
        "dropped": State("放弃", "dropped", final=True),
        "ask": lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", cites="guide-004"),
        "answer": lambda p: p["waiting"].to(p["done"]).by(p["clerk"], "答复", "answer", cites="guide-004"),
        "end": lambda p: p["waiting"].to(p["done"]).after(p["reply"], "期满", "end", cites="guide-004"),
        "drop": lambda p: p["waiting"].to(p["dropped"]).after(p["reply"], "作罢", "drop", cites="guide-004"),
    }
    with pytest.raises(DefinitionError, match="reply: from waiting: a move after one without a guard is never made"):
        type("Question", (Process,), body(facts=Facts, **parts))


@pytest.mark.parametrize("look", WAYS_TO_LOOK.values(), ids=WAYS_TO_LOOK)
def test_a_lapse_does_not_see_related_cases(look: Callable[[Act[Facts]], bool]) -> None:
    """It comes in its case by itself, so a condition that looks elsewhere, however it looks, is an error, not a silent no."""
    shown: list[str] = []

    @guard("关联办件已办结", "a related case has ended", cites="guide-004")
    def elsewhere(act: Act[Facts]) -> bool:
        shown.append(repr(act.links))
        return look(act)

    parts = {
        "reply": Lapse("答复", "reply"),
        "waiting": lambda p: State("待办", "waiting", p["reply"]),
        "ask": lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", cites="guide-004"),
        "dropped": State("放弃", "dropped", final=True),
        "answer": lambda p: p["waiting"].to(p["done"]).by(p["clerk"], "答复", "answer", cites="guide-004"),
        "end": lambda p: (p["waiting"].to(p["dropped"], when=elsewhere) | p["waiting"].to(p["done"])).after(
            p["reply"], "期满", "end", cites="guide-004"
        ),
    }
    process = type("Question", (Process,), body(facts=Facts, **parts))
    book = Rulebook("question", (figure("reply", days(10).rolled("none")),), laws=BOOK.laws)
    cases = cases_of(process, Legislation(rulebook=lambda _: book))
    cases.open(process.ask(), by=process.person, on=DAY, places="440100", case="q")
    with pytest.raises(Exception, match="its conditions do not see related cases"):
        cases.advance(date(2026, 6, 1))
    assert cases.trace("q")[-1].kind is EventKind.act
    assert set(shown) == {"<not known to a lapse>"}, "who debugs the condition sees why"
