"""What the file survives, and what it refuses: other files, damage, forgery, killed writers."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from attrs import evolve

from ssflow import Cases, SQLiteStore
from ssflow.errors import ConflictError, StoreError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.records import fold
from ssflow.store.sqlite_file import APPLICATION_ID
from ssflow.testing.store import a_change, a_failure
from ssflow.text import Text
from tests.store.damage import damage

RELEASED = sorted((Path(__file__).parents[1] / "golden" / "files").glob("*.db"))
WRITER = """
import sys
from ssflow import SQLiteStore
from ssflow.testing.store import a_change

store, name = SQLiteStore(sys.argv[1]), sys.argv[2]
version = len(store.trace(name)) if any(row.id == name for row in store.rows()) else 0
while True:
    version += 1
    store.append([a_change(name, version), a_change(name + "-twin", version)])
    print(version, flush=True)
"""


@contextmanager
def opened(path: Path) -> Iterator[sqlite3.Connection]:
    """A plain connection to the file, committed and closed afterwards."""
    with closing(sqlite3.connect(path)) as db, db:
        yield db


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A database file with one case of two events."""
    path = tmp_path / "cases.db"
    SQLiteStore(path).append([a_change(version=2, events=2)])
    return path


@pytest.mark.skipif(os.name == "nt", reason="permissions are others there")
def test_a_new_file_is_its_owners_alone(path: Path) -> None:
    """It holds identities."""
    assert oct(path.stat().st_mode & 0o777) == "0o600"


def test_a_damaged_failure_is_one_of_long_ago(path: Path) -> None:
    """So that its case is tried again at once, and not as one that has failed often."""
    SQLiteStore(path).fail(evolve(a_failure("a"), tries=7))
    damage(path, "failure", "tried", 10**18, "case_id = 'a'")
    (failure,) = SQLiteStore(path).failures("sweep")
    assert (failure.case, failure.tries, failure.tried.year) == ("a", 1, 1970)
    assert failure.fault == Text("失败的记录已损坏", "the record of the failure is damaged")


def test_an_instant_is_kept_in_microseconds_since_1970(tmp_path: Path) -> None:
    """As earlier releases wrote it, and as others may read it."""
    store = SQLiteStore(tmp_path / "moments.db")
    store.append([a_change("a", closes=datetime(2026, 9, 27, 1, 2, 3, 4, UTC))])
    with opened(store.path) as db:
        assert db.execute("SELECT closes FROM head").fetchall() == [(1790470923000004,)]
    assert store.rows()[0].closes == datetime(2026, 9, 27, 1, 2, 3, 4, UTC)


def test_another_process_reads_what_was_written(path: Path) -> None:
    """A second store on the same file sees the same cases."""
    assert SQLiteStore(path).trace("a") == a_change(version=2, events=2).events


