"""Events as text: JSON of names and dates only. The one place that knows how an event is written.

The text is what is stored and hashed; it is never rewritten. Older schemas are brought up to date when they are read: the envelope
by `UPCASTS` (the n-th takes schema n to n + 1), an activity's data by its own ``upcasts``.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

from attrs import evolve

from ssflow import machines
from ssflow.case import Event
from ssflow.converters import faults_of, json_converter, stored_converter
from ssflow.doors import check_kind
from ssflow.errors import CodecError, DefinitionError, UnknownError
from ssflow.text import Text

UPCASTS: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...] = ()
# Parts that events had not at first: left out where they are empty, so that old and new events are equal texts.
_LATER = ("regime", "actor", "before", "after", "sets_aside", "brings")
_SCHEMA, _DATA, _DATA_SCHEMA = "schema", "data", "data_schema"


def encode(event: Event) -> str:
    """An event as one line of JSON, keys sorted, so that equal events are equal texts.

    Raises:
        CodecError: the event could not be read back as it is; nothing that cannot be read may be stored.

    """
    check_kind("event", event, Event)
    try:
        text = _text_of(event)
        is_kept = decode(text) == event and bool(text.encode())
    except (CodecError, DefinitionError, UnknownError):
        raise
    except Exception as error:
        raise _not_kept(event) from error
    if not is_kept:
        raise _not_kept(event)
    return text


def _text_of(event: Event) -> str:
    raw = json_converter().unstructure(evolve(event, data=None))
    for name in _LATER:
        if not raw[name]:
            raw.pop(name)
    raw[_SCHEMA] = len(UPCASTS) + 1
    raw[_DATA] = None if event.data is None else json_converter().unstructure(event.data)
    if event.data is not None:
        raw[_DATA_SCHEMA] = machines.get(event.process).activity(event.activity).schema
    return json.dumps(raw, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _not_kept(event: Event) -> CodecError:
    zh = f"办件{event.case}的第{event.version}个事件存入后不能原样读回；请检查其材料的类型"
    en = f"event {event.version} of case {event.case} would not be read back as it is; check the types of its data"
    return CodecError(Text(zh, en))


def decode(text: str) -> Event:
    """The event that a text was made of.

    Raises:
        CodecError: the text is damaged, or of a newer schema; it says which event.
        UnknownError: the procedure is not installed.

    """
    check_kind("text", text, str)
    try:
        raw = json.loads(text)
        raw = _up_to_date(raw, raw.pop(_SCHEMA), UPCASTS, "event")
        data, data_schema = raw.pop(_DATA), raw.pop(_DATA_SCHEMA, 1)
        event: Event = stored_converter().structure({**raw, _DATA: None}, Event)
        if data is None:
            return event
        activity = machines.get(event.process).activity(event.activity)
        if activity.data is None:
            raise CodecError(Text(f"“{activity.zh}”不带材料", f"{event.activity} takes no data"))
        data = _up_to_date(data, data_schema, activity.upcasts, event.activity)
        return evolve(event, data=stored_converter().structure(data, activity.data))
    except (CodecError, DefinitionError, UnknownError):
        raise
    except Exception as error:
        found = Text.join([fault.both for fault in faults_of(error)])
        raise CodecError(
            Text(
                f"已存的事件无法读取：{found.zh}；其文本开头为{text[:80]!r}",
                f"a stored event cannot be read: {found.en}; its text begins {text[:80]!r}",
            )
        ) from error


def _up_to_date(
    raw: dict[str, Any], schema: int, upcasts: tuple[Callable[[dict[str, Any]], dict[str, Any]], ...], what: str
) -> dict[str, Any]:
    if not 1 <= schema <= len(upcasts) + 1:
        known = len(upcasts) + 1
        zh = f"{what}的格式{schema}由更新的ssflow写成，本版只读到{known}；请升级"
        en = f"{what} of schema {schema} was written by a newer ssflow; this one reads up to {known}: upgrade it"
        raise CodecError(Text(zh, en))
    for upcast in upcasts[schema - 1 :]:
        raw = upcast(raw)
    return raw
