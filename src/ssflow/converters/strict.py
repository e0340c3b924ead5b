"""The three converters: for TOML files, for JSON from outside, and for records of a store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from ssflow.converters import hooks, objects
from ssflow.converters.faults import faults_of
from ssflow.converters.former import former_of
from ssflow.errors import InputError
from ssflow.text import Text

if TYPE_CHECKING:
    from cattrs import Converter

T = TypeVar("T")
Renamed = Callable[[type], Mapping[str, str]]


@cache
def toml_converter() -> Converter:
    """Return a strict converter for TOML, which has dates and instants itself; texts are pairs of strings."""
    converter = _strict(objects.made, shown=True)
    for cls in (date, datetime, time):
        converter.register_structure_hook(cls, hooks.exact(cls, shown=True))
    converter.register_structure_hook(Text, hooks.both_languages)
    converter.register_structure_hook_func(hooks.is_choice, hooks.chosen)
    return converter


@cache
def json_converter() -> Converter:
    """Return a strict converter for JSON from outside: dates and instants are strings, and every class judges its values."""
    return _json(objects.made)


def from_json(raw: object, cls: type[T]) -> T:
    """Return a typed value from plain values, as JSON has them.

    Raises:
        InputError: a field is missing, unknown or wrong; ``faults`` lists all with their fields.

    """
    try:
        return json_converter().structure(raw, cls)
    except Exception as error:
        raise InputError(*faults_of(error)) from error


def to_json(value: object) -> Any:
    """Return a value as plain values, from which `from_json` makes it again."""
    return json_converter().unstructure(value)


def stored_converter() -> Converter:
    """Return a new converter for records of a store, which checks their form but does not judge accepted values again.

    The rules of numbers change, and so do lists of places and packages that know them; a record of the past does not. A renamed field or
    member is found under its older name.
    """
    converter = _json(objects.rebuilt, former_of)
    converter.register_structure_hook_func(hooks.is_enum, hooks.recorded_member)
    return converter


def _json(maker: Callable[[type], objects.Maker], former: Renamed | None = None) -> Converter:
    converter = _strict(maker, former, shown=False)
    converter.register_structure_hook(date, hooks.from_text(date, hooks.iso_date, "2026-01-31"))
    converter.register_structure_hook(
        datetime, hooks.from_text(datetime, hooks.iso_instant, "2026-01-31T09:00:00+08:00")
    )
    converter.register_structure_hook_func(hooks.is_moment, hooks.moment)
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_unstructure_hook(datetime, datetime.isoformat)
    converter.register_unstructure_hook(Decimal, str)
    converter.register_unstructure_hook_func(hooks.is_enum, lambda member: member.name)
    return converter


def _strict(maker: Callable[[type], objects.Maker], former: Renamed | None = None, *, shown: bool) -> Converter:
    from cattrs import Converter

    converter = Converter()  # all of them write sums as strings, and members of an enumeration as their names
    converter.register_structure_hook_factory(objects.has_fields, objects.object_hook(converter, maker, former))
    converter.register_structure_hook_factory(hooks.is_sequence, hooks.sequence_hook)
    converter.register_structure_hook_factory(hooks.is_mapping, hooks.mapping_hook)
    for cls in (str, bool, int):
        converter.register_structure_hook(cls, hooks.exact(cls, shown=shown))
    converter.register_structure_hook(float, hooks.number(shown=shown))
    converter.register_structure_hook(Decimal, hooks.sum_of_money)
    converter.register_structure_hook_func(hooks.is_enum, hooks.member)
    converter.register_structure_hook_func(hooks.is_literal, hooks.word(shown=shown))
    return converter
