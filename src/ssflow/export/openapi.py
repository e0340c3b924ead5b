"""Export of the data of activities as components of an OpenAPI document, to which the paths of a host refer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssflow.doors import check_subclass
from ssflow.process import Activity, Process

_DEFINED, _KEPT = "#/$defs/", "#/components/schemas/"


def to_openapi(*processes: type[Process]) -> dict[str, Any]:
    """Return an OpenAPI 3.1 document without paths: for each activity of a role, the schema of its data (`Activity.json_schema`).

    An activity is named like ``gap_expenses.claim``, a class of data like ``gap_expenses.Claim``. A host merges the document into its own, and the
    body of a request is ``{"$ref": "#/components/schemas/gap_expenses.claim"}``.

    >>> from ssflow.machines.loss_report import LossReport
    >>> document = to_openapi(LossReport)
    >>> document["components"]["schemas"]["loss_report.report_formally"]["$ref"]
    '#/components/schemas/loss_report.Report'

    """
    schemas: dict[str, Any] = {}
    for process in processes:
        check_subclass("processes", process, Process)
        for activity in process.activities:
            if activity.by is not None:
                schemas |= _schemas(process, activity, schemas)
    title = ", ".join(process.title.en for process in processes)
    return {"openapi": "3.1.0", "info": {"title": title, "version": "1"}, "components": {"schemas": schemas}}


def _schemas(process: type[Process], activity: Activity[Any], known: Mapping[str, Any]) -> dict[str, Any]:
    """Return the schema of an activity and those of the classes in it, by their names in the document."""
    whole = {name: value for name, value in activity.json_schema().items() if name != "$schema"}
    classes = whole.pop("$defs", {})
    before = process.name
    moved = {f"{before}.{name}": _moved(schema, before) for name, schema in classes.items()}
    if any(known.get(name, schema) != schema for name, schema in moved.items()):  # another class has the same name
        before = f"{process.name}.{activity.name}"
        moved = {f"{before}.{name}": _moved(schema, before) for name, schema in classes.items()}
    return {f"{process.name}.{activity.name}": _moved(whole, before), **moved}


def _moved(schema: Any, before: str) -> Any:
    """Return a schema whose references point to the classes in the document."""
    if isinstance(schema, dict):
        return {
            name: f"{_KEPT}{before}.{value.removeprefix(_DEFINED)}" if name == "$ref" else _moved(value, before)
            for name, value in schema.items()
        }
    return [_moved(part, before) for part in schema] if isinstance(schema, list) else schema
