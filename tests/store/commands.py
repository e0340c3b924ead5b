"""Every command that writes, on cases in which it has something to do, and all that is on record of them."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from attrs import evolve as changed
from attrs import frozen

from ssflow import Cases, Legislation, WorkCalendar, machines
from ssflow.calendar import Notice, Rest, years
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.machines.consultation import Answer, Consultation, Question
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.persons import Identity
from ssflow.process import Process
from ssflow.records import Correction, Custody, Late, Opening, Retention, Store, Subscription, Upgrade
from ssflow.records.seals import fingerprint_of
from ssflow.rules import rulebook
from ssflow.testing.store import a_change
from ssflow.text import Text
from tests.store.grants import BOOK, Grant1, Grant2, opened
from tests.store.grants import cases_of as granted

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
KEYS = ("late", "together", "corrected", "both", "open", "beside", "do", "lapsed")
SUBSCRIBER = "tax"
SECRET = bytes(range(32))


LAW = Legislation(rulebook=lambda name: BOOK if name == "grant" else rulebook(name))
FOREVER_AGO = {"by": Consultation.asker, "on": date(2015, 3, 2), "places": "440100", "party": "q"}
WHY: dict[str, Any] = {"reason": "no. 4 of the board", "actor": "u9"}


class Keys:
    """Keys in memory; a test can have what was destroyed back."""

    def __init__(self) -> None:
        self.made: dict[str, bytes] = {}
        self.destroyed: set[str] = set()

    def key_of(self, person: str) -> bytes:
        key = sha256(person.encode()).digest()
        return self.made.setdefault(fingerprint_of(key), key)

    def key(self, fingerprint: str) -> bytes | None:
        return None if fingerprint in self.destroyed else self.made[fingerprint]

    def destroy(self, fingerprint: str) -> None:
        self.destroyed.add(fingerprint)

    def pepper(self) -> bytes:
        return bytes(32)


PERSONS = Keys()


def process_of(name: str) -> type[Process]:
    """Procedures that are installed, and a grant in its second version."""
    return Grant2 if name in (Grant2.name, *Grant2.former) else machines.get(name)


def cases_of(store: Store) -> Cases:
    """The cases of a store, at one moment."""
    return Cases(store, LAW, now=lambda: NOW, process_of=process_of)


def custody_of(cases: Cases) -> Custody:
    """Their records, which are kept for a year."""
    return Custody(cases, lambda _: Retention(years(1), Text("甲", "a")))


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
    """Something that is asked of cases: ``do`` it; ``once`` tells that it is one transaction, ``first`` what is put there before; what is done
    ``anew`` is something else, as a second look at a person is.
    """

    do: Callable[[Cases], object]
    once: bool = True
    first: Callable[[Store], object] = lambda store: None
    anew: bool = False


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


def _corrected_together(cases: Cases) -> object:
    both = [
        Correction(2, C.pay(Payment(Decimal("20.00"))), case="card", reason="typed wrongly"),
        Correction(1, FORMALLY, case="loss", on=date(2026, 9, 20), party="p", reason="typed wrongly"),
    ]
    return cases.correct_together(both, key="both")


def _redated(cases: Cases) -> object:
    return changed(cases, law=changed(LAW, calendar=WorkCalendar.china().with_notices(CLOSED))).redate(
        date(2026, 9, 26)
    )


def _delivered(cases: Cases) -> object:
    return Subscription(cases, SUBSCRIBER).deliver(lambda message: message.id)


def _unreadable(store: Store) -> None:
    store.append([a_change("odd", closes=datetime(2026, 9, 20, tzinfo=UTC))])


def _granted(store: Store) -> None:
    for case in ("g1", "g2"):
        opened(granted(store, Grant1), case)


def _answered(store: Store, keys: Keys | None = None) -> None:
    """Two cases of one person, closed long ago."""
    cases = changed(cases_of(store), keys=keys)
    for case in ("c1", "c2"):
        cases.open(Consultation.ask(Question("?")), case=case, **FOREVER_AGO)
        cases.do(case, Consultation.answer(Answer("!")), by=Consultation.agency, on=date(2015, 3, 5))


def _held(store: Store) -> None:
    _answered(store)
    custody_of(cases_of(store)).hold("c1", **WHY)


def _revealed(cases: Cases) -> object:
    return changed(cases, access_log=cases.store).reveal("card", **WHY)


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
    "correct together": Command(_corrected_together),
    "retract": Command(lambda cases: cases.retract(after=date(2026, 9, 4), reason="a wrong clock"), once=False),
    "advance": Command(lambda cases: cases.advance(date(2026, 9, 26)), once=False),
    "sweep": Command(lambda cases: cases.sweep(), once=False),
    "sweep where one fails": Command(lambda cases: cases.sweep(), once=False, first=_unreadable),
    "redate": Command(_redated, once=False),
    "deliver": Command(_delivered, once=False),
    "subscribe": Command(lambda cases: Subscription(cases, "bank").begin()),
    "unsubscribe": Command(lambda cases: Subscription(cases, SUBSCRIBER).end()),
    "seal": Command(lambda cases: cases.seal(SECRET)),
    "reveal": Command(_revealed, anew=True),
    "upgrade": Command(
        lambda cases: cases.upgrade(Upgrade(Grant2), on=date(2026, 3, 6), reason="a new rule"),
        once=False,
        first=_granted,
    ),
    "hold": Command(lambda cases: custody_of(cases).hold("c1", **WHY), first=_answered),
    "release": Command(lambda cases: custody_of(cases).release("c1", 1, **WHY), first=_held),
    "erase": Command(
        lambda cases: custody_of(changed(cases, keys=PERSONS)).erase("c1", **WHY),
        once=False,
        first=lambda store: _answered(store, PERSONS),
    ),
    "remove": Command(lambda cases: custody_of(cases).remove("c1", **WHY, secret=SECRET), first=_answered),
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
            store.snapshots([row.id])[row.id],
            store.linking([row.id])[row.id],
            tuple(owed for owed in store.obligations() if owed.case == row.id),
            store.messages(SUBSCRIBER, row.id),
            tuple(one for one in store.failures("sweep") if one.case == row.id),
        )
        for row in store.rows()
    }
    return {**of_case, "": tuple(map(store.request, KEYS))}
