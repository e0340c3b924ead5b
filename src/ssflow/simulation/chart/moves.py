"""The answers about a move: the standing to which it leads with its effect on each clock, or the refusal."""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple

from attrs import frozen

from ssflow.calendar import Span
from ssflow.case import Case, Ground, Obligation
from ssflow.simulation.chart.kernel import stands


class ClockEffect(IntFlag):
    """The kinds of effects of a move on a clock; 0 leaves the clock alone."""

    ENDS = 1
    STARTS = 2
    STOPS = 4
    RESUMES = 8
    EXTENDS = 16
    RUNS_OUT = 32
    IN_TIME = 64  # the clock is in time again, because it was extended after it had run out


class Face(NamedTuple):
    """The figure that measures a clock, with its extensions, as the obligation records it: all on which its last day depends except dates."""

    case: str
    clock: str
    owed_by: str
    spans: tuple[Span, ...]
    in_hours: bool
    region: str
    cites: tuple[str, ...]
    places: tuple[tuple[str, str], ...]  # the places of the case, which decide on the working days

    @classmethod
    def of(cls, case: Case, o: Obligation) -> Face:
        """Return the face of the clock of an obligation."""
        owed_by = o.owed_by.name if o.owed_by else ""
        return cls(
            case.id, o.clock.name, owed_by, o.spans, o.began is not None, o.region, o.cites, tuple(case.places.items())
        )

    def extended(self, by: Face) -> Face:
        """Return the face lengthened by the spans of another."""
        return self._replace(spans=(*self.spans, *by.spans), cites=(*self.cites, *by.cites))


class ClockChange(NamedTuple):
    """The effect of a move on one clock; ``face`` is the figure that starts or extends it."""

    effect: ClockEffect
    face: Face | None = None


@frozen
class Moved:
    """The result of a possible move: the number of the standing to which it leads, and the changed clocks by their slots."""

    target: int
    changes: tuple[tuple[int, ClockChange], ...]


@frozen
class Refusal:
    """The refusal of an act in a state, with the grounds that the kernel gives."""

    state: str
    activity: str
    grounds: tuple[Ground, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the unmet conditions."""
        return tuple(dict.fromkeys(ground.name for ground in self.grounds))


def change_of(case: Case, before: Obligation | None, after: Obligation | None) -> ClockChange:
    """Return the change of an undated clock; a clock that starts has the day of the move as its first day."""
    ran = before is not None and before.is_timed
    if after is None or not after.is_timed:
        return ClockChange(ClockEffect.ENDS if ran else ClockEffect(0))
    stood = ran and before is not None and stands(before)
    if before is None or not ran or (after.starts, after.began) != (before.starts, before.began):
        effect = ClockEffect.STARTS | (ClockEffect.STOPS if stands(after) else ClockEffect(0))
        return ClockChange(effect, Face.of(case, after))
    effect, face = ClockEffect(0), None
    if len(after.spans) > len(before.spans):
        effect |= ClockEffect.EXTENDS
        whole = Face.of(case, after)
        face = whole._replace(spans=whole.spans[len(before.spans) :], cites=whole.cites[len(before.cites) :])
    if after.overdue != before.overdue:
        effect |= ClockEffect.RUNS_OUT if after.overdue else ClockEffect.IN_TIME
    if stands(after) != stood:
        effect |= ClockEffect.STOPS if stands(after) else ClockEffect.RESUMES
    return ClockChange(effect, face)
