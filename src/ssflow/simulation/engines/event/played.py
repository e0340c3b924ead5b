"""A case in the engine that plays event by event: its state, the intents of its roles, and what happens next."""

from __future__ import annotations

from enum import IntEnum

from attrs import define, field, frozen

from ssflow.case import Event
from ssflow.simulation.chart.kernel import Company
from ssflow.simulation.numbers import NEVER, NONE


class Stage(IntEnum):
    """The stages of an intent that a station serves; any other is ``own``, as is a served one once the work is over."""

    own = 0
    asked = 1  # the intent queues as soon as the act is allowed
    queued = 2
    in_hand = 3


@define
class Intent:
    """The intent of a role: an act, when it is ripe, and the timetable of the role.

    If a station does the act: its service, since when it is asked for, when it queued and was taken up, and how long the work takes.
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
    """A wait of a role for an act that is not allowed: since when, when it was ripe, why, and until when if nothing happens."""

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
