"""The place of a case that was typed wrongly is corrected: the case is then as if it had been opened in the right one."""

from datetime import date
from decimal import Decimal

import pytest
from attrs import evolve as changed
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ssflow import Cases, machines
from ssflow.errors import InputError, RefusedError, UnknownError
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Kind
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.records import Correction
from tests.case.conftest import DAY, HOLDER, fresh
from tests.case.entries import PLACES, enter, stands, walked
from tests.case.test_corrections import accepted

C = CardReplacement
DAMAGED = C.apply(Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card))


def seen(cases: Cases, case: str) -> tuple[object, ...]:
    """What a case is, without how often something was recorded in it."""
    found = cases.get(case)
    return found.state, found.facts, found.places, found.regime, found.obligations, found.parties, found.last


def opened(place: str) -> Cases:
    """A replacement in a place, accepted on its first day."""
    cases = fresh()
    cases.open(DAMAGED, by=C.holder, on=DAY, places=place, case="card-1", party="p1")
    accepted(cases)
    return cases


def test_a_wrong_place_is_corrected() -> None:
    """Shaoxing was typed for Guangzhou: the terms of Guangzhou count from the first day on, and later acts are of that place."""
    cases, right = opened("330600"), opened("440100")
    assert seen(cases, "card-1") != seen(right, "card-1")

    case = cases.correct("card-1", 1, DAMAGED, places="440100", reason="地点录错", corrector=C.office)

    assert case.places == {"issuing": "440100"}
    assert seen(cases, "card-1") == seen(right, "card-1")
    for one in (cases, right):
        one.do("card-1", C.finish(), by=C.issuer, on=date(2026, 9, 28))
        one.advance(date(2027, 9, 1))
    assert seen(cases, "card-1") == seen(right, "card-1")
    assert cases.verify() == ()


def test_a_day_recorded_in_a_wrong_place_does_not_stand() -> None:
    """The term is the same in both places, and Guangxi rests on 31 March and 1 April 2025: the last day is that of its own calendar."""
    cases, claim = fresh(), BenefitClaim.claim(Claim(insured=HOLDER, kind=Kind.pension))
    who = {"by": BenefitClaim.claimant, "on": date(2025, 3, 24)}
    cases.open(claim, places="440100", case="p", **who)
    case = cases.do("p", BenefitClaim.accept(), by=BenefitClaim.agency, on=date(2025, 3, 24))
    assert case.obligation("handling").due == date(2025, 4, 22)

    case = cases.correct("p", 1, claim, places="450100", reason="地点录错", corrector=BenefitClaim.agency)

    assert case.obligation("handling").due == date(2025, 4, 24)
    later = cases.correct("p", 2, BenefitClaim.accept(), reason="经办人补记", corrector=BenefitClaim.agency)
    assert later.obligations == case.obligations


def test_a_place_that_is_right_again_has_its_recorded_days() -> None:
    """The days of a place stand as they were recorded there: corrected away and back, a case is as before."""
    cases = opened("440100")
    before = seen(cases, "card-1")

    cases.correct("card-1", 1, DAMAGED, places="330600", reason="误改", corrector=C.office)
    assert seen(cases, "card-1") != before
    cases.correct("card-1", 1, DAMAGED, places={"issuing": "440100"}, reason="改回", corrector=C.office)

    assert seen(cases, "card-1") == before


@pytest.mark.parametrize("name", machines.names())
@settings(max_examples=settings().max_examples // 6, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_a_case_is_as_if_it_had_been_opened_in_the_right_place(name: str, data: st.DataObject) -> None:
    """Whenever a wrong place is found out, and whatever was done and swept before: the same case as with the right place at once."""
    entries = walked(name, data)
    assume(entries)
    mistaken = data.draw(st.sampled_from([entry for entry in entries if entry.places]))
    found_out = data.draw(st.integers(0, len(entries)))
    typed, in_order = fresh(), fresh()
    is_wrong = False

    def put_right() -> None:
        typed.correct(
            mistaken.case,
            1,
            mistaken.deed,
            places=mistaken.places,
            reason="地点录错",
            corrector=next(iter(mistaken.deed.activity.owner.correctors()), None),
        )

    for number, entry in enumerate(entries):
        if is_wrong and number >= found_out:
            put_right()
            is_wrong = False
        if entry is mistaken:
            elsewhere = changed(entry, places={place: data.draw(st.sampled_from(PLACES)) for place in entry.places})
            is_wrong = enter(typed, elsewhere)
            assert is_wrong or enter(typed, entry)
        elif not enter(typed, entry):  # it could not have been done in the wrong place
            put_right()
            is_wrong = False
            assert enter(typed, entry)
        if data.draw(st.booleans()):
            typed.advance(entry.at)
        assert enter(in_order, entry)
    if is_wrong:
        put_right()
    ids = [entry.case for entry in entries if entry.places]
    assert stands(typed, ids) == stands(in_order, ids)


@pytest.mark.parametrize(
    ("number", "deed", "places", "error", "says"),
    [
        (1, DAMAGED, "999999", UnknownError, "unknown region '999999'"),
        (1, DAMAGED, 440100, InputError, "places: a region code is required"),
        (1, DAMAGED, "", InputError, "places.issuing: give the six digits of the issuing place"),
        (1, DAMAGED, {"nowhere": "440100"}, InputError, "places.nowhere: card_replacement has no such place"),
        (2, C.pay(Payment(Decimal(20))), "440100", InputError, "places: .* correct event 1"),
        (2, None, "440100", InputError, "places: a struck-out event has no role"),
    ],
)
def test_wrong_places_are_refused(number: int, deed: object, places: object, error: type[Exception], says: str) -> None:
    """A place is corrected in the opening alone, and is one that the procedure has; nothing is changed otherwise."""
    cases = opened("330600")
    with pytest.raises(error, match=says):
        cases.correct("card-1", number, deed, places=places, reason="x", corrector=C.office)
    assert cases.get("card-1").version == 3


def test_an_act_that_the_right_place_forbids_is_named() -> None:
    """A card that was lost needs a report of its own place, so the place of the card alone cannot change."""
    cases = fresh()
    lost = C.apply(Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card))
    report = LossReport.report_formally(Report(Track.social, HOLDER))
    cases.open(report, by=LossReport.holder, on=DAY, places="330600", case="loss-1", party="p1")
    cases.open(lost, by=C.holder, on=DAY, places="330600", case="card-1", party="p1", links=["loss-1"])
    both = {"places": "440100", "reason": "地点录错"}
    with pytest.raises(RefusedError, match="formal loss report of the social function in force at its place"):
        cases.correct("card-1", 1, lost, corrector=C.office, **both)

    cases.correct_together(
        [
            Correction(1, report, case="loss-1", corrector=LossReport.office, **both),
            Correction(1, lost, case="card-1", corrector=C.office, **both),
        ]
    )

    assert [cases.get(case).places["issuing"] for case in ("loss-1", "card-1")] == ["440100", "440100"]
    assert cases.verify() == ()
