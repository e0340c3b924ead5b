"""Columns in and out: kinds of columns, missing rows, and what is refused."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

from ssflow.calendar import (
    WorkCalendar,
    hours,
    workdays,
    years,
)
from ssflow.errors import CoverageError, InputError, MissingExtraError

CAL = WorkCalendar.china()


NINGXIA = CAL.in_region("640000")


FIRST, LAST = date(2004, 1, 1), date(2027, 6, 30)


EVERY_DAY = np.arange(FIRST, LAST, dtype="datetime64[D]")


NAT = np.datetime64("NaT", "D")


def column(*given: str) -> np.ndarray:
    return np.array(given, dtype="datetime64[D]")


GIVEN = [date(2026, 2, 9), None, date(2026, 9, 18)]


COUNTED = [CAL.count(day, date(2026, 12, 1)) for day in GIVEN if day]


DUE = [date(2026, 3, 13), None, date(2026, 10, 22)]


def test_arrays_of_numpy() -> None:
    """Any unit that holds whole days, any shape; NaT stays."""
    array = np.array(GIVEN, dtype="datetime64[D]")
    square = np.array([["2026-02-09", "2026-09-18"], ["2026-02-09", "2026-09-18"]], dtype="datetime64[s]")

    assert workdays(20).deadlines(array, CAL).due.tolist() == DUE
    assert workdays(20).deadlines(array.astype(object), CAL).due.tolist() == DUE
    assert workdays(20).deadlines(GIVEN, CAL).due.tolist() == DUE
    assert workdays(20).deadlines(square, CAL).due.shape == square.shape == CAL.is_workday(square).shape
    assert workdays(20).deadlines(array[::-1], CAL).due.tolist() == DUE[::-1]
    assert CAL.is_workday(array).tolist() == [True, False, True]
    assert np.isnan(CAL.count(array, date(2026, 12, 1))[1])
    assert np.isnat(CAL.add(array, np.array([20, 20, 20]))[1])
    assert workdays(20).deadlines(np.array([], dtype="datetime64[D]"), CAL).due.shape == (0,)
    assert CAL.is_workday(np.array([], dtype="datetime64[D]")).shape == (0,)


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_series_of_pandas(unit: str) -> None:
    """A Series keeps its index, its name and its unit; missing rows stay missing in all three columns."""
    series = pd.Series(pd.to_datetime(GIVEN), index=["a", "b", "c"], name="day").astype(f"datetime64[{unit}]")
    expected = pd.Series(pd.to_datetime(DUE), index=series.index, name="day").astype(series.dtype)

    found = workdays(20).deadlines(series, CAL)

    pd.testing.assert_series_equal(found.due, expected)
    assert found.provisional.tolist() == [False, pd.NA, False]
    assert CAL.is_workday(series).tolist() == [True, pd.NA, True]
    assert CAL.count(series, date(2026, 12, 1)).dropna().tolist() == COUNTED
    assert CAL.is_workday(series.dropna()).dtype == bool
    pd.testing.assert_series_equal(CAL.add(series, pd.Series([20, 20, 20], index=series.index)), expected)


def test_other_columns_of_pandas() -> None:
    """An index, instants with a zone, dates as objects and Arrow dates are all understood."""
    index = pd.DatetimeIndex(["2026-02-09", "2026-09-18"], name="day")
    instants = pd.Series(pd.to_datetime(["2026-02-08 16:30", None, "2026-09-18 15:59"], utc=True))
    arrow = pd.Series(GIVEN, dtype="date32[pyarrow]")

    assert list(workdays(20).deadlines(index, CAL).due) == [pd.Timestamp(DUE[0]), pd.Timestamp(DUE[2])]
    assert workdays(20).deadlines(index, CAL).due.name == "day"
    assert [day.date() for day in workdays(20).deadlines(instants, CAL).due.dropna()] == [DUE[0], DUE[2]]
    assert [day.date() for day in workdays(20).deadlines(pd.Series(GIVEN), CAL).due.dropna()] == [DUE[0], DUE[2]]
    assert workdays(20).deadlines(arrow, CAL).due.tolist() == [DUE[0], pd.NA, DUE[2]]
    assert str(workdays(20).deadlines(arrow, CAL).due.dtype) == "date32[day][pyarrow]"
    assert CAL.is_workday(arrow).tolist() == [True, pd.NA, True]


def test_series_of_polars() -> None:
    """A Series keeps its name; nulls stay nulls; instants fall on their day in Beijing."""
    series = pl.Series("day", GIVEN)
    instants = pl.Series("at", [datetime(2026, 2, 8, 16, 30, tzinfo=UTC), None, datetime(2026, 9, 18, 15, tzinfo=UTC)])
    midnights = pl.Series("at", [datetime(2026, 2, 9), None, datetime(2026, 9, 18)])  # noqa: DTZ001

    found = workdays(20).deadlines(series, CAL)

    assert found.due.equals(pl.Series("day", DUE), check_names=True)
    assert found.provisional.to_list() == [False, None, False]
    assert workdays(20).deadlines(instants, CAL).due.to_list() == DUE
    assert workdays(20).deadlines(midnights, CAL).due.to_list() == DUE
    assert CAL.is_workday(series).to_list() == [True, None, True]
    assert CAL.count(series, date(2026, 12, 1)).to_list() == [COUNTED[0], None, COUNTED[1]]
    assert CAL.is_workday(pl.Series("day", [date(2026, 2, 9)])).to_list() == [True]


def test_columns_of_arrow() -> None:
    """Arrays and chunked arrays of dates and timestamps; nulls stay nulls."""
    array = pa.array(GIVEN)
    chunked = pa.chunked_array([array, array])
    instants = pa.array([datetime(2026, 2, 8, 16, 30, tzinfo=UTC), None], pa.timestamp("us", "UTC"))
    midnights = pa.array([datetime(2026, 2, 9), None], pa.timestamp("ms"))  # noqa: DTZ001

    assert workdays(20).deadlines(array, CAL).due.equals(pa.array(DUE))
    assert workdays(20).deadlines(chunked, CAL).due.to_pylist() == DUE * 2
    assert isinstance(workdays(20).deadlines(chunked, CAL).due, pa.ChunkedArray)
    assert workdays(20).deadlines(array, CAL).open.to_pylist() == [False, None, False]
    assert workdays(20).deadlines(instants, CAL).due.to_pylist() == DUE[:2]
    assert workdays(20).deadlines(midnights, CAL).due.to_pylist() == DUE[:2]
    assert CAL.count(array, date(2026, 12, 1)).to_pylist() == [COUNTED[0], None, COUNTED[1]]


def test_whole_numbers_of_other_packages() -> None:
    """A NumPy integer is a number, not a column; masked rows are missing; lists are columns wherever columns are."""
    masked = np.ma.array(column("2026-02-09", "2026-02-10"), mask=[False, True])
    starts = [date(2026, 2, 9), date(2020, 1, 20)]

    assert CAL.add(date(2026, 2, 9), np.int64(20)) == date(2026, 3, 13)
    assert CAL.add(column("2026-02-09"), np.int64(20)).tolist() == [date(2026, 3, 13)]
    assert workdays(np.int64(20)) == workdays(20)
    assert workdays(20).deadlines(masked, CAL).due.tolist() == [date(2026, 3, 13), None]
    assert CAL.add(column(), np.array([])).shape == (0,)
    found = workdays(10).deadlines(
        starts, CAL, as_of=[date(2026, 2, 9), date(2020, 1, 26)], tolled=[([None, None], [None, None])]
    )
    assert found.due.tolist() == [workdays(10).deadline(starts[0], CAL).due, date(2020, 2, 7)]


def test_days_that_nanoseconds_cannot_count() -> None:
    """A Series of nanoseconds comes back in seconds where its due days would not fit."""
    series = pd.Series(pd.to_datetime(["2024-01-02"])).astype("datetime64[ns]")

    assert str(years(300, roll="none").deadlines(series, CAL).due[0]) == "2324-01-02 00:00:00"
    assert str(workdays(1).deadlines(series, CAL).due.dtype) == "datetime64[ns]"


class Ages(pd.Series):
    """A Series of somebody's own."""


