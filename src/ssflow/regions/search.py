"""The search for places by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssflow.errors import InputError
from ssflow.regions.outwards import enclosing
from ssflow.regions.region import Region, history, rows

# Endings that a name may leave out: 广州市, 内蒙古自治区, 湘西土家族苗族自治州, 阿里地区, 神农架林区.
_PEOPLES = "(?:各族|[^族]{1,5}族|维吾尔|哈萨克|柯尔克孜|塔吉克|蒙古|锡伯)*"
_KIND = re.compile(f"^(.{{2,}}?)(?:{_PEOPLES}自治[区州县旗]|特别行政区|[地林矿特新]区|[省市区县盟旗])$")


def find(name: str) -> tuple[Region, ...]:
    """Return the places of a name: the full one, or one without 省, 市, 区, 县 and the like, alone or after the places around it.

    Places in use come first, then full names, then wider places; places with this as a former name come last.

    Raises:
        InputError: the name is not text.

    >>> [place.code for place in find("广州")], [place.code for place in find("广东广州天河")]
    (['440100'], ['440106'])
    >>> [(place.code, place.until, place.successors) for place in find("莱芜")]
    [('370116', None, ()), ('371200', 2018, ('370100',)), ...]

    """
    if not isinstance(name, str):
        raise InputError.of(
            "name", f"须为地名，如广州；实际为{name!r}", f"{name!r} was given; the name of a place is required"
        )
    sought = "".join(name.split())
    found = dict.fromkeys(_called(sought))
    for cut in range(2, len(sought) - 1):
        if not rows().beginning_with(sought[:cut]):
            break  # nor with more of it
        inside = {place.code for place in _called(sought[:cut]) if place.code.endswith("00")}
        if inside:
            found |= dict.fromkeys(place for place in find(sought[cut:]) if inside & {*enclosing(place.code)[1:]})
    return tuple(sorted(found, key=lambda place: _order(place, sought)))


def _order(place: Region, sought: str) -> tuple[bool, bool, bool, int, str]:
    """Return the sort key of a place: in use before abolished, present names before former ones, full before short, wide before narrow."""
    former = not any(sought.endswith(form) for form in _forms(place.name))
    return place.until is not None, former, not sought.endswith(place.name), len(place.code.rstrip("0")), place.code


def _called(name: str) -> Iterator[Region]:
    """Yield the places of a name, full or short. A short name begins the full one, so few histories are looked at."""
    for code in rows().beginning_with(name):
        for place in history(code):
            if any(name in _forms(full) for full in (place.name, *place.formerly)):
                yield place


def _forms(name: str) -> Iterator[str]:
    yield name
    short = _KIND.match(name)
    if short:
        yield short[1]
