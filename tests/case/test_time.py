"""What time does to cases, and the order of time."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import pytest
from attrs import evolve as changed

from ssflow import Cases, Legislation, WorkCalendar, machines
from ssflow.calendar import days, months, workdays
from ssflow.case import EventKind
from ssflow.errors import InputError, RefusedError, SweepError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason, Remarks
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity

C, L = CardReplacement, LossReport

HOLDER = Identity("11010519491231002X")
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 21)
CST = timezone(timedelta(hours=8))


def accepted(cases: Cases) -> None:
    """Pay the fee and accept the application of ``card-1``."""
    cases.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")
    cases.do("card-1", C.accept(), by=C.office, on=DAY)


def test_seven_working_days_across_national_day(lost: Cases) -> None:
    """Guangzhou's card is due on the first working day after the holiday, and the obligation says why."""
    accepted(lost)
    production = lost.get("card-1").obligation("production")

    assert (production.due, production.owed_by, production.spans) == (date(2026, 10, 8), C.issuer, (workdays(7),))
    assert (production.cites, production.confidence, production.region) == (
        ("guangzhou-card-guide",),
        "repeated",
        "440100",
    )


@pytest.mark.parametrize(
    ("on", "error", "says"),
    [
        (date(2026, 9, 20), RefusedError, "entered late with a reason"),
        (date(2026, 12, 1), RefusedError, "lies in the future"),
        (datetime(2026, 9, 21, 9, 0), InputError, "is naive"),  # noqa: DTZ001
        ("2026-09-21", InputError, "a day or an instant with a zone is required"),
    ],
)
def test_wrong_times_are_refused(lost: Cases, on, error: type[Exception], says: str) -> None:
    """Before the last event, in the future, without a zone, not a day at all."""
    with pytest.raises(error, match=says):
        lost.do("card-1", C.withdraw(), by=C.holder, on=on, party="p1")
    assert lost.get("card-1").version == 1


def test_time_is_recorded_at_its_legal_moment(cases: Cases) -> None:
    """A lapse and an overdue term are dated when they happened, however late somebody looks, and only once."""
    cases.open(
        L.report_temporarily(Report(Track.bank, HOLDER)),
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
        L.report_temporarily(Report(Track.bank, HOLDER)),
        by=L.holder,
        on=date(2026, 9, 18),
        places="440100",
        case="bank-1",
    )

    with pytest.raises(RefusedError, match='is in state "lapsed"'):
        cases.do("bank-1", L.report_formally(Report(Track.bank, HOLDER)), by=L.holder, on=date(2026, 9, 24))
    cases.do("bank-1", L.report_formally(Report(Track.bank, HOLDER)), by=L.holder, on=date(2026, 9, 23))
    assert cases.get("bank-1").state is L.formal


def test_the_future_is_not_recorded(lost: Cases) -> None:
    """Time passes up to now at most: a lapse that has not happened is not written down for good."""
    with pytest.raises(ValueError, match="lies in the future"):
        lost.advance(date(2027, 1, 1))


def test_overdue_terms_are_listed_before_and_after_they_are_recorded(lost: Cases) -> None:
    """A term is overdue on the day after its due day; the case does not move by itself."""
    accepted(lost)

    assert not lost.overdue(date(2026, 10, 8))
    (row,) = lost.overdue(date(2026, 10, 9))
    assert (row.case, row.clock, row.role, row.late) == ("card-1", "production", "issuer", True)

    (event,) = lost.advance(date(2026, 10, 9))
    assert (event.kind, event.activity, event.cites) == (EventKind.overdue, "production", ("guangzhou-card-guide",))
    assert lost.get("card-1").state is C.making
    assert len(lost.overdue(date(2026, 11, 1))) == 1


def test_the_clock_stands_while_an_application_is_returned(cases: Cases) -> None:
    """The ledger of stopped days is kept on the case; resumed, the term ends later by as many working days."""
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(C.apply(application), by=C.holder, on=date(2026, 9, 8), places="140100", case="card-2")
    assert cases.get("card-2").obligation("production").due == date(2026, 10, 12)

    cases.do("card-2", C.send_back(Remarks("照片不清晰")), by=C.office, on=date(2026, 9, 11))
    assert cases.get("card-2").obligation("production").due is None

    cases.do("card-2", C.correct(application), by=C.holder, on=date(2026, 9, 16))
    production = cases.get("card-2").obligation("production")
    assert production.tolled == ((date(2026, 9, 11), date(2026, 9, 16)),)
    assert production.due == WorkCalendar.china().add(date(2026, 10, 12), 3)

    cases.do("card-2", C.send_back(Remarks("照片仍不清晰")), by=C.office, on=date(2026, 9, 18))
    assert cases.get("card-2").obligation("production").due is None
    cases.do("card-2", C.correct(application), by=C.holder, on=date(2026, 9, 21))
    production = cases.get("card-2").obligation("production")
    assert production.tolled[1:] == ((date(2026, 9, 18), date(2026, 9, 21)),)
    assert production.due == WorkCalendar.china().add(date(2026, 10, 12), 3 + 2), "the 20th is worked for National Day"


