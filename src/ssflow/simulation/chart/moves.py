"""What a move does: where it leads and what becomes of each clock; or why it is refused."""

from __future__ import annotations

from enum import IntFlag
from typing import NamedTuple

from attrs import frozen

from ssflow.calendar import Span
from ssflow.case import Case, Ground, Obligation
from ssflow.simulation.chart.kernel import stands


class ClockEffect(IntFlag):
    """What a move does to a clock; 0 leaves it alone."""

    ENDS = 1
    STARTS = 2
    STOPS = 4
    RESUMES = 8
    EXTENDS = 16
    RUNS_OUT = 32
    IN_TIME = 64  # again, because it was extended when it had run out


class Face(NamedTuple):
    """What a running clock shows: the figure that measures it, with its extensions, as the obligation records it."""

    case: str
    clock: str
    owed_by: str
    spans: tuple[Span, ...]
    in_hours: bool
    region: str
    cites: tuple[str, ...]
    places: tuple[tuple[str, str], ...]  # of the case, whose offices say which days are worked

    @classmethod
    def of(cls, case: Case, o: Obligation) -> Face:
        """The face of the clock of an obligation."""
        owed_by = o.owed_by.name if o.owed_by else ""
        return cls(
            case.id, o.clock.name, owed_by, o.spans, o.began is not None, o.region, o.cites, tuple(case.places.items())
        )

    def extended(self, by: Face) -> Face:
        """The same clock, lengthened by the spans of another."""
        return self._replace(spans=(*self.spans, *by.spans), cites=(*self.cites, *by.cites))


class ClockChange(NamedTuple):
    """What a move does to one clock; ``face`` is the figure that starts it, or that extends it."""

    effect: ClockEffect
    face: Face | None = None


@frozen
class Moved:
    """Where a move leads: a standing by its number, and the clocks that it changes by their places among the slots."""

    target: int
    changes: tuple[tuple[int, ClockChange], ...]


@frozen
class Refusal:
    """Why an act is refused in a state: its grounds as the kernel gives them."""

    state: str
    activity: str
    grounds: tuple[Ground, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The unmet conditions."""
        return tuple(dict.fromkeys(ground.name for ground in self.grounds))


def change_of(case: Case, before: Obligation | None, after: Obligation | None) -> ClockChange:
    """What became of a clock that was undated: one that begins has the day of the move as its first."""
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
