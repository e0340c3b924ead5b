"""Visits of cases to stations, in columns: who queued where since when, and what became of it."""

from __future__ import annotations

import numpy as np
from attrs import astuple, define, field, fields, frozen

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
        return cls(*(np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(cls)))


@define(eq=False)
class Visits:
    """The visits of a run as they are found; those of cases that are played again are forgotten first."""

    cases: int
    _parts: list[Visit] = field(factory=list, init=False)

    def add(self, visits: Visit) -> None:
        """Note some."""
        self._parts.append(visits)

    def forget(self, cases: Numbers) -> None:
        """Forget those of some cases."""
        again = np.zeros(self.cases, dtype=np.bool_)
        again[cases] = True
        if self._parts:
            whole = Visit.joined_up(self._parts)
            self._parts = [whole.only(~again[whole.case])]

    def all(self) -> Visit | None:
        """All of them; None if there are none."""
        if not self._parts:
            return None
        self._parts = [Visit.joined_up(self._parts)]
        return self._parts[0]
