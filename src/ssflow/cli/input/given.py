"""The data of an activity from the command line: ``--data`` with JSON, ``--set`` field by field.

``--data -`` reads standard input, so that no personal number gets into a list of processes or the history of a shell.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from ssflow.cli.input.arguments import PAIR, TEXT
from ssflow.cli.input.fields import Reading
from ssflow.cli.input.speaking import option
from ssflow.cli.input.taught import TaughtError
from ssflow.converters import to_json, why_of
from ssflow.errors import Fault, InputError
from ssflow.process import Activity
from ssflow.text import LANGS, Lang, Text, title_of
from ssflow.views.fields import Field, fields_of
from ssflow.views.privacy import without_personal

Pairs = Sequence[tuple[str, str]]

_STANDARD_INPUT = "-"


def data_options(function: Callable[..., None]) -> Callable[..., None]:
    """Return the command with ``--data`` and ``--set``."""
    json_option = option(
        "--data",
        "written",
        type=TEXT,
        zh="整份材料的JSON；@文件名读文件，-读标准输入（个人信息不会留在命令历史里）。",
        en="The data as JSON; @FILE reads a file, - standard input, which leaves no personal data in a history.",
    )
    set_option = option(
        "--set",
        "pairs",
        type=PAIR,
        multiple=True,
        zh="一个字段，如 reason=lost、补换原因=遗失；下级字段用点号；可以写多次。",
        en="One field, e.g. reason=lost or holder.number=...; may be repeated.",
    )
    return json_option(set_option(function))


def data_for(activity: Activity[Any], written: str | None, pairs: Pairs, before: Any = None) -> Any:
    """Return the typed data that an activity takes, or None if it takes none. Single fields override the data of ``before``.

    Raises:
        InputError: a field is missing, unknown or wrong; all faults and all fields are listed.

    """
    if activity.data is None:
        if written is not None or pairs:
            raise InputError.of(
                "--data" if written is not None else "--set",
                f"“{activity.zh}”不带材料；请去掉--data和--set",
                f"{activity.name} takes no data; leave out --data and --set",
            )
        return None
    reading = Reading()
    if written is not None:
        reading.take(activity.data, _object(written))
    elif before is not None:
        reading.raw.update(to_json(before))
    for path, value in pairs:
        reading.put(activity.data, path, value)
    data, found = None, list[Fault]()
    try:
        data = activity.deed_of(reading.raw).data
    except InputError as error:
        found.extend(error.faults)
    faults = {fault.path: fault for fault in (*found, *reading.faults)}
    if faults:
        raise TaughtError([masked(fault, activity.data, reading.raw) for fault in faults.values()], _fields(activity))
    return data


def masked(fault: Fault, data: type[Any], raw: dict[str, Any]) -> Fault:
    """Return a fault without its personal data."""
    return Fault(fault.path, Text(*(without_personal(text, data, raw) for text in fault.text)))


def _object(written: str) -> dict[str, Any]:
    text = _text(written)
    try:
        raw = json.loads(text, object_pairs_hook=_once)
    except _TwiceError as error:
        raise InputError.of("--data", f"“{error}”写了两次", f"{str(error)!r} is given twice") from error
    except (ValueError, RecursionError) as error:
        why = why_of(error)  # it names the place and repeats nothing that was typed, which may be personal
        raise InputError.of(
            "--data",
            f"不是JSON：{why.zh}；读文件请写 @文件名，读标准输入请写 -",
            f"is not JSON: {why.en}; for a file write @ and its name, for standard input -",
        ) from error
    if not isinstance(raw, dict):
        raise InputError.of(
            "--data", '须是对象，例如 {"paid": "25.00"}', 'has to be an object such as {"paid": "25.00"}'
        )
    return raw


class _TwiceError(Exception):
    """A name occurs twice in one object; JSON does not say which value counts."""


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    twice = [name for name, times in Counter(name for name, _ in pairs).items() if times > 1]
    if twice:
        raise _TwiceError(twice[0])
    return dict(pairs)


def _text(written: str) -> str:
    """Return what was typed, or the content of the file or of standard input."""
    if written == _STANDARD_INPUT and sys.stdin is None:  # a process may be started without it
        raise InputError.of(
            "--data",
            "标准输入已关闭，没有可读的；请从管道给出JSON，或写--data @文件名",
            "standard input is closed, there is nothing to read; pipe the JSON in, or write --data @FILE",
        )
    try:
        if written == _STANDARD_INPUT:
            return sys.stdin.buffer.read().decode("utf-8-sig")
        return Path(written[1:]).read_text(encoding="utf-8-sig") if written.startswith("@") else written
    except UnicodeDecodeError as error:
        raise InputError.of("--data", "不是UTF-8文本；请另存为UTF-8", "is not UTF-8 text; save it as UTF-8") from error
    except (OSError, ValueError) as error:
        file, why = written[1:], why_of(error)
        raise InputError.of(
            "--data", f"文件“{file}”无法读取：{why.zh}", f"the file {file} cannot be read: {why.en}"
        ) from error


def _fields(activity: Activity[Any]) -> Text:
    """Return every field that an activity takes, the required ones first."""
    fields = fields_of(activity.data) if activity.data else ()
    width = max((len(field.path) for field in fields), default=0)
    head = Text(
        f"“{activity.zh}”（{activity.name}）的字段，用--set 字段=值 或--data JSON 给出：",
        f"the fields of {activity.name}, given by --set FIELD=VALUE or --data JSON:",
    )
    zh, en = ("\n".join([head.say(lang), *(_line(field, width, lang) for field in fields)]) for lang in LANGS)
    return Text(zh, en)


def _line(field: Field, width: int, lang: Lang) -> str:
    """Return a line about a field: its path, its Chinese title, and what it takes; in English the name says as much as a title."""
    title = f"{field.title.zh}：" if lang == "zh" and field.title.zh != field.path else ""
    needed = Text("（必填）", " (required)").say(lang) if field.required else ""
    return f"  {field.path:<{width}}  {title}{_takes(field, lang)}{needed}"


def _takes(field: Field, lang: Lang) -> str:
    """Return what is to be written; in Chinese, with the titles of choices."""
    if lang == "zh" and field.members:
        return " | ".join(f"{title_of(member).zh} {member.name}" for member in field.members)
    return "是 | 否" if lang == "zh" and field.kind is bool else field.takes.say(lang)