@pytest.mark.parametrize("round_", range(6))
def test_a_killed_writer_loses_nothing_acknowledged(tmp_path: Path, round_: int) -> None:
    """Killed in the middle of a write, a process loses no event it was told is written, and no half of a pair stays."""
    path = tmp_path / "cases.db"
    with subprocess.Popen([sys.executable, "-c", WRITER, str(path), "a"], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        acknowledged = int(writer.stdout.readline())
        time.sleep(0.02 + 0.017 * round_)
        os.kill(writer.pid, signal.SIGKILL)
        acknowledged = int(([str(acknowledged), *writer.stdout.read().split()])[-1])
    store = SQLiteStore(path)
    versions = [json.loads(text)["version"] for text in store.trace("a")]

    assert versions == list(range(1, len(versions) + 1))
    assert len(versions) >= acknowledged
    assert len(store.trace("a-twin")) == len(versions)
    with opened(path) as db:
        assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_of_many_writers_one_wins_each_version(path: Path) -> None:
    """Eight threads that write the same next version: one is told it is written, seven are told of the conflict."""
    outcomes: list[str] = []

    def write() -> None:
        try:
            SQLiteStore(path).append([a_change(version=3)])
            outcomes.append("written")
        except ConflictError:
            outcomes.append("conflict")

    threads = [threading.Thread(target=write) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["conflict"] * 7 + ["written"]
    assert len(SQLiteStore(path).trace("a")) == 3


@pytest.mark.parametrize("statement", ["UPDATE event SET body = '{}'", "DELETE FROM event"])
def test_events_cannot_be_edited(path: Path, statement: str) -> None:
    """The file itself refuses to edit or delete events."""
    with opened(path) as db, pytest.raises(sqlite3.IntegrityError, match="events are never"):
        db.execute(statement)


@pytest.mark.parametrize(
    ("forgery", "says"),
    [
        (
            "UPDATE event SET body = replace(body, '第1件', '第2件') WHERE version = 1",
            "event 1 of case a was altered",
        ),
        ("DELETE FROM event WHERE version = 2", "do not end as its head says"),
        ("DELETE FROM event", "do not end as its head says"),
        ("UPDATE event SET seal = 'x' WHERE version = 2", "event 2 of case a was altered"),
        ("UPDATE head SET version = 1", "do not end as its head says"),
    ],
)
def test_forgery_is_noticed(path: Path, forgery: str, says: str) -> None:
    """Who goes around the triggers and alters, cuts or exchanges events is found out by the chain of seals."""
    with opened(path) as db:
        db.execute("DROP TRIGGER event_is_not_edited")
        db.execute("DROP TRIGGER event_is_not_deleted")
        db.execute(forgery)

    with pytest.raises(StoreError, match=says):
        SQLiteStore(path).trace("a")


@pytest.mark.parametrize(
    ("forgery", "version"), [("UPDATE head SET version = 1", 2), ("DELETE FROM head", 1)], ids=["set back", "gone"]
)
def test_nothing_is_written_over_an_event_that_the_head_does_not_know(path: Path, forgery: str, version: int) -> None:
    """Where the head was set back or is gone, the next act is refused with advice, and all stays as it is."""
    with opened(path) as db:
        db.execute(forgery)
        before = list(db.iterdump())

    with pytest.raises(StoreError, match="do not end as its head says; restore a backup"):
        SQLiteStore(path).append([a_change(version=version)])
    with opened(path) as db:
        assert list(db.iterdump()) == before


def test_nothing_is_written_after_an_event_without_a_number(path: Path) -> None:
    """A damaged number of the last event is no conflict, which would be tried again for ever."""
    damage(path, "head", "version", "x", "case_id = 'a'")
    with pytest.raises(StoreError, match="the events of case a do not end as its head says"):
        SQLiteStore(path).append([a_change("a", 3)])


def test_damage_is_reported(path: Path) -> None:
    """A file with overwritten bytes is refused with advice, and is left as it is."""
    damaged = b"not a database at all, " * 400
    path.write_bytes(damaged)

    with pytest.raises(StoreError, match="restore a backup or give another file"):
        SQLiteStore(path)
    assert path.read_bytes() == damaged


def test_damage_inside_is_reported(path: Path) -> None:
    """Damage in the middle of the file is reported as such, not as a missing case."""
    content = bytearray(path.read_bytes())
    content[4096:] = os.urandom(len(content) - 4096)
    path.write_bytes(bytes(content))

    with pytest.raises(StoreError):
        SQLiteStore(path).trace("a")


def test_an_empty_file_has_no_version(tmp_path: Path) -> None:
    """Whatever number it bears: its tables are made."""
    path = tmp_path / "cases.db"
    with opened(path) as db:
        db.execute("PRAGMA user_version = 7")
    SQLiteStore(path).append([a_change()])
    assert SQLiteStore(path).trace("a") == a_change().events


@pytest.mark.parametrize("version", [0, 9999])
def test_other_peoples_databases_are_left_alone(tmp_path: Path, version: int) -> None:
    """A database of another program is refused and not touched, whatever its version is."""
    path = tmp_path / "other.db"
    with opened(path) as db:
        db.execute("CREATE TABLE theirs (x)")
        db.execute(f"PRAGMA user_version = {version}")
    before = path.read_bytes()

    with pytest.raises(StoreError, match="database of another program"):
        SQLiteStore(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_the_file_of_an_earlier_release_is_brought_up_to_date(tmp_path: Path, file: Path) -> None:
    """A file of each earlier schema, as it was written, keeps its events, tells who is related and late, and goes on."""
    path = tmp_path / "cases.db"
    path.write_bytes(file.read_bytes())
    with opened(path) as db:
        texts = [text for (text,) in db.execute("SELECT body FROM event WHERE case_id = 'card-3' ORDER BY version")]
    cases = Cases(SQLiteStore(path), now=lambda: datetime(2026, 11, 29, tzinfo=UTC))

    assert list(cases.store.trace("card-3")) == texts
    assert cases.store.linking(["report-bank"])["report-bank"] == ("card-1",)
    assert [row.id for row in cases.store.rows() if row.late] == ["card-3"]
    assert cases.get("card-3") == fold(CardReplacement, cases.trace("card-3"))
    case = cases.do("card-3", CardReplacement.finish(), by=CardReplacement.issuer, on=date(2026, 11, 23))
    assert case == cases.get("card-3") == fold(CardReplacement, cases.trace("card-3"))
    assert not any(row.late for row in Cases(SQLiteStore(path)).store.rows()), "once"


def shape(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """The tables, indices and triggers of a file, with their columns, in no order."""
    with opened(path) as db:
        named = db.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'").fetchall()
        return {name: sorted(column[1:] for column in db.execute(f"PRAGMA table_xinfo({name})")) for _, name in named}


@pytest.mark.parametrize("file", RELEASED, ids=lambda file: file.stem)
def test_an_older_file_becomes_what_a_new_one_is(tmp_path: Path, file: Path) -> None:
    """The same tables, columns, indices and triggers, whichever schema a file comes from."""
    new, old = tmp_path / "new.db", tmp_path / "old.db"
    old.write_bytes(file.read_bytes())
    for path in (new, old):
        SQLiteStore(path)

    assert shape(old) == shape(new)


def test_newer_files_are_refused(path: Path) -> None:
    """A file written by a newer schema is not guessed at."""
    with opened(path) as db:
        assert db.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        db.execute("PRAGMA user_version = 99")

    with pytest.raises(StoreError, match="written by a newer ssflow"):
        SQLiteStore(path)


def test_missing_folders_are_named(tmp_path: Path) -> None:
    """A path that cannot be written says so."""
    with pytest.raises(StoreError, match="there is no folder .*nowhere; make it"):
        SQLiteStore(tmp_path / "nowhere" / "cases.db")


def test_a_locked_file_is_waited_for_and_then_reported(path: Path) -> None:
    """A writer that waits too long for another is told to try again."""
    store = SQLiteStore(path, wait=0.05)
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(StoreError, match="another process is writing: try again"):
        store.append([a_change(version=3)])
    other.close()
    store.append([a_change(version=3)])
    assert len(store.trace("a")) == 3


def test_opening_waits_for_no_writer(path: Path) -> None:
    """A file that is up to date is only looked at when it is opened: an audit disturbs nobody, and nobody holds it up."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert len(SQLiteStore(path, wait=0.05).trace("a")) == 2


def test_a_file_on_a_medium_that_cannot_be_written_is_read(path: Path, tmp_path: Path) -> None:
    """Opened, listed and verified, as an audit does; an act is refused with the reason."""
    medium = tmp_path / "medium"
    medium.mkdir()
    (medium / "cases.db").write_bytes(path.read_bytes())
    mount, umount = shutil.which("mount"), shutil.which("umount")
    if (
        not (mount and umount)
        or subprocess.run([mount, "--bind", "-o", "ro", medium, medium], capture_output=True, check=False).returncode
    ):
        pytest.skip("only who may mount can make such a medium")
    try:
        store = SQLiteStore(medium / "cases.db")
        assert store.trace("a") == a_change(version=2, events=2).events
        assert len(store.rows()) == 1
        with pytest.raises(StoreError, match="the file is read-only"):
            store.append([a_change(version=3)])
        with pytest.raises(StoreError, match="cannot be written to"):
            SQLiteStore(medium / "new.db")
    finally:
        subprocess.run([umount, medium], check=True)


LOOKER = """
import os, sys
from pathlib import Path
from ssflow import SQLiteStore
from ssflow.errors import StoreError
from ssflow.testing.store import a_change

def look(path, case="a"):
    try:
        store = SQLiteStore(path)
        if case:
            store.append([a_change(case)])
        print(len(store.rows()))
    except StoreError as error:
        print(error.fault.en)

look(Path(sys.argv[1], "cases.db"))
look(Path(sys.argv[1]))  # all that will be needed is imported
Path(sys.argv[1], "cases.db").chmod(int(sys.argv[2], 8))
Path(sys.argv[1]).chmod(0o555)
if os.geteuid() == 0:
    os.setuid(65534)
look(Path(sys.argv[1], "cases.db"), case="")
look(Path(sys.argv[1], "cases.db"), case="b")
look(Path(sys.argv[1], "new.db"))
look(Path(sys.argv[1], "closed", "new.db"))
"""


@pytest.mark.skipif(os.name == "nt", reason="permissions are others there")
@pytest.mark.parametrize(
    ("mode", "looked", "written"), [("444", "1", "is read-only"), ("000", "may not be read", "may not be read")]
)
def test_what_may_not_be_written_is_called_so(mode: str, looked: str, written: str) -> None:
    """A read-only file can be looked at; writing to it, and to a folder that is closed, is told as such."""
    with TemporaryDirectory() as name:
        (Path(name) / "closed").mkdir(mode=0o000)
        ended = subprocess.run([sys.executable, "-c", LOOKER, name, mode], capture_output=True, text=True, check=False)
        Path(name).chmod(0o755)
        (Path(name) / "closed").chmod(0o755)

    said = ended.stdout.splitlines()
    assert ended.stderr == ""
    assert said[:2] == ["1", "is a folder; name a file in it (unable to open database file)"]
    assert looked in said[2]
    assert written in said[3]
    assert all("cannot be written to; change its permissions" in line for line in said[4:6])
