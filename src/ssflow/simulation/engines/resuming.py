"""The next acts of the roles in the open cases with which a simulation begins, given that they have not been done before the first day.

A role makes its plan when a case comes to a state. In an open case the plan has not been carried out since, so an act and its length are
drawn on that condition, and the time already spent is deducted. An act whose length would be over by now is left out only if it was
allowed: an act that is refused may have been ready for a long time. For acts that a station serves nothing is deducted: their length runs
from the moment at which the station takes the case up, which no store records.
"""

from __future__ import annotations

import numpy as np

from ssflow.simulation.chart.chart import REFUSED
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.divided import WHOLE
from ssflow.simulation.engines.draws import part_of, share_of
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.selectors import Selector
from ssflow.simulation.numbers import NONE, Numbers
from ssflow.simulation.scenario.durations import PARTS


def resumed(
    model: Model, run: int, selector: Selector, variant: int, hoped: int, node: int, cases: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the next act of a role in each of some open cases, by its place in the selector, and the minutes at work that are left.

    The cases are of one standing and variant; ``hoped`` are the bits of the acts to choose among. If more time is spent than the longest length
    takes, 0 minutes are left.
    """
    spent, left = _spent(model, selector, variant, node, cases)
    shares = np.diff([0, *selector.bounds[hoped].tolist(), WHOLE]).reshape(-1, 1)
    weights = shares * left  # below 2**45
    weights = np.where(weights.any(axis=0), weights, shares * PARTS)
    ends = np.cumsum(weights, axis=0)
    bits = model.stream(run, selector).bits(cases)
    drawn = share_of(bits) * ends[-1].astype(np.float64) // WHOLE  # rounded once, so alike on every machine
    place = (ends[:-1] <= drawn).sum(axis=0)
    there = np.arange(len(cases))
    some = left[place, there]
    rest = PARTS - some + (part_of(bits) * some >> PARTS.bit_length() - 1)
    lengths = model.minutes[selector.lengths[variant].take(place), np.minimum(rest, PARTS - 1)]
    return place, np.where(some > 0, np.maximum(lengths - spent[place, there], 0), 0)


def _spent(model: Model, selector: Selector, variant: int, node: int, cases: Numbers) -> tuple[Numbers, Numbers]:
    """Return two arrays, a row for each act and one for doing nothing, a column a case.

    The first has the minutes at work that are already spent, the second how many of the equally likely lengths are not shorter.
    """
    role = model.roles.index(model.chart.process.role(selector.conduct.role))
    first, there = model.first * DAY_MINUTES, model.continuing
    since, latest = there.since[role].take(cases), there.latest.take(cases)
    spent = np.zeros((len(selector.moves) + 1, len(cases)), dtype=np.int64)
    left = np.full_like(spent, PARTS)
    for place, (move, service) in enumerate(zip(selector.moves, selector.services[variant, :-1].tolist(), strict=True)):
        if service != NONE:
            continue
        timetable = model.timetables[selector.tables[variant, place]]
        spent[place] = timetable.spent(np.array([first])) - timetable.spent(since)
        if model.chart.edge(node, move, model.first) > REFUSED:
            over = np.searchsorted(model.minutes[selector.lengths[variant, place]], spent[place])
            left[place] = np.where(timetable.after(latest, 0) < first, PARTS - over, PARTS)
    return spent, left
