"""The meaning of bare 日, which differs between laws and between versions of a law: calendar days or working days.

Each law with a rule of its own is a `Statute`, which makes spans of its days. Other laws count calendar days (Civil Code 200).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from attrs import frozen

from ssflow.calendar.doors import positive, unfit
from ssflow.calendar.spans import Span, days, workdays
from ssflow.errors import CoverageError
from ssflow.text import Text


@frozen
class Reading:
    """The reading of days in one version of a law: which numbers are working days, by which article."""

    since: date
    article: str
    are_workdays: Callable[[int], bool]


@frozen
class Statute:
    """A law with a rule of its own for bare 日, in the versions whose rule is known."""

    title: Text
    readings: tuple[Reading, ...]

    def days(self, n: int, on: date | None) -> Span:
        """Return the span of ``n`` 日 by this law, as it was in force on a day.

        Raises:
            CoverageError: the law, or its version of that day, is not known.
            InputError: ``n`` is not a number of days, or ``on`` not a day.

        """
        positive("n", n, "日数", "a number of days")
        if not isinstance(on, date) or isinstance(on, datetime):
            raise unfit("on", on, "适用法律的日期", "the day on which the law is applied")
        found = [reading for reading in self.readings if reading.since <= on]
        if not found:
            since = self.readings[0].since
            why = Text(
                f"《{self.title.zh}》{since}以前的“日”如何计算，尚无资料",
                f"it is not known how the {self.title.en} counted days before {since}",
            )
            remedy = Text("请写明期间：workdays(n)或days(n)", "give the span itself, workdays(n) or days(n)")
            raise CoverageError(on, why, remedy)
        reading = found[-1]
        basis = Text(f"《{self.title.zh}》第{reading.article}条", f"{self.title.en} {reading.article}")
        return workdays(n, basis=basis) if reading.are_workdays(n) else days(n, basis=basis)


# These limits bind the authority. For days that bind a party, articles 47 and 50 are read both ways: give the span itself.
LICENSING = Statute(
    Text("行政许可法", "Administrative Licensing Law"),
    (Reading(date(2004, 7, 1), "82", lambda _: True),),
)
PENALTY = Statute(
    Text("行政处罚法", "Administrative Penalty Law"),
    (Reading(date(2021, 7, 15), "85", lambda n: n in (2, 3, 5, 7)),),
)
COERCION = Statute(
    Text("行政强制法", "Administrative Coercion Law"),
    (Reading(date(2012, 1, 1), "69", lambda n: n <= 10),),
)
RECONSIDERATION = Statute(
    Text("行政复议法", "Administrative Reconsideration Law"),
    (
        # The law of 1999, amended 2017, from the first day of the calendar: the day it came into force was not researched.
        Reading(date(2004, 1, 1), "40", lambda n: n in (5, 7)),
        Reading(date(2024, 1, 1), "88", lambda n: n in (3, 5, 7, 10)),
    ),
)
