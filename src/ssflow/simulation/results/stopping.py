"""The rule for stopping: there are enough runs as soon as a figure is known within a given margin."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import ceil

from attrs import frozen

from ssflow.doors import check_kind
from ssflow.errors import InputError, UnknownError
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.results.measures import measures_of
from ssflow.tables.estimates import Estimate
from ssflow.text import Text

_WRITTEN = re.compile(r"\s*(\w[\w-]*)\s*<=\s*(\d+(?:\.\d+)?)\s*(pp|days|workdays|cases|)\s*")
FEWEST = 10  # runs: the margin of fewer may be narrow by chance


@frozen
class Goal:
    """The goal of a simulation: the margin, as it was ``written``, that all figures of the ``names`` must reach."""

    written: str
    names: tuple[str, ...]
    margin: float

    @classmethod
    def of(cls, written: object, model: Model) -> Goal:
        """Return the goal written as, for example, ``late <= 0.1 pp``: the margin of a measure, or of all that begin with a word.

        Raises:
            InputError, UnknownError: the goal is written in another way, or there is no such measure.

        """
        check_kind("until", written, str)
        found = _WRITTEN.fullmatch(str(written))
        if found is None or not float(found[2]):
            raise InputError.of(
                "until",
                f"{written!r}写法有误；应写作例如“late <= 0.1 pp”或“days <= 0.5 days”",
                f"{written!r} cannot be read; write it as late <= 0.1 pp, or days <= 0.5 days",
            )
        name, margin, unit = found[1], float(found[2]), found[3]
        measures = list(measures_of(Tally(model)))
        chosen = [one for one in measures if one.name == name] or [
            one for one in measures if one.name.startswith(f"{name}_")
        ]
        if not chosen:
            raise UnknownError("measure", name, [one.name for one in measures])
        wanted = chosen[0].unit
        if unit not in ("", wanted):
            raise InputError.of("until", f"{name}的单位是{wanted}，不是{unit}", f"{name} is in {wanted}, not in {unit}")
        return cls(str(written), tuple(one.name for one in chosen), margin)

    def is_reached(self, tallies: Sequence[Tally]) -> bool:
        """Return whether every figure that has a value has so narrow a margin; False if none has a value, or there are too few runs."""
        if len(tallies) < FEWEST:
            return False
        margins = [one.margin for one in self._estimates(tallies) if one.runs]
        return bool(margins) and all(margin is not None and margin <= self.margin for margin in margins)

    def runs(self, tallies: Sequence[Tally]) -> int:
        """Return how many runs may be enough by an estimate from these: the margin falls with the root of their number; at most twice as many."""
        number = len(tallies)
        if number < FEWEST:
            return FEWEST
        widest = max((one.margin or 0.0 for one in self._estimates(tallies) if one.runs), default=0.0)
        return max(number + 1, min(2 * number, ceil(number * (widest / self.margin) ** 2)))

    def note(self, tallies: Sequence[Tally]) -> Text:
        """Return a note that the goal has not been reached, and how wide the margin is."""
        widest = max((one.margin or 0.0 for one in self._estimates(tallies) if one.runs), default=0.0)
        return Text(
            f"运行{len(tallies)}次仍未达到“{self.written}”：误差范围仍有±{widest:.3g}；请增大most_runs",
            f'"{self.written}" was not reached in {len(tallies)} runs: the margin is still ± {widest:.3g}; raise most_runs',
        )

    def _estimates(self, tallies: Sequence[Tally]) -> Iterator[Estimate]:
        values = [{one.name: one.value for one in measures_of(tally)} for tally in tallies]
        return (Estimate.of(one[name] for one in values) for name in self.names)
