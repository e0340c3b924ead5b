"""A case in the event engine: its state, the intents of its roles, and its next event."""

from __future__ import annotations

from enum import IntEnum

from attrs import define, field, frozen

from ssflow.case import Event
from ssflow.simulation.chart.kernel import Company
from ssflow.simulation.numbers import NEVER, NONE


class Stage(IntEnum):
    """The stages of an intent: ``asked``, ``queued`` and ``in_hand`` at a station, and ``own`` without one or once the work is over."""

    own = 0
    asked = 1  # the intent queues as soon as the act is allowed
    queued = 2
    in_hand = 3


@define
class Intent:
    """The intent of a role: an act, the minute at which it is ripe, and the timetable by which it is done.

    If a station serves the act: the service, the minutes at which it was asked for, joined the queue and was taken up, and the length of the work.
    """

    move: int
    ripe: int
    table: int
    bit: int
    service: int = NONE
    stage: Stage = Stage.own
    visit: int = 0
    asked: int = 0
    length: int = 0
    joined: int = NEVER
    began: int = NEVER


@frozen
class Wait:
    """The wait of a role for an act that is refused: since when, when the act was ripe, the number of the refusal, and until when if nothing else happens."""

    base: int
    ripe: int
    refusal: int
    until: int


@define(eq=False)
class Next:
    """The next event of a case: an act of a role, the end of a clock, or a role that joins a queue; with the waits until then."""

    moment: int
    actor: int | None = None
    joins: bool = False
    waits: dict[int, Wait] = field(factory=dict)


@define(eq=False)
class Played:
    """A case while it is played."""

    number: int
    profile: int
    kind: int
    variant: int
    company: Company
    node: int
    now: int
    opened: int = NONE
    intents: list[Intent | None] = field(factory=list)
    barred: list[int] = field(factory=list)
    visits: dict[int, int] = field(factory=dict)
    events: list[Event] = field(factory=list)
    next: Next | None = None
