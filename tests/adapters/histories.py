"""Writes the history of a timer as a real server keeps it, for `test_temporal_replay`.

    python -m tests.adapters.histories NAME

A release that changes what `CaseTimer` asks of the engine adds one; none is taken away, because such timers sleep in the clusters of hosts.
"""

import asyncio
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from temporalio.client import Client, WorkflowHistory

from ssflow import SQLiteStore
from ssflow.adapters.temporal import Timers
from tests.adapters.engines import dev_server, eventually, petitions
from tests.case.petition import Asked, Petition

FOLDER = Path(__file__).parents[1] / "golden" / "temporal"


async def history(folder: Path) -> WorkflowHistory:
    """A timer that is set, is told of an act while it sleeps, has a lateness recorded, and ends because nothing else comes."""
    cases = petitions(SQLiteStore(folder / "cases.db"))
    now = datetime.now(UTC)
    async with dev_server(folder) as server:
        await server.start()
        client = await Client.connect(server.address, identity="host")
        timers = Timers(cases, client)
        await timers.begin()
        async with timers.worker():
            on = now - timedelta(hours=1) + timedelta(seconds=3)
            cases.open(Petition.ask(Asked("x")), by=Petition.person, on=on, places="440100", case="c", party="p")
            await timers.relay()
            await asyncio.sleep(0.5)
            cases.do("c", Petition.draft(), by=Petition.clerk, on=now, actor="a")
            await timers.relay()
            handle = client.get_workflow_handle("ssflow/c")
            await eventually(lambda: any(event.kind.name == "overdue" for event in cases.trace("c")))
            await handle.result()
            return await handle.fetch_history()


if __name__ == "__main__":
    with TemporaryDirectory() as there:
        (FOLDER / f"{sys.argv[1]}.json").write_text(asyncio.run(history(Path(there))).to_json(), encoding="utf-8")
