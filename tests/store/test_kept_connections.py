"""A store keeps its connections open between calls: of no other thread at the same time, of no other process, and of no other file."""

import copy
import ctypes
import gc
import os
import pickle
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, nullcontext
from functools import partial
from pathlib import Path
from time import sleep

import psycopg
import pytest

from ssflow import PostgreSQLStore, SQLiteStore
from ssflow.errors import ConflictError, StoreError
from ssflow.store.owned import OwnedStore
from ssflow.store.sqlite_file import keeps_log
from ssflow.testing.store import a_change

forks = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked")
descriptors = pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="open files are listed there")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a file will be."""
    return tmp_path / "cases.db"


@pytest.fixture(params=["sqlite", "postgresql"])
def owned(request: pytest.FixtureRequest, path: Path) -> Iterator[OwnedStore]:
    """A store with connections of its own, of each kind."""
    with SQLiteStore(path) if request.param == "sqlite" else PostgreSQLStore(request.getfixturevalue("dsn")) as store:
        yield store


def open_files(path: Path) -> int:
    """How often this process has the file open."""
    found = [Path("/proc/self/fd", name) for name in os.listdir("/proc/self/fd")]  # noqa: PTH208
    return sum(link.is_symlink() and os.readlink(link).startswith(str(path)) for link in found)  # noqa: PTH115


def in_child(do: Callable[[], object], fork: Callable[[], int] = os.fork) -> bool:
    """Whether something goes well in a forked process."""
    if not (child := fork()):
        status = 1
        try:
            status = int(do() is False)
        finally:
            os._exit(status)
    return os.waitpid(child, 0)[1] == 0


def ids(store: OwnedStore) -> list[str]:
    return [row.id for row in store.rows()]


@descriptors
def test_the_file_is_opened_once(path: Path) -> None:
    """However many calls, and threads one after the other, there is one connection; threads at the same time have one each."""
    store = SQLiteStore(path)
    for number in range(10):
        thread = threading.Thread(target=lambda number=number: store.append([a_change(f"a{number}")]))
        thread.start()
        thread.join()
    assert (len(ids(store)), open_files(path)) == (10, 1)

    at_once = threading.Barrier(4)

    def together(number: int) -> None:
        with store._transaction("DEFERRED") as db:
            db.execute("SELECT count(*) FROM head").fetchone()
            at_once.wait(20)
        store.append([a_change(f"b{number}")])

    threads = [threading.Thread(target=together, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(ids(store)), open_files(path)) == (14, 4)


@descriptors
def test_a_closed_store_and_one_that_is_not_used_any_more_keep_nothing_open(path: Path) -> None:
    """Closed by `close`, at the end of a ``with``, or with the last reference, also if that is found by the collector; a call opens again."""
    with SQLiteStore(path) as store:
        store.append([a_change("a")])
        assert open_files(path) == 1
    assert open_files(path) == 0
    assert ids(store) == ["a"]
    assert open_files(path) == 1
    store.close()
    store.close()
    assert open_files(path) == 0
    store.rows()
    del store
    assert open_files(path) == 0
    circle: list[object] = [SQLiteStore(path)]
    circle.append(circle)
    del circle
    gc.collect()
    assert open_files(path) == 0


def test_nothing_is_said_about_connections_that_nobody_closed(path: Path) -> None:
    """Python warns of a database that is collected while it is open (from 3.13 on): not of ours, of a thread that ended, at the end of the program."""
    program = (
        "import sys, threading\nfrom ssflow import SQLiteStore\n"
        "SQLiteStore(sys.argv[1]).rows()\nkept = SQLiteStore(sys.argv[1])\n"
        "thread = threading.Thread(target=kept.rows)\nthread.start()\nthread.join()\nprint(len(kept.rows()))"
    )
    ran = subprocess.run(
        [sys.executable, "-W", "error", "-X", "dev", "-c", program, path], capture_output=True, text=True, check=False
    )
    assert (ran.stdout, ran.stderr) == ("0\n", "")


def test_a_deleted_file_is_told_and_not_made_again(path: Path) -> None:
    """Reads and writes say that the file is gone; when it is put back, the store goes on."""
    store = SQLiteStore(path)
    store.append([a_change("a")])
    aside = path.rename(path.with_name("aside.db"))
    for call in (store.rows, lambda: store.append([a_change("b")])):
        with pytest.raises(StoreError, match="was deleted or moved since it was opened"):
            call()
    assert not path.exists()

    aside.rename(path)
    store.append([a_change("b")])
    assert ids(store) == ["a", "b"]


@pytest.mark.parametrize("by", ["a copy", "a new file"])
def test_a_file_that_was_replaced_is_told(path: Path, by: str) -> None:
    """Neither the old file, which nobody can find any more, nor the new one is read or written behind the caller's back."""
    store = SQLiteStore(path)
    store.append([a_change("a")])
    kept = path.read_bytes()
    path.unlink()
    path.write_bytes(kept if by == "a copy" else b"")

    def is_told() -> bool:
        for call in (store.rows, lambda: store.append([a_change("b")])):
            with pytest.raises(StoreError, match="was replaced by another file"):
                call()
        return True

    assert is_told()
    store.close()
    assert is_told(), "also by a connection that is opened anew"
    assert path.read_bytes() == (kept if by == "a copy" else b"")
    assert ids(SQLiteStore(path)) == (["a"] if by == "a copy" else [])


