"""An act of which only the day is known has its place beside another event of that day, whoever enters it when."""

from datetime import date, datetime, timedelta, timezone
from typing import Any

import pytest

from ssflow import Cases
from ssflow.errors import InputError, RefusedError
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Findings, Kind
from ssflow.machines.card_replacement import Remarks
from ssflow.persons import Identity
from ssflow.records import Late
from tests.case.conftest import fresh

B = BenefitClaim
HOLDER = Identity("11010519491231002X")
CST = timezone(timedelta(hours=8))


def test_an_act_keeps_its_place_within_a_day(claimed: Cases) -> None:
    """What is known by its day alone follows what the day holds, unless it says beside which event it happened."""
    send_back, complete = B.send_back(Remarks("缺件")), B.complete(Claim(insured=HOLDER, kind=Kind.pension))
    with pytest.raises(RefusedError, match="it has to be in state"):
        claimed.enter_late("p", [Late(send_back, by=B.agency, on=date(2026, 1, 28))], reason="漏录")
    with pytest.raises(InputError, match="number of an act of that day") as wrong:
        claimed.do("p", send_back, by=B.agency, on=date(2026, 1, 28), reason="漏录", before=1)
    assert wrong.value.faults[0].path == "before"
    with pytest.raises(RefusedError, match="a later act is on record: an act is entered late with a reason"):
        claimed.do("p", send_back, by=B.agency, on=date(2026, 1, 28), before=2)
    both = [Late(send_back, by=B.agency, on=date(2026, 1, 28), before=2)]
    both.append(Late(complete, by=B.claimant, on=date(2026, 1, 28), before=2))
    assert claimed.enter_late("p", both, reason="漏录").state is B.examining


def test_missed_acts_after_one_event_keep_the_order_in_which_they_are_given() -> None:
    """Two acts of one day that both came after the same event happened one after the other, as they are listed."""
    day, claim = date(2026, 1, 26), Claim(insured=HOLDER, kind=Kind.pension)
    cases = fresh()
    cases.open(B.claim(claim), by=B.claimant, on=day, places="110000", case="p")
    cases.do("p", B.accept(), by=B.agency, on=day)
    missed = [Late(B.send_back(Remarks("缺件")), by=B.agency, on=day, after=1)]
    missed.append(Late(B.complete(claim), by=B.claimant, on=day, after=1))

    assert cases.enter_late("p", missed, reason="漏录").state is B.examining
    assert cases.verify() == ()


@pytest.fixture
def completed(claimed: Cases) -> Cases:
    """The pension was accepted on the 28th, after a return and a completion that were both typed with the 27th."""
    claim = Claim(insured=HOLDER, kind=Kind.pension)
    missed = [Late(B.send_back(Remarks("缺件")), by=B.agency, on=date(2026, 1, 27))]
    missed.append(Late(B.complete(claim), by=B.claimant, on=date(2026, 1, 27)))
    claimed.enter_late("p", missed, reason="漏录")
    return claimed


def test_an_act_is_moved_to_its_place_within_another_day(completed: Cases) -> None:
    """The completion was on the morning of the day of the acceptance: a correction says before which event of that day."""
    deed, moved = B.complete(Claim(insured=HOLDER, kind=Kind.pension)), date(2026, 1, 28)
    with pytest.raises(RefusedError, match='"accept" of 2026-01-28, event 2 of p, could then not have been done'):
        completed.correct("p", 4, deed, reason="28日补正", on=moved)

    case = completed.correct("p", 4, deed, reason="28日补正，误录为27日", on=moved, before=2)

    assert (case.state, completed.trace("p")[-1].before) == (B.examining, 2)
    assert case.obligation("handling").tolled == ((date(2026, 1, 27), moved),)
    assert completed.correct("p", 4, deed, reason="再更正", actor="u17").state is B.examining  # it keeps its place
    assert completed.verify() == ()


def test_acts_of_one_day_are_put_in_their_order(claimed: Cases) -> None:
    """Two acts that were typed the wrong way round change places by a correction that moves neither to another day."""
    day, note = date(2026, 1, 29), Findings(entitled=False)
    claimed.do("p", B.verify(Findings(entitled=True)), by=B.agency, on=day)
    claimed.do("p", B.verify(note), by=B.agency, on=day)
    assert claimed.get("p").facts.entitled is False
    claimed.correct("p", 4, B.verify(note), reason="先核实为不符合，复核后符合", before=3)
    assert claimed.get("p").facts.entitled is True


@pytest.mark.parametrize(
    ("how", "argument", "says"),
    [
        ({"before": 2, "after": 1}, "before", "either before an event or after one"),
        ({"before": "2"}, "before", "the number of an event"),
        ({"before": 1}, "before", "an act of that day is required; 1 is not one"),
        ({"after": 3}, "after", "an act of that day is required; 3 is not one"),
        ({"before": 4, "on": date(2026, 1, 27)}, "before", "an act of that day is required; 4 is not one"),
    ],
)
def test_a_corrected_act_stands_beside_another_of_its_day(
    completed: Cases, how: dict[str, Any], argument: str, says: str
) -> None:
    """A place is that before or after another act of the day; an act does not come before itself."""
    deed = B.complete(Claim(insured=HOLDER, kind=Kind.pension))
    with pytest.raises(InputError, match=says) as wrong:
        completed.correct("p", 4, deed, reason="x", **{"on": date(2026, 1, 28), **how})
    assert [fault.path for fault in wrong.value.faults] == [argument]


def test_an_event_that_is_struck_out_has_no_place(completed: Cases) -> None:
    """What did not happen came before nothing."""
    with pytest.raises(InputError, match="has no role, day, order, party, related case or place") as wrong:
        completed.correct("p", 4, None, reason="x", after=3)
    assert [fault.path for fault in wrong.value.faults] == ["after"]


@pytest.mark.parametrize(
    ("hour", "beside"),
    [(11, {"before": 2}), (9, {"after": 2}), (16, {"after": 2})],
)
def test_an_instant_speaks_against_a_place_among_instants(hour: int, beside: dict[str, int]) -> None:
    """Who knows the hour of an act cannot put it before an earlier one, nor after a later one: the instants say the order."""
    claim = B.claim(Claim(insured=HOLDER, kind=Kind.pension))
    at = [datetime(2026, 1, 28, known, tzinfo=CST) for known in (8, 10, 15)]
    cases = fresh()
    cases.open(claim, by=B.claimant, on=at[0], places="110000", case="p")
    cases.do("p", B.accept(), by=B.agency, on=at[1])
    cases.do("p", B.verify(Findings(entitled=True)), by=B.agency, on=at[2])
    act, on = B.verify(Findings(entitled=True)), at[0].replace(hour=hour)

    with pytest.raises(InputError, match="the instants that are on record say another order") as wrong:
        cases.do("p", act, by=B.agency, on=on, reason="漏录", **beside)
    assert [fault.path for fault in wrong.value.faults] == list(beside)
    assert "已记录的时刻表明先后不是这样" in wrong.value.say("zh")
    assert cases.do("p", act, by=B.agency, on=at[0].replace(hour=14), reason="漏录", before=3).version == 4
