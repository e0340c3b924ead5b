"""Whether the thousandth act of a case costs more than the tenth, and what one case weighs in memory."""

import tempfile
import time
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from statistics import median

from ssflow import Cases, MemoryStore, SQLiteStore, machines
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.persons import Identity
from ssflow.records import Codec

NOW = datetime(2026, 11, 22, tzinfo=UTC)
DAY = date(2026, 9, 21)
APPLICATION = Application(
    holder=Identity("11010519491231002X"), reason=Reason.damaged, photo=Photo.identity_card, replaced_before=0
)
WINDOW = 20


def paid_often(cases: Cases, acts: int) -> list[float]:
    """The seconds that each of many payments of one case takes."""
    holder = CardReplacement.holder
    case = cases.open(CardReplacement.apply(APPLICATION), by=holder, on=DAY, places="440100", party="p")
    took = []
    for paid in range(acts):
        begun = time.perf_counter()
        cases.do(case.id, CardReplacement.pay(Payment(Decimal(paid))), by=holder, on=DAY, party="p")
        took.append(time.perf_counter() - begun)
    return took


def weight(cases: Cases) -> float:
    """The bytes that one more decoded case takes, of two hundred."""
    id_ = paid_and_kept(cases)
    codec, text = Codec(machines.get), cases.store.snapshots([id_])[id_]
    codec.decode_case(text)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    kept = [codec.decode_case(text) for _ in range(200)]
    after = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    return (after - before) / len(kept)


def paid_and_kept(cases: Cases) -> str:
    """A case of six events."""
    paid_often(cases, 5)
    return cases.store.rows()[0].id


def main() -> None:
    """Print milliseconds of late acts beside early ones, in this run."""
    with tempfile.TemporaryDirectory() as folder:
        for name, store, acts in (
            ("memory", MemoryStore(), 2000),
            ("SQLite", SQLiteStore(Path(folder) / "cases.db"), 400),
        ):
            took = paid_often(Cases(store, now=lambda: NOW), acts)
            early, late = median(took[10 : 10 + WINDOW]), median(took[-WINDOW:])
            print(f"{name:8} act 10 {early * 1e3:7.2f} ms   act {acts} {late * 1e3:7.2f} ms   {late / early:5.2f} x")
    print(f"a live case of six events: {weight(Cases(MemoryStore(), now=lambda: NOW)):,.0f} bytes")


if __name__ == "__main__":
    main()
