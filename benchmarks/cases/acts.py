"""What an act costs: in memory against a hand-written dictionary of moves, in a file against a bare insert of the same text."""

import sqlite3
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from ssflow import Cases, Legislation, MemoryStore, SQLiteStore, machines
from ssflow.case import Attempt, Case, Event, decide, evolve
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.persons import Identity
from ssflow.records import Codec

HOLDER = Identity("11010519491231002X")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
LAW = Legislation()
ACTS = (
    (LossReport.report_temporarily(Report(Track.bank, HOLDER)), LossReport.holder, date(2026, 9, 18)),
    (LossReport.report_formally(Report(Track.bank, HOLDER)), LossReport.holder, date(2026, 9, 21)),
    (LossReport.ask_release(Release(in_person=True, card_shown=True)), LossReport.holder, date(2026, 9, 22)),
    (LossReport.release(), LossReport.office, date(2026, 9, 22)),
)
MOVES = {
    ("", "report_temporarily"): "temporary",
    ("temporary", "report_formally"): "formal",
    ("formal", "ask_release"): "releasing",
    ("releasing", "release"): "released",
}


def by_hand() -> None:
    """The same four moves as dictionary look-ups: no dates, no law, no record."""
    state = ""
    for deed, *_ in ACTS:
        state = MOVES[state, deed.activity.name]


def pure() -> list[Event]:
    """Four acts judged and taken in."""
    case, events = Case.unopened(LossReport, "a", {"issuing": "450500"}), list[Event]()
    for deed, by, on in ACTS:
        for event in decide(case, Attempt(deed=deed, by=by, on=on, law=LAW)):
            case = evolve(case, event)
            events.append(event)
    return events


def stored(cases: Cases) -> None:
    """Four acts of a new case through a store."""
    deed, by, on = ACTS[0]
    case = cases.open(deed, by=by, on=on, places="450500")
    for deed, by, on in ACTS[1:]:
        cases.do(case.id, deed, by=by, on=on)


def microseconds(action: Callable[[], object], repeat: int) -> float:
    """The median time of one act over five runs."""
    runs = []
    for _ in range(5):
        begun = time.perf_counter()
        for _ in range(repeat):
            action()
        runs.append((time.perf_counter() - begun) / repeat / len(ACTS) * 1e6)
    return statistics.median(runs)


def main() -> None:
    """Print microseconds an act and ratios measured in this run."""
    texts = [Codec(machines.get).encode(event) for event in pure()]
    with tempfile.TemporaryDirectory() as folder:
        raw = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("CREATE TABLE event (body TEXT)")
        hand = microseconds(by_hand, 20000)
        judged = microseconds(pure, 200)
        memory = microseconds(lambda: stored(Cases(MemoryStore(), LAW, now=lambda: NOW)), 100)
        inserted = microseconds(lambda: [raw.execute("INSERT INTO event VALUES (?)", [text]) for text in texts], 50)
        cases = Cases(SQLiteStore(Path(folder) / "cases.db"), LAW, now=lambda: NOW)
        file = microseconds(lambda: stored(cases), 20)
    print(f"{'dictionary of moves':36} {hand:9.2f} us an act")
    print(f"{'judged and taken in':36} {judged:9.1f} us an act  {judged / hand:7.0f} x the dictionary")
    print(f"{'through the memory store':36} {memory:9.1f} us an act  {memory / judged:7.1f} x judging")
    print(f"{'bare insert, synchronous, one a commit':36} {inserted:7.1f} us an act")
    print(f"{'through the SQLite store':36} {file:9.1f} us an act  {file / inserted:7.1f} x the bare insert")


if __name__ == "__main__":
    main()
