"""A clock that figures of some places start early: wherever a figure is known it runs in the end, and until then it is told what it waits for."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from attrs import evolve, frozen
from hypothesis import given
from hypothesis import strategies as st

from ssflow import Cases, Legislation, MemoryStore
from ssflow.calendar import days
from ssflow.case import Case, Obligation
from ssflow.machines.card_issue import CardIssue
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason, Remarks
from ssflow.process import Activity, Place, Process, Role, State, Term, opens
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text
from tests.case.conftest import HOLDER
from tests.case.petition import DAY, cases_of, figure

LATER = datetime(2028, 1, 1, tzinfo=UTC)


@frozen
class Facts:
    """Nothing is told."""


class Filing(Process):
    """What is filed may be sent back before it is accepted; the reply is owed then, in some places from the filing on."""

    title = Text("申报", "Filing")
    facts = Facts

    here = Place("本地", "here")
    clerk = Role("经办", "clerk")

    reply = Term("答复时限", "reply", owed_by=clerk)

    noted = State("已登记", "noted")
    filed = State("已申报", "filed", early=reply)
    seen = State("已查看", "seen", early=reply)
    returned = State("退回补正", "returned", stops=reply)
    asking = State("征求意见", "others asked", stops=reply)
    suspended = State("中止", "suspended", stops=reply)
    accepted = State("已受理", "accepted", reply)
    replied = State("已答复", "replied", final=True)

    note = opens(noted).by(clerk, "登记", "note", cites="guide-004")
    file = noted.to(filed).by(clerk, "申报", "file", cites="guide-004")
    look = filed.to(seen).by(clerk, "查看", "look", cites="guide-004")
    send_back = filed.to(returned).by(clerk, "退回", "send back", cites="guide-004")
    correct = returned.to(filed).by(clerk, "补正", "correct", cites="guide-004")
    ask = noted.to(asking).by(clerk, "征求意见", "ask others", cites="guide-004")
    accept = (filed | seen | returned | asking).to(accepted).by(clerk, "受理", "accept", cites="guide-004")
    suspend = accepted.to(suspended).by(clerk, "中止", "suspend", cites="guide-004")
    resume = suspended.to(accepted).by(clerk, "恢复", "resume", cites="guide-004")
    answer = accepted.to(replied).by(clerk, "答复", "answer", cites="guide-004")


F = Filing
LAWS = rulebook("consultation").laws
ACTS = {activity.name: activity for activity in F.activities}


def law_of(starts: str, since: date = date(2020, 1, 1)) -> Legislation:
    value = evolve(figure("reply", days(10).rolled("none")), starts=starts, since=since)
    return Legislation(rulebook=lambda _: Rulebook("filing", (value,), laws=LAWS))


def led(law: Legislation, *acts: str) -> Case:
    """A case in which something is done each day."""
    cases = cases_of(F, law, now=lambda: LATER)
    cases.open(F.note(), by=F.clerk, on=DAY, places="440100", case="f")
    for day, act in enumerate(acts, 1):
        cases.do("f", ACTS[act](), by=F.clerk, on=DAY + timedelta(days=day))
    assert cases.verify() == ()
    return cases.get("f")


def reply_of(case: Case) -> Obligation:
    found = case.obligation("reply")
    assert found is not None
    return found


@pytest.mark.parametrize(
    "acts",
    [
        ("file", "accept"),
        ("file", "look", "accept"),
        ("file", "send_back", "accept"),
        ("file", "send_back", "correct", "look", "accept"),
        ("ask", "accept"),
    ],
    ids="-".join,
)
def test_a_figure_that_names_no_activity_starts_where_the_clock_runs(acts: tuple[str, ...]) -> None:
    """Also where it was early before, or stood before it had begun: from the day on which the case comes there."""
    reply = reply_of(led(law_of(""), *acts))
    assert (reply.starts, reply.waits_for) == (DAY + timedelta(days=len(acts)), None)
    assert reply.due == DAY + timedelta(days=len(acts) + 10)


@pytest.mark.parametrize("acts", [("file",), ("file", "look"), ("file", "send_back"), ("ask",)], ids="-".join)
def test_until_then_it_is_told_what_it_waits_for(acts: tuple[str, ...]) -> None:
    """Also while it stands, or in the state before the one that the activity leaves."""
    assert reply_of(led(law_of("accept"), *acts)).waits_for is F.accept
    assert reply_of(led(law_of("accept"), *acts, "accept")).starts == DAY + timedelta(days=len(acts) + 1)


def test_what_has_not_begun_is_not_stopped() -> None:
    """Days before a clock begins are no stopped days of it, though the case passed them in a state that stops it."""
    for acts in (("file", "send_back"), ("file", "send_back", "accept"), ("ask",), ("ask", "accept")):
        assert reply_of(led(law_of("accept"), *acts)).tolled == ()


def test_it_waits_for_what_leaves_a_later_state() -> None:
    """What starts it leaves the next state, not this one."""
    assert reply_of(led(law_of("look"), "file", "send_back")).waits_for is F.look
    assert reply_of(led(law_of("look"), "file", "look")).starts == DAY + timedelta(days=2)


def test_it_waits_for_nothing_that_is_over() -> None:
    """What cannot come any more is not waited for: then the clock begins where it runs."""
    assert reply_of(led(law_of("look"), "file", "look", "accept")).starts == DAY + timedelta(days=2)
    assert reply_of(led(law_of("look"), "file", "accept")).starts == DAY + timedelta(days=2)
    assert reply_of(led(law_of("ask"), "file")).waits_for is None


def test_without_a_figure_it_stays_untimed() -> None:
    """A figure that comes into force once the case stands where the clock runs does not reach it, also if it stood meanwhile."""
    law = law_of("", since=DAY + timedelta(days=4))
    assert not reply_of(led(law, "file", "accept", "suspend", "resume")).is_timed
    assert reply_of(led(law, "file", "send_back", "correct", "accept")).is_timed


@given(
    st.lists(st.sampled_from(sorted(ACTS)), max_size=8),
    st.sampled_from(["", *(name for name in ACTS if name not in ("note", "answer"))]),
)
def test_where_it_runs_it_runs_or_waits(wished: list[str], starts: str) -> None:
    """Whatever way a case has come to a state that runs the clock: it is timed, or waits for what leaves that state."""
    acts: list[str] = []
    state: State = F.noted
    for act in wished:
        targets = [row.target for row in ACTS[act].leaving(state)]
        acts, state = ([*acts, act], targets[0]) if targets else (acts, state)
    case = led(law_of(starts), *acts)
    reply = case.obligation("reply")
    if case.state is F.accepted:
        assert reply
        assert reply.is_timed or (reply.waits_for and reply.waits_for.leaving(F.accepted))
    if reply and reply.waits_for:
        assert not reply.is_timed


def card(law: Legislation, place: str, *acts: str) -> Obligation:
    """The term for making a card that is replaced."""
    c = CardReplacement
    cases = Cases(MemoryStore(), law, now=lambda: LATER)
    form = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    deeds = {
        "send_back": (c.send_back(Remarks("照片不清晰")), c.office),
        "correct": (c.correct(form), c.holder),
        "pay": (c.pay(Payment(Decimal(100))), c.holder),
        "accept": (c.accept(), c.office),
    }
    on = date(2026, 9, 1)
    cases.open(c.apply(form), by=c.holder, on=on, places=place, case="c", party="p")
    for act in acts:
        deed, by = deeds[act]
        cases.do("c", deed, by=by, on=on, party="p" if by.sole else "")
    found = cases.get("c").obligation("production")
    assert found is not None
    return found


def test_a_card_waits_while_its_application_is_sent_back() -> None:
    """In Guangzhou the seven working days begin with the acceptance, and the file says so all the time."""
    accept: Activity[None] = CardReplacement.accept
    law = Legislation()
    assert [card(law, "440100", *acts).waits_for for acts in ((), ("send_back",), ("send_back", "correct"))] == [
        accept,
        accept,
        accept,
    ]
    assert card(law, "440100", "send_back", "correct", "pay", "accept").due == date(2026, 9, 10)
    assert any(value.starts == "accept" for value in law.rulebook(CardIssue.name).values)


def test_a_place_may_leave_out_when_its_term_begins() -> None:
    """Then the term for making a card begins when the card is to be made."""
    law = Legislation()
    book = law.rulebook("card_replacement")
    values = tuple(
        evolve(v, starts="") if (v.parameter, v.region) == ("production", "440100") else v for v in book.values
    )
    shorter = law.with_rulebook(evolve(book, values=values))
    assert not card(shorter, "440100").is_timed
    assert card(shorter, "440100", "pay", "accept").due == date(2026, 9, 10)
