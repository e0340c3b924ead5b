"""Numbers as people write them, put right at the door, so that one number is stored in one way."""

from __future__ import annotations

import unicodedata

from ssflow.errors import InputError

_LONGEST = 100  # of what may be a number with blanks in it; the longest that we know has 20 characters


def put_right(number: object) -> str:
    """A number in capital letters of half width, without blanks and hyphens. Also the Roman numeral ten becomes an X.

    Raises:
        InputError: it is not text, or is far too long to be a number.

    >>> put_right("１１０１０５ 1949-1231 002x")
    '11010519491231002X'

    """
    if not isinstance(number, str):
        raise InputError.of(
            "number",
            f"号码须为文字，给的是{type(number).__name__}",
            f"a number is written as a text, not given as {type(number).__name__}",
        )
    if len(number) > _LONGEST:
        raise InputError.of(
            "number",
            f"共{len(number)}个字符，不是一个号码；只填号码本身",
            f"{len(number)} characters are not a number; give the number alone",
        )
    plain = unicodedata.normalize("NFKC", number)
    # Cf are characters without a width, Pd are hyphens and dashes.
    return "".join(c for c in plain if not c.isspace() and unicodedata.category(c) not in ("Cf", "Pd")).upper()
