"""A last day that an act sets: a hearing, a reasonable time to correct, within the bounds of the rules."""

from datetime import date, timedelta
from typing import Annotated

import pytest
from attrs import evolve as changed
from attrs import frozen
from hypothesis import example, given
from hypothesis import strategies as st

from ssflow import Cases, Legislation
from ssflow.calendar import days
from ssflow.case import Case
from ssflow.errors import DefinitionError, RefusedError
from ssflow.export import to_mermaid
from ssflow.process import ON_RECORD, Lapse, Place, Process, Role, Rule, State, Until, opens
from ssflow.records.codec import Codec
from ssflow.rules import Citation, Rulebook, rulebook
from ssflow.sheets import Sheet
from ssflow.text import Text
from tests.case.petition import DAY, cases_of, figure
from tests.process.question import Asked, body


@frozen
class Notice:
    """What is to be corrected by when."""

    correct_by: Annotated[date | None, "补正期限"]


@frozen
class Facts:
    correct_by: date | None = None


class Request(Process):
    """A request that is sent back with a day, and given up if it is not corrected by then."""

    title = Text("申请", "Request")
    facts = Facts

    here = Place("本地", "here")
    person, clerk = Role("个人", "person", sole=True), Role("经办", "clerk")

    correction = Lapse("补正期限", "time to correct")
    least, most = Rule("最短补正期限", "least time to correct"), Rule("最长补正期限", "longest time to correct")

    asked = State("待办", "asked")
    returned = State("退回补正", "returned", correction)
    stayed = State("中止", "stayed", stops=correction)
    answered = State("已答复", "answered", final=True)
    given_up = State("视为放弃", "given up", final=True)

    ask = opens(asked).by(person, "申请", "ask", cites="guide-004")
    send_back = (asked.to(returned) | returned.stays()).by(
        clerk,
        "退回补正",
        "send back",
        data=Notice,
        sets=Until(correction, "correct_by", least=least, most=most),
        cites="guide-004",
    )
    stay = returned.to(stayed).by(clerk, "中止", "stay", cites="guide-004")
    resume = stayed.to(returned).by(clerk, "恢复", "resume", cites="guide-004")
    correct = returned.to(asked).by(person, "补正", "correct", cites="guide-004")
    answer = asked.to(answered).by(clerk, "答复", "answer", cites="guide-004")
    give_up = returned.to(given_up).after(correction, "视为放弃", "give up", cites="guide-004")


BOOK = Rulebook(
    "request",
    (
        figure("least", days(5).rolled("none")),
        changed(figure("most", days(60).rolled("none")), cites=(Citation("guide-001"),)),
    ),
    laws=rulebook("consultation").laws,
)
LAW = Legislation(rulebook=lambda _: BOOK)
R = Request


def returned(until: date | None, law: Legislation = LAW) -> tuple[Cases, Case]:
    cases = cases_of(Request, law)
    cases.open(R.ask(), by=R.person, on=DAY, places="440100", case="r", party="somebody")
    return cases, cases.do("r", R.send_back(Notice(until)), by=R.clerk, on=DAY)


@example(5)
@example(60)
@given(st.integers(5, 60))
def test_the_clock_ends_on_the_day_that_was_set(n: int) -> None:
    """On whatever day of the week: the lapse comes after it, not on it, and is read back as it was."""
    last = DAY + timedelta(days=n)
    cases, case = returned(last)
    (correction,) = case.obligations
    assert (correction.due, correction.starts, correction.cites) == (last, DAY, ("guide-004", "guide-001"))
    codec = Codec(cases.process_of)
    assert [codec.decode(codec.encode(event)) for event in cases.trace("r")] == list(cases.trace("r"))
    assert cases.advance(last) == ()
    (lapse,) = cases.advance(last + timedelta(days=1))
    assert (lapse.activity, cases.get("r").state) == ("give_up", R.given_up)


@pytest.mark.parametrize(
    ("n", "reason", "basis"),
    [
        (0, "lies after the act that sets it", "guide-004"),
        (-3, "lies after the act that sets it", "guide-004"),
        (4, 'is not within "least time to correct": 2026-03-07 is the limit', "guide-004"),
        (61, 'is not within "longest time to correct": 2026-05-01 is the limit', "guide-001"),
    ],
)
def test_the_bounds_are_those_of_the_rules(n: int, reason: str, basis: str) -> None:
    """A day that does not lie ahead, or not within the rules, is refused with the limit and its basis; nothing is changed."""
    cases, _ = returned(DAY + timedelta(days=5))
    with pytest.raises(RefusedError, match=reason) as refused:
        cases.do("r", R.send_back(Notice(DAY + timedelta(days=n))), by=R.clerk, on=DAY)
    assert [str(cite) for ground in refused.value.grounds for cite in ground.cites] == [basis]
    assert cases.get("r").version == 2


