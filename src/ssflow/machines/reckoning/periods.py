"""Months that were paid for, here and elsewhere: added up without counting any month twice.

A month that two places have on record counts once (Social Insurance Law 19 and 32: the periods of all places are added up).
Months are whole: a period includes each month that it touches. Which place may keep an overlap is for the procedures.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Annotated

from attrs import field, frozen

from ssflow.doors import check_day, each_of
from ssflow.errors import InputError
from ssflow.machines.reckoning.months import month_of
from ssflow.regions import a_place


@frozen
class PaidPeriod:
    """Months of contributions on record in one place, from that of ``first`` to that of ``last``, both counted."""

    first: Annotated[date, "首月"]
    last: Annotated[date, "末月"]
    place: Annotated[str, "参保地"] = field(default="", validator=a_place)

    def __attrs_post_init__(self) -> None:
        for name in ("first", "last"):
            day = getattr(self, name)
            if not isinstance(day, date) or isinstance(day, datetime):
                kind = type(day).__name__
                raise InputError.of(name, f"须为日期；实际为{kind}", f"a day is required, not {kind}")
        if self.last < self.first:
            raise InputError.of(
                "last",
                f"缴费期间首尾颠倒：{self.first}至{self.last}",
                f"a period ends after it begins; {self.first} to {self.last} runs backwards",
            )

    @property
    def months(self) -> range:
        """The months of the period, numbered since the year 0."""
        return range(month_of(self.first), month_of(self.last) + 1)


def months_paid(periods: Iterable[PaidPeriod], *, by: date | None = None) -> int:
    """Return the number of months with a payment, at any place, each counted once; up to that of a day, if one is given."""
    if by is not None:
        check_day("by", by)
    last = month_of(by or date.max)
    return sum(month <= last for month in _covered(periods))


def months_in_both(some: Iterable[PaidPeriod], others: Iterable[PaidPeriod]) -> int:
    """Return the number of months that two records share, which must be settled before they are joined."""
    return len(_covered(some) & _covered(others))


def months_without(periods: Iterable[PaidPeriod], on: date) -> int:
    """Return the number of months between the last paid one before a day and the month of that day; 0 if there is none between.

    Raises:
        InputError: nothing was paid for before that day.

    """
    check_day("on", on)
    before = [month for month in _covered(periods) if month <= month_of(on)]
    if not before:
        raise InputError.of(
            "periods",
            f"至{on}没有缴费，无从计算中断时间",
            f"nothing was paid for up to {on}, so there is no gap to measure",
        )
    return max(0, month_of(on) - max(before) - 1)


def _covered(periods: Iterable[PaidPeriod]) -> set[int]:
    return {month for period in each_of("periods", periods, PaidPeriod) for month in period.months}
