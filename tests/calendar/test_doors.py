"""Odd values at every door of the calendar: an answer, or an error of ours in both languages."""

from datetime import UTC, date, datetime, time
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from pandas import NA, NaT, Series

from ssflow import calendar
from ssflow.calendar import (
    LICENSING,
    OfficeHours,
    RowsLeftOut,
    Span,
    WorkCalendar,
    balance,
    days,
    differences,
    half_months,
    hours,
    load_notice,
    load_notices,
    months,
    received_on,
    weeks,
    workdays,
    years,
)
from ssflow.calendar.account.picture import Cell, draw
from ssflow.errors import InputError
from tests.odd import Once, idle, places_of, refusal, refusals, taken_wrongly

CAL = WorkCalendar.china()
OWN = Path(calendar.__file__).parent / "notices" / "2026.toml"
HOURS = OfficeHours(time(9), time(17))
DAY, THEN = date(2026, 3, 2), datetime(2026, 3, 2, 10, tzinfo=UTC)
LATE = datetime(9999, 12, 31, 23, tzinfo=UTC)
DEADLINE, RUNNING = workdays(5).deadline(DAY, CAL), hours(5).deadline(THEN, CAL)
OPEN = workdays(5).deadline(DAY, CAL, [(DAY, None)])
HONGKONG = WorkCalendar.from_holidays("HK", zone="Asia/Hong_Kong", years=range(2025, 2028))
ODD = {
    "None": None, "''": "", "a day in words": "2026-03-02", "a word": "周一", "fr": "fr", "bytes": b"15", "0": 0, "-1": -1, "1.5": 1.5,
    "NaN": float("nan"), "True": True, "10**30": 10**30, "an object": object(), "[]": [], "{}": {}, "()": (), "[None]": [None],
    "[(day,)]": [(DAY,)], "[(1, 2)]": [(1, 2)], "once None": Once(None), "once a word": Once("周一"), "once a day": Once(DAY),
    "naive": datetime(2026, 3, 2), "first day": date.min, "last day": date.max, "last hour": LATE,  # noqa: DTZ001
    "first hour": datetime.min.replace(tzinfo=UTC), "an hour": time(9), "a path": Path("nowhere"), "NaT": np.datetime64("NaT", "D"),
    "an instant of NumPy": np.datetime64("2026-03-02T10", "as"), "a number of NumPy": np.float64(2), "an array": np.array([1, 2]),
    "Span": Span, "int": int, "a calendar": CAL, "a deadline": DEADLINE, "hours": HOURS, "a span": days(3), "a law": LICENSING,
    "a range": range(3), "a notice": CAL.notices[0], "a column": Series([NaT]), "NA": NA, "half a character": "\ud800",
}  # fmt: skip


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
    "WorkCalendar": (WorkCalendar, CAL.notices, CAL.base_calendar, "450000", "public", DAY, False),
    "with_notices replace": (lambda replace: CAL.with_notices(CAL.notices[0], replace=replace), False),
    "is_workday of one": (lambda day, errors: CAL.is_workday(day, errors=errors), DAY, "raise"),
    "add of one": (lambda day, n, errors: CAL.add(day, n, errors=errors), DAY, 5, "raise"),
    "count of one": (lambda after, through, errors: CAL.count(after, through, errors=errors), DAY, DAY, "raise"),
    "add of a column": (lambda day, n, errors: CAL.add(day, n, errors=errors), [DAY], [5], "raise"),
    "differences": (differences, CAL, CAL.notices[0]),
    "balance": (balance, 2026, [CAL.notices[-1]]),
    "load_notice": (load_notice, OWN),
    "load_notices": (lambda path, chinese: load_notices(path, is_chinese=chinese), OWN, True),
    "Explanation.say": (DEADLINE.explain().say, "zh"),
    "Explanation.rows": (DEADLINE.explain().rows, "zh"),
    "Explanation.to_markdown": (DEADLINE.explain().to_markdown, "zh"),
    "Explanation.picture": (DEADLINE.explain().picture, "zh"),
    "Step.say": (DEADLINE.explain().steps[0].say, "zh"),
    "Text.say": (LICENSING.title.say, "zh"),
    "RowsLeftOut.say": (RowsLeftOut((1,), ()).say, "zh"),
    "Notice.rank_in": (CAL.notices[0].rank_in, "450000", "public"),
    "draw": (lambda lang, columns: draw(DAY, DAY, lambda _: Cell("rest"), lang, columns=columns), "zh", 4),
    # Any day is taken as the first or the last, and the picture of all years would take half a minute.
    "draw from": (lambda first: draw(first, date(1, 1, 31), lambda _: Cell("rest"), "zh"), date.min),
    "draw through": (lambda last: draw(date(9999, 12, 1), last, lambda _: Cell("rest"), "zh"), date.max),
    "deadlines of a column": (
        lambda starts, calendar, tolled, as_of, out, errors: days(5).deadlines(
            starts, calendar, tolled=tolled, as_of=as_of, out=out, errors=errors
        ),
        [DAY], CAL, (), None, None, "raise",
    ),
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
        lambda before, roll, first, end, rests, tolling, basis, least: Span(
            5, "months", before=before, roll=roll, first_day=first, month_end=end, long_rests=rests, tolling=tolling,
            basis=basis, least=least,
        ),
        False, "next", "excluded", "clamp", "counted", "stop", None, 2,
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


