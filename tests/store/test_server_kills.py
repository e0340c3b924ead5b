"""A server of PostgreSQL that is killed while many write: nothing acknowledged is lost, nothing is doubled, and what nobody knows is told so.

SSFLOW_TEST_RACES=large takes the numbers of a release: 12 kills.
"""

import logging
import os
import random
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from threading import Event

import pytest

from ssflow import Cases, PostgreSQLStore
from ssflow.errors import ConflictError, StoreError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.persons import Identity
from tests.store.history import History, faults
from tests.store.postgresql import OwnServer, own

KILLS = 12 if os.environ.get("SSFLOW_TEST_RACES") == "large" else 3
WRITERS, CASES, BETWEEN = 4, 3, 30  # acts between two kills
C, DAY = CardReplacement, date(2026, 9, 21)
APPLICATION = Application(holder=Identity("11010519491231002X"), reason=Reason.damaged, photo=Photo.identity_card)
PAY = C.pay(Payment(Decimal(20)))  # leaves the case in its state: nothing but its key keeps it from being done twice


@pytest.fixture
def own_server() -> Iterator[OwnServer]:
    """A server that nobody else uses."""
    with own() as (found, missing):
        if found is None:
            pytest.skip(f"no PostgreSQL of our own to kill: {missing}")
        yield found


def cases_at(dsn: str) -> Cases:
    return Cases(PostgreSQLStore(dsn), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))


def recovered(dsn: str) -> Cases:
    """The cases, once the server has recovered from its last kill."""
    for _ in range(600):
        with suppress(StoreError):
            return cases_at(dsn)
        time.sleep(0.05)
    return cases_at(dsn)


def tokens(cases: Cases, case: str) -> list[str]:
    """Who wrote each event."""
    return [event.actor for event in cases.trace(case)]


def acted(cases: Cases, history: History, case: str, token: str, goes_on: bool, said: Counter[str]) -> None:
    """Act in a case. Where the server does not answer, ask again under the key until it is known, or leave it at what was told."""
    asked = history.begin(case, token)
    while True:
        try:
            done = cases.do(case, PAY, by=C.holder, on=DAY, actor=token, key=token)
            return history.end(asked, "done", version=done.version)
        except ConflictError as conflict:
            return history.end(asked, "refused", version=conflict.found)
        except StoreError as error:
            said[error.fault.en.partition(" (")[0]] += 1
            if not goes_on:
                return None if error.in_doubt else history.end(asked, "refused")
        finally:
            time.sleep(0.001 if asked.ended else 0.05)


def write(cases: Cases, history: History, number: int, stop: Event) -> Counter[str]:
    """Act and look until it is told to stop; what the errors say."""
    chance, said = random.Random(number), Counter[str]()  # noqa: S311
    for asked in count(1):
        if stop.is_set():
            break
        case = f"c{chance.randrange(CASES)}"
        acted(cases, history, case, f"w{number}-{asked}", chance.random() < 0.5, said)
        with suppress(StoreError):  # nobody can look
            history.read(case, lambda case=case: tokens(cases, case))
    return said


def test_a_server_that_is_killed_loses_and_doubles_nothing(
    own_server: OwnServer, caplog: pytest.LogCaptureFixture
) -> None:
    """Wholly, or in the processes that serve connections: one order of all acts explains what everybody was told; every error is ours."""
    caplog.set_level(logging.CRITICAL, "psycopg")  # a connection that is lost cannot be ended in good order
    with own_server.schema() as dsn:
        cases, history, stop = cases_at(dsn), History(), Event()
        for number in range(CASES):
            cases.open(C.apply(APPLICATION), by=C.holder, on=DAY, places="440100", case=f"c{number}", actor="first")
            history.end(history.begin(f"c{number}", "first"), "done", version=1)
        with ThreadPoolExecutor(WRITERS) as pool:
            writing = [pool.submit(write, cases_at(dsn), history, number, stop) for number in range(WRITERS)]
            try:
                for kill in range(KILLS):
                    goal = history.told()["done"] + BETWEEN
                    while history.told()["done"] < goal and not any(one.done() for one in writing):
                        time.sleep(0.01)
                    if kill % 2:
                        own_server.kill_connections()
                    else:
                        own_server.kill()
                        own_server.start()
            finally:
                stop.set()
            said = sum((one.result() for one in writing), Counter[str]())
        cases = recovered(dsn)
        final = {f"c{number}": tokens(cases, f"c{number}") for number in range(CASES)}
        findings = cases.verify()
    print(f"{KILLS} kills; acts: {history.told()}; {sum(map(len, final.values()))} events; errors: {dict(said)}")

    assert faults(history, final) == []
    assert findings == ()
    assert said
