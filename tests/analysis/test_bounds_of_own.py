"""Bounds of procedures of one's own: what cannot be told is refused with what to do, and what is told holds."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve, frozen

from ssflow import Legislation
from ssflow.analysis import bounds
from ssflow.calendar import days
from ssflow.errors import DefinitionError, InputError, UnknownError
from ssflow.process import Act, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.rules import Rulebook, Value, rulebook
from ssflow.simulation import Arrivals, Duration, Practice, Scenario, simulate
from ssflow.text import Text
from tests.brought import package, scenario
from tests.case.petition import DAY, figure

ARTICLES = rulebook("consultation").laws


@frozen
class Facts:
    """Nothing is told."""


@guard("须在通知之日起60日内", "within 60 days of the notification", cites="guide-004")
def within(act: Act[Facts]) -> bool:
    told = act.done(TestBoundsOfOwn.notify)
    last = told and act.end_of(TestBoundsOfOwn.window, told)
    return last is not None and act.on <= last


@guard("当地可以办结", "the place allows it")
def allowed(act: Act[Facts]) -> bool:
    return act.allows(TestBoundsOfOwn.closable)


@guard("3月10日前", "up to 10 March", cites="guide-004")
def up_to_10_march(act: Act[Facts]) -> bool:
    return act.on <= date(2026, 3, 10)


class TestBoundsOfOwn(Process):
    """A notification that others may be asked about first, and that may be contested for sixty days."""

    __test__ = False  # named like its module, as those that packages bring are

    title = Text("通知", "Notification")
    facts = Facts

    here = Place("本地", "here")
    clerk, person = Role("经办", "clerk"), Role("个人", "person")
    reply = Term("答复", "reply", owed_by=clerk)
    opinion = Term("意见", "opinion", owed_by=clerk)
    whole = Term("全程", "whole", owed_by=clerk)
    window, closable = Rule("异议期限", "window"), Rule("可否办结", "whether it may be closed")

    waiting = State("待办", "waiting", reply, whole)
    consulting = State("会商", "consulting", opinion, whole)
    told = State("已通知", "told", whole)
    contested = State("有异议", "contested", final=True)
    hurried = State("从速", "hurried", final=True)
    ended = State("办结", "ended", final=True)

    ask = opens(waiting).by(person, "询问", "ask", cites="guide-004")
    consult = waiting.to(consulting).by(clerk, "会商", "consult", cites="guide-004")
    notify = (waiting | consulting).to(told).by(clerk, "通知", "notify", cites="guide-004")
    contest = told.to(contested, when=within).by(person, "异议", "contest", cites="guide-004")
    hurry = told.to(hurried, when=up_to_10_march).by(clerk, "从速", "hurry", cites="guide-004")
    end = told.to(ended, when=allowed).by(clerk, "办结", "end", cites="guide-004")


FIGURES = tuple(
    figure(name, days(n).rolled("none")) for name, n in {"reply": 10, "opinion": 30, "whole": 200, "window": 60}.items()
)


def law_of(*more: Value) -> Legislation:
    book = Rulebook(OWN, (*FIGURES, *more), laws=ARTICLES)
    return Legislation(rulebook=lambda _: book)


OWN = "test_bounds_of_own"


@pytest.fixture(autouse=True)
def brought(tmp_path: Path) -> Iterator[None]:
    """The package is there while a test runs."""
    with package(tmp_path, test_bounds_of_own=TestBoundsOfOwn):
        yield


def inside(given: Scenario, without: tuple[str, ...] = ()) -> int:
    """How many cases of chance, opened on the first day and none of them late, are within the bounds; all of these are."""
    allowed = {row["end"]: row for row in bounds(given, without=without).table().rows()}
    practices = [Practice(takes=given.practices[0].takes), *given.practices[1:]]
    run = simulate(evolve(given, arrivals=Arrivals(counted={given.start: 40}), practices=practices), runs=1)
    clocks = [f"{clock.name}_late" for clock in given.definition.clocks if isinstance(clock, Term)]
    late = sum((np.asarray(run.cases[clock]) for clock in clocks), start=np.zeros(40, dtype=np.int64))
    tried = 0
    for row, delay in zip(run.cases.rows(), late.tolist(), strict=True):
        if row["closed"] is None or delay:
            continue
        took, limit = (row["closed"].date() - given.start).days, allowed[row["state"]]
        assert limit["least"] <= took, (row, limit)
        assert limit["most"] is None or took <= limit["most"], (row, limit)
        tried += 1
    return tried


@pytest.mark.parametrize("mean", [1, 12])
@pytest.mark.parametrize("name", ["stay", "request"])
def test_no_lawful_case_is_outside(name: str, mean: float) -> None:
    """Of cases that chance has played."""
    assert inside(scenario(name, Practice(takes=Duration("exponential", mean, "workdays"))))


def test_a_condition_on_the_day_of_an_act_is_refused() -> None:
    """Ways are not told apart by it: whoever consults first notifies later, and is contested later, within one term for all."""
    given = scenario(OWN, law=law_of())
    with pytest.raises(DefinitionError, match=r"within: it looks at done\(.*without= of bounds") as refused:
        bounds(given)
    assert "without" in refused.value.say("zh")
    rows = {row["end"]: row for row in bounds(given, without=["contest"]).table().rows()}
    assert (rows["ended"]["least"], rows["ended"]["most"]) == (0, 200)
    assert "contested" not in rows


def test_whoever_waits_too_long_comes_nowhere() -> None:
    """An end that is reached only by those who do not wait for the last day has a least time, and no invented most."""
    (row,) = [
        row
        for row in bounds(scenario(OWN, law=law_of()), without=["contest"]).table().rows()
        if row["end"] == "hurried"
    ]
    assert (row["least"], row["most"]) == (0, None)
    assert "met only up to an earlier day" in row["unbounded"]


def test_the_day_before_the_law_changes_is_tried() -> None:
    """What law allows up to a change is done on the last day before it, though its condition does not look at the day."""
    change = DAY + timedelta(days=50)
    closable = (
        evolve(figure("closable", True), until=change - timedelta(days=1)),
        evolve(figure("closable", False), since=change),
    )
    rows = {row["end"]: row for row in bounds(scenario(OWN, law=law_of(*closable)), without=["contest"]).table().rows()}
    assert rows["ended"]["most"] == 49


def test_the_day_that_an_act_sets_is_any_that_law_allows() -> None:
    """Not that of the profile: five days at least and sixty at most; where no rule says how long, there is no limit."""
    found = {row["end"]: row for row in bounds(scenario("request"), without=["stay"]).table().rows()}
    assert found["given_up"]["least"] == 6
    way = list(bounds(scenario("request"), without=["stay", "correct"]).way("given_up").rows())
    first = next(row["day"] for row in way if row["activity"] == "send back")
    assert way[-1]["due"] >= first + timedelta(days=60)
    free = Legislation(rulebook=lambda _: Rulebook("request", (), laws=ARTICLES))
    found = {row["end"]: row for row in bounds(scenario("request", law=free), without=["stay"]).table().rows()}
    assert found["given_up"]["most"] is None
    assert 'no law limits the day that "send back" sets' in found["given_up"]["unbounded"]
    assert found["given_up"]["least"] == 2


def test_what_has_no_end_is_said() -> None:
    """Nobody checks what he drafted himself, and no profile says who acts: no table without rows, but an error with the state."""
    with pytest.raises(
        InputError, match='no way leads to an end, because no condition is ever met at "drafted"'
    ) as refused:
        bounds(scenario("petition"), without=["complain", "contest"])
    assert "没有办理路径可以办结" in refused.value.say("zh")


def test_too_many_ways_are_said_with_what_to_leave_out() -> None:
    """And without that there is an answer: a notice is taken back, or takes effect as its ten days are over."""
    with pytest.raises(InputError, match=r"""without=\['object'\]"""):
        bounds(scenario("notice"))
    rows = {row["end"]: row for row in bounds(scenario("notice"), without=["object"]).table().rows()}
    assert (rows["effective"]["least"], rows["effective"]["most"]) == (11, 11)
    assert (rows["fallen"]["least"], rows["fallen"]["most"]) == (0, 10)
    with pytest.raises(UnknownError):
        bounds(scenario("notice"), without=["nothing"])
    with pytest.raises(InputError, match='"display ends" happens by itself, so it cannot be left out'):
        bounds(scenario("notice"), without=["take_effect"])
