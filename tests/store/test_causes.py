"""What brought an event about, by an id of the host: recorded, told and shown; and no trace of it where nobody said so."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from ssflow import Cases
from ssflow.errors import InputError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import Opening, Store, Subscription
from ssflow.views import event_view

C, L = CardReplacement, LossReport
DAY, PERSON = date(2026, 9, 21), Identity("11010519491231002X")
LOST = Application(holder=PERSON, reason=Reason.lost, photo=Photo.identity_card)


def opened(store: Store) -> Cases:
    """A lost card, reported and applied for, each for a reason of its own."""
    cases = Cases(store, now=lambda: datetime(2026, 11, 22, 1, tzinfo=UTC))
    report = L.report_formally(Report(Track.social, PERSON))
    where: dict[str, Any] = {"on": DAY, "places": "440100", "party": "p"}
    cases.caused_by("m-1").open(report, by=L.holder, case="loss-1", **where)
    cases.caused_by("m-2").open(C.apply(LOST), by=C.holder, case="card-1", links=["loss-1"], key="k", **where)
    return cases


def causes(cases: Cases, case: str) -> list[str]:
    """What brought the events of a case about."""
    return [event.cause for event in cases.trace(case)]


def test_every_event_of_a_command_has_its_cause(store: Store) -> None:
    """Those in related cases too, and those of several commands each their own; what nobody caused has none."""
    cases = opened(store)
    assert causes(cases, "card-1") == ["m-2"]
    assert causes(cases, "loss-1") == ["m-1", "m-2"], "the application binds the report"
    cases.caused_by("m-3").do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p")
    cases.do("card-1", C.accept(), by=C.office, on=DAY)
    cases.sweep()
    cases.caused_by("m-4").correct("card-1", 2, C.pay(Payment(Decimal(21))), reason="笔误", by=C.holder, party="p")
    cases.correct("card-1", 2, C.pay(Payment(Decimal(22))), reason="笔误", by=C.holder, party="p")
    assert causes(cases, "card-1") == ["m-2", "m-3", "", "", "m-4", ""]
    assert cases.verify() == ()
    again = cases.caused_by("m-9").open(
        C.apply(LOST), by=C.holder, case="card-1", links=["loss-1"], key="k", on=DAY, places="440100", party="p"
    )
    assert again.version == 1, "a retry is the same request, whatever brought it about"
    together = Opening(deed=L.report_formally(Report(Track.bank, PERSON)), by=L.holder, places="440100", case="loss-2")
    cases.caused_by("m-5").open_together([together], on=DAY)
    assert causes(cases, "loss-2") == ["m-5"]


def test_without_a_cause_a_text_is_what_it_was(store: Store) -> None:
    """Nothing is stored where nobody said what brought it about."""
    cases = opened(store)
    cases.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p")
    first, second = map(json.loads, store.trace("card-1"))
    assert first["cause"] == "m-2"
    assert "cause" not in second


def test_subscribers_and_readers_are_told(store: Store) -> None:
    """A message has it, and so have a view, its words in both languages and its document."""
    bank = Subscription(Cases(store, now=lambda: datetime(2026, 11, 22, 1, tzinfo=UTC)), "bank")
    bank.begin()
    cases = opened(store)
    told = bank.deliver(print).done
    assert {(message.event.case, message.event.cause) for message in told} == {
        ("loss-1", "m-1"),
        ("loss-1", "m-2"),
        ("card-1", "m-2"),
    }
    view = event_view(cases.trace("card-1")[0])
    assert (view.cause, view.document()["cause"]) == ("m-2", "m-2")
    assert "起因：m-2" in view.say("zh")
    assert "caused by m-2" in view.say("en")


@pytest.mark.parametrize("odd", ["", " ", "a\nb", "x" * 300, 3, None])
def test_a_cause_is_an_id(store: Store, odd: Any) -> None:
    """Some visible characters, as the key of a request."""
    with pytest.raises(InputError, match="cause"):
        Cases(store).caused_by(odd)
