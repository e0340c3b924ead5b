"""Odd values at every door of the calendar: an answer, or an error of ours in both languages."""

from datetime import UTC, date, datetime, time
from itertools import product
from pathlib import Path

import numpy as np
import pytest

from ssflow.calendar import (
    LICENSING,
    OfficeHours,
    Span,
    WorkCalendar,
    days,
    half_months,
    hours,
    months,
    received_on,
    weeks,
    workdays,
    years,
)
from ssflow.errors import InputError
from tests.odd import places_of, refusal, refusals

CAL = WorkCalendar.china()
HOURS = OfficeHours(time(9), time(17))
DAY, THEN = date(2026, 3, 2), datetime(2026, 3, 2, 10, tzinfo=UTC)
LATE = datetime(9999, 12, 31, 23, tzinfo=UTC)
DEADLINE, RUNNING = workdays(5).deadline(DAY, CAL), hours(5).deadline(THEN, CAL)
OPEN = workdays(5).deadline(DAY, CAL, [(DAY, None)])
HONGKONG = WorkCalendar.from_holidays("HK", zone="Asia/Hong_Kong", years=range(2025, 2028))
ODD = [
    None, "", "2026-03-02", "周一", b"15", 0, -1, 1.5, float("nan"), True, 10**30, object(), [], {}, (), [None], [(DAY,)],
    [(1, 2)], datetime(2026, 3, 2), date.min, date.max, LATE, datetime.min.replace(tzinfo=UTC), time(9), Path("nowhere"),  # noqa: DTZ001
    Span, int, CAL, DEADLINE, HOURS, days(3), LICENSING, range(3),
]  # fmt: skip


def count(n: int, unit: str, **rules: object) -> Span:
    return Span(n, unit, **rules)


DOORS = {
    "is_workday": (CAL.is_workday, DAY),
    "on_or_after": (CAL.on_or_after, DAY),
    "on_or_before": (CAL.on_or_before, DAY),
    "day": (CAL.day, DAY),
    "days": (lambda first, last: next(CAL.days(first, last), None), DAY, DAY),
    "add": (CAL.add, DAY, 5),
    "sub": (CAL.sub, DAY, 5),
    "count": (CAL.count, DAY, DAY),
    "is_firm": (CAL.is_firm, DAY, DAY),
    "as_of": (CAL.as_of, DAY),
    "in_region": (CAL.in_region, "450000", "public"),
    "with_notices": (CAL.with_notices, CAL.notices[0]),
    "office_hours": (CAL.in_region("650000").office_hours, date(2023, 1, 2)),
    "civil_day": (CAL.civil_day, DAY),
    "strict": (CAL.strict().add, DAY, 5),
    "elsewhere": (HONGKONG.add, DAY, 5),
    "day elsewhere": (HONGKONG.day, DAY),
    "from_holidays": (
        lambda country, subdiv, categories, years_, zone, firm: WorkCalendar.from_holidays(
            country, subdiv=subdiv, categories=categories, years=years_, zone=zone, firm_through=firm
        ),
        "GB", "ENG", ("public",), range(2025, 2027), "Europe/London", DAY,
    ),
    "WorkCalendar": (WorkCalendar, CAL.notices),
    "deadlines": (lambda calendar: days(5).deadlines([DAY], calendar), CAL),
    "workdays": (workdays, 5),
    "days of": (days, 5),
    "weeks": (weeks, 5),
    "half_months": (half_months, 5),
    "months": (months, 5),
    "years": (years, 5),
    "hours": (hours, 5),
    "Span": (count, 5, "days"),
    "rules": (
        lambda before, roll, first, end, rests, tolling, basis: Span(
            5, "months", before=before, roll=roll, first_day=first, month_end=end, long_rests=rests, tolling=tolling,
            basis=basis,
        ),
        False, "next", "excluded", "clamp", "counted", "stop", None,
    ),
    "parse": (Span.parse, "5日", LICENSING, DAY),
    "rolled": (days(5).rolled, "none"),
    "deadline": (days(5).deadline, DAY, CAL, ()),
    "deadline of workdays": (workdays(5).deadline, DAY, CAL, [(DAY, DAY)]),
    "deadline back": (months(5, before=True).deadline, DAY, CAL, ()),
    "deadline of hours": (hours(5).deadline, THEN, CAL, ()),
    "deadline of a tax period": (days(15, long_rests="added").deadline, DAY, CAL, ()),
    "closes": (DEADLINE.closes, None),
    "met_by": (DEADLINE.met_by, DAY, None),
    "met_by of hours": (RUNNING.met_by, THEN, None),
    "met_by while it stands": (OPEN.met_by, DAY, None),
    "remaining": (DEADLINE.remaining, DAY),
    "remaining of hours": (RUNNING.remaining, THEN),
    "remaining while it stands": (OPEN.remaining, DAY),
    "extended": (DEADLINE.extended, days(5)),
    "extended while it stands": (OPEN.extended, days(5)),
    "explain": (DEADLINE.explain, "zh"),
    "Statute.days": (LICENSING.days, 5, DAY),
    "OfficeHours": (OfficeHours, time(9), time(17)),
    "received_on": (received_on, THEN, CAL, "office", HOURS),
}  # fmt: skip


@pytest.mark.parametrize("name", DOORS)
def test_the_usual_is_answered(name: str) -> None:
    """The baseline from which one argument at a time is made odd."""
    door, *usual = DOORS[name]

    door(*usual)


@pytest.mark.parametrize(("name", "i"), places_of(DOORS))
def test_the_odd_is_refused_by_us(name: str, i: int) -> None:
    """Whatever stands in the place of one argument: no error of Python's own, and what is said is said in both languages."""
    for odd, zh, en in refusals(DOORS, name, i, ODD):
        assert zh != en, odd


@pytest.mark.parametrize("start", [date.min, date.max, LATE, datetime.min.replace(tzinfo=UTC)])
def test_the_ends_of_the_years(start: date) -> None:
    """Every span, forward and back, from the first and the last day that there is."""
    for unit, before, n in product(
        ("workdays", "days", "weeks", "half_months", "months", "years"), (True, False), (1, 10**7)
    ):
        refusal(Span(n, unit, before=before, roll="none").deadline, start, CAL)
        refusal(Span(n, unit, before=before, roll="none").deadline, DAY, CAL)
    refusal(hours(10**9).deadline, THEN, CAL)
    refusal(hours(1).deadline, start, CAL)


@pytest.mark.parametrize(
    "make", [days, lambda n: CAL.add(DAY, n), lambda n: LICENSING.days(n, DAY), lambda u: Span(3, u)]
)
def test_an_array_is_no_number(make) -> None:
    """Though it looks like one to Python."""
    with pytest.raises(InputError):
        make(np.array([1, 2]))


def test_the_field_that_is_wrong_is_named() -> None:
    """So that a form can mark it; several at once where several are wrong."""
    with pytest.raises(InputError) as refused:
        Span(5, "hours", before=True, roll="next", first_day="included", month_end="sticky", long_rests="added")

    assert [fault.path for fault in refused.value.faults] == ["roll", "before", "first_day", "month_end", "long_rests"]
    with pytest.raises(InputError) as refused:
        OfficeHours(9, time(17))
    assert refused.value.faults[0].path == "opens"
