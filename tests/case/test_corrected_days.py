"""Corrections of the day or hour of an act: the act is judged as of then, and so is all that rests on it."""

from copy import deepcopy
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from attrs import evolve as changed
from attrs import fields

from ssflow import Cases, Legislation, MemoryStore, WorkCalendar
from ssflow.errors import InputError, RefusedError
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Kind
from ssflow.machines.card_replacement import (
    Application,
    CardReplacement,
    Payment,
    Photo,
    Reason,
)
from ssflow.machines.remedy import Grievance, Remedy, Respondent
from ssflow.persons import Identity
from tests.case import petition
from tests.store import grants, permits

C = CardReplacement
HOLDER = Identity("11010519491231002X")
CST = timezone(timedelta(hours=8))
CLAIM = BenefitClaim.claim(Claim(insured=HOLDER, kind=Kind.pension))


def test_a_correction_to_another_hour_is_judged_at_that_hour(lost: Cases) -> None:
    """A payment of ten o'clock, accepted at eleven, cannot have been of twelve; that it was of half past ten changes nothing."""
    at = {hour: datetime(2026, 9, 28, hour, tzinfo=CST) for hour in (10, 11, 12)}
    pay = C.pay(Payment(Decimal(20)))
    lost.do("card-1", pay, by=C.holder, on=at[10], party="p1")
    lost.do("card-1", C.accept(), by=C.office, on=at[11])
    with pytest.raises(RefusedError, match='"accept" of 2026-09-28, event 3 of card-1, could then not have been done'):
        lost.correct("card-1", 2, pay, reason="时刻录错", on=at[12])
    corrected = lost.correct("card-1", 2, pay, reason="时刻录错", on=at[10] + timedelta(minutes=30))
    assert corrected.state is C.making


def test_an_act_put_later_meets_its_related_cases_as_they_then_stood(cases: Cases) -> None:
    """A complaint about a late card is not moved to a day on which the card was made."""
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(C.apply(application), by=C.holder, on=date(2026, 3, 2), places="140100", case="card", party="p")
    cases.do("card", C.pay(Payment(Decimal(25))), by=C.holder, on=date(2026, 3, 2), party="p")
    cases.do("card", C.accept(), by=C.office, on=date(2026, 3, 2))
    grievance = Grievance(Respondent.agency)
    cases.open(
        Remedy.complain(grievance), by=Remedy.applicant, on=date(2026, 5, 11), places="140100", links=["card"], case="r"
    )
    cases.do("card", C.finish(), by=C.issuer, on=date(2026, 5, 12))

    with pytest.raises(RefusedError, match="is overdue"):
        cases.correct("r", 1, Remedy.complain(grievance), reason="x", on=date(2026, 6, 1))


def test_an_act_may_be_put_later_though_it_wrote_elsewhere(lost: Cases) -> None:
    """What the act itself wrote in its report does not stand in its own way."""
    application = lost.trace("card-1")[0].data

    lost.correct("card-1", 1, C.apply(application), reason="x", on=date(2026, 9, 22))
    assert lost.trace("card-1")[-1].on == date(2026, 9, 22)


def test_no_case_names_one_that_was_opened_later() -> None:
    """A correction that opens a case only after another has named it is refused, with the case that would not have been there."""
    cases = grants.cases_of(MemoryStore(), grants.Grant1)
    grants.opened(cases)
    who = {"by": grants.Grant1.person, "party": "somebody"}
    cases.open(grants.ask1(), on=date(2026, 3, 3), places="440100", case="g2", links=["g1"], **who)

    with pytest.raises(RefusedError, match="the related case g1 was not opened by then"):
        cases.correct("g1", 1, grants.ask1(), on=date(2026, 3, 5), reason="误录", corrector=grants.Grant1.clerk, **who)
    assert cases.get("g1").version == 1
    moved = cases.correct(
        "g1", 1, grants.ask1(), on=date(2026, 3, 3), reason="误录", corrector=grants.Grant1.clerk, **who
    )
    assert moved.obligation("handling").starts == date(2026, 3, 3)


