"""Whatever stands in the file, in a body that comes in, or in a key: it is read, or told by an error of ours that says what is wrong.

SSFLOW_TEST_RACES=large takes the numbers of a release: 100,000 of them.
"""

import json
import os
import random
import re
import sqlite3
import warnings
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest

from ssflow import Cases, MemoryStore, SQLiteStore, machines
from ssflow.errors import ConflictError, ReusedKeyError, SsflowError, StoreError
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import CasesLeftOut, Codec, Request, change_of, fold
from ssflow.testing.store import a_failure
from ssflow.text import LANGS
from tests.store.commands import TABLES

CODEC = Codec(machines.get)
REPORT = LossReport.report_temporarily(Report(Track.bank, Identity("11010519491231002X")))
GOLDEN = Path(__file__).parents[1] / "golden"
IS_LARGE = os.environ.get("SSFLOW_TEST_RACES") == "large"
TEXTS, BODIES, KEYS, ROWS = (
    (17_500, 20_000, 8_000, 2_000) if IS_LARGE else (250, 600, 200, 60)
)  # the first of each of four seeds
# What Python says by itself, and would be quoted for want of words of ours.
PYTHONS = re.compile(
    r"zip\(|not supported between|has no attribute|unhashable|indices must|unpack|positional|object is not|object cannot|Traceback"
)
ODD = (
    None,
    "",
    "x",
    0,
    -1,
    1.5,
    True,
    [],
    {},
    [None],
    {"a": 1},
    "2026-13-40",
    10**30,
    "\x00",
    "日" * 500,
    "loss_report",
)


def texts() -> list[str]:
    """The events of all golden logs."""
    return [line for log in sorted(GOLDEN.glob("*.jsonl")) for line in log.read_text(encoding="utf-8").splitlines()]


def places(value: object, path: tuple = ()) -> list[tuple]:
    """Every place in a document at which something stands."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(found for key, inner in pairs for found in places(inner, (*path, key)))]


def mutated(text: str, chance: random.Random) -> str:
    """The text with one thing exchanged, dropped or added, or with one byte changed."""
    if chance.random() < 0.3:
        at = chance.randrange(len(text))
        return text[:at] + chance.choice('{}[]",:0x\\ ') + text[at + chance.randrange(3) :]
    document = json.loads(text)
    *parents, last = chance.choice([place for place in places(document) if place])
    inner = document
    for key in parents:
        inner = inner[key]
    if isinstance(inner, dict) and chance.random() < 0.3:
        del inner[last]
        inner[chance.choice(("extra", "schema", "version"))] = chance.choice(ODD)
    else:
        inner[last] = chance.choice(ODD)
    return json.dumps(document, ensure_ascii=False)


def told(door: Callable[[], object]) -> SsflowError | None:
    """The error of ours that comes of a question, if one does: it says in both languages what is wrong, and shows no number of a person."""
    error = None
    try:
        door()
    except SsflowError as raised:
        error = raised
    if error is not None:
        said = [error.say(lang) for lang in LANGS]
        assert not PYTHONS.search("".join(said)), said
        assert not re.search(r"(?<![0-9])[0-9]{17}[0-9X](?![0-9])", "".join(said)), said
        assert re.search("[\u4e00-\u9fff]", error.say("zh")), said
    return error


@pytest.mark.parametrize("seed", range(4))
def test_a_mutated_event_is_read_or_told(seed: int) -> None:
    """Every change of a stored text gives an event that can be written again, or an error of ours."""
    chance, known = random.Random(seed), texts()  # noqa: S311
    for _ in range(TEXTS):
        text = mutated(chance.choice(known), chance)
        told(lambda text=text: CODEC.encode(CODEC.decode(text)))


def test_a_mutated_body_is_taken_or_told() -> None:
    """Every change of the data of an act, as a form sends them, gives an act or an error of ours."""
    chance = random.Random(5)  # noqa: S311
    known = [
        (machines.get(event["process"]).activity(event["activity"]), event["data"])
        for event in map(json.loads, texts())
        if event["data"] and event["activity"]
    ]
    taken = 0
    for _ in range(BODIES):
        activity, data = chance.choice(known)
        body: object = mutated(json.dumps(data, ensure_ascii=False), chance)
        with suppress(ValueError):
            body = json.loads(str(body))
        taken += told(lambda activity=activity, body=body: activity.deed_of(body)) is None
    print(f"{BODIES} bodies, {taken} taken")
    assert 0 < taken < BODIES


def test_an_odd_key_or_id_is_taken_or_told() -> None:
    """Any text serves as a key or an id, and finds its case again, or is refused by name; none ends in an error of Python."""
    chance, store = random.Random(6), MemoryStore()  # noqa: S311
    cases = Cases(store, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    letters = "abc-_./:1290 日é\u0301\u200b\u202e\n\0\ud800😀'\"%;\\"
    taken, used = 0, set[str]()
    for number in range(KEYS):
        odd = "".join(chance.choices(letters, k=chance.choice((1, 2, 8, 40, 300))))
        asked = {"case": f"z{number}", "key": odd} if number % 2 else {"case": odd, "key": f"z{number}"}
        open_it = partial(cases.open, REPORT, by=LossReport.holder, on=date(2026, 9, 18), places="450500", **asked)
        refused = told(open_it)
        if isinstance(refused, ReusedKeyError | ConflictError):
            assert odd in used
        elif refused:
            assert [fault.path for fault in refused.faults] == ["key" if number % 2 else "case"]
        else:
            taken += 1
            used.add(odd)
            assert open_it() == cases.get(asked["case"])
    print(f"{KEYS} keys and ids, {taken} taken")
    assert 0 < taken < KEYS


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds the golden logs, a case for each, of which somebody is told, and what else a store keeps."""
    path = tmp_path_factory.mktemp("rows") / "cases.db"
    store = SQLiteStore(path)
    store.subscribe("tax")
    for log in sorted(GOLDEN.glob("*.jsonl")):
        events = [CODEC.decode(line) for line in log.read_text(encoding="utf-8").splitlines()]
        request = Request(key=f"k-{log.stem}", digest="d", answer=((events[0].case, len(events)),))
        with suppress(ConflictError):  # another log of a case of this name
            change = change_of(fold(machines.get(events[0].process), events), events, CODEC)
            store.append([change], request=request)
    store.fail(a_failure(store.rows()[0].id))
    return path


