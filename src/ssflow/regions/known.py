"""The door: what is given as a place is one."""

from __future__ import annotations

from ssflow.errors import InputError, UnknownError
from ssflow.regions.region import Region, region
from ssflow.text import Text

NATION = ""
COUNTRY = Region(NATION, "全国", since=1949)


def known(code: str, path: str = "region") -> Region:
    """The place that has a code, or had it last; of the empty code the country.

    Raises:
        InputError: the code is no text.
        UnknownError: no place ever had this code.

    """
    if not isinstance(code, str):
        raise InputError.of(
            path,
            f"给的是{code!r}；须为GB/T 2260的六位代码，如440100（广州市）",
            f"{code!r} was given; the six digits of GB/T 2260 are wanted, such as '440100' for Guangzhou",
        )
    if code == NATION:
        return COUNTRY
    found = region(code)
    if found is None:
        raise UnknownError("region", code, hint=_hint(code))
    return found


def _hint(code: str) -> Text:
    """What to give instead: the place around that there is, or the place that is called so."""
    from ssflow.regions.search import find

    if len(code) == 6 and code.isascii() and code.isdigit():
        around = next((place for above in (code[:4] + "00", code[:2] + "0000") if (place := region(above))), None)
        if around is not None:
            return Text(
                f"代码{around.code}是{around.name}，其下没有{code}；请核对",
                f"{around.code} is {around.name}, but nothing in it ever had the code {code}; check it",
            )
    named = find(code)[:3]
    if named:
        told = [f"{place.code} {place.name}" for place in named]
        return Text(f"请给六位代码：{'、'.join(told)}", f"give the six digits: {', '.join(told)}")
    return Text(
        "请给GB/T 2260的六位代码，如广州市为440100、广东省为440000",
        "give the six digits of GB/T 2260, for example 440100 for Guangzhou or 440000 for Guangdong",
    )