def test_a_subclass_of_a_series_is_a_series() -> None:
    """Somebody's own kind of Series is answered with a Series."""
    assert isinstance(workdays(20).deadlines(Ages(pd.to_datetime(["2026-02-09"])), CAL).due, pd.Series)


def test_out_takes_the_due_days() -> None:
    """An array of the caller's is filled in; one that does not fit is refused."""
    array = np.array([["2026-02-09", "2026-09-18"]], dtype="datetime64[D]")
    out = np.empty_like(array)

    found = workdays(20).deadlines(array, CAL, out=out)

    assert found.due is out
    assert out.tolist() == [[date(2026, 3, 13), date(2026, 10, 22)]]
    for wrong in (
        np.empty(3, "datetime64[D]"),
        np.empty(2, "datetime64[s]"),
        [None, None],
        np.empty((4, 2), "M8[D]")[::2, 0],
    ):
        with pytest.raises(ValueError, match=r"give numpy.empty\(2, 'datetime64\[D\]'\)"):
            workdays(20).deadlines(array, CAL, out=wrong)


def test_out_may_be_the_column_itself() -> None:
    """Filling in the due days over the first days changes neither flags nor due days."""
    starts = np.arange("2026-10-01", "2027-03-01", dtype="datetime64[D]")
    for stops in ([], [(date(2026, 12, 7), date(2026, 12, 10))]):
        over = starts.copy()
        there, here = (
            workdays(20).deadlines(starts, CAL, tolled=stops),
            workdays(20).deadlines(over, CAL, tolled=stops, out=over),
        )
        assert (here.due == there.due).all()
        assert (here.provisional == there.provisional).all()
    locked = starts.copy()
    locked.flags.writeable = False
    with pytest.raises(ValueError, match="out takes the due days"):
        workdays(20).deadlines(starts, CAL, out=locked)


