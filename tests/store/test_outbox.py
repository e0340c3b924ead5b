"""Telling other systems: every event that is recorded at least once, in each case in order, under an id that stays.

SSFLOW_TEST_RACES=large takes the numbers of a release: 3 writers of 400 acts, 12 kills.
"""

import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve as changed

from ssflow import Cases, JoinedStore, PostgreSQLStore, SQLiteStore
from ssflow.case import EventKind
from ssflow.errors import InputError, UnknownError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.persons import Identity
from ssflow.records import Message, Store, Subscription
from ssflow.testing.store import a_change
from tests.store.hosts import Host

ACTS, KILLS = (400, 12) if os.environ.get("SSFLOW_TEST_RACES") == "large" else (25, 2)
WRITERS, CASES = 3, 4
C, DAY = CardReplacement, date(2026, 9, 21)
NOW = datetime(2026, 11, 22, 1, tzinfo=UTC)
APPLICATION = Application(holder=Identity("11010519491231002X"), reason=Reason.damaged, photo=Photo.identity_card)
PAY = C.pay(Payment(Decimal(20)))

BEGIN = """
import os, sys, time
from datetime import date
from decimal import Decimal
from ssflow import Cases, PostgreSQLStore, SQLiteStore
from ssflow.errors import ConflictError
from ssflow.machines.card_replacement import CardReplacement as C, Payment
from ssflow.records import Subscription

db, other = sys.argv[1:3]
held = Cases(PostgreSQLStore(db) if db.startswith("postgres") else SQLiteStore(db))
"""
WRITER = (
    BEGIN
    + """
for number in range(int(other)):
    case = f"c{number % int(sys.argv[3])}"
    try:
        now = held.do(case, C.pay(Payment(Decimal(20))), by=C.holder, on=date(2026, 9, 21))
        print(f"{case}/{now.version}", flush=True)
    except ConflictError:
        pass
"""
)
RELAY = (
    BEGIN
    + """
told = os.open(other, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def handler(message):
    os.write(told, f"{message.id}\\n".encode())
while True:
    Subscription(held, "tax").deliver(handler)
    time.sleep(0.01)
"""
)


def process(script: str, *arguments: object) -> "subprocess.Popen[str]":
    return subprocess.Popen([sys.executable, "-c", script, *map(str, arguments)], stdout=subprocess.PIPE, text=True)


def cases_of(store: Store, now: datetime = NOW) -> Cases:
    return Cases(store, now=lambda: now)


def told_of(held: Cases) -> Subscription:
    """Somebody who is told from now on."""
    tax = Subscription(held, "tax")
    tax.begin()
    return tax


def applied(held: Cases, *names: str) -> None:
    for name in names:
        held.open(C.apply(APPLICATION), by=C.holder, on=DAY, places="440100", case=name)


def hears(message: Message) -> None:
    """A handler that has nothing to do."""
    assert message.id


def ids(messages: tuple[Message, ...]) -> list[str]:
    return [message.id for message in messages]


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Callable[[], Store]]:
    """Where a store is, and how another process opens it."""
    if request.param == "sqlite":
        return str(tmp_path / "cases.db"), lambda: SQLiteStore(tmp_path / "cases.db")
    dsn = request.getfixturevalue("dsn")
    return dsn, lambda: PostgreSQLStore(dsn)


