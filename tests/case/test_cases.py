"""Cases in a store: acts, refusals, related cases, time, corrections."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from attrs import evolve as changed

from ssflow import Cases, Legislation, MemoryStore, WorkCalendar
from ssflow.case import EventKind, GroundKind, advance, evolve, fold
from ssflow.errors import ConflictError, RefusedError, UnknownError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.facts.cards import Application, Payment, Photo, Reason, Receipt, Remarks
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.process.identity import Identity

C, L = CardReplacement, LossReport

HOLDER = Identity("11010519491231002X")
OTHER = Identity("360426199101010071")
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 21)
CST = timezone(timedelta(hours=8))


def grounds(refused: pytest.ExceptionInfo[RefusedError]) -> dict[str, GroundKind]:
    """The grounds of a refusal by name."""
    return {ground.name: ground.kind for ground in refused.value.grounds}


def accepted(cases: Cases) -> None:
    """Pay the fee and accept the application of ``card-1``."""
    cases.do("card-1", C.pay, Payment(Decimal(20)), by=C.holder, on=DAY, party="p1")
    cases.do("card-1", C.accept, by=C.office, on=DAY)


def test_seven_working_days_across_national_day(lost: Cases) -> None:
    """Guangzhou's card is due on the first working day after the holiday, and the obligation says why."""
    accepted(lost)
    production = lost.get("card-1").obligation("production")

    assert (production.due, production.owed_by, production.spans) == (date(2026, 10, 8), "issuer", ("7 workdays",))
    assert (production.cites, production.confidence, production.region) == (
        ("guangzhou-card-guide",),
        "corroborated",
        "440100",
    )


def test_a_refusal_lists_all_grounds_and_changes_nothing(cases: Cases) -> None:
    """Wrong party, missing report and missing photo are all told at once, with their basis; nothing is stored."""
    with pytest.raises(RefusedError) as refused:
        cases.open(C.apply, Application(holder=HOLDER, reason=Reason.lost), by=C.office, on=DAY, places="440100")

    assert grounds(refused) == {
        "holder": GroundKind.role,
        "loss_reported": GroundKind.guard,
        "photo_given": GroundKind.guard,
    }
    assert "遗失、被盗的卡须先有本人生效的社保功能正式挂失（依据：" in refused.value.say("zh")
    assert "a photo is needed" in str(refused.value)
    assert cases.store.rows() == ()


def test_somebody_elses_loss_report_does_not_count(cases: Cases) -> None:
    """A report of another holder, of the bank function only, or a temporary one opens no replacement."""
    for name, activity, report in (
        ("theirs", L.report_formally, Report(Track.social, OTHER)),
        ("bank", L.report_formally, Report(Track.bank, HOLDER)),
        ("phone", L.report_temporarily, Report(Track.social, HOLDER)),
    ):
        cases.open(activity, report, by=L.holder, on=DAY, places="440100", case=name)
        with pytest.raises(RefusedError, match="formal loss report"):
            cases.open(
                C.apply,
                Application(holder=HOLDER, reason=Reason.stolen, photo=Photo.identity_card),
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
        lost.do("loss-1", L.ask_release, Release(in_person=True, card_shown=True), by=L.holder, on=DAY, party="p1")

    accepted(lost)
    lost.do("card-1", C.finish, by=C.issuer, on=date(2026, 10, 8))
    lost.do("card-1", C.collect, Receipt(), by=C.holder, on=date(2026, 10, 9), party="p1")
    lost.do("card-1", C.enable_social, by=C.holder, on=date(2026, 10, 9), party="p1")

    assert lost.get("loss-1").state is L.replaced


def test_a_release_cannot_race_an_application(lost: Cases) -> None:
    """An application decided on an older view of the loss report is a conflict, and writes nothing to either case."""
    from ssflow.case import Case, decide

    lost.do("card-1", C.withdraw, by=C.holder, on=DAY, party="p1")
    seen = lost.get("loss-1")
    second = decide(
        Case.unopened(C, "card-2", {"issuing": "440100"}),
        C.apply,
        Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card),
        by=C.holder,
        on=DAY,
        law=lost.law,
        links=[seen],
    )
    lost.do("loss-1", L.ask_release, Release(in_person=True, card_shown=True), by=L.holder, on=DAY, party="p1")

    with pytest.raises(ConflictError):
        lost.store.append(second)
    with pytest.raises(UnknownError):
        lost.get("card-2")


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
    ("on", "error", "says"),
    [
        (date(2026, 9, 20), RefusedError, "back-dated entry is a correction"),
        (date(2026, 12, 1), RefusedError, "lies in the future"),
        (datetime(2026, 9, 21, 9, 0), ValueError, "is naive"),  # noqa: DTZ001
        ("2026-09-21", TypeError, "a day is a datetime.date"),
    ],
)
def test_wrong_times_are_refused(lost: Cases, on, error: type[Exception], says: str) -> None:
    """Before the last event, in the future, without a zone, not a day at all."""
    with pytest.raises(error, match=says):
        lost.do("card-1", C.withdraw, by=C.holder, on=on, party="p1")
    assert lost.get("card-1").version == 1


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
    with pytest.raises(TypeError, match="Payment.paid is of type int, not Decimal"):
        lost.do("card-1", C.pay, Payment(20), by=C.holder, on=DAY)  # type: ignore[arg-type]
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


