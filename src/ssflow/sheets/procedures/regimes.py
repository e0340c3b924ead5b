"""The regimes of a procedure that hold on a day, wherever its unnamed places may be."""

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
    """Return the regimes that hold somewhere on a day, each once; None is among them where no figure names one.

    A place that is not named stands for each place for which the rulebook has a regime of its own, and for any other. The result is empty
    if the procedure has no regimes, or if no day is given.
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
    """Return the unnamed places by which a regime is looked up."""
    return tuple(place for place in _asked(process) if place.name not in places)


def _asked(process: type[Process]) -> tuple[Place, ...]:
    """Return the place at which a regime is looked up, followed by the other one in a procedure that names two."""
    at = (process.regime and process.regime.at) or process.places[0]
    others = [place for place in process.places if place is not at]
    return (at, *others) if len(others) == 1 else (at,)
