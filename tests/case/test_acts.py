"""Acts in a case: who may do what, on what grounds not, under which law."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from attrs import evolve as changed

from ssflow import Cases, Legislation, MemoryStore
from ssflow.case import GroundKind, advance, evolve, fold
from ssflow.errors import ConflictError, InputError, RefusedError, UnknownError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.facts.cards import Application, Payment, Photo, Reason, Remarks
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity

C, L = CardReplacement, LossReport

HOLDER = Identity("11010519491231002X")
OTHER = Identity("360426199101010071")
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 21)


def grounds(refused: pytest.ExceptionInfo[RefusedError]) -> dict[str, GroundKind]:
    """The grounds of a refusal by name."""
    return {ground.name: ground.kind for ground in refused.value.grounds}


def accepted(cases: Cases) -> None:
    """Pay the fee and accept the application of ``card-1``."""
    cases.do("card-1", C.pay, Payment(Decimal(20)), by=C.holder, on=DAY, party="p1")
    cases.do("card-1", C.accept, by=C.office, on=DAY)


def test_a_refusal_lists_all_grounds_and_changes_nothing(cases: Cases) -> None:
    """Wrong party, missing report and missing photo are all told at once, with their basis; nothing is stored."""
    with pytest.raises(RefusedError) as refused:
        cases.open(C.apply, Application(holder=HOLDER, reason=Reason.lost), by=C.office, on=DAY, places="440100")

    assert grounds(refused) == {
        "holder": GroundKind.role,
        "loss_reported": GroundKind.guard,
        "photo_given": GroundKind.guard,
    }
    assert "遗失、被盗的卡须先有本人在发卡地生效的社保功能正式挂失（依据：" in refused.value.say("zh")
    assert "a photo is needed" in str(refused.value)
    assert cases.store.rows() == ()


def test_the_holder_stays_the_same(lost: Cases) -> None:
    """Another party cannot act as the holder of a case; an office may send whom it likes."""
    with pytest.raises(RefusedError) as refused:
        lost.do("card-1", C.withdraw, by=C.holder, on=DAY, party="p2")

    assert grounds(refused) == {"holder": GroundKind.role}
    lost.do("card-1", C.send_back, Remarks("照片不清晰"), by=C.office, on=DAY, party="clerk-1")
    assert lost.get("card-1").parties == {"holder": "p1", "office": "clerk-1"}


def test_stale_versions_are_conflicts(lost: Cases) -> None:
    """Who decided on an older version is told to read again."""
    version = lost.get("card-1").version
    accepted(lost)

    with pytest.raises(ConflictError, match="read it again") as conflict:
        lost.do("card-1", C.track, None, by=C.issuer, on=DAY, version=version)  # type: ignore[call-overload]
    assert (conflict.value.expected, conflict.value.found) == (1, 3)


@pytest.mark.parametrize(
    ("places", "error", "says"),
    [
        ("440199", UnknownError, "GB/T 2260"),
        ({"issuing": "nowhere"}, UnknownError, "GB/T 2260"),
        ({"insured": "440100"}, ValueError, "has no place 'insured'"),
        ({}, ValueError, "needs its places"),
    ],
)
def test_wrong_places_are_refused(cases: Cases, places, error: type[Exception], says: str) -> None:
    """A case needs the places of its procedure, each a known code."""
    with pytest.raises(error, match=says):
        cases.open(L.report_formally, Report(Track.social, HOLDER), by=L.holder, on=DAY, places=places)


def test_wrong_objects_are_refused(lost: Cases) -> None:
    """An activity, role or data of something else is a programmer's error and named."""
    with pytest.raises(TypeError, match="is no activity of CardReplacement"):
        lost.do("card-1", L.cancel, by=C.holder, on=DAY, party="p1")
    with pytest.raises(TypeError, match="is no role of CardReplacement"):
        lost.do("card-1", C.withdraw, by=L.holder, on=DAY, party="p1")
    with pytest.raises(TypeError, match="takes Payment, not Remarks"):
        lost.do("card-1", C.pay, Remarks("x"), by=C.holder, on=DAY)  # type: ignore[call-overload]
    with pytest.raises(TypeError, match="takes Payment, not NoneType"):
        lost.do("card-1", C.pay, by=C.holder, on=DAY)  # type: ignore[call-overload]
    with pytest.raises(InputError, match="paid: a Decimal such as Decimal.20. is wanted, not int"):
        lost.do("card-1", C.pay, Payment(20), by=C.holder, on=DAY)  # type: ignore[arg-type]
    with pytest.raises(InputError, match="holder: is of type str, not Identity"):
        lost.open(L.report_formally, Report(Track.social, "x"), by=L.holder, on=DAY, places="440100")  # type: ignore[arg-type]
    with pytest.raises(UnknownError, match="did you mean card-1"):
        lost.get("card-2")


