"""One case as the engine that plays event by event holds it: its state, what each role intends, what happens next."""

from __future__ import annotations

from enum import IntEnum

from attrs import define, field, frozen

from ssflow.case import Event
from ssflow.simulation.chart.kernel import Company
from ssflow.simulation.numbers import NEVER, NONE


class Stage(IntEnum):
    """How far an intent has come that a station serves; others are ``own``, as served ones are once the work is over."""

    own = 0
    asked = 1  # it queues as soon as the act is allowed
    queued = 2
    in_hand = 3


@define
class Intent:
    """What a role is about to do: an act, when it is ripe, and the timetable of the role that does it.

    If a station does it: its service, since when it is asked for, when it queued and was taken up, and how long the work takes.
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
    """What a role waits for that is not allowed: since when, when it was ripe, why, and until when if nothing happens."""

    base: int
    ripe: int
    refusal: int
    until: int


@define(eq=False)
class Next:
    """What happens to a case next: a role's act or else a clock, or a role comes to queue; and what is waited for until then."""

    moment: int
    actor: int | None = None
    joins: bool = False
    waits: dict[int, Wait] = field(factory=dict)


@define(eq=False)
class Played:
    """One case as it is played."""

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
