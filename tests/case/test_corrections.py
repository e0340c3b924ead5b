"""A correction takes the place of an event; the log is not edited."""

from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from attrs import evolve as changed

from ssflow import Cases
from ssflow.case import EventKind, evolve
from ssflow.errors import InputError, RefusedError, SweepError, UnknownError
from ssflow.machines.card_replacement import (
    Application,
    CardReplacement,
    Payment,
    Photo,
    Progress,
    Prolongation,
    Reason,
    Receipt,
    Remarks,
    Stage,
)
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.persons import Identity
from ssflow.process import Deed
from ssflow.records import fold

C, L = CardReplacement, LossReport

HOLDER = Identity("11010519491231002X")
DAY = date(2026, 9, 21)
FORMALLY = L.report_formally(Report(Track.social, HOLDER))
CST = timezone(timedelta(hours=8))


def accepted(cases: Cases, case: str = "card-1") -> None:
    """Pay the fee and accept the application."""
    cases.do(case, C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")
    cases.do(case, C.accept(), by=C.office, on=DAY)


def test_a_correction_replaces_an_event_without_editing_it(lost: Cases) -> None:
    """A wrong payment is put right: the log keeps both, the facts are those of the correction."""
    accepted(lost)
    lost.correct("card-1", 2, C.pay(Payment(Decimal("20.00"))), reason="金额录入更正", by=C.holder, on=DAY)
    case, trace = lost.get("card-1"), lost.trace("card-1")

    assert case.facts.paid == Decimal("20.00")
    assert [event.kind for event in lost.trace("card-1")] == [EventKind.act] * 3 + [EventKind.correction]
    assert (trace[-1].replaces, trace[-1].reason, trace[1].data.paid) == (2, "金额录入更正", Decimal(20))
    assert case.state is C.making
    assert case.obligation("production").due == date(2026, 10, 8)


def test_a_correction_must_make_a_possible_history(lost: Cases) -> None:
    """If a later act could not have happened after the correction, the correction is refused and nothing is written."""
    accepted(lost)

    with pytest.raises(RefusedError, match="the card fee is paid"):
        lost.correct("card-1", 2, C.pay(Payment(Decimal(5))), reason="只付了5元", by=C.holder, on=DAY)
    with pytest.raises(RefusedError, match="the card fee is paid"):
        lost.correct("card-1", 2, None, reason="误录")
    assert lost.get("card-1").version == 3


def test_a_correction_sees_related_cases_as_they_were(lost: Cases) -> None:
    """When the card is in use and its loss report concluded, an old payment can still be put right."""
    accepted(lost)
    lost.do("card-1", C.finish(), by=C.issuer, on=date(2026, 10, 8))
    lost.do("card-1", C.collect(Receipt()), by=C.holder, on=date(2026, 10, 9), party="p1")
    lost.do("card-1", C.enable_social(), by=C.holder, on=date(2026, 10, 9), party="p1")
    assert lost.get("loss-1").state is L.replaced

    case = lost.correct("card-1", 2, C.pay(Payment(Decimal("20.50"))), reason="金额更正", by=C.holder, on=DAY)

    assert case.facts.paid == Decimal("20.50")
    assert case.state is C.social_enabled


def test_a_correction_moves_dates(lost: Cases) -> None:
    """An acceptance entered a day late is corrected, and the due day follows."""
    accepted(lost)
    lost.correct("card-1", 3, C.accept(), reason="实际次日受理", by=C.office, on=date(2026, 9, 22))

    assert lost.get("card-1").obligation("production").due == date(2026, 10, 9)


def test_a_late_entry_undoes_a_recorded_lapse(cases: Cases) -> None:
    """A formal report made in time but entered late takes the place of the lapse that was recorded."""
    report = Report(Track.bank, HOLDER)
    cases.open(L.report_temporarily(report), by=L.holder, on=date(2026, 9, 18), places="440100", case="bank-1")
    cases.advance(date(2026, 10, 1))
    assert cases.get("bank-1").state is L.lapsed

    cases.correct(
        "bank-1", 2, L.report_formally(report), reason="9月23日书面挂失，补录", by=L.holder, on=date(2026, 9, 23)
    )

    assert cases.get("bank-1").state is L.formal
    assert (
        cases.do("bank-1", L.ask_release(Release(True, True)), by=L.holder, on=date(2026, 10, 2)).state is L.releasing
    )


def test_a_correction_can_be_corrected(lost: Cases) -> None:
    """The last correction of an event counts."""
    accepted(lost)
    for day in (22, 23):
        lost.correct("card-1", 3 if day == 22 else 4, C.accept(), reason="更正", by=C.office, on=date(2026, 9, day))

    assert lost.get("card-1").obligation("production").due == date(2026, 10, 10)


def test_what_an_act_did_elsewhere_goes_with_it(lost: Cases) -> None:
    """Struck out, a withdrawal has freed no loss report; the log of the report says what was set aside, and because of which case."""
    lost.do("card-1", C.withdraw(), by=C.holder, on=date(2026, 9, 22), party="p1")
    assert lost.get("loss-1").state is L.formal
    assert lost.correct("card-1", 2, C.withdraw(), reason="日期更正", on=date(2026, 9, 23)).state is C.withdrawn
    assert lost.trace("loss-1")[-1].brings[0].on == date(2026, 9, 23)

    assert lost.correct("card-1", 2, None, reason="误录").state is C.checking

    report = lost.get("loss-1")
    assert report.state is L.replacing
    last = lost.trace("loss-1")[-1]
    assert (last.kind, last.reason, last.links[0].case) == (EventKind.rejudged, "误录", "card-1")
    assert [gone.activity for gone in last.sets_aside] == ["unbind"]


def test_what_a_correction_does_elsewhere_last_is_an_act_there(lost: Cases) -> None:
    """The payment was a withdrawal: the loss report, of which nothing else has to be judged again, is freed by an event like any other."""
    lost.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")
    lost.correct("card-1", 2, C.withdraw(), reason="误录")

    event = lost.trace("loss-1")[-1]
    assert (event.kind, event.activity, event.sets_aside, event.brings) == (EventKind.act, "unbind", (), ())
    assert [(link.case, link.version) for link in event.links] == [("card-1", 2)]


def test_what_rests_on_an_act_elsewhere_keeps_it(lost: Cases) -> None:
    """A report that was freed and then released cannot be bound after all: the later act is named."""
    lost.do("card-1", C.withdraw(), by=C.holder, on=date(2026, 9, 22), party="p1")
    lost.do("loss-1", L.ask_release(Release(True, True)), by=L.holder, on=date(2026, 9, 23), party="p1")

    with pytest.raises(
        RefusedError, match=r'"ask for release" of 2026-09-23, event 4 of loss-1, could then not'
    ) as refused:
        lost.correct("card-1", 2, None, reason="误录")
    assert refused.value.grounds[0].name == "later"
    assert (lost.get("card-1").version, lost.get("loss-1").version) == (2, 4)


@pytest.mark.parametrize(
    ("replaces", "reason", "error", "says"),
    [
        (9, "更正", UnknownError, "known: 1"),
        (1, "更正", InputError, "opening cannot be struck out"),
        (1, " ", InputError, "a reason is required"),
        ("1", "更正", InputError, "the number of an event is required"),
    ],
)
def test_wrong_corrections_are_refused(
    lost: Cases, replaces: int, reason: str, error: type[Exception], says: str
) -> None:
    """A correction names an event that exists, gives its reason and leaves the opening."""
    with pytest.raises(error, match=says):
        lost.correct("card-1", replaces, None, reason=reason)


def test_a_correction_without_its_data_is_refused(lost: Cases) -> None:
    """It is said what the act takes, as for the act itself."""
    lost.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")
    with pytest.raises(InputError, match=r"data: CardReplacement.pay takes Payment, not nothing"):
        lost.correct("card-1", 2, Deed.blank(C.pay), reason="更正", by=C.holder, on=DAY)
    assert lost.get("card-1").version == 2


def test_a_correction_of_the_opening_is_not_struck_out(lost: Cases) -> None:
    """Whatever stands in the place of the opening stays: a case without one could never be read again."""
    application = lost.trace("card-1")[0].data
    lost.correct("card-1", 1, C.apply(application), reason="更正", by=C.holder, on=DAY)

    with pytest.raises(ValueError, match="opening cannot be struck out"):
        lost.correct("card-1", 2, None, reason="误录")
    assert lost.get("card-1").version == 2


def test_corrections_keep_what_they_do_not_change(lost: Cases) -> None:
    """A correction keeps role, party, day and related cases of what it replaces, so that it can be corrected itself."""
    application = lost.trace("card-1")[0].data
    lost.correct("card-1", 1, C.apply(application), reason="更正一")
    case = lost.correct("card-1", 2, C.apply(application), reason="更正二")

    trace = lost.trace("card-1")
    assert case.parties == {"holder": "p1"}
    assert (trace[-1].by, trace[-1].on, trace[-1].links) == ("holder", DAY, trace[0].links)


def test_order_is_kept_after_corrections_and_within_a_day(lost: Cases) -> None:
    """The latest moment that is known to have passed bounds the next act, whatever was written last."""
    lost.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=date(2026, 9, 28), party="p1")
    lost.correct("card-1", 1, C.apply(lost.trace("card-1")[0].data), reason="更正")
    with pytest.raises(RefusedError, match="entered late with a reason"):
        lost.do("card-1", C.accept(), by=C.office, on=date(2026, 9, 22))
    lost.do("card-1", C.accept(), by=C.office, on=datetime(2026, 9, 28, 15, tzinfo=CST))
    lost.do("card-1", C.track(Progress(Stage.at_maker)), by=C.issuer, on=date(2026, 9, 28))
    with pytest.raises(RefusedError, match="entered late with a reason"):
        lost.do("card-1", C.fail(Remarks("失败")), by=C.issuer, on=datetime(2026, 9, 28, 9, tzinfo=CST))
    with pytest.raises(SweepError, match="re-dated on that day or later"):
        lost.redate(date(2020, 1, 1))