NONE_GIVEN = ("[]", "{}", "()")  # of several, no one at all
NO_ROWS = ("[]", "()", "[None]", "a column")  # columns without days
ANY_LENGTH = ("10**30",)
# What else is taken than a value of just the class of the usual one.
TAKES = {
    **{(name, 0): NO_ROWS for name in ("is_workday", "add", "count", "strict", "elsewhere", "deadlines of a column")},
    **{(name, 0): NO_ROWS for name in ("is_workday of one", "add of one", "count of one")},
    **{(name, 1): NO_ROWS for name in ("count", "count of one")},
    **{("add of a column", i): ("[None]", "a column") for i in range(2)},
    **{(name, 0): ("first hour",) for name in ("is_firm", "civil_day", "met_by", "met_by while it stands")},
    **{(name, 0): ("first hour",) for name in ("remaining", "remaining while it stands")},
    **{(name, 1): ("first hour",) for name in ("days", "is_firm")},
    **dict.fromkeys((("in_region", 0), ("WorkCalendar", 2), ("Notice.rank_in", 0)), ("''",)),  # the nation
    ("from_holidays", 1): ("None", "''"),
    ("from_holidays", 2): ("None",),
    ("from_holidays", 4): ("None",),
    ("from_holidays", 5): ("None", "last hour"),
    ("WorkCalendar", 4): ("None",),
    ("WorkCalendar", 5): ("True",),
    ("with_notices replace", 0): ("True",),
    ("load_notices", 1): ("True",),
    ("rules", 0): ("True",),
    ("rules", 6): ("None",),
    ("rules", 7): ("None",),
    ("draw", 1): ("10**30",),
    ("balance", 1): NONE_GIVEN,
    **{(name, 2): NONE_GIVEN for name in ("deadline", "deadline of workdays", "deadline back", "deadline of hours")},
    **{(name, 2): NONE_GIVEN for name in ("deadline of a tax period", "deadlines of a column")},
    ("deadlines of a column", 3): ("None", "last day"),
    ("deadlines of a column", 4): ("None",),
    **{(name, 0): ANY_LENGTH for name in ("workdays", "days of", "weeks", "half_months", "months", "years", "hours")},
    **{(name, 0): ANY_LENGTH for name in ("Span", "Statute.days")},
    ("closes", 0): ("None", "hours"),
    **{(name, 1): ("None", "hours") for name in ("met_by", "met_by of hours", "met_by while it stands")},
}


@pytest.mark.parametrize("name", DOORS)
def test_the_usual_is_answered(name: str) -> None:
    """The baseline from which one argument at a time is made odd."""
    door, *usual = DOORS[name]

    door(*usual)


@pytest.mark.parametrize(("name", "i"), places_of(DOORS))
def test_the_odd_is_refused_by_us(name: str, i: int) -> None:
    """Whatever stands in the place of one argument is refused by us in both languages, but for what is listed as taken."""
    refused = refusals(DOORS, name, i, ODD)

    assert taken_wrongly(DOORS, name, i, refused, TAKES, ODD) == []
    assert idle(name, i, refused, TAKES) == []
    for label, error in refused.items():
        assert error is None or error.say("zh") != error.say("en"), label


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
