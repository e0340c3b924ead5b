"""The names of places."""

from __future__ import annotations

from ssflow.errors import UnknownError
from ssflow.regions.known import known
from ssflow.text import Text

WHOLE_COUNTRY = Text("全国", "the whole country")  # the name of the nation as a place among places


def region_name(code: str) -> str:
    """Return the Chinese name of a place: ``"440100"`` is 广州市. An abolished place keeps its last name.

    Raises:
        InputError: the code is not text.
        UnknownError: no place ever had this code.

    >>> region_name("110100"), region_name("371200"), region_name("")
    ('北京市', '莱芜市', '全国')

    """
    return known(code).name


def area_name(code: str) -> str:
    """Return the Chinese name of the area of a figure: a place, or two places joined by a plus sign.

    Raises:
        InputError: the code is not text.
        UnknownError: no place ever had such a code.

    >>> area_name("500000+510000"), area_name("440000+440000")
    ('重庆市与四川省之间', '广东省之内')

    """
    if not isinstance(code, str):
        return known(code).name
    parts = code.split("+")
    if parts != sorted(parts) or len(parts) > 2 or (len(parts) > 1 and not all(parts)):
        hint = Text(
            "两地之间用加号，代码小的在前：500000+510000",
            "join two places by a plus sign, the lower code first: 500000+510000",
        )
        raise UnknownError("area", code, hint=hint)
    names = list(dict.fromkeys(map(region_name, parts)))
    return names[0] if "+" not in code else "与".join(names) + ("之间" if len(names) > 1 else "之内")