def test_missing_days_in_every_part_of_a_long_column() -> None:
    """A column is answered some rows at a time; days may be missing in all of them."""
    column = np.resize(np.array(["2026-02-09", "NaT", "2026-09-18"], dtype="datetime64[D]"), 200_000)

    assert CAL.is_workday(column).sum() == (~np.isnat(column)).sum()
    assert np.isnan(CAL.count(column, date(2026, 12, 1))).sum() == np.isnat(column).sum()
    assert (np.isnat(workdays(20).deadlines(column, CAL).due) == np.isnat(column)).all()


def test_a_missing_row_harms_no_other() -> None:
    """A strict calendar with gaps answers the rows that are there; a missing row's number may be anything."""
    strict = NINGXIA.strict()
    one = column("2019-03-05", "NaT")

    assert strict.is_workday(one).tolist() == [True, False]
    assert strict.add(one, np.array([2, 10**9])).tolist() == [date(2019, 3, 7), None]
    assert strict.count(one, date(2019, 3, 7)).tolist()[0] == 2
    assert CAL.add(column("NaT", "2026-01-05"), np.array([10**6, 1])).tolist() == [None, date(2026, 1, 6)]
    stop = [(column("NaT", "2026-01-07"), column("NaT", "2026-01-08"))]
    assert workdays(2).deadlines(
        column("NaT", "2026-01-05"), CAL, tolled=stop, as_of=column("NaT", "2026-01-05")
    ).due.tolist() == [
        None,
        date(2026, 1, 8),
    ]


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (
            lambda: CAL.is_workday(np.array([1, 2])),
            InputError,
            "row 0: a date or an instant with a time zone is required, not int64",
        ),
        (lambda: CAL.is_workday(pl.Series(["2026-02-09"])), InputError, "row 0: text is not read as a day"),
        (
            lambda: CAL.is_workday(pa.array([1])),
            InputError,
            "row 0: a date or an instant with a time zone is required, not int",
        ),
        (lambda: CAL.is_workday(np.array(["2026-02"], "M8[M]")), InputError, r"datetime64\[M\] holds no days"),
        (
            lambda: CAL.is_workday(np.array(["NaT", "2026-02-09T10"], "M8[s]")),
            InputError,
            "row 1: 2026-02-09T10:00:00 is naive",
        ),
        (
            lambda: CAL.is_workday(pd.Series(pd.to_datetime([None, "2026-02-09 10:00"]))),
            InputError,
            "row 1: 2026-02-09.10:00:00.* is naive",
        ),
        (
            lambda: CAL.is_workday(pl.Series([None, datetime(2026, 2, 9, 10)])),  # noqa: DTZ001
            InputError,
            "row 1: 2026-02-09.10:00:00.* is naive",
        ),
        (
            lambda: CAL.is_workday(pa.array([None, datetime(2026, 2, 9, 10)])),  # noqa: DTZ001
            InputError,
            "row 1: 2026-02-09.10:00:00.* is naive",
        ),
        (lambda: CAL.is_workday(np.array([datetime(2026, 2, 9)])), InputError, "is naive"),  # noqa: DTZ001
        (
            lambda: CAL.add(EVERY_DAY[:2], np.array([1, 2, 3])),
            InputError,
            "columns of 2 and 3 rows do not belong together",
        ),
        (
            lambda: CAL.add(EVERY_DAY[:2], np.array([1, 0])),
            InputError,
            "row 1: a whole number of at least 1 is required, not 0",
        ),
        (
            lambda: CAL.add(EVERY_DAY[:2], np.array([1.0, 2.0])),
            InputError,
            r"not float; convert the column first, in pandas: .astype\('Int64'\)",
        ),
        (lambda: CAL.add(EVERY_DAY[:2], 0), ValueError, "at least 1, not 0"),
        (lambda: CAL.count(EVERY_DAY[:2], EVERY_DAY[:3]), InputError, "columns of 2 and 3 rows"),
        (lambda: hours(24).deadlines(EVERY_DAY, CAL), InputError, "24 hours run from instants"),
        (
            lambda: WorkCalendar.from_holidays("HK").is_workday(pl.Series([datetime(2026, 2, 9, tzinfo=UTC)])),
            InputError,
            "this calendar has no time zone",
        ),
        (lambda: workdays(1).deadlines(EVERY_DAY[:2], CAL, as_of=EVERY_DAY[:3]), InputError, "columns of 2 and 3 rows"),
        (
            lambda: workdays(1).deadlines(EVERY_DAY[:2], CAL, as_of=np.array([EVERY_DAY[0], NAT])),
            InputError,
            "a row has a first day but no as_of",
        ),
        (
            lambda: workdays(1).deadlines(
                EVERY_DAY[:2], CAL, tolled=[(EVERY_DAY[:2], EVERY_DAY[:2])], as_of=EVERY_DAY[:1]
            ),
            InputError,
            "columns of 2 and 1 rows",
        ),
        (
            lambda: workdays(20).deadlines(EVERY_DAY[:2], CAL, tolled=[(EVERY_DAY[2:4], EVERY_DAY[1:3])]),
            InputError,
            "2004-01-03 .. 2004-01-02 runs backwards",
        ),
        (
            lambda: workdays(5, before=True).deadlines(
                EVERY_DAY[50:51], CAL, tolled=[(EVERY_DAY[2:3], EVERY_DAY[4:5])]
            ),
            InputError,
            "leave tolled out",
        ),
    ],
)
def test_columns_that_make_no_sense_are_refused(ask, error: type[Exception], says: str) -> None:
    """What holds no days, naive instants, lengths that differ and impossible numbers are refused, with the first row at fault."""
    with pytest.raises(error, match=says):
        ask()


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda: CAL.add(column("2026-01-05"), np.array([2**63 - 1])), CoverageError, "no calendar reaches beyond"),
        (lambda: CAL.add(column("2026-01-05"), np.array([2**64 - 1], dtype=np.uint64)), CoverageError, "beyond"),
        (lambda: CAL.is_workday(column("50000-01-01")), CoverageError, "the column holds a day beyond it"),
        (lambda: workdays(1).deadlines(column("-5000-01-01"), CAL), CoverageError, "the column holds a day beyond it"),
        (
            lambda: workdays(1).deadlines(column("2026-01-05"), CAL, tolled=(date(2026, 1, 6), date(2026, 1, 7))),
            ValueError,
            "takes a list of pairs",
        ),
        (lambda: CAL.in_region("440100").office_hours(date(2022, 7, 1)), CoverageError, "广州市"),
        (lambda: WorkCalendar.from_holidays("HK", years=range(0)), ValueError, "a range of years, such as"),
    ],
)
def test_values_out_of_bounds_are_refused_with_advice(ask, error: type[Exception], says: str) -> None:
    """Numbers and days that no calendar holds are refused as such, not as a slip of Python."""
    with pytest.raises(error, match=says):
        ask()


