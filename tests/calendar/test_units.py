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

from ssflow.calendar import WorkCalendar, workdays
from ssflow.calendar.arrays import from_pandas, from_polars, from_pyarrow
from ssflow.calendar.arrays.columns import EPOCH, MISSING

CAL = WorkCalendar.china()
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
    assert from_polars.read(midnights.dt.offset_by("1ms"), CAL.almanac.zone).wrong.tolist() == [0]


@pytest.mark.parametrize("name", COLUMNS)
def test_a_stop_without_an_end_written_as_the_last_instant(name: str) -> None:
    """The last instant that nanoseconds can count, often written for "never", is no missing day."""
    never = COLUMNS[name][1](pd.Timestamp.max.value - 10**12, "ns")
    day = pd.Series([date(2026, 2, 9)]) if name.startswith("pandas") else [date(2026, 2, 9)]

    assert str(workdays(5).deadlines(day, CAL, tolled=[(never, None)]).due[0])[:10] == "2026-02-14"