def test_a_lapse_stays_when_a_correction_is_taken_back(cases: Cases) -> None:
    """Striking out the act that undid a lapse brings the lapse back."""
    report = Report(Track.bank, HOLDER)
    cases.open(L.report_temporarily(report), by=L.holder, on=date(2026, 9, 18), places="440100", case="bank-1")
    cases.advance(date(2026, 10, 1))
    cases.correct("bank-1", 2, L.report_formally(report), reason="补录", by=L.holder, on=date(2026, 9, 23))

    assert cases.correct("bank-1", 3, None, reason="补录有误").state is L.lapsed


def test_corrections_bow_to_time_and_related_cases(lost: Cases) -> None:
    """A correction is not dated in the future, nor before the report it rests on; a report that is relied on stays."""
    application = lost.trace("card-1")[0].data
    with pytest.raises(ValueError, match="future"):
        lost.correct("card-1", 1, C.apply(application), reason="x", on=date(2031, 3, 1))
    with pytest.raises(RefusedError, match="formal loss report"):
        lost.correct("card-1", 1, C.apply(application), reason="x", on=date(2026, 9, 1))
    with pytest.raises(RefusedError, match="of card-1, could then not have been done"):
        lost.correct("loss-1", 1, L.report_formally(Report(Track.bank, HOLDER)), reason="x")


