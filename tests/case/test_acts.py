"""Acts in a case: who may do what, on what grounds not, under which law."""

import pickle
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from attrs import evolve as changed

from ssflow import Cases, Legislation, MemoryStore
from ssflow.case import Attempt, Case, GroundKind, advance, evolve, why_not
from ssflow.errors import ConflictError, InputError, RefusedError, UnknownError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason, Remarks
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.process import Deed
from ssflow.records import Asked, Late, Opening, fold
from ssflow.text import Text

C, L = CardReplacement, LossReport

HOLDER = Identity("11010519491231002X")
OTHER = Identity("360426199101010071")
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 21)
FORMALLY = L.report_formally(Report(Track.social, HOLDER))


def grounds(refused: pytest.ExceptionInfo[RefusedError]) -> dict[str, GroundKind]:
    """The grounds of a refusal by name."""
    return {ground.name: ground.kind for ground in refused.value.grounds}


def accepted(cases: Cases) -> None:
    """Pay the fee and accept the application of ``card-1``."""
    cases.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")
    cases.do("card-1", C.accept(), by=C.office, on=DAY)


def test_the_host_has_its_own_word(lost: Cases) -> None:
    """Whom the host does not let act is refused with its reason, in every door that writes, before anything is judged."""
    asked: list[Asked] = []

    def authorise(what: Asked) -> Text | None:
        asked.append(what)
        return None if what.actor == "u17" else Text("无此权限", "no such right")

    kept = changed(lost, authorise=authorise)
    doors = (
        lambda actor: kept.do("card-1", C.send_back(Remarks("缺照片")), by=C.office, on=DAY, actor=actor),
        lambda actor: kept.correct("card-1", 2, C.send_back(Remarks("照片不清晰")), reason="x", actor=actor),
        lambda actor: kept.open(FORMALLY, by=L.holder, on=DAY, places="440100", actor=actor),
        lambda actor: kept.open_together(
            [Opening(deed=FORMALLY, by=L.holder, places="440100", actor=actor)], on=date(2026, 9, 22)
        ),
        lambda actor: kept.enter_late("loss-1", [Late(L.bind(), by=L.office, on=DAY)], reason="x", actor=actor),
    )
    for door in doors:
        with pytest.raises(RefusedError, match="no such right"):
            door("u18")
    for door in doors[:-1]:
        door("u17")
    assert {what.actor for what in asked} == {"u17", "u18"}
    assert [what.replaces for what in asked if what.replaces] == [2, 2]


def test_the_host_is_asked_about_what_can_be_meant(lost: Cases) -> None:
    """What is no moment is refused before the host has to make anything of it."""
    asked: list[Asked] = []
    kept = changed(lost, authorise=asked.append)
    with pytest.raises(InputError, match="on"):
        kept.open_together([Opening(deed=FORMALLY, by=L.holder, places="440100")], on="2026-09-22")
    assert asked == []


def test_a_refusal_lists_all_grounds_and_changes_nothing(cases: Cases) -> None:
    """Wrong party, missing report and missing photo are all told at once, with their basis; nothing is stored."""
    with pytest.raises(RefusedError) as refused:
        cases.open(C.apply(Application(holder=HOLDER, reason=Reason.lost)), by=C.office, on=DAY, places="440100")

    assert grounds(refused) == {
        "holder": GroundKind.role,
        "loss_reported": GroundKind.guard,
        "photo_given": GroundKind.guard,
    }
    assert "遗失、被盗的卡须先有本人在发卡地生效的社保功能正式挂失（依据：" in refused.value.say("zh")
    assert "a photo is needed" in str(refused.value)
    assert cases.store.rows() == ()


def test_a_ground_is_one_whatever_laws_could_say_it(lost: Cases) -> None:
    """The grounds of many refusals are counted by what they ask: the laws that word their articles tell no two apart."""
    with pytest.raises(RefusedError) as refused:
        lost.do("card-1", C.accept(), by=C.office, on=DAY)
    (ground,) = refused.value.grounds

    assert ground.laws
    assert {ground, changed(ground, laws={}), changed(ground, caveats=())} == {ground}


