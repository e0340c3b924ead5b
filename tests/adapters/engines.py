"""The servers of Temporal to test with: those that the dependency group ``engines`` brings, or that the machine has."""

import asyncio
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from attrs import define, field, frozen
from temporalio.client import Client
from temporalio.service import RetryConfig, RPCError
from temporalio.testing import WorkflowEnvironment

from ssflow import Cases, Legislation, SQLiteStore
from ssflow.adapters.temporal import Timers
from ssflow.calendar import hours
from ssflow.case import Event
from ssflow.records import Store
from ssflow.rules import Rulebook
from tests.case.petition import BOOK, Petition, figure

BEIJING = ZoneInfo("Asia/Shanghai")
QUICK = RetryConfig(max_elapsed_time_millis=1000)  # a test does not wait ten seconds for a server that it has killed
HOUR = Rulebook("petition", (figure("reply", hours(1)),), laws=BOOK.laws)


def program(name: str) -> str:
    """The path of a server, or the test is skipped and says what is missing."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = shutil.which(name, path=path)
    if found is None:
        pytest.skip(f"there is no program {name}: `python3 dev.py engines` runs this test with one")
    return found


def petitions(store: Store) -> Cases:
    """Cases of a procedure whose term ends an hour after it began, by the clock of this machine."""
    return Cases(store, Legislation(rulebook=lambda _: HOUR), process_of={"petition": Petition}.__getitem__)


@frozen
class Months:
    """A server that skips time, a worker, and cases whose host goes by the clock of that server."""

    environment: WorkflowEnvironment
    cases: Cases
    timers: Timers

    async def do(self, what: Callable[..., Any], *values: Any, **named: Any) -> Any:
        """Something that is done in the cases, and that the timers are told of."""
        done = await asyncio.to_thread(what, *values, **named)
        came = await self.timers.relay()
        assert not came.failed
        return done

    async def today(self) -> date:
        """The day in Beijing, by the clock of the host."""
        return self.cases.law.calendar.civil_day(await asyncio.to_thread(self.cases.now))

    async def sleep_until(self, day: date, after: timedelta = timedelta()) -> None:
        """Let time pass to some time after a day has begun in Beijing."""
        then = datetime.combine(day, time.min, BEIJING) + after
        left = then - await self.environment.get_current_time()
        await self.environment.sleep(left)
        await asyncio.sleep(0.3)  # what became due at the last moment is being recorded

    def recorded(self, case: str) -> list[tuple[str, str]]:
        """What time did in a case, in the order of recording."""
        return [(event.activity, event.kind.name) for event in self.trace(case) if event.kind.name != "act"]

    def trace(self, case: str) -> tuple[Event, ...]:
        return self.cases.trace(case)


@asynccontextmanager
async def months(folder: Path, **options: Any) -> AsyncIterator[Months]:
    """Time that can be skipped; ``behind`` is by how much the clock of the host is."""
    server, behind = program("temporal-test-server"), options.pop("behind", timedelta())
    async with await WorkflowEnvironment.start_time_skipping(test_server_existing_path=server) as environment:
        loop = asyncio.get_running_loop()

        def now() -> datetime:
            return asyncio.run_coroutine_threadsafe(environment.get_current_time(), loop).result() - behind

        cases = Cases(SQLiteStore(folder / "cases.db"), now=now, **options)
        timers = Timers(cases, environment.client)
        await timers.begin()
        async with timers.worker():
            yield Months(environment, cases, timers)


async def connected(address: str) -> Client:
    """A client, once the server answers."""
    last = monotonic() + 60
    while True:
        try:
            return await Client.connect(address, retry_config=QUICK)
        except (RPCError, RuntimeError):
            assert monotonic() < last, "the server does not answer"
            await asyncio.sleep(0.05)


@define
class DevServer:
    """A server of its own process and file, which can be killed and started again."""

    file: Path
    options: tuple[str, ...] = ()
    port: int = field(init=False)
    _process: "subprocess.Popen[bytes] | None" = None

    @port.default
    def _free_port(self) -> int:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            return int(taken.getsockname()[1])

    @property
    def address(self) -> str:
        return f"127.0.0.1:{self.port}"

    async def start(self) -> Client:
        """Start it, and a client once it answers."""
        command = [program("temporal"), "server", "start-dev", "--headless", "--port", str(self.port)]
        set_up = ("--db-filename", str(self.file), "--log-level", "never", *self.options)
        self._process = subprocess.Popen([*command, *set_up], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: ASYNC220 - it returns at once
        return await connected(self.address)

    def kill(self) -> None:
        """As a power cut does."""
        if self._process:
            self._process.kill()
            self._process.wait()


@asynccontextmanager
async def dev_server(folder: Path, *options: str) -> AsyncIterator[DevServer]:
    """A dev server whose file outlives it; it is killed at the end."""
    server = DevServer(folder / "temporal.db", options)
    try:
        yield server
    finally:
        server.kill()


async def eventually(what: Callable[[], bool], seconds: float = 90) -> None:
    """Wait until it is so."""
    last = monotonic() + seconds
    while not what():
        assert monotonic() < last, "it never came"
        await asyncio.sleep(0.05)
