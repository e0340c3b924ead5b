"""The personal parts of an event and of the state of a case, and their encrypted form where there are keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs

from ssflow.errors import CodecError
from ssflow.persons import is_erased, is_personal
from ssflow.text import Text

SEALED_BY = "sealed_by"  # the fingerprint of the key, in a text that has sealed parts
_SEALED = "sealed text"  # no field has a blank in its name
Change = Callable[[str, str], str]  # takes a path and the text there


def close_event(raw: dict[str, Any], data: object, close: Change) -> None:
    """Seal what is personal in a written event: fields of its data, the party, the reason, and the actor if it is the party itself."""
    if data is not None:
        _close_fields(raw["data"], data, close, "data")
    is_own = raw.get("actor") == raw.get("party")
    for name in ("reason", "actor", "party") if is_own else ("reason", "party"):
        _close_one(raw, name, close, name)


def close_case(raw: dict[str, Any], facts: object, close: Change) -> None:
    """Seal what is personal in a written case: fields of its facts, the parties, and the actors."""
    _close_fields(raw["facts"], facts, close, "facts")
    for role in raw["parties"]:
        _close_one(raw["parties"], role, close, f"parties.{role}")
    for name, done in raw["done"].items():
        if done.get("actor"):
            _close_one(done, "actor", close, f"done.{name}.actor")


def opened(raw: Any, open_: Change, path: str = "") -> Any:
    """Return plain data with every sealed part opened, at any depth."""
    if isinstance(raw, dict):
        if raw.keys() == {_SEALED}:
            return open_(path, raw[_SEALED])
        return {name: opened(item, open_, f"{path}.{name}" if path else name) for name, item in raw.items()}
    if isinstance(raw, list):
        return [opened(item, open_, f"{path}[{number}]") for number, item in enumerate(raw)]
    return raw


def holds_erased(value: Any) -> bool:
    """Return whether a value holds erased personal data."""
    if isinstance(value, str):
        return is_erased(value)
    if isinstance(value, tuple):
        return any(map(holds_erased, value))
    return attrs.has(type(value)) and any(holds_erased(getattr(value, one.name)) for one in attrs.fields(type(value)))


def _close_fields(raw: Any, value: Any, close: Change, path: str) -> None:
    if isinstance(value, tuple):
        for number, (item, one) in enumerate(zip(raw, value, strict=True)):
            _close_fields(item, one, close, f"{path}[{number}]")
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            here = f"{path}.{attribute.name}"
            if is_personal(attribute):
                _check_text(getattr(value, attribute.name), here)
                _close_one(raw, attribute.name, close, here)
            else:
                _close_fields(raw[attribute.name], getattr(value, attribute.name), close, here)


def _check_text(value: object, path: str) -> None:
    """Refuse personal data that is not a text: erased data is replaced by a text; raises CodecError."""
    if value is not None and not isinstance(value, str):
        zh = f"{path}为个人信息，须为文字，才能加密和销毁"
        raise CodecError(Text(zh, f"{path} is personal data: it has to be a text to be encrypted and erased"))


def _close_one(raw: dict[str, Any], name: str, close: Change, path: str) -> None:
    if text := raw.get(name):
        closed = close(path, text)
        raw[name] = closed if closed == text else {_SEALED: closed}
