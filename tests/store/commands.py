"""Every command that writes, on cases in which it has something to do, and all that is on record of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from attrs import evolve as changed
from attrs import frozen

from ssflow import Cases, Legislation, WorkCalendar
from ssflow.calendar import Notice, Rest
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.persons import Identity
from ssflow.records import Late, Opening, Store, Subscription
from ssflow.testing.store import a_change
from ssflow.text import Text

C, L = CardReplacement, LossReport
NOW = datetime(2026, 9, 27, 1, tzinfo=UTC)
HOLDER = Identity("11010519491231002X")
TEMPORARILY = L.report_temporarily(Report(Track.bank, HOLDER))
FORMALLY = L.report_formally(Report(Track.social, HOLDER))
LOST, DAMAGED = (
    C.apply(Application(holder=HOLDER, reason=reason, photo=Photo.identity_card))
    for reason in (Reason.lost, Reason.damaged)
)
CLOSED = Notice(
    id="closed",
    title="x",
    year=2026,
    evidence=Text("甲", "a"),
    known_from=date(2026, 9, 25),
    places=("440100",),
    rest=(Rest(name=Text("甲", "a"), first=date(2026, 9, 28), last=date(2026, 9, 28)),),
)
KEYS = ("late", "together", "corrected", "open", "beside", "do", "lapsed")
SUBSCRIBER = "tax"
SECRET = bytes(range(32))


def cases_of(store: Store) -> Cases:
    """The cases of a store, at one moment."""
    return Cases(store, now=lambda: NOW)


def begin(store: Store) -> None:
    """Cases in which something has been done, something is due, something was recorded by time; somebody is told of all of it."""
    cases = cases_of(store)
    Subscription(cases, SUBSCRIBER).begin()
    cases.open(TEMPORARILY, by=L.holder, on=date(2026, 9, 1), places="450500", case="old")
    cases.advance(date(2026, 9, 10))
    for case in ("loss-1", "loss-2"):
        cases.open(TEMPORARILY, by=L.holder, on=date(2026, 9, 18), places="450500", case=case)
    cases.open(FORMALLY, by=L.holder, on=date(2026, 9, 21), places="440100", case="loss", party="p")
    cases.open(TEMPORARILY, by=L.holder, on=date(2026, 9, 18), places="450500", case="a")
    cases.do("a", L.report_formally(Report(Track.bank, HOLDER)), by=L.holder, on=date(2026, 9, 21))
    cases.do("a", L.ask_release(Release(in_person=True, card_shown=True)), by=L.holder, on=date(2026, 9, 24))
    cases.open(DAMAGED, by=C.holder, on=date(2026, 9, 21), places="440100", case="card")
    cases.do("card", C.pay(Payment(Decimal(20))), by=C.holder, on=date(2026, 9, 21))
    cases.do("card", C.accept(), by=C.office, on=date(2026, 9, 21))


@frozen
class Command:
    """Something that is asked of cases: ``do`` it; ``once`` tells that it is one transaction, ``first`` what is put there before."""

    do: Callable[[Cases], object]
    once: bool = True
    first: Callable[[Store], object] = lambda store: None


def _late(cases: Cases) -> object:
    release = Late(L.release(), by=L.office, on=date(2026, 9, 25))
    return cases.enter_late("a", [release], reason="missed", key="late")


def _opened_together(cases: Cases) -> object:
    where = {"by": L.holder, "places": "440100", "party": "q"}
    openings = [
        Opening(deed=FORMALLY, case="loss-9", **where),
        Opening(deed=LOST, case="card-9", links=("loss-9",), **{**where, "by": C.holder}),
    ]
    return cases.open_together(openings, on=date(2026, 9, 22), key="together")


def _corrected(cases: Cases) -> object:
    report = L.report_formally(Report(Track.bank, HOLDER))
    return cases.correct("a", 2, report, on=date(2026, 9, 20), reason="typed wrongly", key="corrected")


def _redated(cases: Cases) -> object:
    return changed(cases, law=Legislation(WorkCalendar.china().with_notices(CLOSED))).redate(date(2026, 9, 26))


def _delivered(cases: Cases) -> object:
    return Subscription(cases, SUBSCRIBER).deliver(lambda message: message.id)


def _unreadable(store: Store) -> None:
    store.append([a_change("odd", closes=datetime(2026, 9, 20, tzinfo=UTC))])


# What is refused of a keyed request is not told here: it is proven in test_requests.
COMMANDS = {
    "open": Command(
        lambda cases: cases.open(
            TEMPORARILY, by=L.holder, on=date(2026, 9, 22), places="450500", case="new", key="open"
        )
    ),
    "open beside another": Command(
        lambda cases: cases.open(
            LOST,
            by=C.holder,
            on=date(2026, 9, 22),
            places="440100",
            links=["loss"],
            case="new",
            party="p",
            key="beside",
        )
    ),
    "open together": Command(_opened_together),
    "do": Command(lambda cases: cases.do("card", C.finish(), by=C.issuer, on=date(2026, 9, 24), key="do")),
    "do after a lapse": Command(
        lambda cases: cases.do(
            "loss-1", L.report_formally(Report(Track.bank, HOLDER)), by=L.holder, on=date(2026, 9, 22), key="lapsed"
        ),
        first=lambda store: cases_of(store).sweep(),
    ),
    "enter late": Command(_late),
    "correct": Command(_corrected),
    "retract": Command(lambda cases: cases.retract(after=date(2026, 9, 4), reason="a wrong clock"), once=False),
    "advance": Command(lambda cases: cases.advance(date(2026, 9, 26)), once=False),
    "sweep": Command(lambda cases: cases.sweep(), once=False),
    "sweep where one fails": Command(lambda cases: cases.sweep(), once=False, first=_unreadable),
    "redate": Command(_redated, once=False),
    "deliver": Command(_delivered, once=False),
    "subscribe": Command(lambda cases: Subscription(cases, "bank").begin()),
    "unsubscribe": Command(lambda cases: Subscription(cases, SUBSCRIBER).end()),
    "seal": Command(lambda cases: cases.seal(SECRET)),
}


TABLES = ("event", "head", "link", "obligation", "request", "failure", "subscriber", "outbox", "access", "custody")


def rows_by_case(look: Callable[[str], Any]) -> dict[str, list[str]]:
    """Every row, by the case to which it belongs; where it lies in a table is left out, for numbers are given once. ``look`` answers a
    question about tables of a host.
    """
    found: dict[str, list[str]] = {}
    for table in TABLES:
        rows = look(f"SELECT * FROM ssflow_{table}")
        names = [column[0] for column in rows.description]
        for row in rows.fetchall():
            told = {name: value for name, value in zip(names, row, strict=True) if name not in ("position", "opened")}
            found.setdefault(told.get("case_id", ""), []).append(repr((table, sorted(told.items()))))
    return {case: sorted(rows) for case, rows in found.items()}


def recorded(store: Any) -> dict[str, Any]:
    """All that is on record, by case; under no case what is of none. The chain of each case is checked as it is read."""
    of_case = {
        row.id: (
            row,
            store.trace(row.id),
            store.standings([row.id])[row.id],
            store.linking([row.id])[row.id],
            tuple(owed for owed in store.obligations() if owed.case == row.id),
            store.messages(SUBSCRIBER, row.id),
            tuple(one for one in store.failures("sweep") if one.case == row.id),
        )
        for row in store.rows()
    }
    return {**of_case, "": tuple(map(store.request, KEYS))}
