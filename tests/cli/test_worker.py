"""``ssflow worker``: one round of it, as a timer calls it; that it goes on and stops is in ``tests/store/test_sweeps.py``."""

import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pytest
from attrs import evolve as changed

from ssflow import SQLiteStore
from ssflow.calendar.clock import now
from ssflow.errors import UnknownError
from ssflow.records import Change
from ssflow.testing.store import a_change
from tests.cli.conftest import HOLDER, Run

OPEN = (
    "case",
    "open",
    "loss_report",
    "report_temporarily",
    "--by",
    "holder",
    "--on",
    "2025-09-22",
    "--region",
    "450500",
)


@pytest.fixture
def due(run: Run) -> Run:
    """A case whose lapse lies in the past."""
    assert run(*OPEN, "--id", "loss", "--set", "track=bank", *HOLDER).code == 0
    return run


def test_one_round_records_what_has_come_due(due: Run) -> None:
    """Once, and says so; the second round has nothing to do."""
    assert "loss" in due("worker", "--once", "--db", "ssflow.db").out
    again = due("worker", "--once")
    assert (again.code, again.out, again.err) == (0, "nothing lapsed or fell overdue up to now\n", "")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_fails_is_told_and_shows_in_the_exit_code(due: Run, lang: str) -> None:
    """The case and why, beside what was recorded of the others; also while it waits to be tried again after five failures."""
    SQLiteStore(Path("ssflow.db")).append([a_change("odd", closes=now())])
    answer = due("worker", "--once", "--lang", lang)

    assert answer.code == 1
    assert {"loss", "odd"} <= set(answer.out.replace(":", " ").replace("：", " ").split())
    assert due("worker", "--once", "--lang", lang).code == 0


def test_a_subscriber_without_an_address_is_refused(due: Run) -> None:
    """It would be told of nothing, and believe that nothing happens."""
    answer = due("worker", "--once", "--subscriber", "bank")

    assert answer.code == 2
    assert "--subscriber: nobody subscribes without an address; add --webhook" in answer.err


def test_a_round_is_one_line_of_json(due: Run) -> None:
    """What was recorded, what failed and what is stuck, for whatever collects logs."""
    SQLiteStore(Path("ssflow.db")).append([a_change("odd", closes=now())])
    (line,) = due("worker", "--once", "--json").out.splitlines()
    told = json.loads(line)

    assert [event["case"] for event in told["events"]] == ["loss"]
    assert ([fault["path"] for fault in told["failed"]], told["stuck"]) == (["odd"], [])


def test_no_person_is_named_in_what_failed(due: Run) -> None:
    """Neither by the round in which it fails, nor by those that tell of it as stuck, nor in what is kept of it."""
    store = SQLiteStore(Path("ssflow.db"))
    odd = changed(a_change("odd", closes=now()), events=('{"number": "11010519491231002X"}',))
    store.append([odd])
    for _ in range(5):
        answer = due("worker", "--once")
        (kept,) = store.failures("sweep")
        store.fail(changed(kept, tried=kept.tried - timedelta(hours=2)))
        assert "odd" in answer.out
        assert "11010519491231002X" not in answer.out + str(kept)
    assert "Cases that keep failing" in answer.out


def of(process: str, version: int) -> Change:
    """A case whose event names a procedure and a version that may not be there."""
    event = f'{{"process":"{process}","process_version":{version}}}'
    return changed(a_change("odd", process=process, closes=now()), events=(event,))


@pytest.mark.parametrize(
    ("process", "version", "says"),
    [
        ("loss_report", 9, "cannot go on: unknown version of loss_report '9'"),
        ("fishing_licence", 1, "cannot go on: unknown procedure 'fishing_licence'"),
    ],
)
def test_it_does_not_start_without_a_definition(due: Run, process: str, version: int, says: str) -> None:
    """An open case names one that is not installed: nothing is recorded, nobody is subscribed, and the answer says which is missing."""
    store = SQLiteStore(Path("ssflow.db"))
    store.append([of(process, version)])
    answer = due("worker", "--once", "--webhook", "http://127.0.0.1:1/")

    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith("error: --db: 1 open cases, odd among them, ") and says in answer.err
    assert "odd" in due("worker", "--once", "--lang", "zh").err
    assert len(store.trace("loss")) == 1
    with pytest.raises(UnknownError):
        store.waiting("webhook")


class Bank(BaseHTTPRequestHandler):
    """Somebody who is told, and who is closed on the first call."""

    calls: ClassVar[list[tuple[str, str]]] = []

    def do_POST(self) -> None:
        self.calls.append(
            (self.headers["Idempotency-Key"], self.rfile.read(int(self.headers["Content-Length"])).decode())
        )
        self.send_response(503 if len(self.calls) == 1 else 204)
        self.end_headers()

    def log_message(self, *said: object) -> None:
        """Say nothing."""


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Where it listens."""
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    Bank.calls.clear()
    server = HTTPServer(("127.0.0.1", 0), Bank)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/cases"
    server.shutdown()
    server.server_close()


def test_other_systems_are_told_over_http(due: Run, bank: str) -> None:
    """Of every event since the first round, masked; while they do not answer it shows in the exit code, and the same message comes again."""
    subscribed = due("worker", "--once", "--json", "--webhook", bank, "--subscriber", "bank")
    assert (subscribed.code, subscribed.json["delivered"]) == (1, [])
    assert [fault["path"] for fault in subscribed.json["failed"]] == ["loss"]

    (kept,) = SQLiteStore(Path("ssflow.db")).failures("deliver to bank")
    SQLiteStore(Path("ssflow.db")).fail(changed(kept, tried=kept.tried - timedelta(hours=2)))
    assert due("worker", "--once", "--webhook", bank, "--subscriber", "bank").out.endswith("events told of: 1\n")
    first, again = Bank.calls
    assert first == again
    assert (first[0], json.loads(first[1])["event"]["kind"]) == ("loss/2", "lapse")
    assert "11010519491231002X" not in first[1]


@pytest.mark.parametrize(
    "odd",
    [
        "",
        "bank",
        "http://",
        "http://[::1",
        "http://bank:99999/",
        "http://bank/a b",
        "http://bank/路",
        "http://u:hunter2@bank/",
    ],
)
def test_an_address_that_no_message_would_reach_is_refused(run: Run, odd: str) -> None:
    """At once, in both languages and without a password; otherwise each message would fail and be tried again for ever."""
    answer = run("worker", "--once", "--json", "--webhook", odd)
    (fault,) = answer.fault["faults"]
    assert (answer.code, fault["path"]) == (2, "--webhook")
    assert "hunter2" not in answer.err


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--webhook", "ftp://bank", "--once"], "--webhook: an address is required"),
        (["--every", "0", "--once"], "--every: at least 1 second"),
        (["--db", "nowhere.db"], "nowhere.db: there is no such file"),
        (["--db", "postgresql://localhost:1/none"], "postgresql: "),
    ],
)
def test_what_cannot_be_served_is_said_at_once(run: Run, words: list[str], says: str) -> None:
    """Before the first round, on one line."""
    answer = run("worker", *words)
    assert answer.code in (1, 2)
    assert says in answer.err