def test_the_holder_stays_the_same(lost: Cases) -> None:
    """Another party cannot act as the holder of a case; an office may send whom it likes."""
    with pytest.raises(RefusedError) as refused:
        lost.do("card-1", C.withdraw(), by=C.holder, on=DAY, party="p2")

    assert grounds(refused) == {"holder": GroundKind.role}
    lost.do("card-1", C.send_back(Remarks("照片不清晰")), by=C.office, on=DAY, party="clerk-1")
    assert lost.get("card-1").parties == {"holder": "p1", "office": "clerk-1"}


def test_stale_versions_are_conflicts(lost: Cases) -> None:
    """Who decided on an older version is told to read again."""
    version = lost.get("card-1").version
    accepted(lost)

    with pytest.raises(ConflictError, match="read the case again") as conflict:
        lost.do("card-1", C.finish(), by=C.issuer, on=DAY, version=version)
    assert (conflict.value.expected, conflict.value.found) == (1, 3)


@pytest.mark.parametrize(
    ("places", "error", "says"),
    [
        ("440199", UnknownError, "GB/T 2260"),
        ({"issuing": "nowhere"}, UnknownError, "GB/T 2260"),
        ({"insured": "440100"}, InputError, "insured: loss_report has no such place; it has issuing"),
        ({}, InputError, "issuing: give the six digits of the issuing place"),
        ("", InputError, "issuing: give the six digits of the issuing place"),
        ({"issuing": ""}, InputError, "issuing: give the six digits of the issuing place"),
    ],
)
def test_wrong_places_are_refused(cases: Cases, places, error: type[Exception], says: str) -> None:
    """A case needs the places of its procedure, each a known code; the nation is no place to go to."""
    with pytest.raises(error, match=says):
        cases.open(L.report_formally(Report(Track.social, HOLDER)), by=L.holder, on=DAY, places=places)


@pytest.mark.parametrize(
    ("attempt", "path", "says"),
    [
        (lambda c: c.do("card-1", L.cancel(), by=C.holder, on=DAY), "deed", "is none of CardReplacement's"),
        (lambda c: c.do("card-1", C.withdraw(), by=L.holder, on=DAY), "by", "is none of CardReplacement's"),
        (lambda c: c.do("card-1", C.withdraw(), by="holder", on=DAY), "by", "a role of the procedure is required"),
        (lambda c: c.do("card-1", C.withdraw(), by=None, on=DAY), "by", "a role of the procedure is required"),
        (lambda c: c.do("card-1", C.withdraw, by=C.holder, on=DAY), "deed", "call it with its data"),
        (lambda c: c.do("card-1", C.pay, by=C.holder, on=DAY), "deed", r"CardReplacement.pay\(Payment\(...\)\)"),
        (lambda c: c.do("card-1", "pay", by=C.holder, on=DAY), "deed", "an activity with its data is required"),
        (lambda c: c.do("card-1", Deed.blank(C.pay), by=C.holder, on=DAY), "data", "takes Payment, not nothing"),
        (lambda c: c.do("card-1", C.withdraw(), by=C.holder, on=None), "on", "a day or an instant"),
        (lambda c: c.do("card-1", C.withdraw(), by=C.holder, on=DAY, party=7), "party", "a text is required"),
        (lambda c: c.do("card-1", C.withdraw(), by=C.holder, on=DAY, actor=None), "actor", "a text is required"),
        (lambda c: c.do("card-1", C.withdraw(), by=C.holder, on=DAY, links="loss-1"), "links", "a list of ids"),
        (lambda c: c.do("card-1", C.withdraw(), by=C.holder, on=DAY, links=[1]), "links", "a list of ids"),
        (
            lambda c: c.do("card-1", C.withdraw(), by=C.holder, on=DAY, links=["card-1"]),
            "links",
            "not related to itself",
        ),
        (
            lambda c: c.do("card-1", C.withdraw(), by=C.holder, on=DAY, version="1"),
            "version",
            "the number of an event is required",
        ),
        (lambda c: c.do(None, C.withdraw(), by=C.holder, on=DAY), "case", "a text is required"),
        (lambda c: c.open(C.apply, by=C.holder, on=DAY, places="440100"), "deed", "call it with its data"),
        (lambda c: c.open(FORMALLY, by=L.holder, on=DAY, places=None), "places", "a region code is required"),
        (lambda c: c.open(FORMALLY, by=L.holder, on=DAY, places={"issuing": 440100}), "places", "a region code"),
        (lambda c: c.open(FORMALLY, by=L.holder, on=DAY, places="440100", case=1), "case", "a text is required"),
        (lambda c: c.open_together([FORMALLY], on=DAY), "openings[0]", "Opening is required, not Deed"),
        (lambda c: c.options("card-1", on="today"), "on", "a day or an instant"),
        (lambda c: c.options("card-1", on=DAY, by="holder"), "by", "a role of the procedure is required"),
        (lambda c: c.advance("today"), "through", "a day or an instant"),
        (lambda c: c.redate(None), "on", "a day or an instant"),
        (lambda c: c.overdue(20260921), "on", "a day or an instant"),
        (lambda c: c.correct("card-1", 1, None, reason=None), "reason", "a text is required"),
        (lambda c: c.correct("card-1", True, None, reason="x"), "replaces", "the number of an event"),
    ],
)
def test_wrong_arguments_are_named(lost: Cases, attempt: Callable[[Cases], object], path: str, says: str) -> None:
    """Whatever is no deed, role, day, name or place is refused by its argument, in both languages, and nothing is stored."""
    before = lost.store.rows()
    with pytest.raises(InputError, match=says) as refused:
        attempt(lost)

    assert [fault.path for fault in refused.value.faults] == [path]
    assert refused.value.say("zh") != refused.value.say("en")
    assert lost.store.rows() == before


