"""Which regimes of a procedure hold on a day, wherever those places may be that nobody has named."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum
from itertools import product

from ssflow.process import Place, Process
from ssflow.regions import NATION
from ssflow.rules import Rulebook


def regimes_met(
    process: type[Process], book: Rulebook, places: Mapping[str, str], on: date | None
) -> tuple[Enum | None, ...]:
    """The regimes that hold on a day somewhere, each once; None among them where no figure tells one.

    A place that is not named is taken to be each of those for which the rulebook has a regime of their own, and any other. Empty
    if the procedure has no regimes, or no day is named.
    """
    regime = process.regime
    if regime is None or on is None:
        return ()
    if regime.name not in book.parameters:
        return (None,)
    own = {code for value in book.values if value.parameter == regime.name for code in value.region.split("+")}
    anywhere = sorted({NATION, *own})
    codes = [[places[place.name]] if place.name in places else anywhere for place in _asked(process)]
    found = [book.find(regime.name, on, place, {}, *beside) for place, *beside in product(*codes)]
    return tuple(dict.fromkeys(regime.of[str(value.amount)] if value else None for value in found))


def left_out(process: type[Process], places: Mapping[str, str]) -> tuple[Place, ...]:
    """The places by which a regime is looked up and that are not named."""
    return tuple(place for place in _asked(process) if place.name not in places)


def _asked(process: type[Process]) -> tuple[Place, ...]:
    """The place at which a regime is looked up; of a procedure that names two, the other one behind it."""
    at = (process.regime and process.regime.at) or process.places[0]
    others = [place for place in process.places if place is not at]
    return (at, *others) if len(others) == 1 else (at,)
