"""A related case that was named by mistake is taken away: the case and the other one are as if it had never been named."""

from datetime import date
from decimal import Decimal

import pytest

from ssflow import Cases
from ssflow.errors import InputError, RefusedError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason, Remarks
from ssflow.machines.loss_report import LossReport
from ssflow.records import Late
from tests.case.conftest import DAY, HOLDER, fresh
from tests.case.test_corrections import FORMALLY, accepted

C, L = CardReplacement, LossReport
LOST = C.apply(Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card))
OFFICE = {"reason": "关联办件录错", "corrector": C.office, "actor": "u17"}


def replaced(names: str) -> Cases:
    """Two loss reports of one holder, and a replacement that names one of them."""
    cases = fresh()
    for report in ("loss-8", "loss-9"):
        cases.open(FORMALLY, by=L.holder, on=DAY, places="440100", case=report, party="p1")
    cases.open(LOST, by=C.holder, on=DAY, places="440100", case="card-9", links=[names], party="p1")
    return cases


def seen(cases: Cases, case: str) -> tuple[object, ...]:
    """How a case stands, and to which others it is related."""
    found = cases.get(case)
    done = {name: (one.times, one.last) for name, one in found.done.items()}
    return found.state, found.obligations, done, sorted(link.case for link in found.links)


def test_the_right_report_takes_the_place_of_the_wrong_one() -> None:
    """The wrong report is no longer bound, the right one is, from the first day on; what comes later concludes the right one."""
    cases, right = replaced("loss-8"), replaced("loss-9")
    assert cases.get("loss-8").state is L.replacing

    cases.correct("card-9", 1, LOST, links=["loss-9"], unlinks=["loss-8"], **OFFICE)

    for case in ("card-9", "loss-8", "loss-9"):
        assert seen(cases, case) == seen(right, case), case
    for one in (cases, right):
        one.do("card-9", C.withdraw(), by=C.holder, on=DAY, party="p1")
    for case in ("card-9", "loss-8", "loss-9"):
        assert seen(cases, case) == seen(right, case), case
    assert [event.unlinks for event in cases.trace("loss-8")] == [(), (), ("card-9",)]
    assert cases.verify() == ()
    assert cases.trace("card-9")[0].links[0].case == "loss-8"  # the log keeps what was believed


def test_what_the_law_requires_cannot_be_taken_away() -> None:
    """A replacement of a lost card needs its report, so the only one cannot go; nothing is changed."""
    cases = replaced("loss-8")

    with pytest.raises(RefusedError, match="a lost or stolen card needs the holder's formal loss report"):
        cases.correct("card-9", 1, LOST, unlinks=["loss-8"], **OFFICE)

    assert cases.get("loss-8").state is L.replacing
    assert cases.get("card-9").version == 1


def test_what_was_done_meanwhile_does_not_keep_a_wrong_case() -> None:
    """Acts since then were recorded with all cases that were related; only the act that named the wrong one is corrected."""
    cases, right = replaced("loss-8"), replaced("loss-9")
    for one in (cases, right):
        accepted(one, "card-9")
        one.advance(date(2027, 3, 1))
    with pytest.raises(InputError, match="event 3 does not name case loss-8; it names none"):
        cases.correct("card-9", 3, C.accept(), unlinks=["loss-8"], **OFFICE)

    cases.correct("card-9", 1, LOST, links=["loss-9"], unlinks=["loss-8"], **OFFICE)

    for case in ("card-9", "loss-8", "loss-9"):
        assert seen(cases, case) == seen(right, case), case
    assert cases.verify() == ()


def test_a_late_entry_names_what_a_later_act_has_named() -> None:
    """A related case counts from the act on that names it, whichever of them was typed first."""
    day, cases, in_order = date(2026, 9, 22), replaced("loss-8"), replaced("loss-8")
    for one in (cases, in_order):
        one.do("card-9", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")
    send_back, correct = C.send_back(Remarks("x")), C.correct(LOST.data)
    cases.do("card-9", C.accept(), by=C.office, on=date(2026, 9, 24), links=["loss-9"])
    acts = [Late(send_back, by=C.office, on=day), Late(correct, by=C.holder, on=day, party="p1", links=["loss-9"])]
    cases.enter_late("card-9", acts, reason="漏录")
    in_order.do("card-9", send_back, by=C.office, on=day)
    in_order.do("card-9", correct, by=C.holder, on=day, party="p1", links=["loss-9"])
    in_order.do("card-9", C.accept(), by=C.office, on=date(2026, 9, 24), links=["loss-9"])

    for one in (cases, in_order):
        number = next(e.version for e in one.trace("card-9") if e.activity == "accept")
        one.correct("card-9", number, C.accept(), reason="x", by=C.office, on=date(2026, 9, 25))
        assert sorted(link.case for link in one.get("card-9").links) == ["loss-8", "loss-9"]
    for case in ("card-9", "loss-8", "loss-9"):
        assert seen(cases, case) == seen(in_order, case), case


def test_an_act_that_is_struck_out_names_nothing() -> None:
    """The related cases of an act go with it, and come back with it."""
    cases = replaced("loss-8")
    withdrawn = C.withdraw()
    cases.do("card-9", withdrawn, by=C.holder, on=DAY, party="p1", links=["loss-9"])

    cases.correct("card-9", 2, None, **OFFICE)
    assert [link.case for link in cases.get("card-9").links] == ["loss-8"]
    cases.correct("card-9", 2, withdrawn, **OFFICE)

    assert [link.case for link in cases.get("card-9").links] == ["loss-8", "loss-9"]
    assert cases.verify() == ()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"unlinks": ["loss-9"]}, "unlinks: event 1 does not name case loss-9; it names loss-8"),
        ({"unlinks": "loss-8"}, r"unlinks: a list of ids of cases is required, such as unlinks=\['loss-1'\]"),
        (
            {"links": ["loss-8"], "unlinks": ["loss-8"]},
            "unlinks: loss-8 is added and taken away; leave out one of them",
        ),
    ],
)
def test_wrong_cases_are_refused(given: dict[str, object], says: str) -> None:
    """Only a case that the act names can be taken away."""
    cases = replaced("loss-8")
    with pytest.raises(InputError, match=says):
        cases.correct("card-9", 1, LOST, **given, **OFFICE)
    assert cases.get("card-9").version == 1
