"""The check that an argument is the code of a place."""

from __future__ import annotations

from ssflow.errors import UnknownError
from ssflow.regions.region import Region, region
from ssflow.text import Text

NATION = ""
COUNTRY = Region(NATION, "全国", since=1949)


def known(code: str) -> Region:
    """Return the place that has a code, or had it last; for the empty code, the country.

    Raises:
        InputError: the code is not text.
        UnknownError: no place ever had this code.

    """
    if type(code) is str and not code:  # the table is not needed
        return COUNTRY
    found = region(code)
    if found is None:
        raise UnknownError("region", code, hint=what_to_give(code))
    return found


def what_to_give(given: object) -> Text:
    """Return what to give instead: the code of the place with this name, or the form of a code and the place around it, if there is one."""
    from ssflow.regions.search import find

    code = given if isinstance(given, str) else ""
    named = find(code)[:3]
    if named:
        told = [f"{place.code} {place.name}" for place in named]
        return Text(f"请给六位代码：{'、'.join(told)}", f"give its six digits: {', '.join(told)}")
    form = Text(
        "请给GB/T 2260的六位代码，如广州市为440100、广东省为440000",
        "give the six digits of GB/T 2260, for example 440100 for Guangzhou or 440000 for Guangdong",
    )
    above = (code[:4] + "00", code[:2] + "0000") if len(code) == 6 else ()
    around = next((place for code in above if (place := region(code))), None)
    if around is None:
        return form
    where = Text(
        f"{around.name}（{around.code}）之内从无此代码",
        f"nothing in {around.name} ({around.code}) ever had this code",
    )
    return Text.join([where, form])
