"""A case comes out the same whoever enters what when: the order of law decides, not the order of typing."""

from datetime import date, timedelta, timezone
from decimal import Decimal

import pytest
from attrs import evolve as changed
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssflow import Cases, Legislation, MemoryStore, WorkCalendar, machines
from ssflow.case import EventKind
from ssflow.errors import ConflictError, InputError, RefusedError
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Findings, Kind
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Prolongation, Reason, Remarks
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.persons import Identity
from ssflow.records import Late, Opening
from tests.case.conftest import LATER, fresh
from tests.case.entries import THE_END, enter, stands, walked
from tests.case.petition import Asked, Petition, cases_of

B, C, L = BenefitClaim, CardReplacement, LossReport
HOLDER = Identity("11010519491231002X")
DAY = date(2026, 9, 21)
RELEASE = Release(in_person=True, card_shown=True)
CST = timezone(timedelta(hours=8))


@pytest.mark.parametrize("name", machines.names())
@settings(max_examples=settings().max_examples // 6, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_the_order_of_recording_makes_no_difference(name: str, data: st.DataObject) -> None:
    """Whatever order acts are entered in, as far as none is refused, and however often time was swept in between: the same cases."""
    waiting = walked(name, data)
    openings = [entry for entry in waiting if entry.places]
    typed, taken = fresh(), []
    for entry in openings:
        if enter(typed, entry):
            taken.append(entry)
    waiting = [entry for entry in waiting if not entry.places]
    while waiting:
        if data.draw(st.booleans()):
            typed.advance(data.draw(st.dates(min(entry.at.date() for entry in taken), THE_END)) if taken else THE_END)
        found = next((e for e in data.draw(st.permutations(waiting)) if enter(typed, e, "补录")), None)
        if found is None:
            break
        waiting.remove(found)
        taken.append(found)

    in_order = fresh()
    assert all(enter(in_order, entry) for entry in sorted(taken, key=lambda entry: entry.at))
    ids = [entry.case for entry in taken if entry.places]
    assert stands(typed, ids) == stands(in_order, ids)


def test_a_nightly_sweep_stands_in_nobodys_way(claimed: Cases) -> None:
    """What was done on the last day and is typed after the sweep that found it overdue goes in; the mark is set aside."""
    claimed.advance(date(2026, 3, 1))
    assert claimed.get("p").obligation("handling").overdue

    claimed.do("p", B.verify(Findings(entitled=True)), by=B.agency, on=date(2026, 2, 28))
    case = claimed.do("p", B.grant(), by=B.agency, on=date(2026, 2, 28))

    assert case.state is B.granted
    assert case.obligations == ()
    assert [event.kind.name for event in claimed.trace("p")] == ["act", "act", "overdue", "act", "act"]
    (gone,) = claimed.trace("p")[-1].sets_aside
    assert (gone.kind, gone.activity, gone.on) == (EventKind.overdue, "handling", date(2026, 3, 1))


def test_a_late_entry_takes_a_reason_and_is_judged_at_its_day(claimed: Cases) -> None:
    """An act before another act is a late entry; what came after is judged again, and named if it could not have happened."""
    claimed.do("p", B.verify(Findings(entitled=True)), by=B.agency, on=date(2026, 2, 9))

    with pytest.raises(
        RefusedError, match="a later act is on record, accept of 2026-01-28: an act is entered"
    ) as refused:
        claimed.do("p", B.send_back(Remarks("缺身份证件")), by=B.agency, on=date(2026, 1, 27))
    assert "其后已有办理（2026-01-28“受理”），补录须写明理由" in refused.value.say("zh")
    with pytest.raises(
        RefusedError, match=r'"accept" of 2026-01-28, event 2 of p, could then not have been done'
    ) as refused:
        claimed.do("p", B.send_back(Remarks("缺身份证件")), by=B.agency, on=date(2026, 1, 27), reason="补录")
    assert "（2026-01-28，p第2号事件）不可能办理" in refused.value.say("zh")
    assert claimed.get("p").version == 3


def test_what_comes_after_all_else_is_entered_as_it_is(claimed: Cases) -> None:
    """An act that says after which event of its day it happened is no late entry, and keeps its reason, its place and its related cases."""
    day, claim = date(2026, 1, 28), B.claim(Claim(insured=HOLDER, kind=Kind.pension))
    claimed.open(claim, by=B.claimant, on=day, places="110000", case="q")
    claimed.do("p", B.verify(Findings(entitled=True)), by=B.agency, on=day, after=2, reason="当场核定", links=["q"])
    event = claimed.trace("p")[-1]
    assert (event.kind, event.reason, event.after) == (EventKind.act, "当场核定", 2)
    assert [link.case for link in event.links] == ["q"]


def test_what_was_seen_has_passed_though_it_no_longer_follows(claimed: Cases) -> None:
    """A correction finds that a term had run out, another that it had not: the case has come as far as the first said."""
    claimed.do("p", B.verify(Findings(entitled=True)), by=B.agency, on=date(2026, 2, 9))
    claimed.do("p", B.grant(), by=B.agency, on=date(2026, 2, 10))
    for day in (date(2026, 4, 1), date(2026, 2, 10)):
        claimed.correct("p", 4, B.grant(), reason="日期有误", on=day)
    first, second = claimed.trace("p")[-2:]

    assert [one.activity for one in first.brings] == ["handling"]
    assert second.sets_aside == first.brings
    assert claimed.get("p").last == first.brings[0].at
    assert claimed.verify() == ()


def test_several_missed_acts_enter_as_one_history(claimed: Cases) -> None:
    """A return and a completion that nobody typed, neither of which could stand alone, are judged together."""
    claim = Claim(insured=HOLDER, kind=Kind.pension)
    missed = (
        Late(B.send_back(Remarks("缺身份证件")), by=B.agency, on=date(2026, 1, 27)),
        Late(B.complete(claim), by=B.claimant, on=date(2026, 1, 28), before=2),
    )
    case = claimed.enter_late("p", missed, reason="1月27日退回、次日补正，漏录", actor="u17")

    assert case.state is B.examining
    assert [event.kind for event in claimed.trace("p")[2:]] == [EventKind.late, EventKind.late]
    assert {event.actor for event in claimed.trace("p")[2:]} == {"u17"}
    handling = case.obligation("handling")
    assert handling.tolled == ((date(2026, 1, 27), date(2026, 1, 28)),)
    in_order = fresh()
    in_order.open(B.claim(claim), by=B.claimant, on=date(2026, 1, 26), places="110000", case="p")
    in_order.do("p", B.send_back(Remarks("缺身份证件")), by=B.agency, on=date(2026, 1, 27))
    in_order.do("p", B.complete(claim), by=B.claimant, on=date(2026, 1, 28))
    in_order.do("p", B.accept(), by=B.agency, on=date(2026, 1, 28))
    assert stands(claimed, ["p"]) == stands(in_order, ["p"])


def test_much_that_happened_in_one_case_was_not_seen_of_another(cases: Cases) -> None:
    """Of two acts of one day the later is that which saw the other; how far a third case had come that it names too says nothing."""
    with_party = {"places": "440100", "party": "p1"}
    form = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    old = date(2026, 8, 3)
    cases.open(C.apply(form), by=C.holder, on=old, case="old", **with_party)
    cases.do("old", C.pay(Payment(Decimal(20))), by=C.holder, on=old, party="p1")
    cases.do("old", C.accept(), by=C.office, on=old)
    cases.do("old", C.finish(), by=C.issuer, on=old)
    cases.open(L.report_formally(Report(Track.social, HOLDER)), by=L.holder, on=DAY, case="loss", **with_party)
    lost = changed(form, reason=Reason.lost)
    cases.open(C.apply(lost), by=C.holder, on=DAY, case="new", links=["old", "loss"], **with_party)
    cases.do("new", C.withdraw(), by=C.holder, on=DAY, party="p1")
    released = cases.do("loss", L.ask_release(RELEASE), by=L.holder, on=DAY, party="p1")
    assert released.version == cases.get("old").version == 4

    again = cases.correct("loss", 4, L.ask_release(RELEASE), reason="重新录入")
    assert (again.state, again.facts) == (released.state, released.facts)
    assert cases.verify() == ()


def test_an_act_follows_all_that_it_saw_on_its_day() -> None:
    """Also if its case is the oldest of all, and those that it saw know nothing of one another."""
    cases = cases_of()
    for case, day in (("d", 2), ("a", 4), ("e", 4)):
        ask = Petition.ask(Asked("x"))
        cases.open(ask, by=Petition.person, on=date(2026, 3, day), places="440100", case=case, party="somebody")
    cases.do("d", Petition.draft(), by=Petition.clerk, on=date(2026, 3, 4), links=["a", "e"])

    assert cases.verify() == ()


def test_a_sweep_under_a_wrong_clock_is_taken_back(claimed: Cases) -> None:
    """A sweep years ahead is retracted; the log keeps what was believed, and the case goes on as if it had never run."""
    claimed.advance(date(2029, 1, 1))
    claimed.retract(after=date(2026, 2, 2), reason="服务器时钟错误", actor="ops")

    case = claimed.get("p")
    assert not case.obligation("handling").overdue
    assert (claimed.trace("p")[-1].kind, claimed.trace("p")[-1].actor) == (EventKind.retraction, "ops")
    assert case.last == date(2026, 1, 28)
    assert claimed.retract(after=date(2026, 2, 2), reason="again") == ()
    with pytest.raises(InputError, match="a reason is required"):
        claimed.retract(after=date(2026, 2, 2), reason=" ")


def test_what_was_seen_at_the_moment_of_a_retraction_stays(claimed: Cases) -> None:
    """The clock was right up to that moment: a term that is overdue from then on stays so; taken back is what came after."""
    claimed.advance(date(2029, 1, 1))

    assert claimed.retract(after=date(2026, 3, 1), reason="服务器时钟错误") == ()
    assert claimed.get("p").obligation("handling").overdue
    assert claimed.retract(after=date(2026, 2, 28), reason="服务器时钟错误")
    assert not claimed.get("p").obligation("handling").overdue


def test_what_may_be_done_can_be_asked_of_a_day_before_the_sweep(claimed: Cases) -> None:
    """Options on a day are those of the case as it stood then, whatever was recorded since."""
    claimed.advance(date(2026, 3, 1))
    claimed.do("p", B.verify(Findings(entitled=True)), by=B.agency, on=date(2026, 3, 2))

    then = {option.activity: option.is_open for option in claimed.options("p", on=date(2026, 1, 27))}
    assert then[B.accept]
    assert not {option.activity: option.is_open for option in claimed.options("p", on=date(2026, 3, 3))}[B.accept]


def test_nothing_may_be_done_in_a_case_before_it_is_opened(claimed: Cases) -> None:
    """Asked of a day before its opening, a case offers nothing, and least of all to be opened once more."""
    with pytest.raises(
        InputError, match="case p was not opened by then; give the day of its opening or a later one"
    ) as wrong:
        claimed.options("p", on=date(2026, 1, 25))
    assert [fault.path for fault in wrong.value.faults] == ["on"]
    assert any(one.is_open for one in claimed.options("p", on=date(2026, 1, 26)))


def test_a_case_is_opened_before_what_a_sweep_did_to_its_related_case() -> None:
    """An application of the day on which a temporary report still ran is judged with it, though its lapse is on record."""
    cases = fresh()
    cases.open(L.report_formally(Report(Track.social, HOLDER)), by=L.holder, on=DAY, places="450500", case="loss")
    application = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)
    cases.do("loss", L.ask_release(RELEASE), by=L.holder, on=date(2026, 9, 23), party="")
    cases.advance(date(2027, 1, 1))

    with pytest.raises(RefusedError, match=r'"ask for release" of 2026-09-23, event 2 of loss, could then not'):
        cases.open(C.apply(application), by=C.holder, on=date(2026, 9, 22), places="450500", links=["loss"], case="c")
    seen = cases.do("loss", L.decline(), by=L.office, on=date(2026, 9, 24), reason="补录").version
    opened = cases.open(
        C.apply(application), by=C.holder, on=date(2026, 9, 25), places="450500", links=["loss"], case="c"
    )
    assert opened.state is C.checking
    assert [(link.case, link.version) for link in opened.links] == [("loss", seen)]
    assert cases.get("loss").state is L.replacing


