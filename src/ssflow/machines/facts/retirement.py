"""What comes in with the activities of a retirement."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.reckoning.retirement_age import Group
from ssflow.process.identity import Identity


@frozen(kw_only=True)
class Person:
    """Whose retirement it is, the group that decides the age, and the day of birth that counts for it."""

    insured: Identity
    group: Group
    born: date


@frozen(kw_only=True)
class Wish(Person):
    """The day of retirement that the employee chooses, or agrees on with the employer, and whether that is in writing."""

    chosen: date
    written: bool


@frozen(kw_only=True)
class Age(Person):
    """That the age is reached, the minimum of paid months for the year of that day, and what is on record then."""

    minimum: int
    periods: tuple[PaidPeriod, ...] = ()


@frozen
class Record:
    """The paid periods that the claim rests on, those of other places too."""

    periods: tuple[PaidPeriod, ...]


@frozen(kw_only=True)
class Facts:
    """What is known of a retirement; the rulebook's keys are among these. ``minimum`` is in months."""

    insured: Identity | None = None
    group: Group | None = None
    born: date | None = None
    chosen: date | None = None
    written: bool = False
    minimum: int = 0
    periods: tuple[PaidPeriod, ...] = ()