def test_time_is_recorded_at_its_legal_moment(cases: Cases) -> None:
    """A lapse and an overdue term are dated when they happened, however late somebody looks, and only once."""
    cases.open(
        L.report_temporarily,
        Report(Track.bank, HOLDER),
        by=L.holder,
        on=date(2026, 9, 18),
        places="440100",
        case="bank-1",
    )

    assert cases.advance(date(2026, 9, 23)) == ()
    events = cases.advance(date(2026, 11, 1))

    assert [(e.kind, e.on, e.at, e.target) for e in events] == [
        (EventKind.lapse, date(2026, 9, 24), datetime(2026, 9, 24, tzinfo=CST), "lapsed")
    ]
    assert cases.advance(date(2026, 11, 1)) == ()


def test_an_act_first_records_what_time_did(cases: Cases) -> None:
    """An act after a lapse finds the lapsed case: it is refused, though nobody let time pass."""
    cases.open(
        L.report_temporarily,
        Report(Track.bank, HOLDER),
        by=L.holder,
        on=date(2026, 9, 18),
        places="440100",
        case="bank-1",
    )

    with pytest.raises(RefusedError, match='stands at "lapsed"'):
        cases.do("bank-1", L.report_formally, Report(Track.bank, HOLDER), by=L.holder, on=date(2026, 9, 24))
    cases.do("bank-1", L.report_formally, Report(Track.bank, HOLDER), by=L.holder, on=date(2026, 9, 23))
    assert cases.get("bank-1").state is L.formal


def test_the_future_is_not_recorded(lost: Cases) -> None:
    """Time passes up to now at most: a lapse that has not happened is not written down for good."""
    with pytest.raises(ValueError, match="lies in the future"):
        lost.advance(date(2027, 1, 1))


def test_a_case_is_opened_once(lost: Cases) -> None:
    """An id that is taken is refused as such."""
    with pytest.raises(ConflictError, match="loss-1 exists already"):
        lost.open(L.report_formally, Report(Track.social, HOLDER), by=L.holder, on=DAY, places="440100", case="loss-1")


def test_overdue_terms_are_listed_before_and_after_they_are_recorded(lost: Cases) -> None:
    """A term is overdue on the day after its due day; the case does not move by itself."""
    accepted(lost)

    assert lost.overdue(date(2026, 10, 8)) == ()
    ((case, obligation),) = lost.overdue(date(2026, 10, 9))
    assert (case.id, obligation.clock, obligation.owed_by) == ("card-1", "production", "issuer")

    (event,) = lost.advance(date(2026, 10, 9))
    assert (event.kind, event.activity, event.cites) == (EventKind.overdue, "production", ("guangzhou-card-guide",))
    assert lost.get("card-1").state is C.making
    assert len(lost.overdue(date(2026, 11, 1))) == 1


def test_a_purged_card_frees_its_loss_report(lost: Cases) -> None:
    """What time does to a case it does to related cases too: after the purge the holder may apply anew."""
    accepted(lost)
    lost.do("card-1", C.finish, by=C.issuer, on=date(2026, 10, 8))
    later = Cases(lost.store, now=lambda: datetime(2028, 1, 1, tzinfo=UTC))

    later.advance(date(2027, 11, 1))

    assert later.get("card-1").state is C.purged
    assert later.get("loss-1").state is L.formal


