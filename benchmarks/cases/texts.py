"""What an event costs to write and to read back, beside plain JSON of the same text and beside only making the values that are read.

In time of the processor; of several rounds, in each of which all come in turn, the least counts.
"""

import json
import time
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs

from ssflow import Legislation, machines
from ssflow.case import Attempt, Case, decide
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import Codec

REPORT = LossReport.report_formally(Report(Track.social, Identity("11010519491231002X")))
CODEC = Codec(machines.get)
ROUNDS, REPEAT = 20, 100


def microseconds(action: Callable[[], object]) -> float:
    """The time of one call."""
    begun = time.process_time()
    for _ in range(REPEAT):
        action()
    return (time.process_time() - begun) / REPEAT * 1e6


def made(value: Any) -> Callable[[], object]:
    """Making a value, and nothing else."""
    cls = type(value)
    fields = {f.alias: getattr(value, f.name) for f in attrs.fields(cls) if f.init}
    return lambda: cls(**fields)


def main() -> None:
    """Print microseconds an event and the ratio to plain JSON, measured in this run."""
    case = Case.unopened(LossReport, "a", {"issuing": "450500"})
    (event,) = decide(case, Attempt(deed=REPORT, by=LossReport.holder, on=date(2026, 9, 21), law=Legislation()))
    text = CODEC.encode(event)
    raw = json.loads(text)
    values = [made(value) for value in (event, *event.obligations)]
    plain = "plain JSON, written and read"
    ways: dict[str, Callable[[], object]] = {
        plain: lambda: json.loads(json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))),
        "only making the event and what is owed": lambda: [make() for make in values],
        "encode, so that it can be read back": lambda: CODEC.encode(event),
        "decode": lambda: CODEC.decode(text),
    }
    rounds = [{name: microseconds(action) for name, action in ways.items()} for _ in range(ROUNDS)]
    took = {name: min(each[name] for each in rounds) for name in ways}
    for name, least in took.items():
        print(f"{name:40} {least:8.1f} us   {least / took[plain]:6.1f} x plain JSON")
    print(f"{len(text.encode())} bytes")


if __name__ == "__main__":
    main()
