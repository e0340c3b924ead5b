"""Power cuts on SQLite, at every step that a store takes on the disk: what was committed is there, and nothing is half.

The store runs on the SQLite of apsw, whose files are recorded; each image of the disk is opened by the SQLite of this Python. SSFLOW_TEST_RACES=large
draws more images of each moment.
"""

import os
import random
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from hashlib import sha256
from itertools import islice, takewhile
from pathlib import Path
from sqlite3 import DatabaseError
from sqlite3.dbapi2 import connect  # that of this Python, also while the store has another
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from ssflow import SQLiteStore
from ssflow.errors import StoreError
from ssflow.testing.store import a_change
from tests.store.commands import COMMANDS, begin, cases_of, rows_by_case
from tests.store.disk import Disk, Name, Recorder, apsw, chances, recording

IMAGES = 40 if os.environ.get("SSFLOW_TEST_RACES") == "large" else 5  # of the disk after each step
WORK = ("open beside another", "do", "correct", "sweep", "deliver", "unsubscribe")

State = dict[str, list[str]]


def state_of(path: Path, open_file: Callable[[Path], Any] = connect) -> State:
    """All that is on record in a file."""
    with closing(open_file(path)) as db:
        return rows_by_case(lambda sql: db.execute(sql.replace("ssflow_", "")))


class Newer:
    """A connection by the SQLite of apsw, as the standard library would give it: another SQLite in this process would take the log away."""

    def __init__(self, path: Path) -> None:
        self.connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READWRITE)
        self.close = self.connection.close
        self.description: list[Any] = []
        self.rows: list[Any] = []

    def execute(self, sql: str) -> "Newer":
        def begun(cursor: Any, *_: Any) -> bool:
            self.description = list(cursor.get_description())
            return True

        cursor = self.connection.cursor()
        cursor.exec_trace = begun  # the names of columns are not told any more once there are no rows left
        self.rows = list(cursor.execute(sql))
        return self

    def fetchone(self) -> Any:
        return self.rows[0]

    def fetchall(self) -> list[Any]:
        return self.rows


def worked(folder: Path, synchronous: str, journal: str) -> tuple[Recorder, list[State]]:
    """The steps that commands take on the disk, the first of which makes the file, and what is on record after each transaction."""
    path = folder / "cases.db"
    SQLiteStore(folder / "empty.db")
    states = [state_of(folder / "empty.db")]
    recorder = Recorder(lambda: states.append(state_of(path, Newer if journal == "wal" else connect)))
    with recording(recorder, synchronous):
        begin(SQLiteStore(path, journal=journal))
        for name in WORK:
            COMMANDS[name].do(cases_of(SQLiteStore(path)))
    with_log = any(isinstance(step, Name) and step.name.endswith("-wal") for step in recorder.steps)
    assert with_log is (journal == "wal")
    return recorder, states


def images(recorder: Recorder, chance: random.Random) -> Iterator[tuple[int, dict[str, bytes]]]:
    """What the disk may hold if the power is cut after each step, and how many transactions were committed by then."""
    disk = Disk()
    for step in recorder.steps:
        disk.take(step)
        for choose, gone_on in islice(chances(chance), IMAGES):
            yield disk.acknowledged, disk.cut(choose, gone_on)


def found(image: dict[str, bytes], folder: Path, journal: str) -> State | None:
    """What the next who opens the file finds; None if it is damaged."""
    folder.mkdir()
    for name, content in image.items():
        (folder / name).write_bytes(content)
    path = folder / "cases.db"
    open_file = Newer if journal == "wal" else connect
    try:
        with recording(Recorder(lambda: None), "EXTRA") if journal == "wal" else nullcontext():
            SQLiteStore(path)
        with closing(open_file(path)) as db:
            if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
                return None
        return state_of(path, open_file)
    except (StoreError, DatabaseError, apsw.Error):
        return None


def verdict(state: State | None, acknowledged: int, states: list[State]) -> str:
    """Whether what is found is what was committed; what was about to be committed may be there too."""
    if state is None:
        return "damaged"
    if state in states[acknowledged : acknowledged + 2]:
        return "kept"
    return "lost" if state in states else "half"


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """Where images are laid: in memory if the system has a folder there, for each is recovered and synchronised anew."""
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as name:
        yield Path(name)


def verdicts(folder: Path, synchronous: str, journal: str = "delete") -> Iterator[str]:
    """What becomes of each image of the disk, where the store synchronises in this way."""
    recorder, states = worked(folder, synchronous, journal)
    assert len(states) > 20
    seen: dict[str, State | None] = {}
    chance = random.Random(20261130)  # noqa: S311
    for acknowledged, image in images(recorder, chance):
        digest = sha256(repr(sorted(image.items())).encode()).hexdigest()
        if digest not in seen:
            seen[digest] = found(image, folder / str(len(seen)), journal)
        yield verdict(seen[digest], acknowledged, states)
    print(f"{len(recorder.steps)} steps, {len(states) - 1} transactions, {len(seen)} different images")


@pytest.mark.parametrize("journal", ["delete", "wal"])
def test_what_was_committed_survives_a_power_cut(folder: Path, journal: str) -> None:
    """After any step, whatever the disk made of what was not synchronised: the file is whole and holds all that was committed."""
    came = Counter(verdicts(folder, "EXTRA", journal))
    print(dict(came))
    assert set(came) == {"kept"}


def test_a_journal_stays_as_it_was_set(folder: Path) -> None:
    """The file remembers it for all who open it later; a case that was written before is there after each change."""
    path = folder / "cases.db"
    told = []
    with recording(Recorder(lambda: None), "EXTRA"):
        for asked in (None, "wal", None, "wal", "delete", None):
            with SQLiteStore(path, journal=asked) as store:
                store.append([a_change(f"c{len(told)}")])
                assert len(store.rows()) == len(told) + 1
            with closing(Newer(path)) as db:
                told.append(db.execute("PRAGMA journal_mode").fetchone()[0])
    assert told == ["delete", "wal", "wal", "wal", "delete", "delete"]


@pytest.mark.parametrize(
    ("journal", "synchronous", "becomes"),
    [("delete", "FULL", "lost"), ("delete", "NORMAL", "lost"), ("delete", "OFF", "damaged"), ("wal", "NORMAL", "lost")],
)
def test_where_less_is_synchronised_a_power_cut_is_found_to_harm(
    folder: Path, journal: str, synchronous: str, becomes: str
) -> None:
    """Without the folder a journal comes back and undoes the last commit; without its first synchronisation nothing is safe."""
    kept = Counter(takewhile(lambda came: came != becomes, came := verdicts(folder, synchronous, journal)))
    print(f"{synchronous}: {becomes} after {kept}")
    assert next(came, None) is not None, f"nothing was {becomes}"
