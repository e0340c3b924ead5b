"""The arrivals of cases: a number in all, a mean number a day, or counted numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any, Literal, get_args

from attrs import field, frozen

from ssflow.doors import is_one_of
from ssflow.errors import Fault
from ssflow.simulation.scenario.given import as_counts, as_number, as_numbers
from ssflow.text import Text

On = Literal["workdays", "days"]
ON: tuple[On, ...] = get_args(On)
MOST_CASES = 1_000_000_000  # cases of one run


def _by_day(given: Mapping[date | str, int] | None) -> dict[date, int] | None:
    return None if given is None else as_counts("counted", given)


def _weekdays(given: Any) -> tuple[float, ...]:
    return as_numbers("weekdays", given)


def _months(given: Any) -> tuple[float, ...]:
    return as_numbers("months", given)


@frozen(kw_only=True)
class Arrivals:
    """The arrivals of cases: how many arrive, and when.

    Give one of ``cases``, ``per_day`` and ``counted``: the number in all; a mean number a day, around which the numbers of days are random
    (Poisson); or the number of each day. Cases arrive from the start ``through`` a last day, and only on working days of the first place,
    unless ``on`` says every day. ``weekdays`` (from Monday) and ``months`` (from January) are factors that make some days busier than
    others, all 1 if left out. Counted numbers say their days themselves, so nothing of this goes with them. ``cases=0`` is for a simulation of
    open cases without new ones.
    """

    cases: int | None = None
    per_day: float | None = field(default=None, converter=as_number)
    counted: dict[date, int] | None = field(default=None, converter=_by_day)
    through: date | None = None
    on: On = "workdays"
    weekdays: tuple[float, ...] = field(default=(1.0,) * 7, converter=_weekdays)
    months: tuple[float, ...] = field(default=(1.0,) * 12, converter=_months)

    def faults(self, start: date, least: int = 1) -> Iterator[Fault]:
        """Yield the faults of the arrivals for a simulation that begins on a day and needs at least a number of cases."""
        given = [name for name in ("cases", "per_day", "counted") if getattr(self, name) is not None]
        if len(given) != 1:
            zh, en = "、".join(given) or "无", ", ".join(given) or "none"
            text = Text(
                f"cases、per_day、counted须写且只写一项；实际为{zh}",
                f"give exactly one of cases, per_day and counted; given here: {en}",
            )
            yield Fault("", text)
        if self.cases is not None and not least <= self.cases <= MOST_CASES:
            yield Fault(
                "cases", Text(f"须为{least}至{MOST_CASES}", f"a number from {least} to {MOST_CASES} is required")
            )
        if self.per_day is not None and not 0 < self.per_day <= MOST_CASES:
            yield Fault(
                "per_day",
                Text(f"须大于零，且不超过{MOST_CASES}", f"a number above 0 is required, {MOST_CASES} at most"),
            )
        if not is_one_of(self.on, ON):
            yield Fault("on", Text(f"须为{'、'.join(ON)}之一", f"{self.on!r} is none of {', '.join(ON)}"))
        for name, length in (("weekdays", 7), ("months", 12)):
            factors = getattr(self, name)
            if len(factors) != length or not all(0 <= one < float("inf") for one in factors) or not sum(factors):
                text = Text(
                    f"须为{length}个不小于零的系数，且不全为零",
                    f"{length} factors are required, none of them negative and not all of them 0",
                )
                yield Fault(name, text)
        if self.through is not None and self.through < start:
            text = Text(f"最后到达日{self.through}早于开始日{start}", f"{self.through} comes before the start, {start}")
            yield Fault("through", text)
        if self.counted is not None:
            yield from self._faults_of_counts(start)

    def _faults_of_counts(self, start: date) -> Iterator[Fault]:
        counted = self.counted or {}
        if not 1 <= sum(counted.values()) <= MOST_CASES:
            text = Text(
                f"合计须为1至{MOST_CASES}件",
                f"from 1 to {MOST_CASES} cases are required in all, not {sum(counted.values())}",
            )
            yield Fault("counted", text)
        usual = Arrivals()
        for name in ("through", "on", "weekdays", "months"):
            if getattr(self, name) != getattr(usual, name):
                text = Text("counted已写明各日件数，请删去", "counted says the number of each day; leave this out")
                yield Fault(name, text)
        for day, number in counted.items():
            if day < start or number < 0:
                text = Text(
                    f"{day}：{number}件；须在开始日{start}当天或之后，且不小于零",
                    f"{number} on {day}: no day comes before the start, {start}, and no number is negative",
                )
                yield Fault("counted", text)

    def last_day(self, start: date) -> date:
        """Return the last day on which cases may arrive, by default after a year."""
        if self.counted:
            return max(self.counted)
        if self.cases == 0:
            return start
        return self.through or start + timedelta(days=364)
