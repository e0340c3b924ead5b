"""What an event costs to write and to read back, beside plain JSON of the same text."""

import json
import time
from collections.abc import Callable
from datetime import date
from statistics import median

from ssflow import Legislation, machines
from ssflow.case import Attempt, Case, decide
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import Codec

REPORT = LossReport.report_formally(Report(Track.social, Identity("11010519491231002X")))
CODEC = Codec(machines.get)


def microseconds(action: Callable[[], object], repeat: int = 500) -> float:
    """The median time of one call over seven runs."""
    runs = []
    for _ in range(7):
        begun = time.perf_counter()
        for _ in range(repeat):
            action()
        runs.append((time.perf_counter() - begun) / repeat * 1e6)
    return median(runs)


def main() -> None:
    """Print microseconds an event and the ratio to plain JSON, measured in this run."""
    case = Case.unopened(LossReport, "a", {"issuing": "450500"})
    (event,) = decide(case, Attempt(deed=REPORT, by=LossReport.holder, on=date(2026, 9, 21), law=Legislation()))
    text = CODEC.encode(event)
    raw = json.loads(text)
    plain = microseconds(lambda: json.loads(json.dumps(raw, ensure_ascii=False, sort_keys=True)))
    print(f"{'plain JSON, written and read':36} {plain:8.1f} us   {len(text.encode())} bytes")
    for name, action in (("encode, checked", lambda: CODEC.encode(event)), ("decode", lambda: CODEC.decode(text))):
        took = microseconds(action)
        print(f"{name:36} {took:8.1f} us   {took / plain:6.1f} x plain JSON")


if __name__ == "__main__":
    main()
