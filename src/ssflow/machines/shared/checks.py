"""Validators that several data classes share, each with an error in both languages at its field."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import attrs

from ssflow.errors import InputError

Validator = Callable[[Any, "attrs.Attribute[Any]", Any], None]
_DIGITS = 12  # before the decimal point: no payment of one person, employer or programme has as many


def filled_in(zh: str, en: str) -> Validator:
    """Return a validator for a text that is not blank; the two sentences say why it is asked for."""

    def check(_: Any, attribute: attrs.Attribute[Any], text: Any) -> None:
        if not isinstance(text, str):
            raise _wrong_type(attribute, text, "文字", "a text")
        if not text.strip():
            raise InputError.of(attribute.name, f"不能为空：{zh}", f"it is empty; {en}")

    return check


def count(_: Any, attribute: attrs.Attribute[Any], number: Any) -> None:
    """Validate a whole number of at least 0."""
    if not isinstance(number, int) or isinstance(number, bool):
        raise _wrong_type(attribute, number, "整数，如1", "a whole number such as 1")
    if number < 0:
        raise InputError.of(
            attribute.name,
            f"须为不小于0的整数；实际为{number}",
            f"a whole number of at least 0 is required; {number} is less than none",
        )


def yuan(_: Any, attribute: attrs.Attribute[Any], amount: Any) -> None:
    """Validate a sum in yuan of at least 0."""
    _sum(attribute, amount)
    if not amount >= 0:
        raise InputError.of(
            attribute.name,
            f"须为不小于0的金额（元）；实际为{amount}",
            f"a sum of yuan of at least 0 is required, not {amount}",
        )


def yuan_above_0(_: Any, attribute: attrs.Attribute[Any], amount: Any) -> None:
    """Validate a sum in yuan above 0."""
    _sum(attribute, amount)
    if not amount > 0:
        raise InputError.of(
            attribute.name,
            f"须为大于0的金额（元）；实际为{amount}",
            f"a sum of yuan above 0 is required, not {amount}",
        )


def _sum(attribute: attrs.Attribute[Any], amount: Any) -> None:
    if not isinstance(amount, Decimal):
        raise _wrong_type(attribute, amount, "Decimal，如Decimal(20)", "a Decimal such as Decimal(20)")
    if not amount.is_finite() or amount.adjusted() >= _DIGITS:
        raise InputError.of(
            attribute.name, f"须为金额（元）；实际为{amount:.6g}", f"a sum of yuan is required, not {amount:.6g}"
        )


def _wrong_type(attribute: attrs.Attribute[Any], given: Any, zh: str, en: str) -> InputError:
    kind = type(given).__name__
    return InputError.of(attribute.name, f"须为{zh}；实际为{kind}", f"{en} is required, not {kind}")
