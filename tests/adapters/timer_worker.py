"""A host's process that runs the timers: a worker of Temporal and the relay, over a file or a PostgreSQL; it may be killed at any moment."""

import asyncio
import sys

from ssflow import PostgreSQLStore, SQLiteStore
from ssflow.adapters.temporal import Timers
from ssflow.errors import EngineError
from tests.adapters.engines import connected, petitions


async def main(address: str, db: str) -> None:
    """Run until it is killed; while the engine is away, it tries again."""
    store = PostgreSQLStore(db) if "://" in db else SQLiteStore(db)
    timers = Timers(petitions(store), await connected(address))
    async with timers.worker():
        print("ready", flush=True)
        while True:
            try:
                await timers.relay()
            except EngineError:
                print("away", flush=True)
            await asyncio.sleep(0.1)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