def test_a_file_is_the_same_wherever_the_process_goes(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A path is meant from the folder in which the store was made."""
    monkeypatch.chdir(path.parent)
    store = SQLiteStore(path.name)
    store.append([a_change("a")])
    (path.parent / "below").mkdir()
    monkeypatch.chdir(path.parent / "below")
    assert ids(store) == ["a"]
    store.close()
    assert ids(store) == ["a"]
    assert not Path(path.name).exists()


@pytest.mark.skipif(keeps_log(sqlite3.sqlite_version_info), reason="this SQLite keeps what it writes ahead")
def test_each_connection_looks_at_the_file_anew(path: Path) -> None:
    """A write-ahead log that somebody turns on later is refused by the next connection, as it would be by the next store."""
    store = SQLiteStore(path)
    store.close()
    with closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA journal_mode = WAL")
    with pytest.raises(StoreError, match="run PRAGMA journal_mode = DELETE on it"):
        store.rows()


@descriptors
def test_a_connection_on_which_something_failed_is_not_kept(path: Path) -> None:
    """An error of SQLite closes it; a refusal, or an interruption, takes back what was begun, and it goes on."""
    store = SQLiteStore(path, wait=0.05)
    store.append([a_change("a")])
    with pytest.raises(ConflictError):
        store.append([a_change("b"), a_change("a", 5)])

    def interrupted() -> None:
        with store._transaction() as db:
            db.execute("DELETE FROM head")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert open_files(path) == 1
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreError, match="another process is writing"):
            store.rows()
    assert open_files(path) == 0
    assert ids(store) == ["a"]


@descriptors
def test_where_one_connection_is_lost_none_is_kept(path: Path) -> None:
    """What ended it has most likely ended those that wait too, so the next call opens a new one."""
    store = SQLiteStore(path)
    store.append([a_change("a")])
    with store._connection() as lost:
        assert ids(store) == ["a"], "by another one"
        assert open_files(path) == 2
        lost.close()
    assert open_files(path) == 0


@forks
def test_a_forked_process_opens_its_own(owned: OwnedStore, path: Path) -> None:
    """Parent and child go on, with the same store, each on connections of its own; so does the child of the child."""
    owned.append([a_change("parent")])

    def grandchild() -> bool:
        owned.append([a_change("grandchild")])
        return True

    def child() -> bool:
        inherited = path.exists() and open_files(path)
        owned.append([a_change("child")])
        return not inherited and in_child(grandchild)

    assert in_child(child)
    owned.append([a_change("parent", 2)])
    assert ids(owned) == ["parent", "child", "grandchild"]


@descriptors
@forks
def test_a_process_forked_behind_the_back_of_python_uses_no_connection_of_its_parent(owned: OwnedStore) -> None:
    """As a server in C does: what the child inherits it neither uses nor closes, and the parent goes on with it."""
    owned.append([a_change("parent")])

    def child() -> bool:
        owned.append([a_change("child")])
        owned.close()
        gc.collect()
        return True

    assert in_child(child, ctypes.PyDLL(None).fork)
    owned.append([a_change("parent", 2)])
    assert ids(owned) == ["parent", "child"]


@forks
def test_a_fork_waits_until_no_other_thread_is_in_a_transaction(path: Path) -> None:
    """A child that is forked while another thread writes would inherit SQLite's locks, and find the file locked for ever."""
    store = SQLiteStore(path)
    ended = threading.Event()

    def write() -> None:
        version = 0
        while not ended.wait(0.003):
            store.append([a_change("thread", version := version + 1)])

    threads = [threading.Thread(target=write)]
    threads[0].start()
    try:
        went = [in_child(lambda number=number: store.append([a_change(f"c{number}")])) for number in range(20)]
    finally:
        ended.set()
        threads[0].join()
    assert all(went)
    assert {row.id for row in store.rows()} == {"thread", *(f"c{number}" for number in range(20))}


FORKER = """
import os, threading, time
from ssflow.store import forks

told, held, again = [], threading.Event(), threading.Event()

def tell(what):
    with forks.no_fork():
        told.append(what)

def hold():
    with forks.no_fork():
        held.set()
        again.wait()
        tell("whoever is in it goes on")

def fork():
    if not (child := os.fork()):
        thread = threading.Thread(target=tell, args=["in the child"], daemon=True)
        thread.start()
        thread.join(10)
        os._exit(thread.is_alive())
    told.append(("child", os.waitpid(child, 0)[1]))

forks.before_fork(lambda: tell("who forks may use it"))
threads = [threading.Thread(target=hold, daemon=True), threading.Thread(target=fork, daemon=True)]
threads[0].start()
held.wait()
threads[1].start()
while not forks._forking:
    time.sleep(0.01)
threads.append(threading.Thread(target=tell, args=["a newcomer"], daemon=True))
threads[2].start()
threads[2].join(0.3)
print(told, threads[2].is_alive())
again.set()
for thread in threads:
    thread.join(10)
print(told[:2], sorted(map(str, told[2:])))
os._exit(0)
"""


@forks
def test_who_comes_after_a_fork_was_asked_for_waits_for_it() -> None:
    """Otherwise busy threads would keep it waiting for ever. Who is in a transaction finishes it, and nobody waits in the child."""
    ended = subprocess.run([sys.executable, "-c", FORKER], capture_output=True, text=True, timeout=30, check=True)
    first = ["whoever is in it goes on", "who forks may use it"]
    assert ended.stdout.splitlines() == ["[] True", f"{first} [\"('child', 0)\", 'a newcomer']"], ended.stderr


def test_a_copy_opens_its_own(owned: OwnedStore) -> None:
    """Copied in this process, or pickled for another one."""
    owned.append([a_change("a")])
    for other in (copy.copy(owned), copy.deepcopy(owned), pickle.loads(pickle.dumps(owned))):  # noqa: S301 - our own
        assert other == owned
        owned.close()
        assert ids(other) == ["a"]
        other.close()


def test_a_closed_store_leaves_no_session_on_the_server(dsn: str) -> None:
    """Of PostgreSQL; a connection that was lent to it is left alone."""
    with psycopg.connect(dsn, autocommit=True) as watching:
        asked = "SELECT count(*) FROM pg_stat_activity WHERE application_name = %s AND pid <> pg_backend_pid()"

        def sessions() -> object:
            return watching.execute(asked, [dsn.partition("application_name=")[2].partition("&")[0]]).fetchall()

        with PostgreSQLStore(dsn) as store:
            store.append([a_change("a")])
            assert sessions() == [(1,)]
        for _ in range(100):  # the server notices it a moment later
            if (left := sessions()) == [(0,)]:
                break
            sleep(0.05)
        assert left == [(0,)]
        with PostgreSQLStore(partial(nullcontext, watching)) as store:
            assert ids(store) == ["a"]
        assert not watching.closed
