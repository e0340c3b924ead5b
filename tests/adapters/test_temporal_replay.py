"""What needs no server: old histories of timers replay with the present code, what the engine is told, and what is refused."""

import asyncio
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve as changed
from temporalio import workflow
from temporalio.client import Client, WorkflowHistory
from temporalio.exceptions import ApplicationError
from temporalio.testing import ActivityEnvironment
from temporalio.worker import Replayer
from temporalio.workflow import NondeterminismError

from ssflow import Cases, JoinedStore, SQLiteStore
from ssflow.adapters.temporal import CaseTimer, Timers
from ssflow.errors import EngineError, InputError, UnknownError
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.store import migrate
from tests.adapters.histories import FOLDER

HISTORIES = sorted(FOLDER.glob("*.json"))
NUMBER = "11010519491231002X"
REPORT = LossReport.report_temporarily(Report(Track.bank, Identity(NUMBER)))
OPENED, LAPSES = date(2026, 9, 18), datetime(2026, 9, 23, 16, tzinfo=UTC)
HOUR = timedelta(hours=1)


@workflow.defn(name="ssflow.CaseTimer", sandboxed=False)
class HastyTimer:
    """A timer that was changed without `workflow.patched`: it waits before it asks."""

    @workflow.run
    async def run(self, case: str) -> None:
        await workflow.sleep(1)
        await workflow.execute_activity("ssflow.advance", case, start_to_close_timeout=timedelta(1))

    @workflow.signal
    def tell(self) -> None:
        """It does not matter."""


def replayed(timer: type, path: Path) -> Exception | None:
    history = WorkflowHistory.from_json("ssflow/c", path.read_text(encoding="utf-8"))
    replayer = Replayer(workflows=[timer])
    return asyncio.run(replayer.replay_workflow(history, raise_on_replay_failure=False)).replay_failure


@pytest.mark.parametrize("path", HISTORIES, ids=lambda path: path.stem)
def test_timers_of_past_releases_go_on(path: Path) -> None:
    """The present code does what their histories say was done; code that was changed carelessly does not, and is found."""
    assert replayed(CaseTimer, path) is None
    assert isinstance(replayed(HastyTimer, path), NondeterminismError)


def with_timers(cases: Cases, what: Callable[[Timers], Any]) -> Any:
    """Something that is done with timers whose client is connected with nothing."""

    async def done() -> Any:
        return await what(Timers(cases, await Client.connect("127.0.0.1:1", lazy=True)))

    return asyncio.run(done())


def advanced(cases: Cases, case: str, scheduled: datetime) -> str:
    """What the activity answers that the engine has scheduled for a moment."""
    engine = ActivityEnvironment()
    engine.info = replace(engine.info, scheduled_time=scheduled)
    return str(with_timers(cases, lambda timers: engine.run(timers._advance, case)))


@pytest.fixture
def cases(tmp_path: Path) -> Cases:
    """A report that holds until the end of the 23rd in Beijing."""
    held = Cases(SQLiteStore(tmp_path / "cases.db"), now=lambda: LAPSES)
    held.open(REPORT, by=LossReport.holder, on=OPENED, places="440100", case="a")
    return held


def test_the_engine_is_told_the_next_moment_until_there_is_none(cases: Cases) -> None:
    """It is told when to come again, not sooner than the moment; then the lapse is recorded, and there is nothing more to wait for."""
    early = changed(cases, now=lambda: LAPSES - HOUR)
    assert datetime.fromisoformat(advanced(early, "a", LAPSES - HOUR)) == LAPSES
    assert [event.kind.name for event in cases.trace("a")] == ["act"]

    assert advanced(cases, "a", LAPSES) == ""
    assert advanced(cases, "a", LAPSES) == ""
    assert [event.kind.name for event in cases.trace("a")] == ["act", "lapse"]


def test_the_clock_of_the_host_decides(cases: Cases) -> None:
    """An engine that comes too early by the clock of the host is told by how much, and nothing is recorded."""
    with pytest.raises(ApplicationError, match="has not come") as told:
        advanced(changed(cases, now=lambda: LAPSES - HOUR), "a", LAPSES)
    assert told.value.next_retry_delay == HOUR
    assert [event.kind.name for event in cases.trace("a")] == ["act"]


def test_a_case_that_was_taken_out_has_no_timer(cases: Cases) -> None:
    """Its timer ends. One whose procedure is not known here is tried again: another worker may know it."""

    def gone(name: str) -> Any:
        raise UnknownError("procedure", name)

    assert advanced(cases, "b", LAPSES) == ""
    with pytest.raises(ApplicationError, match="unknown procedure"):
        advanced(changed(cases, process_of=gone), "a", LAPSES)


def test_no_person_is_named_to_the_engine(cases: Cases) -> None:
    """What the engine keeps of a failure, its cause included, holds no identity number."""

    def faulty(_: str) -> Any:
        raise ValueError(NUMBER)

    with pytest.raises(ApplicationError) as told:
        advanced(changed(cases, process_of=faulty), "a", LAPSES)
    assert "a: " in str(told.value)
    assert NUMBER not in str(told.value)
    assert (told.value.__cause__, told.value.__suppress_context__) == (None, True)


def test_an_engine_that_is_away_is_told_of_and_loses_nothing(cases: Cases) -> None:
    """Neither is the case taken for faulty nor the message for delivered."""
    with_timers(cases, lambda timers: timers.begin())
    cases.do("a", LossReport.report_formally(REPORT.data), by=LossReport.holder, on=OPENED)
    for _ in range(2):
        with pytest.raises(EngineError, match="cannot be reached"):
            with_timers(cases, lambda timers: timers.relay())
    with pytest.raises(EngineError):
        with_timers(cases, lambda timers: timers.set_all())
    assert cases.store.waiting("temporal ssflow") == (("a", 2),)
    assert cases.store.failures("deliver to temporal ssflow") == ()

    with_timers(cases, lambda timers: timers.end())
    with pytest.raises(UnknownError):
        cases.store.waiting("temporal ssflow")


def test_what_cannot_be_is_refused(cases: Cases) -> None:
    """Cases, a client and the name of a queue are required, and a store that commits by itself."""

    async def made() -> None:
        client = await Client.connect("127.0.0.1:1", lazy=True)
        for given, name in (((None, client), "cases"), ((cases, None), "client"), ((cases, client, ""), "queue")):
            with pytest.raises(InputError, match=f"^{name}: "):
                Timers(*given)
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.execute("BEGIN")
            migrate(connection)
            with pytest.raises(InputError, match="transaction of the host"):
                Timers(Cases(JoinedStore(connection)), client)

    asyncio.run(made())
