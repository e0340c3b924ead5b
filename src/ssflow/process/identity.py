"""Who a person is, and how personal data is kept out of sight. The second door to python-stdnum.

A field made with `personal` is shown masked in every ``repr``, log and table; only the store holds it whole.
"""

from __future__ import annotations

import re
from datetime import date
from enum import Enum, unique
from typing import Annotated, Any

import attrs
from attrs import field, frozen

from ssflow.text import Text

_PERSONAL = "personal"
_KEPT = 2


def mask(text: str) -> str:
    """The text with all but its last two characters hidden; short texts are hidden whole."""
    return "***" + (text[-_KEPT:] if len(text) > 3 * _KEPT else "")


def personal(**options: Any) -> Any:
    """A field with personal data: an identity number, an address. Takes the options of ``attrs.field``."""
    return field(repr=lambda value: repr(_hidden(value)), metadata={_PERSONAL: True}, **options)


def is_personal(attribute: attrs.Attribute[Any]) -> bool:
    """Whether a field was made with `personal`."""
    return _PERSONAL in attribute.metadata


def masked(value: Any) -> dict[str, Any]:
    """The fields of an attrs value, personal ones masked, nested values included."""
    return {
        attribute.name: _hidden(item) if is_personal(attribute) else _looked_into(item)
        for attribute in attrs.fields(type(value))
        for item in (getattr(value, attribute.name),)
    }


def _hidden(item: Any) -> Any:
    """Personal data as it may be shown: texts masked, nothing as nothing, all else hidden whole."""
    return item if item is None else mask(item) if isinstance(item, str) else mask("")


def _looked_into(item: Any) -> Any:
    if isinstance(item, tuple):
        return tuple(map(_looked_into, item))
    return masked(item) if attrs.has(type(item)) else item


@unique
class IdentityKind(Enum):
    """The documents by which a person is identified."""

    resident_id = Text("居民身份证", "resident identity card")
    household_book = Text("户口簿", "household register")
    passport = Text("护照", "passport")
    hk_macao_permit = Text("港澳居民来往内地通行证", "mainland travel permit for Hong Kong and Macao residents")
    taiwan_permit = Text("台湾居民来往大陆通行证", "mainland travel permit for Taiwan residents")


_CITIZEN = (IdentityKind.resident_id, IdentityKind.household_book)


@frozen
class Identity:
    """A person's document and its number. Citizens' numbers are checked digit by digit.

    Raises:
        ValueError: the number cannot be right; the message does not repeat it.

    """

    number: Annotated[str, "证件号码"] = personal()
    kind: Annotated[IdentityKind, "证件种类"] = IdentityKind.resident_id

    @number.validator
    def _check(self, _: attrs.Attribute[str], number: str) -> None:
        if self.kind in _CITIZEN:
            _check_citizen(number)
        elif not re.fullmatch(r"[A-Z0-9]{5,20}", number):
            msg = f"a {self.kind.value.en} number has 5 to 20 capital letters and digits; this one ({mask(number)}) has not"
            raise ValueError(msg)

    def age_on(self, day: date) -> int | None:
        """The completed years of age on a day, where the number tells the date of birth."""
        if self.kind not in _CITIZEN:
            return None
        from stdnum.cn import ric

        born = ric.get_birth_date(self.number)
        return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@frozen
class SocialCard:
    """The number of a social-security card: a letter or digit and eight digits.

    python-stdnum does not know this number and no check digit is published in what we read; guide 004 speaks of nine digits, and
    that the first may be a letter is unverified.

    Raises:
        ValueError: the number has another form.

    """

    number: Annotated[str, "卡号"] = personal()

    @number.validator
    def _check(self, _: attrs.Attribute[str], number: str) -> None:
        if not re.fullmatch(r"[A-Z0-9][0-9]{8}", number):
            msg = (
                f"a social-security card number is a letter or digit and eight digits; this one ({mask(number)}) is not"
            )
            raise ValueError(msg)


@frozen
class BankCard:
    """The number of a bank card, with its check digit.

    Raises:
        ValueError: the check digit is wrong, or it is not a number.

    """

    number: Annotated[str, "卡号"] = personal()

    @number.validator
    def _check(self, _: attrs.Attribute[str], number: str) -> None:
        from stdnum import luhn
        from stdnum.exceptions import ValidationError

        try:
            luhn.validate(number)
        except ValidationError as error:
            msg = f"the bank card number ({mask(number)}) cannot be right: {error}; read it again from the card"
            raise ValueError(msg) from None


def _check_citizen(number: str) -> None:
    from stdnum.cn import ric
    from stdnum.exceptions import ValidationError

    try:
        if ric.validate(number) == number:
            return
        why = "it holds blanks or small letters"
    except ValidationError as error:
        why = str(error)
    msg = f"the citizen identity number ({mask(number)}) cannot be right: {why}; read its 18 characters again"
    raise ValueError(msg)
