"""The visits of cases to stations, in columns: who queued where and since when, and what became of the visit."""

from __future__ import annotations

import numpy as np
from attrs import astuple, define, field, fields, frozen

from ssflow.simulation.engines.columns.levels import Level
from ssflow.simulation.engines.model import Model
from ssflow.simulation.numbers import Flags, Numbers


@frozen(eq=False)
class Visit:
    """Columns of visits, a row a visit: its service, its case, and its number among the visits of the case to the state.

    ``joined`` is the minute at which it joined the queue, ``length`` the working minutes that it takes, ``due`` the last day by which it is
    ordered. ``began`` is the minute at which the station took it up, `NEVER` if it did not; ``over`` the minute at which the case left with the
    work unfinished, `NEVER` if it did not.
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
        """Return some of the visits, by row numbers or flags."""
        where = rows.nonzero()[0] if rows.dtype == np.bool_ else rows
        return Visit(*(column.take(where) for column in astuple(self, recurse=False)))

    @classmethod
    def joined_up(cls, parts: list[Visit]) -> Visit:
        """Return the visits of several parts as one."""
        if len(parts) == 1:
            return parts[0]
        none = [np.zeros(0, dtype=np.int32)]
        return cls(*(np.concatenate([getattr(part, one.name) for part in parts] or none) for one in fields(cls)))


@define(eq=False)
class Visits:
    """The visits of a run to the stations of a level; those of a case are forgotten before it is played again."""

    model: Model
    cases: int
    level: Level
    _wanted: Flags = field(init=False)
    _parts: list[Visit] = field(factory=list, init=False)

    def __attrs_post_init__(self) -> None:
        self._wanted = np.isin(self.model.station_of, list(self.level.stations))

    def add(self, visits: Visit) -> None:
        """Note those of some visits that are to the stations of the level."""
        wanted = self._wanted.take(visits.service)
        self._parts.append(visits if wanted.all() else visits.only(wanted))

    def forget(self, cases: Numbers) -> Visit:
        """Forget the visits of some cases, and return them."""
        again = np.zeros(self.cases, dtype=np.bool_)
        again[cases] = True
        whole = self.all()
        gone = again.take(whole.case)
        self._parts = [whole.only(~gone)]
        return whole.only(gone)

    def all(self) -> Visit:
        """Return all visits."""
        self._parts = [Visit.joined_up(self._parts)]
        return self._parts[0]