def test_the_clock_stands_while_an_application_is_returned(cases: Cases) -> None:
    """The ledger of stopped days is kept on the case; resumed, the term ends later by as many working days."""
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(C.apply, application, by=C.holder, on=date(2026, 9, 8), places="140100", case="card-2")
    assert cases.get("card-2").obligation("production").due == date(2026, 10, 12)

    cases.do("card-2", C.send_back, Remarks("照片不清晰"), by=C.office, on=date(2026, 9, 11))
    assert cases.get("card-2").obligation("production").due is None

    cases.do("card-2", C.correct, application, by=C.holder, on=date(2026, 9, 16))
    production = cases.get("card-2").obligation("production")
    assert production.tolled == ((date(2026, 9, 11), date(2026, 9, 16)),)
    assert production.due == WorkCalendar.china().add(date(2026, 10, 12), 3)


def test_a_new_notice_moves_due_days_only_by_an_event(cases: Cases) -> None:
    """Under a new calendar the recorded due day stays until a re-dating event says otherwise."""
    before = WorkCalendar(tuple(n for n in WorkCalendar.china().notices if n.id != "2026"))
    old = Cases(cases.store, Legislation(calendar=before), now=lambda: NOW)
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    old.open(C.apply, application, by=C.holder, on=date(2026, 9, 7), places="140100", case="card-3")
    provisional = old.get("card-3").obligation("production")

    assert cases.get("card-3").obligation("production") == provisional
    (event,) = cases.redate(date(2026, 9, 10))

    assert event.kind is EventKind.redated
    assert provisional.due == date(2026, 10, 9)
    assert cases.get("card-3").obligation("production").due == date(2026, 10, 10)
    assert cases.redate(date(2026, 9, 10)) == ()


def test_a_correction_replaces_an_event_without_editing_it(lost: Cases) -> None:
    """A wrong payment is put right: the log keeps both, the facts are those of the correction."""
    accepted(lost)
    lost.correct("card-1", 2, C.pay, Payment(Decimal("20.00")), reason="金额录入更正", by=C.holder, on=DAY)
    case = lost.get("card-1")

    assert case.facts.paid == Decimal("20.00")
    assert [event.kind for event in case.trace] == [EventKind.act] * 3 + [EventKind.correction]
    assert (case.trace[-1].replaces, case.trace[-1].reason, case.trace[1].data.paid) == (2, "金额录入更正", Decimal(20))
    assert case.state is C.making
    assert case.obligation("production").due == date(2026, 10, 8)


def test_a_correction_must_make_a_possible_history(lost: Cases) -> None:
    """If a later act could not have happened after the correction, the correction is refused and nothing is written."""
    accepted(lost)

    with pytest.raises(RefusedError, match="the card fee is paid"):
        lost.correct("card-1", 2, C.pay, Payment(Decimal(5)), reason="只付了5元", by=C.holder, on=DAY)
    with pytest.raises(RefusedError, match="the card fee is paid"):
        lost.correct("card-1", 2, None, reason="误录")
    assert lost.get("card-1").version == 3


def test_a_correction_sees_related_cases_as_they_were(lost: Cases) -> None:
    """When the card is in use and its loss report concluded, an old payment can still be put right."""
    accepted(lost)
    lost.do("card-1", C.finish, by=C.issuer, on=date(2026, 10, 8))
    lost.do("card-1", C.collect, Receipt(), by=C.holder, on=date(2026, 10, 9), party="p1")
    lost.do("card-1", C.enable_social, by=C.holder, on=date(2026, 10, 9), party="p1")
    assert lost.get("loss-1").state is L.replaced

    case = lost.correct("card-1", 2, C.pay, Payment(Decimal("20.50")), reason="金额更正", by=C.holder, on=DAY)

    assert case.facts.paid == Decimal("20.50")
    assert case.state is C.social_enabled


def test_a_correction_moves_dates(lost: Cases) -> None:
    """An acceptance entered a day late is corrected, and the due day follows."""
    accepted(lost)
    lost.correct("card-1", 3, C.accept, reason="实际次日受理", by=C.office, on=date(2026, 9, 22))

    assert lost.get("card-1").obligation("production").due == date(2026, 10, 9)


def test_a_late_entry_undoes_a_recorded_lapse(cases: Cases) -> None:
    """A formal report made in time but entered late takes the place of the lapse that was recorded."""
    report = Report(Track.bank, HOLDER)
    cases.open(L.report_temporarily, report, by=L.holder, on=date(2026, 9, 18), places="440100", case="bank-1")
    cases.advance(date(2026, 10, 1))
    assert cases.get("bank-1").state is L.lapsed

    cases.correct(
        "bank-1", 2, L.report_formally, report, reason="9月23日书面挂失，补录", by=L.holder, on=date(2026, 9, 23)
    )

    assert cases.get("bank-1").state is L.formal
    assert (
        cases.do("bank-1", L.ask_release, Release(True, True), by=L.holder, on=date(2026, 10, 2)).state is L.releasing
    )