def test_the_offices_of_the_place_decide_which_days_are_worked(cases: Cases) -> None:
    """In Nanning twenty working days pass over the holidays of Guangxi; in Taiyuan they do not."""
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    due = {}
    for place in ("450100", "140100"):
        cases.open(C.apply(application), by=C.holder, on=date(2021, 4, 7), places=place, case=f"card-{place}")
        due[place] = cases.get(f"card-{place}").obligation("production").due

    assert due == {"450100": date(2021, 5, 10), "140100": date(2021, 5, 7)}


def test_a_new_notice_moves_due_days_only_by_an_event(cases: Cases) -> None:
    """Under a new calendar the recorded due day stays until a re-dating event says otherwise."""
    before = WorkCalendar.china().as_of(date(2025, 10, 31))
    old = Cases(cases.store, Legislation(calendar=before), now=lambda: NOW)
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    old.open(C.apply(application), by=C.holder, on=date(2026, 9, 7), places="140100", case="card-3")
    provisional = old.get("card-3").obligation("production")

    assert cases.get("card-3").obligation("production") == provisional
    (event,) = cases.redate(date(2026, 9, 10))

    assert event.kind is EventKind.redated
    assert provisional.due == date(2026, 10, 9)
    assert cases.get("card-3").obligation("production").due == date(2026, 10, 10)
    assert cases.redate(date(2026, 9, 10)) == ()


def test_an_extension_keeps_its_own_rule_and_doubt(cases: Cases) -> None:
    """Extended by calendar days, a term of working days rolls at its end, and is no surer than what it counts from."""
    from ssflow.case import Obligation, deadline_of

    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    case = cases.open(C.apply(application), by=C.holder, on=date(2026, 3, 2), places="140100", case="card-4")
    late = Obligation(clock=C.production, owed_by=C.issuer, spans=(workdays(7), months(1)), starts=date(2026, 3, 2))
    doubtful = changed(late, spans=(workdays(7), days(30).rolled("none")), starts=date(2026, 12, 25))

    assert deadline_of(case, late, cases.law).due == date(2026, 4, 13)
    assert deadline_of(case, doubtful, cases.law).status.name == "PROVISIONAL"


def test_a_clock_takes_the_figure_of_the_day_it_starts(cases: Cases) -> None:
    """A reform binds the clocks that start from its first day on; those that run keep their figure, guards take the day of the act's."""
    book = cases.law.rulebook("card_replacement")
    reform = book.amended("production", "3 workdays", since=date(2026, 9, 22), region="440100").amended(
        "fee", "0 yuan", since=date(2026, 9, 22), region="440100"
    )
    cases = changed(cases, law=cases.law.with_rulebook(reform))
    application = Application(holder=HOLDER, reason=Reason.damaged, photo=Photo.identity_card)
    for case in ("early", "late"):
        cases.open(C.apply(application), by=C.holder, on=DAY, places="440100", case=case, party="p1")
    with pytest.raises(RefusedError, match="fee"):
        cases.do("early", C.accept(), by=C.office, on=DAY)
    cases.do("early", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party="p1")
    cases.do("early", C.accept(), by=C.office, on=DAY)
    cases.do("late", C.accept(), by=C.office, on=date(2026, 9, 22))

    spans = {case: cases.get(case).obligation("production").spans for case in ("early", "late")}
    assert spans == {"early": (workdays(7),), "late": (workdays(3),)}


def test_one_broken_case_does_not_hold_up_the_sweep(lost: Cases) -> None:
    """Whatever goes wrong in one case, all others are advanced, and the error says which failed and why."""
    accepted(lost)

    def broken(name: str):
        if name == "loss_report":
            msg = "the package of this procedure is damaged"
            raise RuntimeError(msg)
        return machines.get(name)

    report = Report(Track.bank, HOLDER)
    lost.open(L.report_temporarily(report), by=L.holder, on=date(2026, 9, 18), places="440100", case="bank-1")
    with pytest.raises(SweepError) as swept:
        changed(lost, process_of=broken).advance(date(2026, 10, 20))

    assert "bank-1" in swept.value.failures
    assert "damaged" in str(swept.value)


def test_a_sweep_does_not_run_far_ahead_of_what_is_on_record(lost: Cases) -> None:
    """Where the host sets how far, a sweep under a clock that runs ahead is refused before it records anything."""
    near = Cases(lost.store, now=lost.now, furthest=timedelta(days=30))
    newest = lost.get("card-1").last
    assert newest == date(2026, 9, 21)
    with pytest.raises(InputError, match="31 days after the newest day on record, 2026-09-21; at most 30 are allowed"):
        near.advance(newest + timedelta(days=31))
    near.advance(newest + timedelta(days=30))
    lost.advance(newest + timedelta(days=31))  # no such span, no such refusal