def test_options_give_every_activity_its_verdict(lost: Cases) -> None:
    """What may be done is open; the rest says why not."""
    options = {option.activity: option for option in lost.options("card-1", on=DAY)}

    assert options[C.withdraw].is_open
    assert [ground.name for ground in options[C.accept].grounds] == ["fee_paid"]
    assert [ground.kind for ground in options[C.collect].grounds] == [GroundKind.state]
    assert C.seal not in options
    by_office = {option.activity: option.is_open for option in lost.options("card-1", on=DAY, by=C.office)}
    assert by_office[C.refuse]
    assert not by_office[C.withdraw]


def test_a_case_is_opened_once(lost: Cases) -> None:
    """An id that is taken is refused as such."""
    with pytest.raises(ConflictError, match="loss-1 exists already"):
        lost.open(L.report_formally, Report(Track.social, HOLDER), by=L.holder, on=DAY, places="440100", case="loss-1")


def test_a_strict_law_has_no_fallback_and_no_forecast(cases: Cases) -> None:
    """Under the strict law an unnamed place is untimed instead of running the guide's days."""
    strict = Cases(MemoryStore(now=lambda: NOW), Legislation().strict(), now=lambda: NOW)
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    case = strict.open(C.apply, application, by=C.holder, on=DAY, places="140100")

    assert not case.obligation("production").is_timed
    assert not strict.law.rulebook("card_replacement").find("fee", DAY, "140100", {"occasion": "replacement"})


def test_a_reform_is_another_legislation(lost: Cases) -> None:
    """What-if law is laid over for one procedure; the clock that starts after its day uses the new figure."""
    book = lost.law.rulebook("card_replacement").amended("production", "3 workdays", since=DAY, region="440100")
    reform = Cases(lost.store, lost.law.with_rulebook(book), now=lambda: NOW)
    accepted(reform)

    assert reform.get("card-1").obligation("production").due == date(2026, 9, 24)


def test_evolve_never_judges_but_keeps_order(lost: Cases) -> None:
    """Events of another case or out of order are refused; whatever else was recorded is believed."""
    case = lost.get("card-1")
    event = case.trace[0]

    with pytest.raises(ValueError, match="does not follow"):
        evolve(case, event)
    with pytest.raises(ValueError, match="does not follow"):
        evolve(case, changed(event, case="other", version=2))
    with pytest.raises(ValueError, match="at least one event"):
        fold(C, ())
    assert evolve(case, changed(event, version=2, target="purged")).state is C.purged
    assert advance(evolve(case, changed(event, version=2, target="purged")), NOW, lost.law) == ()


def test_a_returned_application_stays_the_same_application(cases: Cases) -> None:
    """Correcting cannot turn it into another person's, or into that of a lost card without a report."""
    first = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(C.apply, first, by=C.holder, on=DAY, places="440100", case="card-1")
    cases.do("card-1", C.send_back, Remarks("照片不清晰"), by=C.office, on=DAY)

    for other in (changed(first, holder=OTHER), changed(first, reason=Reason.lost)):
        with pytest.raises(RefusedError, match="another application"):
            cases.do("card-1", C.correct, other, by=C.holder, on=DAY)
    cases.open(L.report_temporarily, Report(Track.bank, OTHER), by=L.holder, on=DAY, places="440100", case="theirs")
    with pytest.raises(RefusedError, match="first reported"):
        cases.do("theirs", L.report_formally, Report(Track.social, HOLDER), by=L.holder, on=DAY)


def test_a_named_holder_is_named_again(lost: Cases) -> None:
    """Leaving the party out does not get around a holder whom the case records."""
    with pytest.raises(RefusedError, match="has to be named"):
        lost.do("card-1", C.withdraw, by=C.holder, on=DAY)


def test_an_expired_card_is_always_exchanged(cases: Cases) -> None:
    """Where no window before expiry was known yet, none is made up; after expiry there is nothing to wait for."""
    expired = Application(holder=HOLDER, reason=Reason.expired, photo=Photo.identity_card, expires_on=date(2021, 4, 1))

    assert cases.open(C.apply, expired, by=C.holder, on=date(2021, 5, 6), places="440100").state is C.checking