def test_a_correction_can_be_corrected(lost: Cases) -> None:
    """The last correction of an event counts."""
    accepted(lost)
    for day in (22, 23):
        lost.correct("card-1", 3 if day == 22 else 4, C.accept, reason="更正", by=C.office, on=date(2026, 9, day))

    assert lost.get("card-1").obligation("production").due == date(2026, 10, 10)


def test_an_act_that_wrote_to_related_cases_is_not_undone(lost: Cases) -> None:
    """Striking out a withdrawal would leave the loss report free; it is refused, while its day can be corrected."""
    lost.do("card-1", C.withdraw, by=C.holder, on=date(2026, 9, 22), party="p1")

    with pytest.raises(RefusedError, match="rest on it .loss-1."):
        lost.correct("card-1", 2, None, reason="误录")
    corrected = lost.correct("card-1", 2, C.withdraw, reason="日期更正", by=C.holder, on=date(2026, 9, 23))
    assert corrected.state is C.withdrawn
    with pytest.raises(TypeError, match="takes Payment"):
        lost.correct("card-1", 2, C.pay, Remarks("x"), reason="x", by=C.holder)


def test_what_follows_a_related_case_is_done_by_nobody_alone(lost: Cases) -> None:
    """An office cannot bind, free or conclude a loss report by itself."""
    with pytest.raises(RefusedError, match="only together with an act of a related case"):
        lost.do("loss-1", L.unbind, by=L.office, on=DAY)
    assert not {o.activity: o.is_open for o in lost.options("loss-1", on=DAY)}[L.conclude]


@pytest.mark.parametrize(
    ("replaces", "reason", "error", "says"),
    [
        (9, "更正", UnknownError, "known: 1"),
        (1, "更正", ValueError, "opening cannot be struck out"),
        (1, " ", ValueError, "says why"),
    ],
)
def test_wrong_corrections_are_refused(
    lost: Cases, replaces: int, reason: str, error: type[Exception], says: str
) -> None:
    """A correction names an event that exists, gives its reason and leaves the opening."""
    with pytest.raises(error, match=says):
        lost.correct("card-1", replaces, None, reason=reason)


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


# What a review found: each of these was possible once.


def test_a_correction_of_the_opening_is_not_struck_out(lost: Cases) -> None:
    """Whatever stands in the place of the opening stays: a case without one could never be read again."""
    application = lost.get("card-1").trace[0].data
    lost.correct("card-1", 1, C.apply, application, reason="更正", by=C.holder, on=DAY)

    with pytest.raises(ValueError, match="opening cannot be struck out"):
        lost.correct("card-1", 2, None, reason="误录")
    assert lost.get("card-1").version == 2


def test_corrections_keep_what_they_do_not_change(lost: Cases) -> None:
    """A correction keeps role, party, day and related cases of what it replaces, so that it can be corrected itself."""
    application = lost.get("card-1").trace[0].data
    lost.correct("card-1", 1, C.apply, application, reason="更正一")
    case = lost.correct("card-1", 2, C.apply, application, reason="更正二")

    assert case.parties == {"holder": "p1"}
    assert (case.trace[-1].by, case.trace[-1].on, case.trace[-1].links) == ("holder", DAY, case.trace[0].links)


def test_order_is_kept_after_corrections_and_within_a_day(lost: Cases) -> None:
    """The latest moment that is known to have passed bounds the next act, whatever was written last."""
    lost.do("card-1", C.pay, Payment(Decimal(20)), by=C.holder, on=date(2026, 9, 28), party="p1")
    lost.correct("card-1", 1, C.apply, lost.get("card-1").trace[0].data, reason="更正")
    with pytest.raises(RefusedError, match="back-dated"):
        lost.do("card-1", C.accept, by=C.office, on=date(2026, 9, 22))
    lost.do("card-1", C.accept, by=C.office, on=datetime(2026, 9, 28, 15, tzinfo=CST))
    lost.do("card-1", C.extend, Remarks("备案"), by=C.issuer, on=date(2026, 9, 28))
    with pytest.raises(RefusedError, match="back-dated"):
        lost.do("card-1", C.fail, Remarks("失败"), by=C.issuer, on=datetime(2026, 9, 28, 9, tzinfo=CST))
    with pytest.raises(ValueError, match="re-dated on that day or later"):
        lost.redate(date(2020, 1, 1))