def test_data_is_checked_when_the_deed_is_made() -> None:
    """What an activity does not take never becomes a deed."""
    with pytest.raises(InputError, match="takes Payment, not Remarks"):
        C.pay(Remarks("x"))
    with pytest.raises(InputError, match="takes Payment, not nothing"):
        C.pay()
    with pytest.raises(InputError, match="takes no data, not Remarks"):
        C.accept(Remarks("x"))
    with pytest.raises(InputError, match="data.track: is of type str, not Track"):
        L.report_formally(Report("social", HOLDER))


def test_an_unknown_case_is_told(lost: Cases) -> None:
    """A case that does not exist is an error of the caller."""
    with pytest.raises(UnknownError, match="card-2"):
        lost.get("card-2")


def test_who_typed_it_is_recorded(lost: Cases) -> None:
    """The actor is kept beside role and party, in acts and corrections."""
    lost.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1", actor="u17")
    lost.correct("card-1", 2, C.pay(Payment(Decimal("20.00"))), reason="金额", actor="u18")

    assert [(event.party, event.actor) for event in lost.trace("card-1")] == [
        ("p1", ""),
        ("p1", "u17"),
        ("p1", "u18"),
    ]


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
        lost.open(L.report_formally(Report(Track.social, HOLDER)), by=L.holder, on=DAY, places="440100", case="loss-1")


def test_a_strict_law_has_no_fallback_and_no_forecast(cases: Cases) -> None:
    """Under the strict law an unnamed place is untimed instead of running the guide's days."""
    strict = Cases(MemoryStore(), Legislation().strict(), now=lambda: NOW)
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    case = strict.open(C.apply(application), by=C.holder, on=DAY, places="140100")

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
    event = lost.trace("card-1")[0]

    with pytest.raises(ValueError, match="does not follow"):
        evolve(case, event)
    with pytest.raises(ValueError, match="does not follow"):
        evolve(case, changed(event, case="other", version=2))
    with pytest.raises(ValueError, match="at least one event"):
        fold(C, ())
    for trace in ((changed(event, version=2),), (event, event), (event, changed(event, case="other", version=2))):
        with pytest.raises(ValueError, match="does not follow"):
            fold(C, trace)
    assert evolve(Case.unopened(C, "card-1", {}), event).places == {"issuing": "440100"}, "the opening says where"
    assert evolve(case, changed(event, version=2, target="purged")).state is C.purged
    assert advance(evolve(case, changed(event, version=2, target="purged")), NOW, lost.law) == ()