def test_a_correction_to_a_day_of_another_regime_is_judged_under_it() -> None:
    """The opening was typed for the day before the reform; on the day of the reform the case is of the other regime."""
    process = permits.permit()
    cases = permits.cases_of(MemoryStore(), process)
    before = changed(petition.figure("regime", "slow"), until=date(2026, 3, 31))
    after = changed(petition.figure("regime", "fast"), since=date(2026, 4, 1))
    old = cases.law.of(process)
    figures = (*(one for one in old.values if one.parameter != "regime"), before, after)
    cases = changed(cases, law=Legislation(rulebook=lambda _: changed(old, values=figures)))
    apply, person = process.activity("apply"), process.role("person")
    sort = fields(apply.data).wanted.type
    deed = apply(apply.data(wanted=sort.first, copies=1))
    cases.open(deed, by=person, on=date(2026, 3, 31), places="440100", case="p", party="somebody")
    assert cases.get("p").regime.name == "slow"

    cases.correct("p", 1, deed, reason="次日收到", on=date(2026, 4, 1), by=person, party="somebody")
    assert cases.get("p").regime.name == "fast"
    assert cases.verify() == ()


def test_a_correction_keeps_the_days_whose_inputs_stand() -> None:
    """The Spring Festival of 2020 was prolonged after an application: its last day stays as recorded when a slip of the pen is corrected,
    and stays as it was re-dated when another is.
    """
    known = WorkCalendar.china().as_of(date(2020, 1, 20))
    now = grants.cases_of(MemoryStore(), grants.Grant1)
    grants.opened(changed(now, law=Legislation(known, rulebook=grants.LAW.rulebook)), on=date(2020, 1, 10))

    def corrected(copies: int) -> date | None:
        case = now.correct("g1", 1, grants.ask1(copies), reason="笔误", corrector=grants.Grant1.clerk)
        return case.obligation("handling").due

    assert corrected(3) == date(2020, 1, 31)
    now.redate_all(date(2020, 1, 29), since=date(2020, 1, 1))
    assert now.get("g1").obligation("handling").due == date(2020, 2, 3)
    assert corrected(1) == date(2020, 2, 3)
    assert now.verify() == ()


BEFORE, AFTER = (
    Legislation(WorkCalendar.china().as_of(date(2025, 11, 3))),
    Legislation(),
)  # the notice for 2026 came on the 4th


def claimed_before_the_notice(store: MemoryStore, law: Legislation, on: date) -> Cases:
    """A pension claimed in Beijing, as it was dated before the notice for its year was known."""
    cases = Cases(store, law, now=lambda: datetime(2026, 12, 1, tzinfo=CST))
    cases.open(CLAIM, by=BenefitClaim.claimant, on=on, places="110000", case="p")
    return cases


@pytest.mark.parametrize("known", [True, False])
def test_a_corrected_clock_is_dated_by_the_law_of_its_record_if_the_host_has_it(known: bool) -> None:
    """Twenty working days from the 26th and from the 23rd, by the calendar of then; without it by that of now. The event says by which."""
    store = MemoryStore()
    first = claimed_before_the_notice(store, BEFORE, date(2026, 1, 26)).get("p").obligation("handling")
    law = changed(AFTER, earlier=[BEFORE]) if known else AFTER
    in_order = claimed_before_the_notice(MemoryStore(), BEFORE if known else AFTER, date(2026, 1, 23))
    cases = Cases(store, law, now=lambda: datetime(2026, 12, 1, tzinfo=CST))

    corrected = cases.correct("p", 1, CLAIM, reason="23日申领", on=date(2026, 1, 23))

    assert first.due == date(2026, 2, 27)
    assert corrected.obligations == in_order.get("p").obligations
    said = [(event.calendar, event.rulebook) for event in (cases.trace("p")[-1], in_order.trace("p")[0])]
    assert said[0] == said[1]
    assert cases.correct("p", 1, CLAIM, reason="仍为26日", on=date(2026, 1, 26)).obligation("handling").due == first.due
    assert cases.verify() == ()


def test_what_happens_now_is_dated_by_the_law_of_now() -> None:
    """An earlier law serves what was recorded under it, and nothing else."""
    law = changed(AFTER, earlier=[BEFORE])
    cases = claimed_before_the_notice(MemoryStore(), law, date(2026, 1, 26))
    assert cases.get("p").obligation("handling").due == date(2026, 2, 28)
    with pytest.raises(InputError, match=r"earlier\[0\]: Legislation is required, not WorkCalendar"):
        Legislation(earlier=[WorkCalendar.china()])
    assert deepcopy(law) == law


def test_a_re_dating_is_by_the_law_of_now() -> None:
    """What time did too early by the law of now is listed, whatever the law of then said: this is what a re-dating asks."""
    store = MemoryStore()
    claimed_before_the_notice(store, BEFORE, date(2026, 1, 26)).advance(date(2026, 2, 28))
    cases = Cases(store, changed(AFTER, earlier=[BEFORE]), now=lambda: datetime(2026, 12, 1, tzinfo=CST))
    (early,) = cases.redate_all(date(2026, 2, 28)).early
    assert (early.on, early.now) == (date(2026, 2, 28), None)
