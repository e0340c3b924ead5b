"""The wait for medical benefits after a move, as the rules allow it, in whole months.

A short gap can be paid for, and is then covered in retrospect; after a longer one the place may let a person wait. The residents' scheme
has a wait of its own, which grows with every year that was missed. The numbers are figures of the rulebook.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import Enum, unique

from attrs import frozen

from ssflow.machines.reckoning.months import month_of
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.text import Text


@unique
class Backpay(Enum):
    """Whether the months of the gap were paid for afterwards."""

    paid = Text("已补缴中断期间", "the gap was paid for")
    unpaid = Text("未补缴中断期间", "the gap was not paid for")


@unique
class Enrolment(Enum):
    """The time at which a resident enrolled at the new place."""

    in_time = Text("集中参保期内参保", "in the yearly window")
    late = Text("集中参保期外参保", "outside the yearly window")
    exempt = Text("新生儿等不设等待期的人员", "new-born and others who do not wait")


@frozen(kw_only=True)
class Break:
    """The gap between the cover of the old place and that of the new one.

    ``months`` are those without payment, None if nothing was paid before; ``unbroken`` are those paid in a row until then. ``across`` says
    that the scheme changes, ``resident`` that the new scheme is the residents'.
    """

    months: int | None
    unbroken: int
    across: bool = False
    resident: bool = False
    backpay: Backpay = Backpay.unpaid
    enrolment: Enrolment = Enrolment.in_time
    missed: int = 0
    bought: int = 0


@frozen(kw_only=True)
class Figures:
    """The figures of a day and place in months, each None where there is none.

    ``short_gap`` is the longest gap that leaves cover continuous, ``steady_cover`` what has to be paid in a row before a change of scheme,
    ``longest_wait`` the most that a place may set, ``local_wait`` what it sets for employees. For residents: the ``fixed_wait``, that of
    each missed year (``yearly_wait``), and after ``many_years`` the ``least_wait``.
    """

    short_gap: int | None = None
    steady_cover: int | None = None
    longest_wait: int | None = None
    local_wait: int | None = None
    fixed_wait: int | None = None
    yearly_wait: int | None = None
    many_years: int | None = None
    least_wait: int | None = None


def waits(gap: Break, figures: Figures) -> range | None:
    """Return how many months after the start of cover benefits may begin: one number or a range; None where no rule is known.

    A number below 0 means that so many months before are covered too.
    """
    if figures.short_gap is None:
        return None
    if _has_no_wait(gap):
        return _only(0)
    if continues(gap, figures):
        return _only(-(gap.months or 0) if gap.backpay is Backpay.paid else 0)
    if gap.resident and figures.fixed_wait is not None:
        return _only(resident_wait(gap, figures))
    if figures.local_wait is not None and not gap.resident and not _is_short(gap, figures):
        return _only(figures.local_wait)
    return None if figures.longest_wait is None else range(figures.longest_wait + 1)


def continues(gap: Break, figures: Figures) -> bool:
    """Return whether cover counts as continuous: a short gap among employees, or after long enough payment on a change of scheme."""
    if gap.resident and not gap.across:
        return False
    return _is_short(gap, figures) and (not gap.across or gap.unbroken >= (figures.steady_cover or 0))


def resident_wait(gap: Break, figures: Figures) -> int:
    """Return the months that a resident waits: the fixed ones, one more for each missed year that was not bought back, and a minimum after many."""
    wait = (figures.fixed_wait or 0) + (figures.yearly_wait or 0) * (gap.missed - gap.bought)
    many = figures.many_years is not None and gap.missed * 12 >= figures.many_years
    return max(wait, figures.least_wait or 0) if many else wait


def months_unbroken(periods: Iterable[PaidPeriod], on: date) -> int:
    """Return the months paid in a row up to the last one paid by the month of a day; 0 if there is none."""
    paid = {month for period in periods for month in period.months if month <= month_of(on)}
    last = first = max(paid, default=0)
    while first - 1 in paid:
        first -= 1
    return last - first + 1 if paid else 0


def _has_no_wait(gap: Break) -> bool:
    if gap.resident and gap.enrolment is Enrolment.exempt:
        return True
    return gap.months == 0 and gap.enrolment is Enrolment.in_time


def _is_short(gap: Break, figures: Figures) -> bool:
    return gap.months is not None and gap.months <= (figures.short_gap or 0)


def _only(months: int) -> range:
    return range(months, months + 1)