@pytest.mark.parametrize(
    ("ask", "day"),
    [
        (CAL.is_workday, date(1990, 1, 1)),
        (lambda days: CAL.add(days, 5), date(1990, 1, 1)),
        (lambda days: CAL.add(days, np.array([1, 2, 3, 4])), date(1990, 1, 1)),
        (lambda days: workdays(20).deadlines(days, CAL), date(1990, 1, 1)),
        (lambda days: workdays(20).deadlines(days, CAL, as_of=days), date(1990, 1, 1)),
        (lambda days: workdays(20).deadlines(days, CAL, tolled=[(days, days)]), date(1990, 1, 1)),
        (lambda days: CAL.strict().is_workday(days[[0, 3]]), date(2030, 1, 1)),
        (lambda days: workdays(1).deadlines(days[[0, 3]], CAL.strict()), date(2030, 1, 1)),
    ],
)
def test_days_out_of_reach_are_refused_by_name(ask, day: date) -> None:
    """The first day that no calendar knows is named, whatever the question; nothing is answered."""
    column = np.array(["2026-02-09", "1990-01-01", "1980-01-01", "2030-01-01"], dtype="datetime64[D]")

    with pytest.raises(CoverageError) as refused:
        ask(column)
    assert abs(refused.value.day - day) <= timedelta(days=2)  # of a strict calendar the first day that is not firm


def test_without_numpy_the_error_says_what_to_install() -> None:
    """Single days need no NumPy; a column without it is refused with the command that installs it."""
    import subprocess
    import sys

    code = """
import sys
sys.modules["numpy"] = None
from datetime import date
import polars as pl
from ssflow.calendar import WorkCalendar, workdays
cal = WorkCalendar.china()
print(workdays(20).deadline(date(2026, 2, 9), cal).due)
for ask in (lambda: cal.is_workday(pl.Series([date(2026, 2, 9)])), lambda: workdays(1).deadlines([date(2026, 2, 9)], cal)):
    try:
        ask()
    except ModuleNotFoundError as error:
        print(error)
"""
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.splitlines()

    assert said[0] == "2026-03-13"
    assert len(said) == 3
    assert all("pip install 'ssflow[columns]'" in line for line in said[1:])


def test_numpy_is_asked_for_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same in this process: the error names the extra, and is what Python itself would raise."""
    import sys

    from ssflow.calendar.arrays.columns import require_numpy

    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'ssflow\[columns\]'") as missing:
        require_numpy("this")
    assert isinstance(missing.value, MissingExtraError)
    assert missing.value.extra == "columns"
