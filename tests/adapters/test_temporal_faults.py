"""Timers in a Temporal that dies, with workers that die: each deadline is recorded once, with the engine or without it.

SSFLOW_TEST_RACES=large takes the numbers of a release: 200 deadlines, 6 kills of the server and 12 of workers.
"""

import asyncio
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import monotonic

import pytest

from ssflow import Cases, SQLiteStore
from ssflow.adapters.temporal import Timers
from ssflow.errors import EngineError
from tests.adapters.engines import dev_server, eventually, petitions
from tests.case.petition import Asked, Petition

IS_LARGE = os.environ.get("SSFLOW_TEST_RACES") == "large"
DEADLINES, KILLS = (200, 6) if IS_LARGE else (20, 2)
ROOT = Path(__file__).parents[2]


def opened(cases: Cases, number: int, left: timedelta) -> None:
    """A petition to which an answer is due, by this much from now."""
    on = datetime.now(UTC) + left - timedelta(hours=1)
    cases.open(Petition.ask(Asked("x")), by=Petition.person, on=on, places="440100", case=f"c{number}", party="p")


def late(cases: Cases) -> Counter[str]:
    """How often each case is on record as late."""
    return Counter(e.case for row in cases.rows() for e in cases.trace(row.id) if e.kind.name == "overdue")


@contextmanager
def working(address: str, db: Path) -> Iterator["subprocess.Popen[bytes]"]:
    """A worker in a process of its own, which is killed at the end."""
    command = [sys.executable, "-m", "tests.adapters.timer_worker", address, str(db)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as worker:
        try:
            yield worker
        finally:
            worker.kill()


def test_kills_of_the_server_and_of_workers_record_every_deadline_once(tmp_path: Path) -> None:
    """The server and two workers are killed while timers are set and while they fire; the server comes back with what its file holds."""
    db = tmp_path / "cases.db"
    cases = petitions(SQLiteStore(db))

    async def played() -> tuple[int, int]:
        servers = workers = 0
        async with dev_server(tmp_path) as server:
            await Timers(cases, await server.start()).begin()
            with ExitStack() as stack:
                running = [stack.enter_context(working(server.address, db)) for _ in range(2)]
                for number in range(DEADLINES):
                    await asyncio.to_thread(opened, cases, number, timedelta(seconds=3 + number * 10 / DEADLINES))
                while late(cases).total() < DEADLINES:
                    before = late(cases).total()
                    await eventually(lambda before=before: late(cases).total() > before)
                    if workers < 2 * KILLS and late(cases).total() < DEADLINES:
                        running.pop(0).kill()
                        workers += 1
                        running.append(stack.enter_context(working(server.address, db)))
                    if servers < KILLS and late(cases).total() < DEADLINES:
                        server.kill()
                        servers += 1
                        await server.start()
        return servers, workers

    began = monotonic()
    servers, workers = asyncio.run(played())
    print(f"{DEADLINES} deadlines, {servers} kills of the server, {workers} of workers, {monotonic() - began:.1f} s")
    assert servers
    assert workers
    assert late(cases) == {f"c{number}": 1 for number in range(DEADLINES)}
    assert cases.sweep().done == ()


def test_without_the_engine_a_sweep_records_every_deadline_once(tmp_path: Path) -> None:
    """Timers are set, the server is gone for good: the relay says so and keeps its messages, and a sweep records all of it."""
    cases = petitions(SQLiteStore(tmp_path / "cases.db"))

    async def played() -> None:
        async with dev_server(tmp_path) as server:
            timers = Timers(cases, await server.start())
            await timers.begin()
            for number in range(DEADLINES):
                await asyncio.to_thread(opened, cases, number, timedelta(seconds=4))
            told = await timers.relay()
            assert len(told.done) == DEADLINES
            server.kill()
        (tmp_path / "temporal.db").unlink()
        for _ in range(2):
            with pytest.raises(EngineError, match="Temporal"):
                await timers.relay()
        await asyncio.sleep(4.5)
        assert len((await asyncio.to_thread(cases.sweep)).done) == DEADLINES
        with pytest.raises(EngineError):
            await timers.set_all()
        assert cases.store.failures("deliver to temporal ssflow") == ()
        assert len(cases.store.waiting("temporal ssflow")) == DEADLINES

    asyncio.run(played())
    assert late(cases) == {f"c{number}": 1 for number in range(DEADLINES)}


def test_an_engine_that_has_lost_everything_is_told_anew(tmp_path: Path) -> None:
    """With a new and empty server, all timers are set again by one call, and those of cases in which nothing comes are not."""
    cases = petitions(SQLiteStore(tmp_path / "cases.db"))

    async def played() -> None:
        opened(cases, 0, timedelta(seconds=2))
        opened(cases, 1, timedelta(hours=-30))  # long over
        cases.sweep()
        async with dev_server(tmp_path) as server:
            client = await server.start()
            timers = Timers(cases, client)
            async with timers.worker():
                await timers.set_all()
                await eventually(lambda: late(cases)["c0"] == 1)
            assert [found.id async for found in client.list_workflows()] == ["ssflow/c0"]

    asyncio.run(played())
    assert late(cases) == {"c0": 1, "c1": 1}


def test_a_long_history_begins_anew(tmp_path: Path) -> None:
    """Told again and again, a timer goes on under a new history before its own grows long, and still fires once."""
    cases = petitions(SQLiteStore(tmp_path / "cases.db"))

    async def played() -> None:
        few = "limit.historyCount.suggestContinueAsNew=30"
        async with dev_server(tmp_path, "--dynamic-config-value", few) as server:
            client = await server.start()
            timers = Timers(cases, client)
            opened(cases, 0, timedelta(seconds=6))
            first = ""
            async with timers.worker():
                for _ in range(12):
                    await timers.set_all()
                    first = first or (await client.get_workflow_handle("ssflow/c0").describe()).run_id
                    await asyncio.sleep(0.1)
                found = await client.get_workflow_handle("ssflow/c0").describe()
                await eventually(lambda: late(cases)["c0"] == 1)
            assert found.run_id != first
            assert found.history_length < 40

    asyncio.run(played())
    assert late(cases) == {"c0": 1}
