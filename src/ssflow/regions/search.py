"""Places by what people call them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache

from ssflow.errors import InputError
from ssflow.regions.outwards import enclosing
from ssflow.regions.region import Region, history, rows

# What a name may be said without: 广州市, 内蒙古自治区, 湘西土家族苗族自治州, 阿里地区, 神农架林区.
_PEOPLES = "(?:各族|[^族]{1,5}族|维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古|锡伯)*"
_KIND = re.compile(f"^(.{{2,}}?)(?:{_PEOPLES}自治[区州县旗]|特别行政区|[地林矿特新]区|[省市区县盟旗])$")


def find(name: str) -> tuple[Region, ...]:
    """The places of a name: its full one, without 省, 市, 区, 县 and the like, or behind the places that it lies in.

    Those in use come first, then full names, then wider places; places by a name that they had before come last.

    Raises:
        InputError: the name is not text.

    >>> [place.code for place in find("广州")], [place.code for place in find("广东广州天河")]
    (['440100'], ['440106'])
    >>> [(place.code, place.until, place.successors) for place in find("莱芜")]
    [('370116', None, ()), ('371200', 2018, ('370100',)), ...]

    """
    if not isinstance(name, str):
        raise InputError.of(
            "name", f"给的是{name!r}；须为地名，如广州", f"{name!r} was given; the name of a place is required"
        )
    sought = "".join(name.split())
    found = dict.fromkeys(_called().get(sought, ()))
    for cut in range(2, len(sought) - 1):
        inside = {place.code for place in _called().get(sought[:cut], ()) if place.code.endswith("00")}
        if inside:
            found |= dict.fromkeys(place for place in find(sought[cut:]) if inside & {*enclosing(place.code)[1:]})
    return tuple(sorted(found, key=lambda place: _order(place, sought)))


def _order(place: Region, sought: str) -> tuple[bool, bool, bool, int, str]:
    """Abolished after those in use, former names after present ones, short after full ones, narrow places after wide ones."""
    former = not any(sought.endswith(form) for form in _forms(place.name))
    return place.until is not None, former, not sought.endswith(place.name), len(place.code.rstrip("0")), place.code


@cache
def _called() -> Mapping[str, tuple[Region, ...]]:
    """The places by each form of each of their names."""
    found: dict[str, list[Region]] = defaultdict(list)
    for code in rows():
        for place in history(code):
            for name in (place.name, *place.formerly):
                for form in _forms(name):
                    found[form].append(place)
    return {form: tuple(places) for form, places in found.items()}


def _forms(name: str) -> Iterator[str]:
    yield name
    short = _KIND.match(name)
    if short:
        yield short[1]
