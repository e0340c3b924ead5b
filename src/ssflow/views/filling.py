"""The content of a filled form, as a browser sends it: text by the path of its field."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from ssflow.calendar.clock import ZONE
from ssflow.doors import check_kind
from ssflow.errors import InputError
from ssflow.process import Activity
from ssflow.views.fields import Field, fields_of, listed

Written = Mapping[str, str]

_ROW = re.compile(r"\[([0-9]{1,6})\]\.(.+)")
_INTEGER = re.compile(r"-?[0-9]{1,18}")
_BOOLS = {"true": True, "false": False}


def read_form(activity: Activity[Any], written: Written) -> dict[str, Any]:
    """Return the data of an activity from the fields of its form, for `Activity.deed_of`, which judges it.

    Fields have the paths of `form_view`: ``holder.number``, ``periods[0].first``. Empty fields count as not given, and so do rows with only
    empty fields. Text that cannot be read stays as it was written, so that `deed_of` says what is wrong with it. Names that begin with an
    underscore are the host's own and are ignored.

    Raises:
        InputError: ``activity`` is not an activity, or ``written`` not a mapping of names to texts.

    >>> from ssflow.machines.loss_report import LossReport
    >>> read_form(LossReport.report_formally, {"track": "social", "holder.number": "11010519491231002X", "_key": "5f0c1a9e"})
    {'track': 'social', 'holder': {'number': '11010519491231002X'}}

    """
    check_kind("activity", activity, Activity)
    check_written(written)
    ours = {path: text for path, text in written.items() if not path.startswith("_")}
    return _object(activity.data, ours)


def check_written(written: object) -> None:
    """Refuse anything but a mapping of names to texts; raises InputError."""
    if not isinstance(written, Mapping) or not all(isinstance(part, str) for pair in written.items() for part in pair):
        kind = type(written).__name__
        raise InputError.of(
            "written",
            f'须为各字段所写的文字，例如{{"holder.number": "..."}}；实际为{kind}',
            f'the texts of the fields are required, such as {{"holder.number": "..."}}, not {kind}',
        )


def rows_of(written: Written, path: str) -> tuple[dict[str, str], ...]:
    """Return the rows of a list that somebody has filled in, in order, each by the paths of its own fields."""
    rows: dict[int, dict[str, str]] = {}
    for name, text in written.items():
        if name.startswith(path) and (match := _ROW.fullmatch(name, len(path))):
            rows.setdefault(int(match[1]), {})[match[2]] = text
    return tuple(row for _, row in sorted(rows.items()) if any(text.strip() for text in row.values()))


def _object(data: type[Any] | None, written: Written) -> dict[str, Any]:
    """Return what was given of an object; names that it does not have stay as they are, to be refused."""
    raw: dict[str, Any] = {}
    known = fields_of(data) if data else ()
    for one in known:
        *parents, name = one.path.split(".")
        value = _value(one, written)
        if value is not None or one.required:
            held = raw
            for parent in parents:
                held = held.setdefault(parent, {})
            if value is not None:
                held[name] = value
    paths, lists = {one.path for one in known}, [one.path for one in known if listed(one.kind)]
    for name, text in written.items():
        is_in_list = any(name.startswith(path) and _ROW.fullmatch(name, len(path)) for path in lists)
        if text.strip() and name not in paths and not is_in_list:
            raw[name] = text
    return raw


def _value(one: Field, written: Written) -> Any:
    """Return what was given in a field; None if nothing was."""
    if (item := listed(one.kind)) and (rows := rows_of(written, one.path)):
        return [_object(item, row) for row in rows]
    text = written.get(one.path, "").strip()
    return _READERS.get(one.form, str)(text) if text else None


def _instant(text: str) -> str:
    """Return an instant; one from a browser names no zone, and is taken to be in Beijing time."""
    with suppress(ValueError):
        read = datetime.fromisoformat(text)
        return (read if read.tzinfo else read.replace(tzinfo=ZoneInfo(ZONE))).isoformat()
    return text


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


_READERS: Mapping[str, Callable[[str], Any]] = {
    "yes_no": lambda text: _BOOLS.get(text, text),
    "whole_number": lambda text: int(text) if _INTEGER.fullmatch(text) else text,
    "instant": _instant,
    "json": _json,
}
