"""Timers in Temporal over months that are skipped: what time does is recorded at its moment, once, however the moment was moved."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve as changed

from ssflow import Legislation
from ssflow.calendar import Notice, Rest
from ssflow.machines.employer_registration import Document, EmployerRegistration, Founding, Kind, Papers
from ssflow.machines.shared.remarks import Remarks
from ssflow.text import Text
from tests.adapters.engines import Months, months
from tests.case.petition import BOOK, Asked, Petition

E = EmployerRegistration
PAPERS = Papers("某学会", Document.certificate)
MINUTE = timedelta(minutes=1)
NEARLY_A_DAY = timedelta(hours=23, minutes=59)


def over_months(folder: Path, story: Callable[[Months], Awaitable[None]], **options: Any) -> None:
    """Play a story in which months pass."""

    async def played() -> None:
        async with months(folder, **options) as passing:
            await story(passing)

    asyncio.run(played())


async def founded(passing: Months) -> Any:
    """An employer that came into being today has thirty days to register; their last day."""
    day = await passing.today()
    deed = E.found(Founding("某学会", Kind.other, day))
    case = await passing.do(passing.cases.open, deed, by=E.employer, on=day, places="440106", case="a")
    assert (case.obligation("application").due - day).days >= 30
    return case.obligation("application").due


async def is_running(passing: Months) -> bool:
    handle = passing.environment.client.get_workflow_handle("ssflow/a")
    return (await handle.describe()).status.name == "RUNNING"


def test_thirty_days_pass(tmp_path: Path) -> None:
    """A registration that does not come is recorded as late within a minute of the last day's end, once; then its timer ends."""

    async def story(passing: Months) -> None:
        due = await founded(passing)
        await passing.sleep_until(due, NEARLY_A_DAY)
        assert passing.recorded("a") == []
        assert await is_running(passing)

        await passing.sleep_until(due + timedelta(days=40))
        (late,) = [event for event in passing.trace("a") if event.kind.name == "overdue"]
        assert (late.activity, late.on) == ("application", due + timedelta(days=1))
        assert timedelta() <= late.recorded_at - late.at < MINUTE
        assert not await is_running(passing)

    over_months(tmp_path, story)


def test_an_act_in_time_ends_the_timer(tmp_path: Path) -> None:
    """A case that is closed before its day is never late, and nothing sleeps for it any more."""

    async def story(passing: Months) -> None:
        due = await founded(passing)
        await passing.sleep_until(due)
        on = await passing.today()
        await passing.do(passing.cases.do, "a", E.apply(PAPERS), by=E.employer, on=on)
        await passing.do(passing.cases.do, "a", E.refuse(Remarks("不在本地")), by=E.agency, on=on)
        await passing.sleep_until(due + timedelta(days=40))
        assert passing.recorded("a") == []
        assert not await is_running(passing)

    over_months(tmp_path, story)


def test_a_clock_that_is_stopped_and_goes_on(tmp_path: Path) -> None:
    """While the application is returned nothing comes due; when the clock goes on, it is late after the days that were left."""

    async def story(passing: Months) -> None:
        await founded(passing)
        on = await passing.today()
        applied = await passing.do(passing.cases.do, "a", E.apply(PAPERS), by=E.employer, on=on)
        first = applied.obligation("examination").due
        await passing.sleep_until(on + timedelta(days=2))
        back = await passing.today()
        await passing.do(passing.cases.do, "a", E.send_back(Remarks("缺开户银行")), by=E.agency, on=back)
        await passing.sleep_until(first + timedelta(days=20))
        assert passing.recorded("a") == []

        on = await passing.today()
        going_on = await passing.do(passing.cases.do, "a", E.correct(PAPERS), by=E.employer, on=on)
        due = going_on.obligation("examination").due
        assert due > first
        await passing.sleep_until(due, NEARLY_A_DAY)
        assert passing.recorded("a") == []
        await passing.sleep_until(due + timedelta(days=2))
        assert passing.recorded("a") == [("examination", "overdue")]
        assert passing.trace("a")[-1].on == due + timedelta(days=1)

    over_months(tmp_path, story)


def test_an_extension_moves_the_moment(tmp_path: Path) -> None:
    """On the day that was the last one nothing happens; on that of the extension it is late."""

    async def story(passing: Months) -> None:
        day = await passing.today()
        case = await passing.do(
            passing.cases.open,
            Petition.ask(Asked("x")),
            by=Petition.person,
            on=day,
            places="440100",
            case="a",
            party="p",
        )
        first = case.obligation("reply").due
        await passing.sleep_until(first)
        longer = await passing.do(passing.cases.do, "a", Petition.extend(), by=Petition.clerk, on=await passing.today())
        due = longer.obligation("reply").due
        await passing.sleep_until(due, NEARLY_A_DAY)
        assert passing.recorded("a") == []
        await passing.sleep_until(due + timedelta(days=2))
        assert passing.recorded("a") == [("reply", "overdue")]
        assert passing.trace("a")[-1].on == due + timedelta(days=1)

    law = Legislation(rulebook=lambda _: BOOK)
    over_months(tmp_path, story, law=law, process_of={"petition": Petition}.__getitem__)


def test_a_notice_moves_the_moment(tmp_path: Path) -> None:
    """Days that a later notice gives to rest put the moment off, once the day is moved by an event."""

    async def story(passing: Months) -> None:
        due = await founded(passing)
        rest = Rest(name=Text("搬迁", "removal"), first=due, last=due, extra=True)
        notice = Notice(
            id="removal",
            title="搬迁公告",
            year=due.year,
            evidence=Text("自拟", "our own"),
            known_from=await passing.today(),
            places=("440106",),
            rest=(rest,),
            complete=False,
        )
        law = Legislation(calendar=passing.cases.law.calendar.with_notices(notice))
        later = changed(passing.cases, law=law)
        (event,) = await passing.do(later.redate, await passing.today())
        moved = later.get("a").obligation("application").due
        assert (event.kind.name, moved > due) == ("redated", True)
        await passing.sleep_until(moved, NEARLY_A_DAY)
        assert passing.recorded("a") == [("", "redated")]
        await passing.sleep_until(moved + timedelta(days=2))
        assert passing.recorded("a") == [("", "redated"), ("application", "overdue")]

    over_months(tmp_path, story)


@pytest.mark.parametrize("behind", [timedelta(hours=1), timedelta(days=3)], ids=["an hour", "three days"])
def test_a_worker_whose_clock_is_behind_records_nothing_early(tmp_path: Path, behind: timedelta) -> None:
    """The host's clock decides. The engine tries again when that has come to the moment, and does not ask all the time until then."""

    async def story(passing: Months) -> None:
        due = await founded(passing)
        await passing.sleep_until(due + timedelta(days=1), behind - MINUTE)
        assert passing.recorded("a") == []
        await passing.sleep_until(due + timedelta(days=30))
        assert passing.recorded("a") == [("application", "overdue")]
        late = passing.trace("a")[-1]
        assert timedelta() <= late.recorded_at - late.at < MINUTE
        handle = passing.environment.client.get_workflow_handle("ssflow/a")
        assert (await handle.describe()).history_length < 30

    over_months(tmp_path, story, behind=behind)