def test_a_lapse_stays_when_a_correction_is_taken_back(cases: Cases) -> None:
    """Striking out the act that undid a lapse brings the lapse back."""
    report = Report(Track.bank, HOLDER)
    cases.open(L.report_temporarily, report, by=L.holder, on=date(2026, 9, 18), places="440100", case="bank-1")
    cases.advance(date(2026, 10, 1))
    cases.correct("bank-1", 2, L.report_formally, report, reason="补录", by=L.holder, on=date(2026, 9, 23))

    assert cases.correct("bank-1", 3, None, reason="补录有误").state is L.lapsed


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


def test_only_its_own_replacement_moves_a_loss_report(lost: Cases) -> None:
    """Another person's or another place's application does not bind a report, nor does a second one free it."""
    lost.open(L.report_formally, Report(Track.social, OTHER), by=L.holder, on=DAY, places="440100", case="theirs")
    damaged = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    lost.open(C.apply, damaged, by=C.holder, on=DAY, places="440100", links=["theirs", "loss-1"], case="card-2")
    lost.do("card-2", C.withdraw, by=C.holder, on=DAY)
    with pytest.raises(RefusedError, match="formal loss report"):
        lost.open(
            C.apply,
            changed(damaged, reason=Reason.lost),
            by=C.holder,
            on=DAY,
            places="440100",
            links=["loss-1"],
            case="card-3",
        )

    assert lost.get("theirs").state is L.formal
    assert lost.get("loss-1").state is L.replacing


def test_a_void_card_stays_void(cases: Cases) -> None:
    """Where a written report voids the card, an application that is withdrawn does not bring it back."""
    cases.open(
        L.report_formally,
        Report(Track.social, HOLDER),
        by=L.holder,
        on=date(2026, 3, 2),
        places="440200",
        case="loss-1",
    )
    lost_card = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)
    cases.advance(date(2026, 3, 31))
    cases.open(C.apply, lost_card, by=C.holder, on=date(2026, 4, 1), places="440200", links=["loss-1"], case="card-1")
    cases.do("card-1", C.withdraw, by=C.holder, on=date(2026, 4, 3))

    assert cases.get("loss-1").state is L.voided


def test_a_named_holder_is_named_again(lost: Cases) -> None:
    """Leaving the party out does not get around a holder whom the case records."""
    with pytest.raises(RefusedError, match="has to be named"):
        lost.do("card-1", C.withdraw, by=C.holder, on=DAY)


def test_corrections_bow_to_time_and_related_cases(lost: Cases) -> None:
    """A correction is not dated in the future, nor before the report it rests on; a report that is relied on stays."""
    application = lost.get("card-1").trace[0].data
    with pytest.raises(ValueError, match="future"):
        lost.correct("card-1", 1, C.apply, application, reason="x", on=date(2031, 3, 1))
    with pytest.raises(RefusedError, match="formal loss report"):
        lost.correct("card-1", 1, C.apply, application, reason="x", on=date(2026, 9, 1))
    with pytest.raises(RefusedError, match="rest on it"):
        lost.correct("loss-1", 1, L.report_formally, Report(Track.bank, HOLDER), reason="x")


def test_an_expired_card_is_always_exchanged(cases: Cases) -> None:
    """Where no window before expiry was known yet, none is made up; after expiry there is nothing to wait for."""
    expired = Application(holder=HOLDER, reason=Reason.expired, photo=Photo.identity_card, expires_on=date(2021, 4, 1))

    assert cases.open(C.apply, expired, by=C.holder, on=date(2021, 5, 6), places="440100").state is C.checking


def test_an_extension_keeps_its_own_rule_and_doubt(cases: Cases) -> None:
    """Extended by calendar days, a term of working days rolls at its end, and is no surer than what it counts from."""
    from ssflow.case import Obligation, deadline_of

    late = Obligation(
        clock="production", spans=("7 workdays", "1 month"), rolls=("none", "next"), starts=date(2026, 3, 2)
    )
    doubtful = changed(late, spans=("7 workdays", "30 days"), rolls=("none", "none"), starts=date(2026, 12, 25))

    assert deadline_of(late, cases.law.calendar).due == date(2026, 4, 13)
    assert deadline_of(doubtful, cases.law.calendar).status.name == "PROVISIONAL"
