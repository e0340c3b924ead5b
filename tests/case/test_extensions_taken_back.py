"""An extension that was given is taken back: the term's last day is what it was without it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from attrs import evolve as changed
from attrs import frozen
from hypothesis import assume, given
from hypothesis import strategies as st

from ssflow import Cases, Legislation
from ssflow.calendar import days
from ssflow.case import Case, EventKind
from ssflow.case.upgrading import upgrade
from ssflow.errors import RefusedError
from ssflow.process import Activity, Extension, Place, Process, Role, Rule, State, Term, opens
from ssflow.records import Codec, fold
from ssflow.rules import Citation, Rulebook, rulebook
from ssflow.text import Text
from tests.case.petition import DAY, Petition, cases_of, figure, opened
from tests.process.question import Asked, body


@frozen
class Facts:
    """Nothing is told."""


class Inquiry(Process):
    """An inquiry whose reply may be extended by two people, each of whom may take that back."""

    title = Text("查询", "Inquiry")
    facts = Facts

    here = Place("本地", "here")
    clerk, head = Role("经办", "clerk"), Role("负责人", "head")

    reply = Term("答复时限", "reply", owed_by=clerk)
    little, much = Rule("短延长期", "short extension"), Rule("长延长期", "long extension")

    waiting = State("待办", "waiting", reply)
    stayed = State("中止", "stayed", stops=reply)
    answered = State("已答复", "answered", final=True)

    ask = opens(waiting).by(clerk, "登记", "open", cites="guide-004")
    extend = waiting.stays().by(clerk, "延长", "extend", extends=Extension(reply, little), cites="guide-004")
    prolong = waiting.stays().by(
        head, "再延长", "prolong", extends=Extension(reply, much, belated=True), cites="guide-004"
    )
    undo = (waiting.stays() | stayed.stays()).by(clerk | head, "撤销延长", "undo", withdraws=extend, cites="guide-004")
    cut = waiting.stays().by(head, "撤销再延长", "cut short", withdraws=prolong, cites="guide-004")
    stay = waiting.to(stayed).by(clerk, "中止", "stay", cites="guide-004")
    resume = stayed.to(waiting).by(clerk, "恢复", "resume", cites="guide-004")
    answer = waiting.to(answered).by(clerk, "答复", "answer", cites="guide-004")


LAWS = rulebook("consultation").laws
FIGURES = (
    figure("reply", days(20).rolled("none")),
    figure("little", days(10).rolled("none")),
    figure("much", days(30).rolled("none")),
)
LAW = Legislation(rulebook=lambda _: Rulebook("inquiry", FIGURES, laws=LAWS))
LATER = datetime(2028, 1, 1, tzinfo=UTC)
Q = Inquiry
ACTS = [activity for activity in Q.activities if not activity.is_opening]


def begun(*acts: tuple[Activity[None], int]) -> Cases:
    cases = cases_of(Q, LAW, now=lambda: LATER)
    cases.open(Q.ask(), by=Q.clerk, on=DAY, places="440100", case="q")
    for activity, day in acts:
        do(cases, activity, day)
    return cases


def do(cases: Cases, activity: Activity[None], day: int) -> Case:
    return cases.do("q", activity(), by=activity.roles[0], on=DAY + timedelta(days=day), reason="补录")


def due(case: Case) -> int:
    obligation = case.obligation("reply")
    assert obligation and obligation.due
    return (obligation.due - DAY).days  # the day of the opening is the 0th


def test_the_last_day_is_what_it_was_without_the_extension() -> None:
    """Of two that were given either can be taken back, whichever was given first; the obligation is then what it had been."""
    cases = begun((Q.extend, 1))
    short = cases.get("q").obligation("reply")
    assert due(do(cases, Q.prolong, 2)) == 60
    assert do(cases, Q.cut, 3).obligation("reply") == short
    assert due(do(cases, Q.prolong, 4)) == 60
    case = do(cases, Q.undo, 5)
    assert (due(case), [str(span) for span in case.obligation("reply").spans]) == (50, ["20 days", "30 days"])
    assert cases.verify() == ()


def test_its_articles_go_with_it() -> None:
    """What the day rests on no longer names the article of an extension that was taken back, and still names the other."""
    cited = {"reply": ["guide-004 1"], "little": ["guide-004 2", "guide-004 3"], "much": ["guide-004 4"]}
    figures = tuple(
        changed(value, cites=tuple(Citation.parse(cite) for cite in cited[value.parameter])) for value in FIGURES
    )
    law = Legislation(rulebook=lambda _: Rulebook("inquiry", figures, laws=LAWS))
    cases = cases_of(Q, law, now=lambda: LATER)
    cases.open(Q.ask(), by=Q.clerk, on=DAY, places="440100", case="q")
    for activity in (Q.extend, Q.prolong, Q.undo):
        do(cases, activity, 1)
    assert cases.get("q").obligation("reply").cites == ("guide-004 1", "guide-004 4")


def test_of_an_extension_that_was_given_twice_the_last_goes_first() -> None:
    """Each undoing takes one back; with none left it is refused, and nothing is changed."""
    cases = begun((Q.extend, 1), (Q.extend, 2), (Q.prolong, 3))
    assert [due(do(cases, Q.undo, day)) for day in (4, 5)] == [60, 50]
    with pytest.raises(RefusedError, match='"reply" is not extended by "extend" now, so nothing can be taken back'):
        do(cases, Q.undo, 6)
    assert cases.get("q").version == 6


def test_a_day_that_has_passed_is_overdue_from_then() -> None:
    """Taken back on the 25th, a term of 20 days has been overdue since the 21st; its mark stands there, and no act before is touched."""
    cases = begun((Q.extend, 1), (Q.undo, 25))
    assert due(cases.get("q")) == 20
    (event,) = cases.advance(DAY + timedelta(days=26))
    assert (event.kind, event.activity, event.on) == (EventKind.overdue, "reply", DAY + timedelta(days=21))
    assert cases.get("q").obligation("reply").overdue
    assert cases.verify() == ()
    assert cases.advance(DAY + timedelta(days=60)) == ()


def test_a_term_that_was_extended_when_it_had_run_out_is_overdue_again() -> None:
    """The belated extension had put it in time; without it the term ran out when it did."""
    cases = begun((Q.prolong, 25))
    cases.advance(DAY + timedelta(days=26))
    assert not cases.get("q").obligation("reply").overdue
    do(cases, Q.cut, 27)
    (event,) = cases.advance(DAY + timedelta(days=28))
    assert (event.kind, event.on) == (EventKind.overdue, DAY + timedelta(days=21))


def test_one_that_is_overdue_stays_so() -> None:
    """What had run out with the extension has run out without it."""
    cases = begun((Q.extend, 1))
    cases.advance(DAY + timedelta(days=40))
    case = do(cases, Q.undo, 41)
    assert (due(case), case.obligation("reply").overdue) == (20, True)
    assert cases.advance(DAY + timedelta(days=42)) == ()


def test_days_on_which_the_clock_stood_still_count_as_before() -> None:
    """The extension goes, the stop stays; it may be taken back while the clock stands."""
    cases = begun((Q.extend, 1), (Q.stay, 5))
    assert do(cases, Q.undo, 7).obligation("reply").due is None
    assert due(do(cases, Q.resume, 12)) == 27


def test_entered_late_corrected_or_struck_out_it_is_as_if_typed_in_order() -> None:
    """The mark that a sweep made follows the undoing: it comes with it and goes with it."""
    cases = begun((Q.extend, 1))
    cases.advance(DAY + timedelta(days=28))
    assert not cases.get("q").obligation("reply").overdue
    do(cases, Q.undo, 10)
    cases.advance(DAY + timedelta(days=28))
    assert cases.get("q").obligation("reply").overdue
    number = next(event.version for event in cases.trace("q") if event.activity == "undo")
    case = cases.correct("q", number, None, reason="误录")
    assert (due(case), case.obligation("reply").overdue) == (30, False)
    late = begun((Q.extend, 1), (Q.undo, 4))
    with pytest.raises(RefusedError, match="undo"):  # what is to be taken back has to have been given
        late.correct("q", 2, None, reason="误录")


def test_a_sweep_under_a_wrong_clock_is_taken_back_all_the_same() -> None:
    """The undoing stays, what time was said to have done does not; and is done again when its day has come."""
    cases = begun((Q.extend, 1), (Q.undo, 4))
    cases.advance(DAY + timedelta(days=300))
    assert cases.get("q").obligation("reply").overdue
    cases.retract(after=DAY + timedelta(days=5), reason="服务器时钟错误")
    assert (due(cases.get("q")), cases.get("q").obligation("reply").overdue) == (20, False)
    (event,) = cases.advance(DAY + timedelta(days=30))
    assert event.on == DAY + timedelta(days=21)


@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 80)), max_size=8), st.randoms())
def test_the_order_of_entry_decides_nothing(wished: list[tuple[Activity[None], int]], random) -> None:
    """Entered in another order that is nowhere refused, and swept in between, the same acts lead to the same case; records keep it."""
    in_order, taken = begun(), list[tuple[Activity[None], int]]()
    for day, activity in sorted({day: activity for activity, day in wished}.items()):
        try:
            do(in_order, activity, day)
        except RefusedError:
            continue
        taken.append((activity, day))
    other = begun()
    for activity, day in random.sample(taken, len(taken)):
        if random.random() < 0.5:
            other.advance(DAY + timedelta(days=random.randrange(90)))
        try:
            do(other, activity, day)
        except RefusedError:
            assume(False)
    for cases in (in_order, other):
        cases.advance(DAY + timedelta(days=300))
        trace = cases.trace("q")
        assert fold(Q, trace) == cases.get("q")
        codec = Codec(cases.process_of)
        assert [codec.decode(codec.encode(event)) for event in trace] == list(trace)
        assert cases.verify() == ()
    one, two = in_order.get("q"), other.get("q")
    assert (one.state, one.obligations) == (two.state, two.obligations)
    assert {n: d.times for n, d in one.done.items()} == {n: d.times for n, d in two.done.items()}


@given(st.lists(st.tuples(st.sampled_from([Q.extend, Q.prolong]), st.booleans()), max_size=6))
def test_given_and_taken_back_at_once_it_never_was(given_: list[tuple[Activity[None], bool]]) -> None:
    """A case in which some extensions were taken back owes what one owes in which they were never given."""
    undoing = {Q.extend: Q.undo, Q.prolong: Q.cut}
    both, plain = begun(), begun()
    for activity, is_undone in given_:
        do(both, activity, 1)
        if is_undone:
            do(both, undoing[activity], 1)
        else:
            do(plain, activity, 1)
    assert both.get("q").obligations == plain.get("q").obligations


def test_a_record_without_it_reads_and_is_written_as_it_was() -> None:
    """Who extended is written only where that may be taken back, so records of all other procedures are the same texts."""
    cases = begun((Q.extend, 1))
    plain, extended = (json.loads(Codec(cases.process_of).encode(event)) for event in cases.trace("q"))
    assert "granted" not in plain["obligations"][0]
    assert extended["obligations"][0]["granted"] == [{"by": "extend", "cites": ["guide-004"]}]


def test_what_nothing_takes_back_is_not_remembered() -> None:
    """Of an extension that no act of the procedure takes back, a case keeps the span and not who gave it."""
    cases = cases_of()
    opened(cases)
    extended = cases.do("p", Petition.extend(), by=Petition.clerk, on=DAY)
    reply = extended.obligation("reply")
    assert (len(reply.spans), reply.granted) == (2, ())


def newer(*extensions: str) -> type[Process]:
    """A newer version of the inquiry, which knows some of the extensions, and in which the head is bound."""

    class Inquiry(Process):
        title, facts, version, supersedes = Q.title, Facts, 2, Q
        here = Place("本地", "here")
        clerk, head = Role("经办", "clerk"), Role("负责人", "head")
        reply = Term("答复时限", "reply", owed_by=head)
        waiting, answered = State("待办", "waiting", reply), State("已答复", "answered", final=True)
        ask = opens(waiting).by(clerk, "登记", "open", cites="guide-004")
        if "extend" in extensions:
            little = Rule("短延长期", "short extension")
            extend = waiting.stays().by(clerk, "延长", "extend", extends=Extension(reply, little), cites="guide-004")
            undo = waiting.stays().by(clerk | head, "撤销延长", "undo", withdraws=extend, cites="guide-004")
        if "prolong" in extensions:
            much = Rule("长延长期", "long extension")
            prolong = waiting.stays().by(head, "再延长", "prolong", extends=Extension(reply, much), cites="guide-004")
            cut = waiting.stays().by(head, "撤销再延长", "cut short", withdraws=prolong, cites="guide-004")
        answer = waiting.to(answered).by(clerk, "答复", "answer", cites="guide-004")

    return Inquiry


@pytest.mark.parametrize(
    ("extensions", "left"),
    [(["extend", "prolong"], ["extend", "prolong"]), (["prolong"], ["prolong"]), (["extend"], []), ([], [])],
)
def test_a_newer_version_takes_back_what_it_knows(extensions: list[str], left: list[str]) -> None:
    """Each stays bound by the role that was, for as long as it was. Of what comes before an extension that is unknown none can be taken back."""
    case, to = begun((Q.extend, 1), (Q.prolong, 2)).get("q"), newer(*extensions)
    figures = [figure for figure in FIGURES if figure.parameter in {one.name for one in to.figures}]
    law = Legislation(rulebook=lambda _: Rulebook("inquiry", tuple(figures), laws=LAWS))
    (reply,) = upgrade(case, to, (), DAY + timedelta(days=3), law, reason="新办法").obligations

    assert [one.by for one in reply.granted] == [to.activity(name) for name in left]
    assert (reply.owed_by, reply.due) == (to.role("clerk"), DAY + timedelta(days=60))


def test_of_two_clocks_one_is_extended_and_taken_back() -> None:
    """What runs beside it keeps its day throughout."""
    parts = body(
        serving=lambda p: Term("送达", "serving", owed_by=p["clerk"]),
        longer=Rule("延长期", "extension"),
        waiting=lambda p: State("待办", "waiting", p["reply"], p["serving"]),
        ask=lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=Asked, cites="guide-004"),
        answer=lambda p: p["waiting"].to(p["done"]).by(p["clerk"], "答复", "answer", cites="guide-004"),
        extend=lambda p: (
            p["waiting"]
            .stays()
            .by(p["clerk"], "延长", "extend", extends=Extension(p["reply"], p["longer"]), cites="guide-004")
        ),
        undo=lambda p: p["waiting"].stays().by(p["clerk"], "撤销", "undo", withdraws=p["extend"], cites="guide-004"),
    )
    process = type("Question", (Process,), parts)
    figures = tuple(figure(name, days(n).rolled("none")) for name, n in (("reply", 20), ("serving", 10), ("longer", 5)))
    cases = cases_of(process, Legislation(rulebook=lambda _: Rulebook("question", figures, laws=LAWS)))

    def dues(case: Case) -> dict[str, int]:
        return {o.clock.name: (o.due - DAY).days for o in case.obligations if o.due}

    asked = cases.open(process.ask(Asked("x")), by=process.person, on=DAY, places="440100", case="q")
    extended = cases.do("q", process.extend(), by=process.clerk, on=DAY)
    undone = cases.do("q", process.undo(), by=process.clerk, on=DAY)
    assert dues(extended) == {"reply": 25, "serving": 10}
    assert dues(asked) == dues(undone) == {"reply": 20, "serving": 10}
