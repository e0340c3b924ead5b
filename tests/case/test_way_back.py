"""A move back leads to the state in which the case was before, whatever is entered when."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from attrs import frozen
from hypothesis import assume, given
from hypothesis import strategies as st

from ssflow import Cases, Legislation
from ssflow.calendar import days
from ssflow.case import Attempt, Case
from ssflow.case.upgrading import upgrade
from ssflow.case.verdicts import verdicts
from ssflow.errors import DefinitionError, RefusedError
from ssflow.process import Act, Activity, Lapse, Place, Process, Role, State, Term, guard, opens
from ssflow.records import fold
from ssflow.rules import Rulebook, rulebook
from ssflow.sheets import Sheet
from ssflow.simulation.chart.chart import Chart, Kind
from ssflow.simulation.chart.kernel import Company, Kernel
from ssflow.text import Text
from tests.case.petition import DAY, cases_of, figure
from tests.process.question import body


@frozen
class Facts:
    """Nothing is told."""


@guard("只能中止两次", "it is stayed twice at most", cites="guide-004")
def not_too_often(act: Act[Facts]) -> bool:
    return act.count(Stay.stay) < 2


class Stay(Process):
    """A case that may be stayed while it is examined or reviewed, and goes on where it was; or is dropped in the end."""

    title = Text("可中止的办件", "A case that may be stayed")
    facts = Facts

    here = Place("本地", "here")
    clerk = Role("经办", "clerk")

    handling = Term("办理时限", "handling", owed_by=clerk)
    patience = Lapse("中止期限", "how long it is stayed")

    examining = State("审查", "being examined", handling)
    reviewing = State("复核", "being reviewed", handling)
    stayed = State("中止", "stayed", patience, stops=handling)
    decided = State("已决定", "decided", final=True)

    ask = opens(examining).by(clerk, "登记", "open", cites="guide-004")
    review = examining.to(reviewing).by(clerk, "提交复核", "hand over", cites="guide-004")
    stay = (examining | reviewing).to(stayed, when=not_too_often).by(clerk, "中止", "stay", cites="guide-004")
    note = stayed.stays().by(clerk, "备注", "note", cites="guide-004")
    resume = stayed.back(examining | reviewing).by(clerk, "恢复", "resume", cites="guide-004")
    decide = (examining | reviewing).to(decided).by(clerk, "决定", "decide", cites="guide-004")
    go_on = stayed.back(examining | reviewing).after(patience, "中止期满恢复", "goes on by itself", cites="guide-004")


BOOK = Rulebook(
    "stay",
    (figure("handling", days(20)), figure("patience", days(30).rolled("none"))),
    laws=rulebook("consultation").laws,
)
LAW = Legislation(rulebook=lambda _: BOOK)
S = Stay
LATER = datetime(2028, 1, 1, tzinfo=UTC)
ACTS = [activity for activity in S.activities if activity.by and not activity.is_opening]


def begun() -> Cases:
    cases = cases_of(S, LAW, now=lambda: LATER)
    cases.open(S.ask(), by=S.clerk, on=DAY, places="440100", case="s")
    return cases


def do(cases: Cases, activity: Activity[None], day: int) -> Case:
    return cases.do("s", activity(), by=S.clerk, on=DAY + timedelta(days=day), reason="补录")


@pytest.mark.parametrize("first", [(), (S.review,)])
def test_it_goes_back_to_where_it_was(first: Sequence[Activity[None]]) -> None:
    """From a stay the case goes on where it was, also where time alone ends the stay; the stay does not count."""
    cases = begun()
    for activity in first:
        do(cases, activity, 1)
    was = cases.get("s").state
    do(cases, S.stay, 2)
    do(cases, S.note, 3)
    assert cases.get("s").came_from is was
    assert do(cases, S.resume, 12).state is was
    do(cases, S.stay, 13)
    cases.advance(DAY + timedelta(days=60))
    assert cases.get("s").state is was
    with pytest.raises(RefusedError, match="stayed twice at most"):
        do(cases, S.stay, 60)
    assert cases.verify() == ()


def test_a_late_entry_moves_where_the_case_was() -> None:
    """A review that was missed before the stay is where the case goes on, also when it is made of its events."""
    cases = begun()
    assert do(cases, S.stay, 5).came_from is S.examining
    case = do(cases, S.review, 1)
    assert (case.state, case.came_from) == (S.stayed, S.reviewing)
    assert fold(S, cases.trace("s")) == case
    assert do(cases, S.resume, 9).state is S.reviewing


def test_only_the_way_that_the_case_came_is_judged() -> None:
    """What an attempt could do from a stay is the one move back to where the case was, whatever other ways back there are."""
    cases = begun()
    do(cases, S.review, 1)
    case = do(cases, S.stay, 2)
    attempt = Attempt(deed=S.resume(), by=S.clerk, on=DAY + timedelta(days=3), law=LAW)
    assert [row.target for row, _ in verdicts(case, attempt)] == [S.reviewing]


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 80)), max_size=7), st.randoms())
def test_the_order_of_entry_decides_nothing(wished: list[tuple[Activity[None], int]], random) -> None:
    """Whatever was possible in order, entered in another order that is nowhere refused, leads to the same case: its state, the one
    before, its clocks, what was counted.
    """
    in_order, done = begun(), []
    moments = sorted({day: activity for activity, day in wished}.items())
    for day, activity in moments:
        try:
            do(in_order, activity, day)
        except RefusedError:
            continue
        done.append((activity, day))
    other = begun()
    for activity, day in random.sample(done, len(done)):
        try:
            do(other, activity, day)
        except RefusedError:
            assume(False)
    end = DAY + timedelta(days=200)
    for cases in (in_order, other):
        cases.advance(end)
    one, two = in_order.get("s"), other.get("s")
    assert (one.state, one.came_from, one.obligations) == (two.state, two.came_from, two.obligations)
    assert {name: done.times for name, done in one.done.items()} == {
        name: done.times for name, done in two.done.items()
    }
    for cases in (in_order, other):
        assert fold(S, cases.trace("s")) == cases.get("s")


def test_a_simulation_remembers_where_it_was() -> None:
    """Two stays that came from two states are two standings."""
    company = Company((Case.unopened(S, "s", {"here": "440100"}),))
    chart = Chart(
        Kernel(LAW, DAY),
        S,
        (Kind("s", company, (), S.ask(), S.ask.by, {a.name: a() for a in S.activities if a.by}),),
        90,
    )

    def after(node: int, *acts: str) -> int:
        for act in acts:
            node = chart.outcomes[chart.edge(node, chart.place(act), 1)].target
        return node

    opened = after(0, "ask")
    assert chart.state_name(after(opened, "stay", "resume")) == "examining"
    assert chart.state_name(after(opened, "review", "stay", "resume")) == "reviewing"


def test_a_newer_version_leads_back_too() -> None:
    """A case that is stayed goes over with the state in which it was; one that is not stayed came from nowhere."""

    class Newer(Process):
        title, facts, version, supersedes, was = S.title, Facts, 2, S, "stay"
        here, clerk = Place("本地", "here"), Role("经办", "clerk")
        looking, checking = State("查看", "looked at", was="examining"), State("核对", "checked", was="reviewing")
        stayed, decided = State("中止", "stayed"), State("已决定", "decided", final=True)
        ask = opens(looking).by(clerk, "登记", "open", cites="guide-004")
        review = looking.to(checking).by(clerk, "提交复核", "hand over", cites="guide-004")
        stay = (looking | checking).to(stayed).by(clerk, "中止", "stay", cites="guide-004")
        resume = stayed.back(looking | checking).by(clerk, "恢复", "resume", cites="guide-004")
        decide = (looking | checking).to(decided).by(clerk, "决定", "decide", cites="guide-004")

    class Straight(Process):
        title, facts, version, supersedes, was = S.title, Facts, 2, S, "stay"
        here, clerk = Place("本地", "here"), Role("经办", "clerk")
        examining, reviewing = State("审查", "examined"), State("复核", "reviewed")
        stayed, decided = State("中止", "stayed"), State("已决定", "decided", final=True)
        ask = opens(examining).by(clerk, "登记", "open", cites="guide-004")
        review = examining.to(reviewing).by(clerk, "提交复核", "hand over", cites="guide-004")
        stay = (examining | reviewing).to(stayed).by(clerk, "中止", "stay", cites="guide-004")
        decide = (reviewing | stayed).to(decided).by(clerk, "决定", "decide", cites="guide-004")

    cases, ends = begun(), (("handling", ""), ("patience", ""))
    bare = Legislation(rulebook=lambda name: Rulebook(name, (), laws=BOOK.laws))

    def over(case: Case, to: type[Process] = Newer) -> tuple[str, str]:
        event = upgrade(case, to, ends, DAY + timedelta(days=3), bare, reason="新办法")
        return event.target, event.came_from

    assert over(cases.get("s")) == ("looking", "")
    do(cases, S.review, 1)
    assert over(do(cases, S.stay, 2)) == ("stayed", "checking")
    assert over(cases.get("s"), Straight) == ("stayed", ""), "it asks no more where a case came from"
    assert cases.get("s").linked().seen_in(Newer).came_from is Newer.checking, "as a guard sees it"


def test_the_sheet_says_back() -> None:
    """A move back is told apart from one that leads there from anywhere."""
    assert "stayed → back to being reviewed" in Sheet(S, BOOK).to_markdown("en")


@pytest.mark.parametrize(
    ("resumed", "fault"),
    [
        (lambda p: p["stayed"].back(p["waiting"]), "a case that came from looking has no way back"),
        (
            lambda p: p["stayed"].back(p["waiting"] | p["looking"] | p["done"]),
            "no case comes from done; leave it out",
        ),
        (
            lambda p: p["stayed"].to(p["done"]) | p["stayed"].back(p["waiting"] | p["looking"]),
            "a move after one without a guard is never made",
        ),
    ],
)
def test_every_way_in_has_its_way_back(resumed, fault: str) -> None:
    """Whoever leads back names every state from which the case may have come, and no other, before any way that is always open."""
    parts = {
        "looking": lambda p: State("查找", "looking", p["reply"]),
        "stayed": State("中止", "stayed"),
        "look": lambda p: p["waiting"].to(p["looking"]).by(p["clerk"], "查找", "look", cites="guide-004"),
        "stay": lambda p: (
            (p["waiting"] | p["looking"]).to(p["stayed"]).by(p["clerk"], "中止", "stay", cites="guide-004")
        ),
        "resume": lambda p: resumed(p).by(p["clerk"], "恢复", "resume", cites="guide-004"),
    }
    with pytest.raises(DefinitionError, match=fault):
        type("Question", (Process,), body(**parts))
