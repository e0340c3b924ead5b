"""The stations of a scenario in the order in which it may be found out whom they take up when."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from attrs import frozen

from ssflow.process import Process
from ssflow.simulation.engines.capacity import Service


@frozen
class Level:
    """Stations between which cases may go round, or none of which leads to another; ``states`` are those from which cases may come to them."""

    stations: frozenset[int]
    states: frozenset[int]

    @classmethod
    def of(cls, levels: Iterable[Level]) -> Level:
        """Some levels as one."""
        stations, states = zip(*((level.stations, level.states) for level in levels), strict=True)
        return cls(frozenset().union(*stations), frozenset().union(*states))


def levels_of(process: type[Process], services: Sequence[Service]) -> tuple[Level, ...]:
    """The stations by levels. What happens at one hangs on the levels before it alone.

    Stations that serve the same states are alike here, however many offices there are.
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
    # What leads to a station leads to whatever this leads to, and to itself besides.
    ordered = sorted(alike, key=lambda one: -len(leads[one]))
    levels = [list(level) for _, level in groupby(ordered, key=lambda one: len(leads[one]))]
    return tuple(
        Level(frozenset().union(*(alike[one] for one in level)), frozenset().union(*(before[one] for one in level)))
        for level in levels
    )


def _before(process: type[Process], states: Iterable[int]) -> frozenset[int]:
    """The states from which a case may yet come to some, with these."""
    found = {process.states[state] for state in states}
    moves = [(row.source, row.target) for a in process.activities for row in a.transitions]
    while more := {source for source, target in moves if target in found and source is not None} - found:
        found |= more
    return frozenset(process.states.index(state) for state in found)
