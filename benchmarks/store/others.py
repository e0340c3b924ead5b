"""A case of four acts kept beside other packages: each act a durable commit of its own to a file of SQLite, in turn in one process.

ssflow judges each act by law, dates what it starts, makes sure that it can be read back, chains it and keeps what the office owes. eventsourcing
keeps the events of an aggregate, and folds them to load it. python-statemachine and transitions only know which move leaves which state: they
move a row on, which is read and written beside a line of a log, as their users do it. Packages of the group ``peers`` that are not installed are named
and left out.
"""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

from ssflow import Cases, SQLiteStore
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.persons import Identity

ROUNDS, CASES = 7, 12
NUMBERS = count()
REPORT = Report(Track.bank, Identity("11010519491231002X"))
ACTS = (
    (LossReport.report_temporarily(REPORT), LossReport.holder, date(2026, 9, 18)),
    (LossReport.report_formally(REPORT), LossReport.holder, date(2026, 9, 21)),
    (LossReport.ask_release(Release(in_person=True, card_shown=True)), LossReport.holder, date(2026, 9, 22)),
    (LossReport.release(), LossReport.office, date(2026, 9, 22)),
)
# The same by the names of the acts and of the states to which they lead.
MOVES = (
    ("report_temporarily", "unopened", "temporary"),
    ("report_formally", "temporary", "formal"),
    ("ask_release", "formal", "releasing"),
    ("release", "releasing", "released"),
)
Play = Callable[[], None]


def by_ssflow(folder: Path) -> Play:
    cases = Cases(SQLiteStore(folder / "ssflow.db"), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))

    def play() -> None:
        (deed, by, on), *later = ACTS
        case = cases.open(deed, by=by, on=on, places="450500").id
        for deed, by, on in later:
            cases.do(case, deed, by=by, on=on)

    return play


def by_eventsourcing(folder: Path) -> Play:
    from eventsourcing.application import Application
    from eventsourcing.domain import Aggregate, event

    class Loss(Aggregate):
        @event("Opened")
        def __init__(self) -> None:
            self.state = MOVES[0][2]

        @event("Moved")
        def move(self, act: str) -> None:
            self.state = next(target for name, source, target in MOVES if (name, source) == (act, self.state))

    environment = {"PERSISTENCE_MODULE": "eventsourcing.sqlite", "SQLITE_DBNAME": str(folder / "eventsourcing.db")}
    application: Application[Any] = Application(environment)

    def play() -> None:
        loss = Loss()
        application.save(loss)
        for act, *_ in MOVES[1:]:
            loss = application.repository.get(loss.id)
            loss.move(act)
            application.save(loss)

    return play


def by_rows(folder: Path, name: str, moved: Callable[[str, str], str]) -> Play:
    """A row with a state, and a log beside it; ``moved`` says which state an act leads to."""
    database = sqlite3.connect(folder / f"{name}.db", isolation_level=None)
    database.execute("PRAGMA synchronous = EXTRA")
    database.execute("CREATE TABLE head (id INTEGER PRIMARY KEY, state TEXT)")
    database.execute("CREATE TABLE log (id INTEGER, act TEXT, state TEXT)")

    def play() -> None:
        case = next(NUMBERS)
        for act, *_ in MOVES:
            database.execute("BEGIN IMMEDIATE")
            row = database.execute("SELECT state FROM head WHERE id = ?", [case]).fetchone()
            state = moved(row[0] if row else "unopened", act)
            database.execute("INSERT OR REPLACE INTO head VALUES (?, ?)", [case, state])
            database.execute("INSERT INTO log VALUES (?, ?, ?)", [case, act, state])
            database.execute("COMMIT")

    return play


def by_statemachine(folder: Path) -> Play:
    from statemachine import State, StateMachine

    class Row:
        state = "unopened"

    class Loss(StateMachine):
        unopened = State(initial=True)
        temporary = State()
        formal = State()
        releasing = State()
        released = State(final=True)
        report_temporarily = unopened.to(temporary)
        report_formally = temporary.to(formal)
        ask_release = formal.to(releasing)
        release = releasing.to(released)

    def moved(state: str, act: str) -> str:
        row = Row()
        row.state = state
        Loss(row).send(act)
        return row.state

    return by_rows(folder, "statemachine", moved)


def by_transitions(folder: Path) -> Play:
    from transitions import Machine

    class Row:
        state: str

    machine = Machine(
        model=None,
        states=["unopened", *(target for *_, target in MOVES)],
        initial="unopened",
        transitions=[list(move) for move in MOVES],
        auto_transitions=False,
    )

    def moved(state: str, act: str) -> str:
        row = Row()
        machine.add_model(row, initial=state)
        row.trigger(act)  # type: ignore[attr-defined]  # given by the machine
        machine.remove_model(row)
        return row.state

    return by_rows(folder, "transitions", moved)


def by_hand(folder: Path) -> Play:
    targets = {(source, act): target for act, source, target in MOVES}
    return by_rows(folder, "hand", lambda state, act: targets[state, act])


def main() -> None:
    """Print microseconds an act, and ratios of this run."""
    ways = {
        "a dictionary of moves, rows by hand": (by_hand, None),
        "transitions, rows by hand": (by_transitions, "transitions"),
        "python-statemachine, rows by hand": (by_statemachine, "statemachine"),
        "eventsourcing, write-ahead log": (by_eventsourcing, "eventsourcing"),
        "ssflow": (by_ssflow, None),
    }
    missing = [package for _, package in ways.values() if package and find_spec(package) is None]
    with tempfile.TemporaryDirectory() as folder:
        plays = {name: way(Path(folder)) for name, (way, package) in ways.items() if package not in missing}
        times: dict[str, list[float]] = {name: [] for name in plays}
        for _ in range(ROUNDS):
            for name, play in plays.items():
                begun = time.perf_counter()
                for _ in range(CASES):
                    play()
                times[name].append((time.perf_counter() - begun) / CASES / len(MOVES))
        with closing(sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)) as raw:
            raw.execute("PRAGMA synchronous = EXTRA")
            raw.execute("CREATE TABLE event (body TEXT)")
            begun = time.perf_counter()
            for _ in range(ROUNDS * CASES):
                raw.execute("INSERT INTO event VALUES (?)", ["x" * 600])
            floor = (time.perf_counter() - begun) / ROUNDS / CASES
    print(f"{'one bare insert, synchronous':40} {floor * 1e6:9.1f} us")
    for name, runs in times.items():
        median = statistics.median(runs)
        print(f"{name:40} {median * 1e6:9.1f} us an act   {median / floor:5.2f} x the bare insert")
    for package in missing:
        print(f"{package}: not installed")


if __name__ == "__main__":
    main()
