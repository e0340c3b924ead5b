"""The components of an OpenAPI document take what the activities take."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any

import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from ssflow import machines
from ssflow.converters import to_json
from ssflow.export import to_openapi
from ssflow.process import ON_RECORD, Activity, Place, Process, Role, State, opens
from ssflow.testing import data_strategy

SOUND = machines.sound()
ACTIVITIES = [activity for process in SOUND for activity in process.activities if activity.by and activity.data]
EXAMPLES = settings().max_examples // 30


@cache
def document() -> dict[str, Any]:
    """That of all procedures."""
    return to_openapi(*SOUND)


def references(schema: Any) -> Iterator[str]:
    """Where a schema leads."""
    if isinstance(schema, dict):
        for name, value in schema.items():
            yield from [value] if name == "$ref" else references(value)
    elif isinstance(schema, list):
        for part in schema:
            yield from references(part)


def test_every_activity_that_somebody_does_is_there_and_every_reference_leads_somewhere() -> None:
    """Under names that OpenAPI allows."""
    schemas = document()["components"]["schemas"]
    done = {f"{p.name}.{a.name}" for p in SOUND for a in p.activities if a.by}

    assert done < set(schemas)
    assert [name for name in schemas if not re.fullmatch(r"[A-Za-z0-9._-]+", name)] == []
    assert {r.removeprefix("#/components/schemas/") for r in references(document())} <= set(schemas)
    assert "#/$defs" not in str(document()) and "$schema" not in str(document())


@pytest.mark.parametrize("activity", ACTIVITIES, ids=repr)
@settings(max_examples=max(EXAMPLES, 1))
@given(data=st.data())
def test_what_an_activity_takes_fits(activity: Activity[Any], data: st.DataObject) -> None:
    """Its data as JSON; and a field that there is not does not."""
    name = f"{activity.owner.name}.{activity.name}"
    validator = Draft202012Validator({"$ref": f"#/components/schemas/{name}", **document()})
    raw = to_json(data.draw(data_strategy(activity.data)))

    assert validator.is_valid(raw)
    assert not validator.is_valid({**raw, "nosuch": 1})


def test_two_classes_of_one_name_stay_two() -> None:
    """Within a procedure too: the second is named after its activity."""

    @frozen
    class Facts:
        pass

    def named(kind: type) -> type:
        return frozen(type("Paper", (), {"__annotations__": {"x": Annotated[kind, ON_RECORD]}}))

    words, number = named(str), named(int)

    class Twice(Process):
        title = machines.get("loss_report").title
        facts = Facts
        place = Place("地点", "place")
        somebody = Role("某人", "somebody")
        over = State("结束", "over", final=True)
        word = opens(over).by(somebody, "写字", "write", cites="civil-code 201", data=words)
        count = opens(over).by(somebody, "写数", "count", cites="civil-code 201", data=number)

    schemas = to_openapi(Twice)["components"]["schemas"]
    assert [
        schemas[schemas[f"twice.{name}"]["$ref"].rpartition("/")[2]]["properties"]["x"]["type"]
        for name in ("word", "count")
    ] == ["string", "integer"]
