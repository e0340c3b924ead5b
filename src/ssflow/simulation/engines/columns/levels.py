"""The levels of the stations of a scenario: the order in which they can be settled one after the other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from attrs import frozen

from ssflow.process import Process
from ssflow.simulation.engines.capacity import Service


@frozen
class Level:
    """The stations of one level: cases may go in circles between them, or none of them leads to another.

    ``states`` are the states from which cases may still come to them, with those that they serve.
    """

    stations: frozenset[int]
    states: frozenset[int]

    @classmethod
    def of(cls, levels: Iterable[Level]) -> Level:
        """Return some levels joined into one."""
        stations, states = zip(*((level.stations, level.states) for level in levels), strict=True)
        return cls(frozenset().union(*stations), frozenset().union(*states))


def levels_of(process: type[Process], services: Sequence[Service]) -> tuple[Level, ...]:
    """Return the stations by levels, first those from which cases go on to the others; each level depends only on those before it.

    A station leads to another if a case may go from a state that the one serves to a state that the other serves. Stations on a circle lead to
    the same stations, so they are of one level. Stations that serve the same states are treated as one, however many offices there are.
    """
    served: dict[int, set[int]] = {}
    for service in services:
        served.setdefault(service.station, set()).add(process.states.index(process.state(service.state)))
    alike: dict[frozenset[int], set[int]] = {}
    for station, states in served.items():
        alike.setdefault(frozenset(states), set()).add(station)
    before = {states: _before(process, states) for states in alike}
    leads = {one: {other for other in alike if one & before[other]} for one in alike}
    while longer := [one for one in alike if any(leads[other] - leads[one] for other in leads[one])]:
        for one in longer:
            leads[one] = leads[one].union(*(leads[other] for other in leads[one]))
    # A station leads to all that the stations after it lead to, so it leads to more of them, or to as many on a circle.
    ordered = sorted(alike, key=lambda one: -len(leads[one]))
    levels = [list(level) for _, level in groupby(ordered, key=lambda one: len(leads[one]))]
    return tuple(
        Level(frozenset().union(*(alike[one] for one in level)), frozenset().union(*(before[one] for one in level)))
        for level in levels
    )


def _before(process: type[Process], states: Iterable[int]) -> frozenset[int]:
    """Return the states from which a case may still come to some states, with these."""
    found = {process.states[state] for state in states}
    moves = [(row.source, row.target) for a in process.activities for row in a.transitions]
    while more := {source for source, target in moves if target in found and source is not None} - found:
        found |= more
    return frozenset(process.states.index(state) for state in found)
