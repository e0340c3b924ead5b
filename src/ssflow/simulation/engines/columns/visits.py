"""Visits of cases to stations, in columns: who queued where since when, and what became of it."""

from __future__ import annotations

import numpy as np
from attrs import astuple, define, field, fields, frozen

from ssflow.simulation.engines.levels import Level
from ssflow.simulation.engines.model import Model
from ssflow.simulation.numbers import Flags, Numbers


@frozen(eq=False)
class Visit:
    """Some visits, a row each: by which service, of which case and which of its visits to a state.

    ``joined`` is when it came to queue, ``length`` how long the work takes, ``due`` by which last day it is taken. ``began`` is when the
    station worked on it, ``over`` when it left; `NEVER` if not up to the end, and, of ``over``, if the work was finished.
    """

    service: Numbers
    case: Numbers
    visit: Numbers
    profile: Numbers
    joined: Numbers
    length: Numbers
    due: Numbers
    began: Numbers
    over: Numbers

    def only(self, rows: Numbers | Flags) -> Visit:
        """Some of them."""
        where = rows.nonzero()[0] if rows.dtype == np.bool_ else rows
        return Visit(*(column.take(where) for column in astuple(self, recurse=False)))

    @classmethod
    def joined_up(cls, parts: list[Visit]) -> Visit:
        """All of several parts."""
        if len(parts) == 1:
            return parts[0]
        none = [np.zeros(0, dtype=np.int32)]
        return cls(*(np.concatenate([getattr(part, one.name) for part in parts] or none) for one in fields(cls)))


@define(eq=False)
class Visits:
    """The visits of a run to the stations of a level as they are found; those of cases that are played again are forgotten first."""

    model: Model
    cases: int
    level: Level
    _wanted: Flags = field(init=False)
    _parts: list[Visit] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self._wanted = np.isin(self.model.station_of, list(self.level.stations))

    def add(self, visits: Visit) -> None:
        """Note some, as far as they are to these stations."""
        wanted = self._wanted.take(visits.service)
        self._parts.append(visits if wanted.all() else visits.only(wanted))

    def forget(self, cases: Numbers) -> Visit:
        """Forget those of some cases, and tell which these were."""
        again = np.zeros(self.cases, dtype=np.bool_)
        again[cases] = True
        whole = self.all()
        gone = again.take(whole.case)
        self._parts = [whole.only(~gone)]
        return whole.only(gone)

    def all(self) -> Visit:
        """All of them."""
        self._parts = [Visit.joined_up(self._parts)]
        return self._parts[0]