def instant(day: int, hour: int) -> datetime:
    """An hour in Beijing of a day of September 2026."""
    return datetime(2026, 9, day, hour, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.mark.parametrize(
    ("last", "on", "is_early"),
    [
        (DAY, DAY, False),
        (DAY, date(2026, 9, 20), True),
        (instant(21, 10), instant(21, 10), False),
        (instant(21, 10), instant(21, 9), True),
        (instant(21, 10), DAY, False),
        (instant(21, 10), date(2026, 9, 20), True),
        (DAY, instant(21, 0), False),
        (DAY, instant(20, 23), True),
    ],
)
def test_an_act_that_is_judged_by_hand_comes_after_the_last(
    lost: Cases, last: date | datetime, on: date | datetime, is_early: bool
) -> None:
    """By the day, or by the instant where both are known; how it is entered late is said."""
    attempt = Attempt(deed=C.withdraw(), by=C.holder, on=on, law=lost.law, party="p1")
    told = why_not(changed(lost.get("card-1"), last=last), attempt)

    assert [ground.name for ground in told] == ["order"] * is_early
    assert all("补录须写明理由" in ground.say("zh") and "with a reason" in ground.say("en") for ground in told)


def test_a_returned_application_stays_the_same_application(cases: Cases) -> None:
    """Correcting cannot turn it into another person's, or into that of a lost card without a report."""
    first = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(C.apply(first), by=C.holder, on=DAY, places="440100", case="card-1")
    cases.do("card-1", C.send_back(Remarks("照片不清晰")), by=C.office, on=DAY)

    for other in (changed(first, holder=OTHER), changed(first, reason=Reason.lost)):
        with pytest.raises(RefusedError, match="another application"):
            cases.do("card-1", C.correct(other), by=C.holder, on=DAY)
    cases.open(L.report_temporarily(Report(Track.bank, OTHER)), by=L.holder, on=DAY, places="440100", case="theirs")
    with pytest.raises(RefusedError, match="first reported"):
        cases.do("theirs", L.report_formally(Report(Track.social, HOLDER)), by=L.holder, on=DAY)


def test_a_named_holder_is_named_again(lost: Cases) -> None:
    """Leaving the party out does not get around a holder whom the case records."""
    with pytest.raises(RefusedError, match="has to be named"):
        lost.do("card-1", C.withdraw(), by=C.holder, on=DAY)


def test_an_expired_card_is_always_exchanged(cases: Cases) -> None:
    """Where no window before expiry was known yet, none is made up; after expiry there is nothing to wait for."""
    expired = Application(holder=HOLDER, reason=Reason.expired, photo=Photo.identity_card, expires_on=date(2021, 4, 1))

    assert cases.open(C.apply(expired), by=C.holder, on=date(2021, 5, 6), places="440100").state is C.checking


def test_a_wrong_version_is_no_taken_id(lost: Cases) -> None:
    """Whoever expects version 0 of a case is told at which it is; only who opens one is told to choose another id."""
    with pytest.raises(ConflictError, match="card-1 is at version 1, not 0: .* read the case again") as refused:
        lost.do("card-1", C.withdraw(), by=C.holder, on=DAY, version=0, party="p1")
    assert "另取编号" not in refused.value.say("zh")
    assert not pickle.loads(pickle.dumps(refused.value)).opens  # noqa: S301 - our own pickle
    with pytest.raises(ConflictError, match="choose another id"):
        lost.open(FORMALLY, by=L.holder, on=DAY, places="440100", case="loss-1")