@pytest.mark.parametrize(
    ("first", "then", "state"),
    [(Reason.damaged, Reason.lost, L.replacing), (Reason.lost, Reason.damaged, L.formal)],
)
def test_corrected_data_do_elsewhere_what_they_would_have_done(
    cases: Cases, first: Reason, then: Reason, state
) -> None:
    """An application that turns out to be for a lost card has bound its report; one for a damaged card never did."""
    cases.open(FORMALLY, by=L.holder, on=DAY, places="440100", case="l")
    application = Application(holder=HOLDER, reason=first, photo=Photo.identity_card)
    cases.open(C.apply(application), by=C.holder, on=DAY, places="440100", links=["l"], case="c")

    cases.correct("c", 1, C.apply(changed(application, reason=then)), reason="x")

    assert cases.get("l").state is state


def test_one_report_is_bound_once_whatever_is_corrected(cases: Cases) -> None:
    """A first application cannot turn out to be for the lost card that a second one replaces."""
    cases.open(FORMALLY, by=L.holder, on=DAY, places="440100", case="l")
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(C.apply(application), by=C.holder, on=DAY, places="440100", links=["l"], case="first")
    lost = C.apply(changed(application, reason=Reason.lost))
    cases.open(lost, by=C.holder, on=DAY, places="440100", links=["l"], case="second")

    with pytest.raises(RefusedError, match="event 1 of second, could then not have been done"):
        cases.correct("first", 1, lost, reason="x")


def test_one_act_may_take_the_place_of_another(lost: Cases) -> None:
    """A return that was a withdrawal has freed the loss report."""
    lost.do("card-1", C.send_back(Remarks("照片不清晰")), by=C.office, on=DAY)

    assert lost.correct("card-1", 2, C.withdraw(), reason="x", by=C.holder, party="p1").state is C.withdrawn
    assert lost.get("loss-1").state is L.formal


def test_a_term_that_no_rule_lengthens_is_not_lengthened(lost: Cases) -> None:
    """Where a place has no figure for an extension, extending is refused: it would pass, and move nothing."""
    accepted(lost)
    longer = C.extend(Prolongation(remarks="备案", consented=True, body="某校"))
    with pytest.raises(RefusedError) as refused:
        lost.do("card-1", longer, by=C.issuer, on=date(2026, 9, 28))
    (ground,) = refused.value.grounds
    assert (ground.name, ground.kind.name) == ("extension", "order")
    assert "在规则文件中补充extension" in ground.say("zh")
    assert lost.get("card-1").version == 3


def test_an_event_that_changes_the_past_needs_the_whole_log(lost: Cases) -> None:
    """A case in its present state does not hold its past, so `evolve` refuses a correction instead of making a wrong case of it."""
    case = lost.get("card-1")
    lost.correct("card-1", 1, C.apply(lost.trace("card-1")[0].data), reason="更正")
    correction = lost.trace("card-1")[-1]

    with pytest.raises(InputError, match=r"changes its past.*fold\(process, events\)"):
        evolve(case, correction)
    assert fold(C, lost.trace("card-1")) == lost.get("card-1")


def test_what_takes_the_place_of_a_lapse_says_who_did_it(cases: Cases) -> None:
    """Time has no role that an act could keep: without one the correction is refused, and its name says what to give."""
    temporary = L.report_temporarily(Report(Track.bank, HOLDER))
    cases.open(temporary, by=L.holder, on=DAY, places="440100", case="loss-1", party="p1")
    cases.advance(date(2026, 10, 8))
    assert cases.trace("loss-1")[-1].kind is EventKind.lapse

    with pytest.raises(
        InputError, match="say by whom report_formally was done: event 2 is not the act of a role"
    ) as wrong:
        cases.correct("loss-1", 2, L.report_formally(Report(Track.bank, HOLDER)), reason="漏录", on=DAY)
    assert [fault.path for fault in wrong.value.faults] == ["by"]
