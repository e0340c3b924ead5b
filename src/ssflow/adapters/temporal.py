"""Timers of cases in Temporal: for each case a workflow that sleeps until the next lapse or overdue term, and has it recorded.

The engine decides nothing and receives only ids of cases and moments. A timer asks the store for the next moment of its case whenever an
event was recorded in it, so messages may come late or twice. A sweep may do the same work at the same time, or instead.

Newer code replays running workflows, so the commands of `CaseTimer` to the engine may change only under `workflow.patched`, or under another name.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta
from importlib.util import find_spec
from threading import Event as Signal

from attrs import field, frozen

from ssflow.case.doors import check_key
from ssflow.doors import checked, of_kind
from ssflow.errors import EngineError, MissingExtraError, UnknownError
from ssflow.records import Cases, Message, Round, Subscription
from ssflow.records.outbox import check_own_store
from ssflow.records.rounds import said
from ssflow.records.rows import row_of

if find_spec("temporalio") is None:
    raise MissingExtraError("ssflow.adapters.temporal", "temporal")

from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.common import RetryPolicy
from temporalio.exceptions import ApplicationError
from temporalio.service import RPCError, RPCStatusCode
from temporalio.worker import Worker

_ADVANCE = "ssflow.advance"
_PATIENCE = timedelta(
    seconds=15
)  # after which a worker counts as dead; if it only waits for a lock, two do the same work, which is harmless
_RETRY = RetryPolicy(maximum_interval=timedelta(hours=1))
_AWAY = (RPCStatusCode.UNAVAILABLE, RPCStatusCode.DEADLINE_EXCEEDED)
_AWAIT = timedelta(seconds=5)  # the time for the engine to answer whether it is there
_AT_ONCE = 8  # activities of one worker


@workflow.defn(name="ssflow.CaseTimer", sandboxed=False)  # in the sandbox, every run would import this module anew
class CaseTimer:
    """A workflow that sleeps until the next moment of a case, has the effects of time recorded, and ends when no moment is left."""

    def __init__(self) -> None:
        self._is_told = False

    @workflow.signal
    def tell(self) -> None:
        """Take note that an event was recorded in the case, which may change its next moment."""
        self._is_told = True

    @workflow.run
    async def run(self, case: str) -> None:
        """Run from one moment to the next until none is left."""
        while not workflow.info().is_continue_as_new_suggested():
            self._is_told = False
            moment = await workflow.execute_activity(
                _ADVANCE, case, result_type=str, start_to_close_timeout=_PATIENCE, retry_policy=_RETRY
            )
            if moment:
                left = datetime.fromisoformat(moment) - workflow.now()
                with suppress(TimeoutError):
                    await workflow.wait_condition(lambda: self._is_told, timeout=max(left, timedelta(seconds=1)))
            elif not self._is_told:
                return
        workflow.continue_as_new(case)  # the history has become long


@frozen
class Timers:
    """The timers of ``cases`` in the Temporal to which ``client`` is connected, on a task ``queue`` of their own.

    Raises:
        InputError: the store of the cases keeps no messages or is in a transaction of the host, or an argument is not what is required.

    """

    cases: Cases = field(validator=[of_kind(Cases), lambda _, field_, cases: check_own_store(field_.name, cases)])
    client: Client = field(validator=of_kind(Client))
    queue: str = field(default="ssflow", validator=checked(check_key))
    _told: Subscription = field(init=False, repr=False, eq=False)

    @_told.default
    def _subscription(self) -> Subscription:
        return Subscription(self.cases, f"temporal {self.queue}")

    async def begin(self) -> None:
        """Keep a message of every event from now on, until `relay` has told the timer of its case. Safe to repeat."""
        await asyncio.to_thread(self._told.begin)

    async def end(self) -> None:
        """Keep no more messages. Timers that are set end by themselves."""
        await asyncio.to_thread(self._told.end)

    async def set_all(self) -> None:
        """Set the timer of every case with a next moment: after the first `begin`, and when the engine has lost its state. Safe to repeat.

        Raises:
            EngineError: Temporal cannot be reached; call it again.

        """
        await self._reach()
        for row in await asyncio.to_thread(self.cases.rows):
            if row.closes is not None:
                await self._tell(row.id)

    async def relay(self) -> Round[Message]:
        """Tell the timers of all cases in which events were recorded, as `Subscription.deliver` does.

        If it is cancelled, it finishes the case in progress.

        Raises:
            EngineError: Temporal cannot be reached, and no timer is told; call it again.
            StoreError, UnknownError: as `Subscription.deliver`.

        """
        loop, over = asyncio.get_running_loop(), Signal()

        def hand_over(message: Message) -> None:
            try:
                asyncio.run_coroutine_threadsafe(self._tell(message.event.case), loop).result()
            except EngineError:
                over.set()  # the other cases would only wait for the engine too
                raise

        await self._reach()
        try:
            return await asyncio.to_thread(self._told.deliver, hand_over, stop=over.is_set)
        finally:
            over.set()

    def worker(self) -> Worker:
        """Return a worker of Temporal that runs the timers; any number may run, in any processes, and any may be killed."""
        return Worker(
            self.client,
            task_queue=self.queue,
            workflows=[CaseTimer],
            activities=[self._advance],
            max_concurrent_activities=_AT_ONCE,
        )

    async def _reach(self) -> None:
        try:
            await self.client.service_client.check_health(timeout=_AWAIT)
        except (RPCError, RuntimeError) as error:  # RuntimeError comes from a client that connects only now
            raise EngineError("Temporal", error) from error

    async def _tell(self, case: str) -> None:
        """Tell the timer of a case, or set it."""
        try:
            await self.client.start_workflow(
                CaseTimer.run, case, id=f"{self.queue}/{case}", task_queue=self.queue, start_signal="tell"
            )
        except RPCError as error:
            if error.status in _AWAY:
                raise EngineError("Temporal", error) from error
            raise

    @activity.defn(name=_ADVANCE)
    async def _advance(self, case: str) -> str:
        """Record what time has done in a case up to now, and return its next moment, or an empty text."""
        return await asyncio.to_thread(self._advanced, case, activity.info().scheduled_time)

    def _advanced(self, case: str, scheduled: datetime) -> str:
        try:
            now = self.cases.now()
            self.cases.advance(now, case=case)
            moment = row_of(self.cases.get(case)).closes
        except UnknownError as error:
            if error.kind != "case":
                raise _failed(error) from None
            return ""  # the case was removed from the store
        except Exception as error:  # noqa: BLE001 - whatever is wrong with the case, it is tried again
            raise _failed(error) from None
        if moment is not None and moment <= scheduled:  # the engine's clock is ahead of ours, which decides
            wait = f"{moment} has not come by the clock of this worker"
            raise ApplicationError(wait, next_retry_delay=moment - now)
        return moment.isoformat() if moment else ""


def _failed(error: Exception) -> ApplicationError:
    """Return the error that the engine receives and keeps, which names no person."""
    return ApplicationError(said(error).en, type=type(error).__name__)
