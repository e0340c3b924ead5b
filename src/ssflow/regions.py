"""Places by their codes (GB/T 2260), from the narrowest outwards. One of the two doors to python-stdnum.

A code has six digits: two for the province, two for the prefecture, two for the county. ``""`` is the whole country.
python-stdnum holds the list; it is imported on first use.
"""

from __future__ import annotations

from functools import cache

from ssflow.errors import UnknownError

NATION = ""


@cache
def region_name(code: str) -> str:
    """The Chinese name of a place: ``"440100"`` is 广州市.

    Raises:
        UnknownError: no place has this code.

    """
    if code == NATION:
        return "全国"
    hint = "give the six digits of GB/T 2260, for example 440100 for Guangzhou or 440000 for Guangdong"
    if not (len(code) == 6 and code.isascii() and code.isdigit()):
        raise UnknownError("region", code, hint=hint)
    from stdnum import numdb

    province, *rest = numdb.get("cn/loc").info(code)
    name = rest[0][1].get("county", "") if rest else ""
    if not name or "province" not in province[1]:
        raise UnknownError("region", code, hint=hint)
    return str(name).rpartition("]")[2]  # "[1998-]江陵县": the years in which the code was in use


def area_name(code: str) -> str:
    """The Chinese name of what a figure is made for: a place, or two places joined by a plus sign.

    Raises:
        UnknownError: no place has such a code.

    >>> area_name("500000+510000"), area_name("440000+440000")
    ('重庆市与四川省之间', '广东省之内')

    """
    parts = code.split("+")
    if parts != sorted(parts) or len(parts) > 2 or (len(parts) > 1 and not all(parts)):
        raise UnknownError("area", code, hint="join two places by a plus sign, the lower code first: 500000+510000")
    names = list(dict.fromkeys(map(region_name, parts)))
    return names[0] if "+" not in code else "与".join(names) + ("之间" if len(names) > 1 else "之内")


def pairs_of(code: str, other: str) -> tuple[str, ...]:
    """The codes of the two places as figures between two places name them, from the narrowest outwards.

    >>> pairs_of("510100", "500000")
    ('500000+510100', '500000+510000')

    """
    ours, theirs = widening(code)[:-1], widening(other)[:-1]
    found = {"+".join(sorted((a, b))): i + j for i, a in enumerate(ours) for j, b in enumerate(theirs)}
    return tuple(sorted(found, key=lambda pair: (found[pair], pair)))  # the same, whichever of the two is asked first


def widening(code: str) -> tuple[str, ...]:
    """The place itself, its prefecture, its province, the nation.

    Raises:
        UnknownError: no place has this code.

    >>> widening("440106")
    ('440106', '440100', '440000', '')

    """
    region_name(code)
    return enclosing(code)


def enclosing(code: str) -> tuple[str, ...]:
    """The same by the digits alone, whether or not there is such a place."""
    return tuple(dict.fromkeys((code, code[:4] + "00", code[:2] + "0000", NATION))) if code else (NATION,)
