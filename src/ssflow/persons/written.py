"""Cleaning of numbers as people write them, so that each number is stored in one form."""

from __future__ import annotations

import unicodedata

from ssflow.errors import InputError

_LONGEST = 100  # of a number with blanks in it; the longest known one has 20 characters


def put_right(number: object) -> str:
    """Return a number in half-width capitals, without blanks and hyphens. The Roman numeral ten becomes an X.

    Raises:
        InputError: ``number`` is not text, or is far too long.

    >>> put_right("１１０１０５ 1949-1231 002x")
    '11010519491231002X'

    """
    if not isinstance(number, str):
        raise InputError.of(
            "number",
            f"号码须为文字；实际为{type(number).__name__}",
            f"a number is written as a text, not given as {type(number).__name__}",
        )
    if len(number) > _LONGEST:
        raise InputError.of(
            "number",
            f"共{len(number)}个字符，不是一个号码；只填号码本身",
            f"{len(number)} characters are not a number; give the number alone",
        )
    plain = unicodedata.normalize("NFKC", number)
    # Cf are zero-width characters, Pd are hyphens and dashes.
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) not in ("Cf", "Pd")).upper()
