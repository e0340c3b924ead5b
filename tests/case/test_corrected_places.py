"""The place of a case that was typed wrongly is corrected: the case is then as if it had been opened in the right one."""

from datetime import date

import pytest
from attrs import evolve as changed
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ssflow import Cases, machines
from ssflow.machines.card_replacement import Application, CardReplacement, Photo, Reason
from ssflow.testing import Walker
from tests.case.conftest import DAY, HOLDER, fresh
from tests.case.test_corrections import accepted
from tests.case.test_order_of_law import enter, entries_of, stands
from tests.case.test_walks import EXAMPLES, LAW

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
    process, codes = machines.get(name), ("440100", "110000", "140100", "330600")
    walker = Walker.of(
        process,
        data.draw,
        law=LAW,
        place={place.name: data.draw(st.sampled_from(codes)) for place in process.places},
        start=data.draw(st.dates(date(2013, 1, 1), date(2025, 12, 1))),
        examples=EXAMPLES,
    )
    for _ in range(6):
        walker.step()
    entries = sorted(entries_of(walker), key=lambda entry: entry.at)
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
            elsewhere = changed(entry, places={place: data.draw(st.sampled_from(codes)) for place in entry.places})
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