def test_cases_that_are_opened_late_name_what_they_saw() -> None:
    """One that goes on already as far as it has come, and one that is opened with them from its first event on."""
    cases, ask = cases_of(), Petition.ask(Asked("x"))
    cases.open(ask, by=Petition.person, on=date(2026, 3, 2), places="440100", case="q")
    cases.do("q", Petition.draft(), by=Petition.clerk, on=date(2026, 3, 10))
    late = [
        Opening(deed=ask, by=Petition.person, places="440100", case=case, links=links)
        for case, links in (("r", ["q"]), ("s", ["q", "r"]))
    ]
    opened = cases.open_together(late, on=date(2026, 3, 5))

    assert [[(link.case, link.version) for link in case.links] for case in opened] == [[("q", 2)], [("q", 2), ("r", 1)]]
    assert cases.verify() == ()


def test_a_term_that_has_run_out_is_not_extended() -> None:
    """Where the rule does not say so, an extension comes before the end or not at all."""
    cases = fresh()
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(C.apply(application), by=C.holder, on=date(2026, 3, 2), places="370200", case="c")
    cases.do("c", C.pay(Payment(Decimal(25))), by=C.holder, on=date(2026, 3, 2))
    cases.do("c", C.accept(), by=C.office, on=date(2026, 3, 2))
    due = cases.get("c").obligation("production").due
    longer = Prolongation(remarks="备案", consented=True, body="某校")

    with pytest.raises(RefusedError, match="has run out"):
        cases.do("c", C.extend(longer), by=C.issuer, on=due + timedelta(days=1))
    extended = cases.do("c", C.extend(longer), by=C.issuer, on=due)
    assert extended.obligation("production").due > due


