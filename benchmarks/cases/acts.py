"""What an act costs: in memory against a hand-written dictionary of moves, in a file against a bare insert of the same text.

Beside it, in the same rounds: the least that an act can cost, which is to make the values that it makes; acts of a day about which nobody has
asked yet; and a bare transition of python-statemachine, if that is installed (group ``peers``). Those in memory are measured in
time of the processor, those with a file by the clock, because they wait for the disk; of several rounds the least counts.
"""

import copy
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from itertools import cycle
from pathlib import Path
from typing import Any

import attrs

from ssflow import Cases, Legislation, MemoryStore, SQLiteStore, WorkCalendar, machines, rulebook
from ssflow.case import Attempt, Case, Event, decide, evolve
from ssflow.case.legislation import CaseLaw
from ssflow.case.sight import act_of
from ssflow.machines.loss_report import LossReport, Release, Report, Track
from ssflow.persons import Identity
from ssflow.records import Codec

HOLDER = Identity("11010519491231002X")
NOW = datetime(2026, 11, 22, tzinfo=UTC)
LAW = Legislation()
ROUNDS = 15
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


def pure(law: Legislation = LAW, earlier: timedelta = timedelta()) -> list[Event]:
    """Four acts judged and taken in."""
    case, events = Case.unopened(LossReport, "a", {"issuing": "450500"}), list[Event]()
    for deed, by, on in ACTS:
        for event in decide(case, Attempt(deed=deed, by=by, on=on - earlier, law=law)):
            case = evolve(case, event)
            events.append(event)
    return events


def unasked() -> Callable[[], object]:
    """The same on days about which nothing is known yet: figures are looked up, deadlines counted."""
    book = attrs.evolve(rulebook("loss_report"))  # without what was asked of the other
    law = Legislation(copy.copy(WorkCalendar.china()), rulebook=lambda _: book)
    pure(law)
    days = map(timedelta, cycle(range(5, 900, 5)))  # no day of an act comes twice
    return lambda: pure(law, next(days))


def values_made() -> Callable[[], object]:
    """Making what the four acts make, of what is known: attempt, law of the case, view of the guards, event, obligations, case."""
    made: list[tuple[type[Any], dict[str, Any]]] = []
    case = Case.unopened(LossReport, "a", {"issuing": "450500"})
    for deed, by, on in ACTS:
        attempt = Attempt(deed=deed, by=by, on=on, law=LAW)
        law: CaseLaw = LAW.in_case(case)
        view = act_of(case, deed.activity, on, law, facts=LossReport.fold(case.facts, deed.data), role=by)
        (event,) = decide(case, attempt)
        case = evolve(case, event)
        values = (attempt, law, view, event, *event.obligations, case, case.done[deed.activity.name], case.facts)
        made += [
            (type(value), {f.alias: getattr(value, f.name) for f in attrs.fields(type(value)) if f.init})
            for value in values
        ]

    def make() -> None:
        for cls, fields in made:
            cls(**fields)

    return make


def statemachine() -> Callable[[], object]:
    """Four bare transitions of python-statemachine."""
    from statemachine import State, StateMachine

    class Loss(StateMachine):
        unopened = State(initial=True)
        temporary = State()
        formal = State()
        releasing = State()
        report_temporarily = unopened.to(temporary)
        report_formally = temporary.to(formal)
        ask_release = formal.to(releasing)
        release = releasing.to(unopened)  # so that one machine goes round and round

    machine = Loss()

    def play() -> None:
        for deed, *_ in ACTS:
            machine.send(deed.activity.name)

    return play


def stored(cases: Cases) -> None:
    """Four acts of a new case through a store."""
    deed, by, on = ACTS[0]
    case = cases.open(deed, by=by, on=on, places="450500")
    for deed, by, on in ACTS[1:]:
        cases.do(case.id, deed, by=by, on=on)


def microseconds(action: Callable[[], object], repeat: int, clock: Callable[[], float]) -> float:
    """The time of one act."""
    begun = clock()
    for _ in range(repeat):
        action()
    return (clock() - begun) / repeat / len(ACTS) * 1e6


def least(ways: dict[str, tuple[Callable[[], object], int]], clock: Callable[[], float]) -> dict[str, float]:
    """The least time of an act in each way; all in turn in each round."""
    runs = [
        {name: microseconds(action, repeat, clock) for name, (action, repeat) in ways.items()} for _ in range(ROUNDS)
    ]
    return {name: min(run[name] for run in runs) for name in ways}


def in_memory() -> Iterator[str]:
    """Lines on what costs nothing but the processor."""
    ways: dict[str, tuple[Callable[[], object], int]] = {
        "dictionary of moves": (by_hand, 5000),
        "only the values that an act makes": (values_made(), 100),
        "judged and taken in": (pure, 50),
        "the same of a day not asked about yet": (unasked(), 10),
        "through the memory store": (lambda: stored(Cases(MemoryStore(), LAW, now=lambda: NOW)), 5),
    }
    if find_spec("statemachine"):
        ways["bare python-statemachine"] = statemachine(), 50
    took = least(ways, time.process_time)
    for name, each in took.items():
        beside = f"{each / took['dictionary of moves']:8.0f} x the dictionary"
        if machine := took.get("bare python-statemachine"):
            beside += f"{each / machine:8.2f} x python-statemachine"
        yield f"{name:40}{each:9.2f} us an act{beside}"


def in_file() -> Iterator[str]:
    """Lines on what waits for the disk."""
    texts = [Codec(machines.get).encode(event) for event in pure()]
    with tempfile.TemporaryDirectory() as folder:
        raw = sqlite3.connect(Path(folder) / "raw.db", isolation_level=None)
        raw.execute("PRAGMA synchronous = FULL")
        raw.execute("CREATE TABLE event (body TEXT)")
        cases = Cases(SQLiteStore(Path(folder) / "cases.db"), LAW, now=lambda: NOW)
        bare, through = "bare insert, synchronous, one a commit", "through the SQLite store"
        took = least(
            {
                bare: (lambda: [raw.execute("INSERT INTO event VALUES (?)", [text]) for text in texts], 5),
                through: (lambda: stored(cases), 2),
            },
            time.perf_counter,
        )
        raw.close()
    for name, each in took.items():
        yield f"{name:40}{each:9.1f} us an act{each / took[bare]:8.1f} x the bare insert"


def main() -> None:
    """Print microseconds an act and ratios measured in this run."""
    for line in (*in_memory(), *in_file()):
        print(line)


if __name__ == "__main__":
    main()
