"""The programs of the page on more than one machine, run as they are written there: with Celery, procrastinate and Temporal."""

import asyncio
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ssflow import Cases, PostgreSQLStore
from tests.adapters.engines import dev_server, eventually, petitions
from tests.case.petition import Asked, Petition

PAGE = Path(__file__).parents[2] / "docs" / "en" / "howto" / "outgrow-one-machine.md"
PROGRAMS = re.findall(r"^```python\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


def program(word: str, **names: Any) -> dict[str, Any]:
    """What the program that speaks of something defines, with the names that the page leaves to the host."""
    (code,) = [code for code in PROGRAMS if word in code]
    space = {"__name__": "host", **names}
    exec(compile(code, str(PAGE), "exec"), space)  # noqa: S102 - the code of our own page
    return space


@pytest.fixture
def cases(dsn: str) -> Cases:
    """Two petitions, one of which is late."""
    held = petitions(PostgreSQLStore(dsn))
    for name, ago in (("late", 2), ("early", 0)):
        on = datetime.now(UTC) - timedelta(hours=ago)
        held.open(Petition.ask(Asked("x")), by=Petition.person, on=on, places="440100", case=name, party="p")
    return held


def late(cases: Cases) -> list[str]:
    return [row.case for row in cases.work_list() if row.late]


def alert(*said: str) -> None:
    raise AssertionError(said)


def test_celery_sweeps_every_minute(cases: Cases) -> None:
    """Beat knows the task by its name, and the task sweeps."""
    pytest.importorskip("celery", reason="celery is of the dependency group engines")
    space = program("celery", BROKER="memory://", cases=cases, alert=alert)
    planned = space["app"].conf.beat_schedule["sweep"]
    assert planned["schedule"] == 60
    assert late(cases) == []
    space["app"].tasks[planned["task"]].apply(throw=True)
    assert late(cases) == ["late"]


def test_procrastinate_sweeps_every_minute(cases: Cases, dsn: str) -> None:
    """Its periodic task, deferred and taken up by a worker of it, sweeps."""
    pytest.importorskip("procrastinate", reason="procrastinate is of the dependency group engines")
    space = program("procrastinate", DATABASE=dsn, cases=cases, alert=alert)
    app = space["app"]

    async def worked() -> None:
        async with app.open_async():
            await app.schema_manager.apply_schema_async()
            await space["sweep"].defer_async(timestamp=0)
            await app.run_worker_async(wait=False, install_signal_handlers=False)

    assert [(task.cron, task.task.name) for task in app.periodic_registry.periodic_tasks.values()] == [
        ("* * * * *", "sweep")
    ]
    asyncio.run(worked())
    assert late(cases) == ["late"]


def test_temporal_runs_the_timers(cases: Cases, tmp_path: Path) -> None:
    """The program records what is late already, and what falls due later, of cases that were opened before it began and since."""

    async def played() -> None:
        async with dev_server(tmp_path) as server:
            await server.start()
            running = asyncio.create_task(
                program("temporalio", TEMPORAL=server.address, cases=cases, alert=alert)["main"]()
            )
            await eventually(lambda: late(cases) == ["late"])
            on = datetime.now(UTC) - timedelta(hours=1) + timedelta(seconds=3)
            await asyncio.to_thread(
                cases.open, Petition.ask(Asked("x")), by=Petition.person, on=on, places="440100", case="new", party="p"
            )
            await eventually(lambda: sorted(late(cases)) == ["late", "new"])
            assert not running.done()
            running.cancel()
            with pytest.raises(asyncio.CancelledError):
                await running

    asyncio.run(played())
    assert [event.kind.name for event in cases.trace("new")] == ["act", "overdue"]