def test_without_rules_there_are_no_bounds() -> None:
    """Where no figure is known any day that lies ahead may be set; where none is set, the clock is untimed."""
    free = Legislation(rulebook=lambda _: Rulebook("request", (), laws=BOOK.laws))
    assert [o.due for o in returned(DAY + timedelta(days=400), free)[1].obligations] == [DAY + timedelta(days=400)]
    assert [o.is_timed for o in returned(None, free)[1].obligations] == [False]


def test_a_rule_without_a_number_sets_no_bound() -> None:
    """A place that says that there is no least time and no longest lets any day that lies ahead be set."""
    figures = (figure("least", None), figure("most", None))
    free = Legislation(rulebook=lambda _: Rulebook("request", figures, laws=BOOK.laws))
    for n in (1, 400):
        (correction,) = returned(DAY + timedelta(days=n), free)[1].obligations
        assert (correction.due, correction.cites) == (DAY + timedelta(days=n), ("guide-004",))


def test_it_is_set_anew_and_stands_like_any_clock() -> None:
    """Another notice sets another day; days on which the case is stayed do not count."""
    cases, _ = returned(DAY + timedelta(days=10))
    case = cases.do("r", R.send_back(Notice(DAY + timedelta(days=20))), by=R.clerk, on=DAY + timedelta(days=2))
    assert [o.due for o in case.obligations] == [DAY + timedelta(days=20)]
    cases.do("r", R.stay(), by=R.clerk, on=DAY + timedelta(days=5))
    case = cases.do("r", R.resume(), by=R.clerk, on=DAY + timedelta(days=12))
    assert [o.due for o in case.obligations] == [DAY + timedelta(days=27)]
    assert cases.verify() == ()


def test_a_correction_sets_the_day_again() -> None:
    """The day follows what counts of the past: struck out, it is gone."""
    cases, _ = returned(DAY + timedelta(days=10))
    put_right = cases.correct("r", 2, R.send_back(Notice(DAY + timedelta(days=12))), reason="日期录错")
    assert [o.due for o in put_right.obligations] == [DAY + timedelta(days=12)]
    assert cases.correct("r", 2, None, reason="误录").obligations == ()


@pytest.mark.parametrize(
    ("sets", "fault"),
    [
        (lambda p: Until(p["reply"], "what"), "has to come in with it as a date"),
        (lambda p: Until(p["reply"], "nothing"), "has to come in with it as a date"),
        (lambda p: Until(Lapse("另", "other"), "what"), "uses 'other', which is not bound"),
    ],
)
def test_faults_are_named(sets, fault: str) -> None:
    """The day comes in with the act, and its clock is one of the procedure."""
    made = body(
        ask=lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=Asked, sets=sets(p), cites="guide-004")
    )
    with pytest.raises(DefinitionError, match=fault):
        type("Question", (Process,), made)


@frozen
class Wish:
    """It names a day that no fact keeps."""

    what: str
    until: Annotated[date | None, ON_RECORD] = None


def test_the_day_that_is_set_is_a_fact() -> None:
    """A day that is only recorded with the act could not be told when the act is judged again."""
    made = body(
        ask=lambda p: opens(p["waiting"]).by(
            p["person"], "询问", "ask", data=Wish, sets=Until(p["reply"], "until"), cites="guide-004"
        )
    )
    with pytest.raises(
        DefinitionError, match="the day that it sets, until, has to come in with it as a date, and to be"
    ):
        type("Question", (Process,), made)


def test_a_procedure_knows_what_sets_a_clock() -> None:
    """The activity that sets it, and of another figure none."""
    assert (R.setters(R.correction), R.setters(R.most)) == ((R.send_back,), ())


def test_a_clock_that_does_not_run_is_not_set() -> None:
    """Where the clock does not run afterwards the day would do nothing, unseen."""
    with pytest.raises(DefinitionError, match="reply does not run afterwards, so the day that is set does nothing"):
        type(
            "Question",
            (Process,),
            body(
                facts=Facts,
                ask=lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", cites="guide-004"),
                answer=lambda p: (
                    p["waiting"]
                    .to(p["done"])
                    .by(
                        p["clerk"],
                        "答复",
                        "answer",
                        data=Notice,
                        sets=Until(p["reply"], "correct_by"),
                        cites="guide-004",
                    )
                ),
            ),
        )


def test_pages_say_that_an_act_sets_it() -> None:
    """The sheet says who sets the day and within which figures, instead of calling the clock untimed; the lapse is drawn."""
    page = Sheet(R, BOOK).to_markdown("en")
    assert "Its last day is set by an act: send back." in page
    assert "sets the last day of: time to correct" in page
    assert 'It bounds the last day that "send back" sets for "time to correct".' in page
    assert "no time limit" not in page
    assert '"give up [clock runs out#58; time to correct]"| given_up' in to_mermaid(R, "en")