def test_killed_relays_lose_nothing_and_keep_the_order(where: tuple[str, Callable[[], Store]], tmp_path: Path) -> None:
    """While three writers meet in the same cases, two relays are killed and started again, a writer is killed too: all that was acknowledged is
    told, nothing is that was not recorded, and the first delivery of each event comes after those before it in its case.
    """
    db, open_store = where
    held, file = cases_of(open_store()), tmp_path / "told"
    tax = told_of(held)
    applied(held, *(f"c{number}" for number in range(CASES)))

    def told() -> list[str]:
        return file.read_text().split("\n")[:-1] if file.exists() else []

    def progressed(beyond: int) -> None:
        last = time.monotonic() + 120
        while len(told()) <= beyond and any(writer.poll() is None for writer in writers):
            assert time.monotonic() < last
            time.sleep(0.01)

    with ExitStack() as stack:

        def started(*command: object) -> "subprocess.Popen[str]":
            one = stack.enter_context(process(*command))  # type: ignore[arg-type]
            stack.callback(one.kill)
            return one

        relays = [started(RELAY, db, file) for _ in range(2)]
        writers = [started(WRITER, db, ACTS, CASES) for _ in range(WRITERS)]
        for number in range(KILLS):
            progressed(len(told()) + 3)
            relays.pop(0).kill()
            if number == 0:
                writers[0].kill()
            relays.append(started(RELAY, db, file))
        acknowledged = [line for writer in writers for line in writer.communicate(timeout=300)[0].split()]
        last = time.monotonic() + 120
        while tax.cases.store.waiting("tax"):  # type: ignore[attr-defined]
            assert time.monotonic() < last
            time.sleep(0.02)
    recorded = [f"{row.id}/{version}" for row in held.store.rows() for version in range(1, row.version + 1)]
    first = list(dict.fromkeys(told()))
    more = sum(Counter(told()).values()) - len(first)
    print(
        f"{db.partition(':')[0][-12:]}: {len(recorded)} events, {len(acknowledged)} acknowledged, {KILLS} kills, {more} told twice"
    )

    assert set(acknowledged) <= set(recorded)
    assert sorted(first) == sorted(recorded)
    for row in held.store.rows():
        assert [id_ for id_ in first if id_.startswith(f"{row.id}/")] == [
            f"{row.id}/{n}" for n in range(1, row.version + 1)
        ]


def test_each_event_is_told_once_where_nothing_fails(store: Store) -> None:
    """With the event that was recorded, in each case in order; a second round has nothing to tell."""
    held = cases_of(store)
    applied(held, "old")
    tax = told_of(held)
    applied(held, "a", "b")
    held.do("a", PAY, by=C.holder, on=DAY)

    came = tax.deliver(hears)
    assert sorted(ids(came.done)) == ["a/1", "a/2", "b/1"]
    assert ids(came.done).index("a/1") < ids(came.done).index("a/2")
    assert all(message.event == held.trace(message.event.case)[message.event.version - 1] for message in came.done)
    assert (came.failed, came.stuck, tax.deliver(hears).done) == ({}, (), ())


def test_a_handler_that_fails_holds_up_its_case_alone(store: Store) -> None:
    """The message that failed comes again under the same id, before those after it; the other cases are told of at once; the fifth failure is told."""
    held = cases_of(store)
    tax = told_of(held)
    applied(held, "a", "b")
    held.do("a", PAY, by=C.holder, on=DAY)
    held.do("b", PAY, by=C.holder, on=DAY)
    met: list[str] = []

    def handler(message: Message) -> None:
        met.append(message.id)
        if message.id == "a/2" and met.count("a/2") < 8:
            raise OSError("the other system does not answer")

    came = tax.deliver(handler)
    assert (sorted(ids(came.done)), list(came.failed)) == (["a/1", "b/1", "b/2"], ["a"])
    later, stuck = NOW, []
    while not came.done or came.failed:
        later += timedelta(hours=1)
        came = changed(tax, cases=cases_of(store, later)).deliver(handler)
        stuck += [one.tries for one in came.stuck]
    assert (ids(came.done), stuck) == (["a/2"], [5, 6])
    assert met.count("a/2") == 8
    assert came.stuck == ()


def test_a_pause_is_kept_however_often_one_asks(store: Store) -> None:
    """A system that is down is not asked again at once, also when more has been recorded for it."""
    held = cases_of(store)
    tax = told_of(held)
    applied(held, "a")

    def down(_: Message) -> None:
        raise OSError

    assert list(tax.deliver(down).failed) == ["a"]
    held.do("a", PAY, by=C.holder, on=DAY)
    assert tax.deliver(down).failed == {}
    assert list(changed(tax, cases=cases_of(store, NOW + timedelta(minutes=1))).deliver(down).failed) == ["a"]


