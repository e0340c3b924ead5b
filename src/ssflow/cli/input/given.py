"""The data of an activity from what was typed: ``--data`` with JSON, ``--set`` field by field."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from ssflow.cli.input.arguments import PAIR
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.privacy import without_personal
from ssflow.converters import field_types
from ssflow.process import Activity
from ssflow.sheets.fields import Field, bare, fields_of, nested
from ssflow.store.codec import structure_data

Pairs = Sequence[tuple[str, str]]


def data_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command ``--data`` and ``--set``."""
    json_option = click.option("--data", "written", metavar="JSON|@FILE", help="The data as JSON, or a file of it.")
    set_option = click.option(
        "--set",
        "pairs",
        type=PAIR,
        multiple=True,
        help="One field, e.g. reason=lost or holder.number=...; may be repeated.",
    )
    return json_option(set_option(function))


def data_for(activity: Activity[Any], written: str | None, pairs: Pairs, screen: Screen) -> Any:
    """The typed data that an activity takes, or None if it takes none.

    Raises:
        ValueError: a field is missing, unknown or wrong; all faults and all fields are listed.

    """
    if activity.data is None:
        if written is not None or pairs:
            msg = screen.t(
                f"“{activity.zh}”不带材料；请去掉--data和--set",
                f"{activity.name} takes no data; leave out --data and --set",
            )
            raise ValueError(msg)
        return None
    raw = _read(written, screen) if written is not None else {}
    for path, value in pairs:
        _put(raw, activity.data, path, value, screen)
    try:
        return structure_data(activity.data, raw)
    except ValueError as error:
        fault = without_personal(str(error), activity.data, raw)
        raise ValueError(_teach(activity, fault, screen)) from None


def _read(written: str, screen: Screen) -> dict[str, Any]:
    try:
        text = Path(written[1:]).read_text(encoding="utf-8") if written.startswith("@") else written
        raw = json.loads(text)
    except (OSError, UnicodeDecodeError) as error:
        msg = screen.t(f"--data 的文件无法读取：{error}", f"the file of --data cannot be read: {error}")
        raise ValueError(msg) from error
    except (json.JSONDecodeError, RecursionError) as error:
        msg = screen.t(
            f"--data 不是JSON：{error}；文件请写 @文件名",
            f"--data is not JSON: {error}; for a file write @ and its name",
        )
        raise ValueError(msg) from error
    if not isinstance(raw, dict):
        msg = screen.t(
            '--data 须是对象，例如 {"paid": "25.00"}', '--data has to be an object such as {"paid": "25.00"}'
        )
        raise ValueError(msg)
    return raw


def _put(raw: dict[str, Any], data: type[Any], path: str, value: str, screen: Screen) -> None:
    """Set one field by its path; numbers and yes-or-no only where the field asks for them."""
    *parents, last = path.split(".")
    cls: type[Any] | None = data
    for name in parents:
        cls = nested(field_types(cls).get(name)) if cls else None
        raw = raw.setdefault(name, {})
        if not isinstance(raw, dict):
            msg = screen.t(f"--set {path}：{name} 已有值，不能再分字段", f"--set {path}: {name} has a value already")
            raise ValueError(msg)
    raw[last] = _read_as(bare(field_types(cls).get(last)) if cls else None, value)


def _read_as(kind: object, value: str) -> Any:
    if kind is bool and value in ("true", "false"):
        return value == "true"
    if kind is int and value.removeprefix("-").isdecimal():
        return int(value)
    return value


def _teach(activity: Activity[Any], fault: str, screen: Screen) -> str:
    """The faults, and under them every field that the activity takes."""
    fields = fields_of(activity.data) if activity.data else ()
    width = max((len(field.path) for field in fields), default=0)
    needed = screen.t("（必填）", " (required)")
    lines = [
        f"  {field.path:<{width}}  {_titled(field, screen)}{screen.say(field.takes)}{needed if field.required else ''}"
        for field in fields
    ]
    head = screen.t(
        f"“{activity.zh}”（{activity.name}）的字段，用--set 字段=值 或--data JSON 给出：",
        f"the fields of {activity.name}, given by --set FIELD=VALUE or --data JSON:",
    )
    return "\n".join([fault, head, *lines])


def _titled(field: Field, screen: Screen) -> str:
    """The Chinese title of a field, if it has one; in English its name says as much."""
    return screen.t("" if field.title.zh == field.path else f"{field.title.zh}：", "")
