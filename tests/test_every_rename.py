"""Every procedure could be renamed in all its parts: what was recorded under the names of today would be the same cases.

The other way round, so that no definition has to be written anew: texts are made as they would have been written under older names, and the
definition is told that it had them.
"""

import json
import os
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import attrs
import pytest

from ssflow import machines
from ssflow.case import Event
from ssflow.converters import former, to_json
from ssflow.errors import CodecError, UnknownError
from ssflow.process import Process, registry
from ssflow.process.names import Names
from ssflow.records import Codec, fold, written
from ssflow.testing import load_scenarios
from ssflow.testing.scenarios import trials_of

SCENARIOS = Path(__file__).parent / "scenarios"
GOLDEN = Path(__file__).parent / "golden"
MANY = int(os.environ.get("SSFLOW_RENAMED_SCENARIOS", "3"))
CODEC = Codec(machines.get)
# What says nothing of a procedure, though it may be spelt like one of its names.
ELSE = {"kind", "rolls", "status", "confidence", "cites", "case", "reason", "party", "actor", "region", "spans"}


def older(name: str) -> str:
    return f"{name}_before"


def histories(name: str) -> Iterator[tuple[Event, ...]]:
    """What is recorded in worked cases of a procedure, and in its golden logs."""
    for scenario in load_scenarios(SCENARIOS / f"{name}.toml")[:MANY]:
        events = [event for trial in trials_of(scenario) for event in trial.events]
        for case in dict.fromkeys(event.case for event in events if event.process == name):
            seen = {event.version: event for event in events if event.case == case}
            yield tuple(seen[version] for version in sorted(seen))
    for log in sorted(GOLDEN.glob(f"*.{name}.jsonl")):
        yield tuple(map(CODEC.decode, log.read_text(encoding="utf-8").splitlines()))


def parts_of(process: type[Process]) -> list[Any]:
    return [*process.places, *process.roles, *process.clocks, *process.states, *process.activities]


def as_before(raw: Any, names: set[str]) -> Any:
    """The text of an event, without its data, under older names."""
    if isinstance(raw, dict):
        return {key: value if key in ELSE else as_before(value, names) for key, value in raw.items()}
    if isinstance(raw, list):
        return [as_before(value, names) for value in raw]
    return older(raw) if isinstance(raw, str) and raw in names else raw


def data_as_before(value: Any) -> Any:
    """The data of an event, as a class whose fields and members had older names would have been written."""
    if attrs.has(type(value)):
        return {older(field.name): data_as_before(getattr(value, field.name)) for field in attrs.fields(type(value))}
    if isinstance(value, Enum):
        return older(value.name)
    return [data_as_before(part) for part in value] if isinstance(value, tuple | list) else to_json(value)


def written_before(event: Event, names: set[str], *, data: bool) -> str:
    raw = json.loads(CODEC.encode(event))
    given = raw.pop("data")
    return json.dumps({**as_before(raw, names), "data": data_as_before(event.data) if data and given else given})


@pytest.mark.parametrize("name", machines.names())
def test_what_was_written_under_older_names_is_the_same_case(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every name of every kind at once: the procedure, its parts, regimes, the fields and members of its data, at any depth."""
    process = machines.get(name)
    regimes = {regime.name for regime in process.regimes() if regime}
    names = {name, *regimes, *(part.name for part in parts_of(process))}
    told = [(events, [written_before(event, names, data=True) for event in events]) for events in histories(name)]
    assert any(older(name) in text for _, texts in told for text in texts)

    for part in parts_of(process):
        monkeypatch.setattr(type(part), "__setattr__", object.__setattr__)
        monkeypatch.setattr(part, "was", (older(part.name),))
    enumeration = process.regime.of if process.regime else None
    for cls in former._classes_in([enumeration, *(activity.data for activity in process.activities)]):
        monkeypatch.setitem(former._FORMER, cls, {one: (older(one),) for one in former._names_of(cls)})
    monkeypatch.setattr(process, "former", (older(name),))
    monkeypatch.setattr(process, "names", Names.of(process))
    monkeypatch.setattr(written, "_CONVERTERS", {})
    codec = Codec(registry(*machines.sound()))
    for events, texts in told:
        read = tuple(map(codec.decode, texts))
        assert read == events
        assert fold(process, read) == fold(process, events)


@pytest.mark.parametrize("name", machines.names())
def test_a_part_that_was_renamed_without_a_word_is_named(name: str) -> None:
    """Each that a worked case names: reading tells which name it is and to write ``was=``."""
    process = machines.get(name)
    missed, found = [], 0
    for events in histories(name):
        for part in parts_of(process):
            texts = [written_before(event, {part.name}, data=False) for event in events]
            if any(f'"{older(part.name)}"' in text for text in texts):
                found += 1
                try:
                    tuple(map(CODEC.decode, texts))
                except (UnknownError, CodecError) as error:
                    missed += [] if f'was="{older(part.name)}"' in error.say("en") else [str(error)]
                else:
                    missed.append(part.name)
    assert found > 4
    assert missed == []