def test_a_lateness_that_is_set_aside_is_reversed(store: Store) -> None:
    """An act of the last day that is typed after the sweep sets the lateness aside: its message names the one that told of it."""
    held = cases_of(store)
    tax = told_of(held)
    applied(held, "a")
    held.do("a", PAY, by=C.holder, on=DAY)
    held.do("a", C.accept(), by=C.office, on=DAY)
    (late,) = held.sweep().done
    assert late.kind is EventKind.overdue
    *_, told = tax.deliver(hears).done
    assert (told.event, told.reverses) == (late, ())

    held.do("a", C.finish(), by=C.issuer, on=DAY + timedelta(days=1), reason="the list of the day came late")
    (reversal,) = tax.deliver(hears).done
    assert reversal.reverses == (told.id,) == (f"a/{late.version}",)

    held.correct("a", reversal.event.version, None, reason="it was another card")
    (again,) = tax.deliver(hears).done
    assert late.activity in {gone.activity for gone in again.event.brings}
    assert again.reverses == ()

    held.do("a", C.finish(), by=C.issuer, on=DAY + timedelta(days=1), reason="it was this card after all")
    (reversal,) = tax.deliver(hears).done
    assert reversal.reverses == (again.id,), "what told of it last"


def test_what_a_wrong_clock_recorded_is_reversed(store: Store) -> None:
    """What is retracted is named by the message of the retraction, and told anew when it truly comes."""
    held = cases_of(store)
    tax = told_of(held)
    applied(held, "a")
    held.do("a", PAY, by=C.holder, on=DAY)
    held.do("a", C.accept(), by=C.office, on=DAY)
    (late,) = held.sweep().done
    tax.deliver(hears)
    held.retract(after=DAY, reason="the clock ran ahead")
    (reversal,) = tax.deliver(hears).done
    assert (reversal.event.kind, reversal.reverses) == (EventKind.retraction, (f"a/{late.version}",))

    held.sweep()
    (again,) = tax.deliver(hears).done
    assert (again.event.kind, again.event.on, again.reverses) == (EventKind.overdue, late.on, ())


def test_subscribers_are_told_apart(store: Store) -> None:
    """Each from his own beginning, at his own pace, until he ends; who does not subscribe is told so."""
    held = cases_of(store)
    tax = told_of(held)
    applied(held, "a")
    bank = Subscription(held, "bank")
    with pytest.raises(UnknownError, match="unknown subscriber 'bank'"):
        bank.deliver(hears)
    bank.begin()
    applied(held, "b")

    assert ids(bank.deliver(hears).done) == ["b/1"]
    bank.end()
    with pytest.raises(UnknownError):
        bank.deliver(hears)
    assert sorted(ids(tax.deliver(hears).done)) == ["a/1", "b/1"]


def test_what_the_host_takes_back_is_told_to_nobody(host: Host) -> None:
    """A message stands or falls with its event; and nothing is delivered within a transaction that may yet be taken back."""
    with host.transaction() as connection:
        tax = told_of(cases_of(JoinedStore(connection)))
        applied(tax.cases, "a")  # type: ignore[arg-type]
    with pytest.raises(ZeroDivisionError), host.transaction() as connection:
        print(1 / len(applied(cases_of(JoinedStore(connection)), "b") or ()))
    with host.transaction() as connection:
        store = JoinedStore(connection)
        assert store.waiting("tax") == (("a", 1),)
        with pytest.raises(InputError, match="a rollback cannot recall a message"):
            Subscription(cases_of(store), "tax").deliver(hears)


def test_a_store_that_keeps_no_messages_is_refused() -> None:
    """With the methods that are wanted."""

    class Plain:
        append = traces = snapshots = linking = rows = versions = obligations = request = failures = fail = recover = (
            print
        )

    with pytest.raises(InputError, match="needs the methods subscribe, unsubscribe, waiting, messages, delivered"):
        Subscription(Cases(Plain()), "tax")  # type: ignore[arg-type]


def test_what_cannot_be_read_holds_up_nobody_else(store: Store) -> None:
    """A message of an event that no definition can read is a failure of its case."""
    held = cases_of(store)
    tax = told_of(held)
    store.append([a_change("odd")])
    applied(held, "a")
    came = tax.deliver(hears)

    assert (ids(came.done), list(came.failed)) == (["a/1"], ["odd"])