VALUES = (None, b"\xff\x00", "", "x", -1, 0, 2**62, "{}", "[[1]]", "loss-1", "9" * 5000, "2026-13-40", 1.5)


@pytest.mark.parametrize("part", range(10))
def test_a_mutated_row_is_read_or_told(file: Path, tmp_path: Path, part: int) -> None:
    """Who writes into the file past us, in any column of any table, finds that it is told, or that nothing was changed."""
    path, written = tmp_path / "cases.db", 0
    for number in range(part, ROWS, 10):
        path.write_bytes(file.read_bytes())
        if is_mutated(path, random.Random(number)):  # noqa: S311
            written += 1
            look_at_all(path)
    print(f"{written} rows")
    assert written


def is_mutated(path: Path, chance: random.Random) -> bool:
    """Whether a row could be given another value: a column may refuse it."""
    with closing(sqlite3.connect(path)) as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("PRAGMA ignore_check_constraints = 1")
        table = chance.choice(TABLES)
        columns = [name for _, name, *_ in db.execute(f"PRAGMA table_info({table})")]
        column, found = chance.choice(columns), db.execute(f"SELECT * FROM {table}").fetchall()
        if not found:
            return False
        row = dict(zip(columns, chance.choice(found), strict=True))
        where = " AND ".join(f"{name} IS ?" for name in row)
        try:
            db.execute(
                f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {where}", [chance.choice(VALUES), *row.values()]
            )
        except sqlite3.Error:
            return False
        db.commit()
    return True


def look_at_all(path: Path) -> None:
    """Ask everything of a file that can be asked."""
    store = SQLiteStore(path)
    cases = Cases(store, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    with closing(sqlite3.connect(path)) as db:
        ids = [id_ for (id_,) in db.execute("SELECT case_id FROM event UNION SELECT case_id FROM head")]
        keys = [key for (key,) in db.execute("SELECT name FROM request")]
    doors: list[Callable[[], object]] = [
        *(store.rows, store.obligations, cases.work_list, cases.rows),
        lambda: cases.overdue(cases.now()),
        cases.verify,
        lambda: store.failures("sweep"),
        cases.sweep,
        lambda: store.waiting("tax"),
        *(partial(store.request, key) for key in keys),
        *(partial(door, id_) for id_ in ids for door in (store.trace, store.linking, cases.trace, cases.get)),
        *(partial(store.messages, "tax", id_) for id_ in ids),
    ]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CasesLeftOut)
        for door in doors:
            told(door)
        with suppress(StoreError):  # of the door before
            assert not any(PYTHONS.search(finding.say("en")) for finding in cases.verify())
