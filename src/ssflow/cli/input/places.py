"""A place as people name it: by its code, or by its name, alone or after the names of the places around it."""

from __future__ import annotations

from collections.abc import Sequence

from ssflow import regions
from ssflow.errors import UnknownError
from ssflow.naming import Name, named, plain
from ssflow.regions import Region
from ssflow.regions.names import WHOLE_COUNTRY
from ssflow.text import Text

_NOWHERE = Text(
    "请核对地名，或写GB/T 2260的六位代码，如广州市为440100",
    "check the name, or write the six digits of GB/T 2260, such as 440100 for Guangzhou",
)


def read_region(written: str) -> str:
    """Return the code of a place. Of several matches, places in use come before abolished ones, and full names before short ones; an abolished
    place with several codes has its last one.

    Raises:
        UnknownError: no place has this code or name.
        InputError: several places have this name; all are named.

    """
    text = plain(written)
    if not text or text in WHOLE_COUNTRY:
        return regions.NATION
    if text.isascii():
        regions.region_name(text)
        return text
    found = regions.find(text)
    if not found:
        raise UnknownError("region", written, hint=_NOWHERE)
    in_use = [region for region in found if region.until is None]
    best = [region for region in in_use if text.endswith(region.name)] or in_use or _last(found)
    return named("region", written, [_name(region, written) for region in best])


def _last(places: Sequence[Region]) -> list[Region]:
    """Return those of the places, all abolished, that did not become another of them: a city of one name had many codes."""
    codes = {place.code for place in places}
    return [
        place
        for place in places
        if not any(codes & {*regions.enclosing(code)} - {place.code} for code in place.successors)
    ]


def _name(region: Region, written: str) -> Name[str]:
    """Return a place together with the places around it, which tells places of one name apart."""
    around = [regions.region_name(code) for code in regions.enclosing(region.code)[1:-1]]
    title = "".join(dict.fromkeys([*reversed(around), region.name]))
    return Name(region.code, region.code, Text(title, title), others=(written,))


def read_placed(written: str) -> tuple[str, str]:
    """Return a place for all places of a case, or for the one named before the ``=``."""
    name, _, place = written.rpartition("=")
    return name, place
