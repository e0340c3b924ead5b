"""The places of a case: each place that the procedure has, by its name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssflow.errors import Fault, InputError
from ssflow.process import Process
from ssflow.regions import NATION, known
from ssflow.text import Text


def named_places(
    process: type[Process], given: Mapping[str, str] | str, present: Mapping[str, str] | None = None
) -> dict[str, str]:
    """Return the places of a case by their names; those that are not named stay as at ``present``.

    A code alone serves a procedure with one place. Raises as `check_places_of` does.
    """
    places = {process.places[0].name: given} if isinstance(given, str) else {**(present or {}), **given}
    check_places_of(process, places)
    return places


def check_places_of(process: type[Process], given: Mapping[str, str]) -> None:
    """Check the places of a case, by the names that the procedure gives them.

    Raises:
        InputError: one is missing or empty, or one is given that the procedure does not have.
        UnknownError: no place ever had this code.

    """
    if given.keys() != {place.name for place in process.places} or NATION in given.values():
        raise InputError(*_faults_of_places(process, given))
    for code in given.values():
        known(code)


def _faults_of_places(process: type[Process], given: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the faults in the places of a case. A place is always required: the library does not guess whose figures apply."""
    titles = {place.name: place for place in process.places}
    zh = "、".join(f"{place.zh}（{name}）" for name, place in titles.items())
    en = ", ".join(f"{name} ({place.en})" for name, place in titles.items())
    for name in given:
        if name not in titles:
            text = Text(f"{process.title.zh}没有此地点；其地点为{zh}", f"{process.name} has no such place; it has {en}")
            yield Fault(f"places.{name}", text)
    for name, place in titles.items():
        if given.get(name, NATION) == NATION:
            text = Text(
                f"须写明{place.zh}的六位代码（如广州市440100）；办件总在某地办理，数值和工作日以该地为准",
                f"give the six digits of the {place.en}, such as 440100 for Guangzhou; the figures and the "
                "working days of that place apply to the case",
            )
            yield Fault(f"places.{name}", text)
