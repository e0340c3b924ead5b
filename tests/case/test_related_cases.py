"""What a case does to related cases, and what it cannot."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve as changed
from attrs import frozen

from ssflow import Cases
from ssflow.case import Attempt, Case, EventKind, decide, why_not
from ssflow.errors import ConflictError, RefusedError, UnknownError
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Kind
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason, Receipt, Remarks
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.machines.remedy import Grievance, Remedy, Respondent
from ssflow.persons import Identity
from ssflow.records import Opening

C, L = CardReplacement, LossReport

HOLDER = Identity("11010519491231002X")
OTHER = Identity("360426199101010071")
DAY = date(2026, 9, 21)


def accepted(cases: Cases) -> None:
    """Pay the fee and accept the application of ``card-1``."""
    cases.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")
    cases.do("card-1", C.accept(), by=C.office, on=DAY)


def test_somebody_elses_loss_report_does_not_count(cases: Cases) -> None:
    """A report of another holder, of the bank function only, or a temporary one opens no replacement."""
    for name, activity, report in (
        ("theirs", L.report_formally, Report(Track.social, OTHER)),
        ("bank", L.report_formally, Report(Track.bank, HOLDER)),
        ("phone", L.report_temporarily, Report(Track.social, HOLDER)),
    ):
        cases.open(activity(report), by=L.holder, on=DAY, places="440100", case=name)
        with pytest.raises(RefusedError, match="formal loss report"):
            cases.open(
                C.apply(Application(holder=HOLDER, reason=Reason.stolen, photo=Photo.identity_card)),
                by=C.holder,
                on=DAY,
                places="440100",
                links=[name],
            )


def test_related_cases_move_together(lost: Cases) -> None:
    """Applying binds the loss report, so it cannot be released; the new card concludes it; both remember each other."""
    assert lost.get("loss-1").state is L.replacing
    assert [link.case for link in lost.get("card-1").links] == ["loss-1"]
    assert [link.case for link in lost.get("loss-1").links] == ["card-1"]
    with pytest.raises(RefusedError, match="being replaced"):
        lost.do("loss-1", L.ask_release(Release(in_person=True, card_shown=True)), by=L.holder, on=DAY, party="p1")

    accepted(lost)
    lost.do("card-1", C.finish(), by=C.issuer, on=date(2026, 10, 8))
    lost.do("card-1", C.collect(Receipt()), by=C.holder, on=date(2026, 10, 9), party="p1")
    lost.do("card-1", C.enable_social(), by=C.holder, on=date(2026, 10, 9), party="p1")

    assert lost.get("loss-1").state is L.replaced


def test_an_act_does_not_come_before_what_it_refers_to(cases: Cases) -> None:
    """Judged against a loss report that has reached a later day, an application is refused, and both days are named."""
    case = cases.open(
        L.report_formally(Report(Track.social, HOLDER)), by=L.holder, on=DAY, places="440100", case="loss-1", party="p1"
    )
    unopened = Case.unopened(C, "card-1", {"issuing": "440100"})

    def grounds(on: date) -> list[tuple[str, str]]:
        form = C.apply(Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card))
        refused = why_not(unopened, Attempt(deed=form, by=C.holder, on=on, law=cases.law, links=(case,), party="p1"))
        return [(ground.name, ground.say("en")) for ground in refused]

    assert grounds(DAY) == []
    assert grounds(date(2026, 9, 20)) == [
        ("related", "2026-09-20 comes before the last event of the related case loss-1, 2026-09-21")
    ]


def test_time_in_related_cases_comes_first(lost: Cases) -> None:
    """An act that is decided by hand with a related case alone comes after what time did there, and refers to the case as it then stands."""
    accepted(lost)
    report = L.report_formally(Report(Track.social, HOLDER))
    related, on = (lost.get("card-1"),), date(2026, 11, 2)
    attempt = Attempt(deed=report, by=L.holder, on=on, law=lost.law, links=related)
    late, act = decide(Case.unopened(L, "loss-2", {"issuing": "440100"}), attempt)

    assert (late.case, late.kind, act.case) == ("card-1", EventKind.overdue, "loss-2")
    assert [link.version for link in act.links] == [late.version]


def test_a_release_cannot_race_an_application(lost: Cases) -> None:
    """An application decided on an older view of the loss report is a conflict, and writes nothing to either case."""
    from ssflow import machines
    from ssflow.records import Codec
    from ssflow.records.ledger import Ledger

    lost.do("card-1", C.withdraw(), by=C.holder, on=DAY, party="p1")
    seen = lost.get("loss-1")
    unopened = Case.unopened(C, "card-2", {"issuing": "440100"})
    second = decide(
        unopened,
        Attempt(
            deed=C.apply(Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)),
            by=C.holder,
            on=DAY,
            law=lost.law,
            links=(seen,),
            party="p1",
        ),
    )
    lost.do("loss-1", L.ask_release(Release(in_person=True, card_shown=True)), by=L.holder, on=DAY, party="p1")

    ledger = Ledger(lost.store, Codec(machines.get))
    with pytest.raises(ConflictError):
        ledger.record(second, {"card-2": unopened, "loss-1": seen}, {}, now=lost.now())
    with pytest.raises(UnknownError):
        lost.get("card-2")


def test_a_purged_card_frees_its_loss_report(lost: Cases) -> None:
    """What time does to a case it does to related cases too: after the purge the holder may apply anew."""
    accepted(lost)
    lost.do("card-1", C.finish(), by=C.issuer, on=date(2026, 10, 8))
    later = Cases(lost.store, now=lambda: datetime(2028, 1, 1, tzinfo=UTC))

    later.advance(date(2027, 11, 1))

    assert later.get("card-1").state is C.purged
    assert later.get("loss-1").state is L.formal


def test_what_follows_a_related_case_is_done_by_nobody_alone(lost: Cases) -> None:
    """An office cannot bind, free or conclude a loss report by itself."""
    with pytest.raises(RefusedError, match="only together with an act of a related case"):
        lost.do("loss-1", L.unbind(), by=L.office, on=DAY)
    assert not {o.activity: o.is_open for o in lost.options("loss-1", on=DAY)}[L.conclude]


def test_only_its_own_replacement_moves_a_loss_report(lost: Cases) -> None:
    """Another person's or another place's application does not bind a report, nor does a second one free it."""
    lost.open(L.report_formally(Report(Track.social, OTHER)), by=L.holder, on=DAY, places="440100", case="theirs")
    damaged = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    named = ["theirs", "loss-1"]
    lost.open(C.apply(damaged), by=C.holder, on=DAY, places="440100", links=named, case="card-2", party="p1")
    lost.do("card-2", C.withdraw(), by=C.holder, on=DAY, party="p1")
    with pytest.raises(RefusedError, match="formal loss report"):
        lost.open(
            C.apply(changed(damaged, reason=Reason.lost)),
            by=C.holder,
            on=DAY,
            places="440100",
            links=["loss-1"],
            case="card-3",
            party="p1",
        )

    assert lost.get("theirs").state is L.formal
    assert lost.get("loss-1").state is L.replacing


def test_a_void_card_stays_void(cases: Cases) -> None:
    """Where a written report voids the card, an application that is withdrawn does not bring it back."""
    cases.open(
        L.report_formally(Report(Track.social, HOLDER)),
        by=L.holder,
        on=date(2026, 3, 2),
        places="440200",
        case="loss-1",
    )
    lost_card = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)
    cases.advance(date(2026, 3, 31))
    cases.open(C.apply(lost_card), by=C.holder, on=date(2026, 4, 1), places="440200", links=["loss-1"], case="card-1")
    cases.do("card-1", C.withdraw(), by=C.holder, on=date(2026, 4, 3))

    assert cases.get("loss-1").state is L.voided


def test_a_report_elsewhere_does_not_count(cases: Cases) -> None:
    """A report at another issuing place would not be bound, and so could be released under the replacement: it is no ground."""
    report = Report(Track.social, HOLDER)
    cases.open(L.report_formally(report), by=L.holder, on=DAY, places="350300", case="elsewhere")

    with pytest.raises(RefusedError, match="formal loss report"):
        cases.open(
            C.apply(Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)),
            by=C.holder,
            on=DAY,
            places="440100",
            links=["elsewhere"],
        )


def test_a_related_case_is_seen_as_it_stands(cases: Cases) -> None:
    """A term that has passed counts from the next day on, whether or not anybody has recorded it; what rests on it records it."""
    claim = Claim(insured=HOLDER, kind=Kind.maternity, records=True)
    cases.open(BenefitClaim.claim(claim), by=BenefitClaim.claimant, on=date(2025, 12, 8), places="310000", case="claim")
    grievance = Grievance(Respondent.agency)

    def complain(on: date) -> None:
        cases.open(Remedy.complain(grievance), by=Remedy.applicant, on=on, places="310000", links=["claim"])

    with pytest.raises(RefusedError, match="is overdue"):
        complain(date(2025, 12, 22))
    assert cases.get("claim").version == 1
    complain(date(2025, 12, 23))
    assert cases.trace("claim")[-1].kind is EventKind.overdue


def unclaimed(cases: Cases) -> Application:
    """A card in Huizhou that nobody fetched until it was purged, and nobody has let time pass since."""
    on = {"places": "441300", "party": "p"}
    application = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)
    cases.open(L.report_formally(Report(Track.social, HOLDER)), by=L.holder, on=date(2024, 8, 26), case="loss", **on)
    cases.open(C.apply(application), by=C.holder, on=date(2024, 8, 27), links=["loss"], case="card", **on)
    cases.do("card", C.pay(Payment(Decimal(20))), by=C.holder, on=date(2024, 8, 27), party="p")
    cases.do("card", C.accept(), by=C.office, on=date(2024, 8, 28))
    cases.do("card", C.finish(), by=C.issuer, on=date(2024, 9, 30))
    return application


def test_what_a_lapse_frees_is_free_at_once(cases: Cases) -> None:
    """The purge of an old card frees its loss report for a new one, though the old card is only related to the report."""
    application = unclaimed(cases)
    assert cases.get("loss").state is L.replacing

    cases.open(
        C.apply(application), by=C.holder, on=date(2025, 11, 3), places="441300", links=["loss"], case="new", party="p"
    )

    assert cases.get("card").state is C.purged
    assert [event.activity for event in cases.trace("loss")[-2:]] == ["unbind", "bind"]


def test_a_refused_act_records_nothing_of_what_time_did(cases: Cases) -> None:
    """What time did is written with the act that rests on it, or not at all."""
    application = changed(unclaimed(cases), holder=OTHER)

    with pytest.raises(RefusedError):
        cases.open(C.apply(application), by=C.holder, on=date(2025, 11, 3), places="441300", links=["loss"], party="p")
    assert cases.get("card").state is C.ready


COMPLAINT = Opening(
    deed=Remedy.complain(Grievance(Respondent.agency)),
    by=Remedy.applicant,
    places="310000",
    links=("claim",),
    case="complaint",
)


def one_by_one(cases: Cases) -> None:
    """Open the complaint by itself."""
    asked = {"places": COMPLAINT.places, "links": COMPLAINT.links, "case": COMPLAINT.case}
    cases.open(COMPLAINT.deed, by=COMPLAINT.by, on=date(2025, 12, 24), **asked)


def together(cases: Cases) -> None:
    """Open the complaint as one of several."""
    cases.open_together([COMPLAINT], on=date(2025, 12, 24))


def together_late(cases: Cases) -> None:
    """The same on a day after which something is recorded of the claim."""
    cases.open_together([COMPLAINT], on=date(2025, 12, 23))


@pytest.mark.parametrize("opens", [one_by_one, together, together_late])
def test_what_was_looked_at_must_not_have_moved(cases: Cases, opens: Callable[[Cases], None]) -> None:
    """An act decided on a related case that somebody moved in the meantime is a conflict, though it writes nothing there."""
    claim = Claim(insured=HOLDER, kind=Kind.maternity, records=True)
    cases.open(BenefitClaim.claim(claim), by=BenefitClaim.claimant, on=date(2025, 12, 8), places="310000", case="claim")
    cases.advance(date(2025, 12, 24))  # what time did is on record, so that nothing is written with the complaint
    first, then = BenefitClaim.send_back(Remarks("缺件")), BenefitClaim.complete(claim)
    if opens is together_late:
        cases.do("claim", first, by=BenefitClaim.agency, on=date(2025, 12, 24))
    else:
        then = first
    store = cases.store

    @frozen
    class Overtaken:
        """The same store, in which somebody moves the claim between reading and writing."""

        def __getattr__(self, name: str) -> object:
            return getattr(store, name)

        def append(self, events, *, unchanged=None, request=None):
            cases.do("claim", then, by=then.activity.roles[0], on=date(2025, 12, 24))
            return store.append(events, unchanged=unchanged, request=request)

    slow = changed(cases, store=Overtaken())
    with pytest.raises(ConflictError) as conflict:
        opens(slow)
    assert conflict.value.case == "claim"
    assert [row.id for row in cases.store.rows()] == ["claim"]


def test_a_case_is_not_related_to_itself(lost: Cases) -> None:
    """It could never be corrected again."""
    with pytest.raises(ValueError, match="not related to itself"):
        lost.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, links=["card-1"], party="p1")


def test_cases_opened_together_meet_what_time_did(cases: Cases) -> None:
    """Whatever stands first in the list, the purge of the old card has freed the report for the new one."""
    application = unclaimed(cases)
    on = {"places": "441300", "party": "p"}
    report = Opening(deed=L.report_temporarily(Report(Track.bank, HOLDER)), by=L.holder, case="unrelated", **on)
    card = Opening(deed=C.apply(application), by=C.holder, case="new", links=("loss",), **on)

    opened = cases.open_together([report, card], on=date(2025, 11, 3))

    assert [case.id for case in opened] == ["unrelated", "new"]
    assert cases.get("card").state is C.purged