def test_an_ordinary_act_moves_no_other_due_day() -> None:
    """A case opened under the calendar of an earlier day keeps its due day until an event re-dates it."""
    then = Legislation(WorkCalendar.china().as_of(date(2025, 11, 3)))
    cases = Cases(MemoryStore(), then, now=lambda: LATER)
    claim = B.claim(Claim(insured=HOLDER, kind=Kind.pension))
    due = cases.open(claim, by=B.claimant, on=date(2026, 1, 26), places="110000", case="p").obligation("handling").due
    today = changed(cases, law=Legislation())

    assert due == date(2026, 2, 27)
    assert today.do("p", B.accept(), by=B.agency, on=date(2026, 1, 28)).obligation("handling").due == due
    late = today.do("p", B.verify(Findings(entitled=True)), by=B.agency, on=date(2026, 1, 29))
    assert late.obligation("handling").due == due
    today.redate(date(2026, 2, 2))
    assert today.get("p").obligation("handling").due == date(2026, 2, 28)
    corrected = today.correct("p", 2, B.accept(), reason="实际前一日", on=date(2026, 1, 27))
    assert corrected.obligation("handling").due == date(2026, 2, 28), "its inputs stand, and so does its day"


def test_a_late_entry_is_a_conflict_if_its_group_moved(claimed: Cases) -> None:
    """The version on which it was decided is checked."""
    with pytest.raises(ConflictError):
        claimed.enter_late("p", [Late(B.accept(), by=B.agency, on=date(2026, 1, 27))], reason="x", version=1)
