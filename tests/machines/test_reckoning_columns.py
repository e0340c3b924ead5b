"""Days of retirement and months paid in columns: what the scalar rules say, row by row."""

from datetime import date

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import RowsLeftOut
from ssflow.errors import InputError
from ssflow.machines.reckoning.columns import paid_months, retirement_days, schedules
from ssflow.machines.reckoning.periods import PaidPeriod, months_paid
from ssflow.machines.reckoning.retirement_age import Group, retirement_day
from ssflow.rules import rulebook

BOOK = rulebook("retirement")
SCHEDULES = schedules(BOOK, date(2026, 1, 1))
BIRTHS = np.arange("1940-01-01", "2010-01-01", dtype="datetime64[D]")


@pytest.mark.parametrize("group", Group)
@pytest.mark.parametrize("on", [date(2024, 12, 31), date(2026, 1, 1)])
def test_every_day_of_birth_has_its_scalar_answer(group: Group, on: date) -> None:
    """Every day of seventy years of births, by the figures before and after the reform."""
    made = schedules(BOOK, on)

    assert retirement_days(made, BIRTHS, group).tolist() == [
        retirement_day(made[group], day) for day in BIRTHS.tolist()
    ]


@pytest.mark.parametrize(
    "make",
    [
        list,
        lambda days: np.array(days, dtype="datetime64[D]"),
        lambda days: pd.Series(days, dtype=object),
        lambda days: pd.Series(pd.to_datetime(days)),
        lambda days: pd.Series(days, dtype="date32[pyarrow]"),
        pl.Series,
        pa.array,
    ],
    ids=["list", "NumPy", "objects", "pandas", "Arrow in pandas", "polars", "Arrow"],
)
def test_columns_of_all_kinds(make) -> None:
    """Births and groups in a column of any kind; each row by its own group; missing ones stay missing."""
    born = [date(1965, 1, 31), None, date(1975, 3, 3), date(1981, 9, 1), date(1965, 1, 31)]
    groups = ["men", "men", Group.women_50, "原法定退休年龄55周岁的女职工", None]
    expected = [
        date(2025, 2, 28),
        None,
        retirement_day(SCHEDULES[Group.women_50], date(1975, 3, 3)),
        retirement_day(SCHEDULES[Group.women_55], date(1981, 9, 1)),
        None,
    ]

    found = retirement_days(SCHEDULES, make(born), groups)

    rows = found.to_pylist() if isinstance(found, pa.Array) else list(found)
    assert [None if pd.isna(row) else pd.Timestamp(row).date() for row in rows] == expected
    assert isinstance(found, type(make(born)) if make is not list else np.ndarray)


def test_groups_as_other_packages_hold_them() -> None:
    """Text of any package names a group; a category too."""
    born, expected = (
        [date(1970, 5, 5)] * 2,
        retirement_days(SCHEDULES, [date(1970, 5, 5)] * 2, [Group.men, Group.women_50]),
    )
    names = ["men", "women_50"]

    for groups in (names, np.array(names), pd.Series(names), pd.Series(names, dtype="category"), pl.Series(names),
                   pa.array(names), ["男职工", "women of the 50 group"]):  # fmt: skip
        assert (retirement_days(SCHEDULES, born, groups) == expected).all()


@pytest.mark.parametrize(
    ("ask", "path", "says"),
    [
        (lambda: retirement_days(SCHEDULES, [date(1970, 1, 1)], "woman"), "group", "a group is one of men"),
        (lambda: retirement_days(SCHEDULES, [date(1970, 1, 1)] * 2, ["men", "x"]), "group", "row 1: a group is one of"),
        (lambda: retirement_days(SCHEDULES, [date(1970, 1, 1)], [["men"]]), "group", "row 0: a group is one of"),
        (lambda: retirement_days(SCHEDULES, [date(1970, 1, 1)], []), "group", "columns of 1 and 0 rows"),
        (lambda: retirement_days({}, [date(1970, 1, 1)], "men"), "group", "row 0: schedules has none"),
        (lambda: retirement_days(None, [date(1970, 1, 1)], "men"), "schedules", "not NoneType"),
        (lambda: retirement_days(SCHEDULES, [date(9990, 1, 1)], "men"), "born", "row 0: it is outside the years"),
        (lambda: schedules(BOOK, date(1950, 1, 1)), "on", "there is no age of men on 1950-01-01"),
        (lambda: paid_months(["a"], [date(2020, 2, 1)], [date(2020, 1, 31)]), "last", "row 0: a period ends after"),
        (lambda: paid_months([["a"]], [date(2020, 1, 1)], [date(2020, 1, 31)]), "person", "told apart"),
        (lambda: paid_months(["a"], [date(2020, 1, 1)], ["2020"]), "last", "row 0: text is not read"),
        (lambda: paid_months(["a"], [date(2020, 1, 1)], [date(2020, 1, 2)], by="2020"), "by", "text is not read"),
    ],
)
def test_what_makes_no_sense_is_refused(ask, path: str, says: str) -> None:
    """The argument and the row are named, in both languages."""
    with pytest.raises(InputError, match=says) as refused:
        ask()
    assert refused.value.faults[0].path == path
    assert refused.value.say("zh") != refused.value.say("en")


days = st.dates(date(1992, 1, 1), date(2030, 12, 31))
table = st.lists(
    st.tuples(st.sampled_from(["a", "b", "c", None]), days, st.one_of(st.none(), st.integers(0, 4000))), max_size=15
)


@given(table, st.one_of(st.none(), days))
def test_months_paid_of_many_persons(drawn, by: date | None) -> None:
    """Every row has the number of its person; whoever has a period without an end, or is not named, has none."""
    person = [who for who, *_ in drawn]
    first = [begun for _, begun, _ in drawn]
    last = [None if length is None else date.fromordinal(begun.toordinal() + length) for _, begun, length in drawn]
    known = {}
    for who in set(person) - {None}:
        theirs = [(f, e) for w, f, e in zip(person, first, last, strict=True) if w == who]
        known[who] = None if any(e is None for _, e in theirs) else months_paid([PaidPeriod(*p) for p in theirs], by=by)

    found = paid_months(
        pl.Series(person, dtype=pl.String), pl.Series(first, dtype=pl.Date), pl.Series(last, dtype=pl.Date), by=by
    )

    assert found.to_list() == [known.get(who) for who in person]


def test_a_wrong_period_leaves_its_person_out() -> None:
    """With errors="missing" no number is given to whoever has a period that is wrong, and all those rows are named."""
    first = [date(2020, 1, 1), date(2020, 1, 1), date(2021, 1, 1)]
    last = [date(2020, 12, 1), date(2020, 3, 1), date(2020, 1, 1)]

    with pytest.warns(
        RowsLeftOut, match="row 2: a period ends after it begins.*row 0: another period of the same"
    ) as told:
        found = paid_months(np.array(["a", "b", "a"]), first, last, errors="missing")

    assert told[0].message.rows == (0, 2)
    assert np.isnan(found).tolist() == [True, False, True]
    assert found[1] == 3
