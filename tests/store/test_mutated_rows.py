"""Whatever stands in the file, reading it ends in events or in an error of ours that says what is wrong."""

import json
import os
import random
import sqlite3
import warnings
from contextlib import closing, suppress
from pathlib import Path

import pytest

from ssflow import Cases, SQLiteStore, machines
from ssflow.errors import ConflictError, SsflowError
from ssflow.records import CasesLeftOut, Codec, change_of, fold

CODEC = Codec(machines.get)
GOLDEN = Path(__file__).parents[1] / "golden"
ROUNDS = 4000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 250
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


@pytest.mark.parametrize("seed", range(4))
def test_a_mutated_event_is_read_or_told(seed: int) -> None:
    """Every change of a stored text gives an event that can be written again, or an error of ours."""
    chance, known = random.Random(seed), texts()  # noqa: S311
    for _ in range(ROUNDS):
        text = mutated(chance.choice(known), chance)
        with suppress(SsflowError):
            CODEC.encode(CODEC.decode(text))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file that holds the golden logs, a case for each."""
    path = tmp_path_factory.mktemp("rows") / "cases.db"
    store = SQLiteStore(path)
    for log in sorted(GOLDEN.glob("*.jsonl")):
        events = [CODEC.decode(line) for line in log.read_text(encoding="utf-8").splitlines()]
        with suppress(ConflictError):  # another log of a case of this name
            store.append([change_of(fold(machines.get(events[0].process), events), events, CODEC)])
    return path


COLUMNS = {
    "event": ("case_id", "version", "body", "seal"),
    "head": (
        *("process", "state", "version", "closed", "closes", "seal", "opened", "late", "standing", "standing_seal"),
    ),
    "link": ("named", "case_id"),
}


@pytest.mark.parametrize("seed", range(40))
def test_a_mutated_row_is_read_or_told(file: Path, tmp_path: Path, seed: int) -> None:
    """Whoever writes into the file past us, in any column, finds that it is told, or that nothing was changed."""
    chance, path = random.Random(seed), tmp_path / "cases.db"  # noqa: S311
    path.write_bytes(file.read_bytes())
    table = chance.choice(list(COLUMNS))
    column = chance.choice(COLUMNS[table])
    value = chance.choice((None, b"\xff\x00", "", "x", -1, 2**62, "{}", "loss-1", "9" * 5000))
    with closing(sqlite3.connect(path)) as db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        db.execute("PRAGMA ignore_check_constraints = 1")
        key = "case_id" if table == "link" else "rowid"
        try:
            db.execute(
                f"UPDATE OR REPLACE {table} SET {column} = ? WHERE {key} = (SELECT min({key}) FROM {table})", [value]
            )
        except sqlite3.Error:
            return  # the column refuses the value itself
        db.commit()

    def look(door) -> None:
        with suppress(SsflowError):
            door()

    store = SQLiteStore(path)
    look(store.rows)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CasesLeftOut)
        look(lambda: Cases(store).overdue(Cases(store).now()))
    with closing(sqlite3.connect(path)) as db:
        ids = [id_ for (id_,) in db.execute("SELECT case_id FROM event UNION SELECT case_id FROM head")]
    for id_ in ids:
        look(lambda id_=id_: store.trace(id_))
        look(lambda id_=id_: store.linking(id_))
        look(lambda id_=id_: Cases(store).trace(id_))
        look(lambda id_=id_: Cases(store).get(id_))
