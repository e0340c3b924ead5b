"""Instants in every unit in which a package counts them, as far as 64 bits reach: read as exact arithmetic says."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ssflow.calendar import WorkCalendar, days, workdays
from ssflow.calendar.arrays import from_pandas, from_polars, from_pyarrow
from ssflow.calendar.arrays.columns import EPOCH, MISSING
from ssflow.errors import CoverageError, InputError

CAL, DAY = WorkCalendar.china(), date(2026, 3, 2)
A_SECOND = {"s": 1, "ms": 10**3, "us": 10**6, "ns": 10**9}
EIGHT_HOURS, A_DAY = 28_800, 86_400
ZONE = "Etc/GMT-8"  # eight hours ahead of UTC, ever
FIRST, LAST = date.min.toordinal() - EPOCH, date.max.toordinal() - EPOCH
COLUMNS: dict[str, tuple[Callable[[Any, str | None], Any], Callable[[int, str], Any]]] = {
    "polars": (from_polars.read, lambda n, unit: pl.Series([n], dtype=pl.Int64).cast(pl.Datetime(unit, "UTC"))),
    "Arrow": (from_pyarrow.read, lambda n, unit: pa.array([n], pa.timestamp(unit, "UTC"))),
    "pandas": (
        from_pandas.read,
        lambda n, unit: pd.Series(np.array([n]).astype(f"M8[{unit}]")).dt.tz_localize("UTC"),
    ),
    "pandas with Arrow": (
        from_pandas.read,
        lambda n, unit: pd.Series(pd.arrays.ArrowExtensionArray(pa.array([n], pa.timestamp(unit, "UTC")))),
    ),
}
CASES = [(name, unit) for name in COLUMNS for unit in A_SECOND if (name, unit) != ("polars", "s")]


@pytest.mark.parametrize(("name", "unit"), CASES)
@given(number=st.integers(-(2**63) + 1, 2**63 - 1))
@example(number=2**63 - 1)
@example(number=-(2**63) + 1)
@example(number=0)
@example(number=-1)
def test_an_instant_falls_on_its_day(name: str, unit: str, number: int) -> None:
    """The day is that of exact arithmetic; what lies out of the years 1 to 9999 is never taken for another day, or for none."""
    read, make = COLUMNS[name]
    expected = (number // A_SECOND[unit] + EIGHT_HOURS) // A_DAY

    found = read(make(number, unit), ZONE)

    if FIRST <= expected <= LAST:
        assert found.days.tolist() == [expected]
        assert not len(found.wrong)
    else:
        assert len(found.wrong) or (not FIRST <= found.days[0] <= LAST and found.days[0] != MISSING)


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_midnights_of_polars(unit: str) -> None:
    """A naive midnight is a day in every unit; what lies beside one is not."""
    midnights = pl.Series([datetime(2026, 2, 9), None]).cast(pl.Datetime(unit))  # noqa: DTZ001

    assert workdays(20).deadlines(midnights, CAL).due.to_list() == [date(2026, 3, 13), None]
    assert from_polars.read(midnights.dt.offset_by("1ms"), CAL.base_calendar.zone).wrong.tolist() == [0]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_stop_without_an_end_written_as_the_last_instant(name: str) -> None:
    """The last instant that nanoseconds can count, often written for "never", is no missing day."""
    never = COLUMNS[name][1](pd.Timestamp.max.value - 10**12, "ns")
    day = pd.Series([date(2026, 2, 9)]) if name.startswith("pandas") else [date(2026, 2, 9)]

    assert str(workdays(5).deadlines(day, CAL, tolled=[(never, None)]).due[0])[:10] == "2026-02-14"


@pytest.mark.parametrize("unit", ["ps", "fs", "as"])
def test_units_of_which_a_day_is_too_many(unit: str) -> None:
    """NumPy makes no days of them: a midnight is its day all the same, alone and in a column, and any other instant is naive."""
    roll = days(5, roll="none")

    assert CAL.civil_day(np.datetime64(0, unit)) == date(1970, 1, 1)
    assert str(roll.deadlines(np.array([0, "NaT"], f"M8[{unit}]"), CAL).due[0]) == "1970-01-06"
    with pytest.raises(InputError, match="is naive"):
        CAL.civil_day(np.datetime64(5, unit))
    with pytest.raises(InputError, match="row 1: .* is naive"):
        roll.deadlines(np.array([0, -1], f"M8[{unit}]"), CAL)


@pytest.mark.parametrize("unit", ["W", "2W", "M", "6M", "Y", "10Y"])
def test_what_is_longer_than_a_day_is_none(unit: str) -> None:
    """Also several of them: two months from January are no day."""
    with pytest.raises(InputError, match="is not a day"):
        CAL.civil_day(np.datetime64(300, unit))
    with pytest.raises(InputError, match="holds no days"):
        CAL.is_workday(np.array([300], f"M8[{unit}]"))


WRAPPED = {
    "union": pa.UnionArray.from_sparse(
        pa.array([0, 1, 1], pa.int8()), [pa.array([DAY] * 3), pa.array([None, None, 7])]
    ),
    "runs": pa.RunEndEncodedArray.from_arrays(pa.array([1, 2, 3], pa.int32()), pa.array([DAY, None, date.min])),
}


@pytest.mark.parametrize("name", WRAPPED)
def test_arrow_reads_some_types_only_one_by_one(name: str) -> None:
    """What they hold is read as from any column, and the row is named that holds no day, or no number."""
    column = WRAPPED[name]

    assert CAL.is_workday(column[:2]).to_pylist() == [True, None]
    assert CAL.add(pa.array([DAY] * 2), pa.chunked_array([pa.array([1, None])])).to_pylist()[1] is None
    with pytest.raises((InputError, CoverageError), match="row 2"):
        CAL.is_workday(column)
    with pytest.raises(InputError, match="n: row 0: a whole number of at least 1 is required, not date"):
        CAL.add(pa.array([DAY] * 3), column)
