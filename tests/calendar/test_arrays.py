"""Columns of days get the answers that single days get, in the kind of column that was given."""

from datetime import UTC, date, datetime, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from ssflow.calendar import DeadlineStatus, Span, WorkCalendar, days, half_months, hours, months, workdays, years
from ssflow.errors import CoverageError

CAL = WorkCalendar.china()
FIRST, LAST = date(2004, 1, 1), date(2027, 6, 30)
EVERY_DAY = np.arange(FIRST, LAST, dtype="datetime64[D]")
SPANS = [
    workdays(20),
    workdays(1, first_day="included"),
    workdays(5, before=True),
    days(15),
    days(30, before=True, roll="previous"),
    days(15, long_rests="added"),
    days(7, roll="none"),
    half_months(3),
    months(1),
    months(2, month_end="sticky", first_day="included"),
    years(1),
]
CALENDARS = {
    "nation": CAL,
    "guangxi": CAL.in_region("450000"),
    "ningxia": CAL.in_region("640000"),
    "known 2019-03-21": CAL.as_of(date(2019, 3, 21)),
    "hongkong": WorkCalendar.from_holidays("HK", years=range(2003, 2030)),
}
NAT = np.datetime64("NaT")


def one(span: Span, day, calendar: WorkCalendar, tolled=()) -> tuple[date | None, bool, bool]:
    """The scalar answer, as the three columns give it."""
    deadline = span.deadline(day, calendar, tolled)
    status = deadline.status
    return deadline.due, status is DeadlineStatus.PROVISIONAL, status is DeadlineStatus.OPEN


def answers(found) -> list[tuple[date | None, bool, bool]]:
    """The rows of three columns."""
    return list(zip(found.due.tolist(), found.provisional.tolist(), found.open.tolist(), strict=True))


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
@pytest.mark.parametrize("span", SPANS, ids=repr)
def test_every_day_has_its_scalar_answer(span: Span, calendar: WorkCalendar) -> None:
    """For every first day from 2004 to 2027 the column says what the single day says, due day and status."""
    starts = EVERY_DAY[40::3] if span.unit == "workdays" else EVERY_DAY[370::7]

    assert answers(span.deadlines(starts, calendar)) == [one(span, day, calendar) for day in starts.tolist()]


@pytest.mark.parametrize("calendar", CALENDARS.values(), ids=CALENDARS)
def test_every_day_is_worked_and_counted_alike(calendar: WorkCalendar) -> None:
    """is_workday, add and count of columns are those of their days."""
    starts, ends = EVERY_DAY[:-30], EVERY_DAY[30:]
    numbers = np.arange(len(starts)) % 40 + 1

    assert calendar.is_workday(starts).tolist() == [calendar.is_workday(day) for day in starts.tolist()]
    assert calendar.count(starts, ends).tolist() == [
        calendar.count(a, b) for a, b in zip(starts.tolist(), ends.tolist(), strict=True)
    ]
    assert calendar.add(starts, numbers).tolist() == [
        calendar.add(day, n) for day, n in zip(starts.tolist(), numbers.tolist(), strict=True)
    ]
    assert calendar.add(starts, 7).tolist() == [calendar.add(day, 7) for day in starts.tolist()]
    assert calendar.count(starts, date(2020, 1, 1)).tolist() == [
        calendar.count(day, date(2020, 1, 1)) for day in starts.tolist()
    ]
    assert calendar.count(date(2020, 1, 1), starts).tolist() == [
        calendar.count(date(2020, 1, 1), day) for day in starts.tolist()
    ]


@pytest.mark.parametrize("span", SPANS, ids=repr)
def test_each_row_by_what_was_known_then(span: Span) -> None:
    """A column of as_of gives each row the answer of the calendar as it was known on that day."""
    rng = np.random.default_rng(20261122)
    starts = rng.choice(EVERY_DAY[370:-200], 400)
    known = np.maximum(starts + rng.integers(-500, 500, 400), np.datetime64("2003-06-01"))

    expected = [one(span, day, CAL.as_of(then)) for day, then in zip(starts.tolist(), known.tolist(), strict=True)]

    assert answers(span.deadlines(starts, CAL, as_of=known)) == expected
    assert answers(span.deadlines(starts, CAL, as_of=date(2016, 5, 1))) == [
        one(span, day, CAL.as_of(date(2016, 5, 1))) for day in starts.tolist()
    ]


TOLLED = [workdays(20), days(15), days(15, roll="previous"), months(2), half_months(3, roll="none"), years(1)]
TOLLED += [workdays(9, tolling="restart"), days(15, long_rests="added"), workdays(3, first_day="included")]
rows = st.lists(
    st.tuples(
        st.one_of(st.none(), st.dates(date(2012, 1, 1), date(2027, 3, 1))),
        st.lists(st.tuples(st.integers(-10, 60), st.one_of(st.none(), st.integers(0, 40))), min_size=2, max_size=2),
        st.lists(st.booleans(), min_size=2, max_size=2),
        st.dates(date(2012, 1, 1), date(2027, 3, 1)),
    ),
    min_size=1,
    max_size=12,
)


@given(st.sampled_from(TOLLED), rows, st.booleans(), st.sampled_from(["", "640000"]))
def test_stops_in_each_row(span: Span, drawn, by_knowledge: bool, place: str) -> None:
    """Two columns of stops, open ones and missing ones, with and without a day of knowledge a row: as row by row."""
    calendar = CAL.in_region(place)
    starts = np.array([start for start, *_ in drawn], dtype="datetime64[D]")
    known = np.array([then for *_, then in drawn], dtype="datetime64[D]") if by_knowledge else None
    sides, expected = [([], []), ([], [])], []
    for start, stops, present, then in drawn:
        tolled = []
        for (stopped, resumed), (a, n), is_there in zip(sides, stops, present, strict=True):
            s = start + timedelta(days=a) if start and is_there else None
            e = s + timedelta(days=n) if s and n is not None else None
            stopped.append(s)
            resumed.append(e)
            tolled += [(s, e)] if s else []
        view = calendar.as_of(then) if by_knowledge else calendar
        expected.append(one(span, start, view, tolled) if start else (None, False, False))
    columns = [(np.array(s, dtype="datetime64[D]"), np.array(e, dtype="datetime64[D]")) for s, e in sides]

    assert answers(span.deadlines(starts, calendar, tolled=columns, as_of=known)) == expected


STOPS_AT_THE_END = [(date(2026, 12, 21), date(2026, 12, 24)), (date(2026, 12, 28), date(2027, 3, 1))]


@pytest.mark.parametrize(
    "span", [workdays(20), days(30), days(30, roll="previous"), months(1), days(9, roll="none")], ids=repr
)
def test_stops_across_the_end_of_the_notices(span: Span) -> None:
    """A stopped clock that runs into the years without a notice, or that resumes there, ends as a single one does."""
    before, across = (
        np.arange("2026-11-20", "2026-12-21", dtype="datetime64[D]"),
        np.arange("2026-12-01", "2027-01-10", dtype="datetime64[D]"),
    )
    cases = [(starts, stop) for starts in (before, across) for stop in STOPS_AT_THE_END]
    for starts, stop in cases:
        assert answers(span.deadlines(starts, CAL, tolled=[stop])) == [
            one(span, day, CAL, [stop]) for day in starts.tolist()
        ]


def test_one_stop_for_all_rows() -> None:
    """Plain days stand for every row; None for a clock that still stands."""
    starts = np.array(["2026-03-02", "2026-03-12", "2026-05-06"], dtype="datetime64[D]")
    stop = (date(2026, 3, 9), date(2026, 3, 19))

    found = workdays(20).deadlines(starts, CAL, tolled=[stop])
    standing = workdays(20).deadlines(starts, CAL, tolled=[(date(2026, 3, 9), None)])

    assert found.due.tolist() == [workdays(20).deadline(day, CAL, [stop]).due for day in starts.tolist()]
    assert standing.open.tolist() == [True, True, True]
    assert np.isnat(standing.due).all()


def test_a_million_random_additions_agree_with_numpy() -> None:
    """NumPy's busday_offset, told every rest day, finds the same days."""
    rest = EVERY_DAY[~CAL.is_workday(EVERY_DAY)]
    rng = np.random.default_rng(1)
    starts = rng.choice(EVERY_DAY[:-300], 1_000_000)
    n = rng.integers(1, 60, 1_000_000)

    theirs = np.busday_offset(starts, n, roll="backward", weekmask="1111111", holidays=rest)

    assert (CAL.add(starts, n) == theirs).all()
    assert (CAL.count(starts, theirs) == n).all()


def test_missing_days_in_every_part_of_a_long_column() -> None:
    """A column is answered some rows at a time; days may be missing in all of them."""
    column = np.resize(np.array(["2026-02-09", "NaT", "2026-09-18"], dtype="datetime64[D]"), 200_000)

    assert CAL.is_workday(column).sum() == (~np.isnat(column)).sum()
    assert np.isnan(CAL.count(column, date(2026, 12, 1))).sum() == np.isnat(column).sum()
    assert (np.isnat(workdays(20).deadlines(column, CAL).due) == np.isnat(column)).all()


# Kinds of columns

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
    pd.testing.assert_series_equal(CAL.add(series, pd.Series([20, 20, 20])), expected)


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


@pytest.mark.parametrize(
    ("ask", "error", "says"),
    [
        (lambda: CAL.is_workday(np.array([1, 2])), TypeError, "holds datetime64 or dates, not int64"),
        (lambda: CAL.is_workday(pl.Series(["2026-02-09"])), TypeError, "holds Date or Datetime, not String"),
        (lambda: CAL.is_workday(pa.array([1])), TypeError, "holds dates or timestamps, not int64"),
        (lambda: CAL.is_workday(np.array(["2026-02"], "M8[M]")), ValueError, r"datetime64\[M\] holds no days"),
        (
            lambda: CAL.is_workday(np.array(["NaT", "2026-02-09T10"], "M8[s]")),
            ValueError,
            "row 1, 2026-02-09T10:00:00, is naive",
        ),
        (
            lambda: CAL.is_workday(pd.Series(pd.to_datetime([None, "2026-02-09 10:00"]))),
            ValueError,
            "row 1, .* is naive",
        ),
        (lambda: CAL.is_workday(pl.Series([None, datetime(2026, 2, 9, 10)])), ValueError, "row 1, .* is naive"),  # noqa: DTZ001
        (lambda: CAL.is_workday(pa.array([None, datetime(2026, 2, 9, 10)])), ValueError, "row 1, .* is naive"),  # noqa: DTZ001
        (lambda: CAL.is_workday(np.array([datetime(2026, 2, 9)])), ValueError, "is naive"),  # noqa: DTZ001
        (
            lambda: CAL.add(EVERY_DAY[:2], np.array([1, 2, 3])),
            ValueError,
            "columns of 2 and 3 rows do not belong together",
        ),
        (lambda: CAL.add(EVERY_DAY[:2], np.array([1, 0])), ValueError, "at least 1, not int64 from 0 on"),
        (lambda: CAL.add(EVERY_DAY[:2], np.array([1.0, 2.0])), ValueError, "whole numbers of at least 1, not float64"),
        (lambda: CAL.add(EVERY_DAY[:2], 0), ValueError, "at least 1, not 0"),
        (lambda: CAL.count(EVERY_DAY[:2], EVERY_DAY[:3]), ValueError, "columns of 2 and 3 rows"),
        (lambda: hours(24).deadlines(EVERY_DAY, CAL), ValueError, "24 hours run from instants"),
        (
            lambda: CALENDARS["hongkong"].is_workday(pl.Series([datetime(2026, 2, 9, tzinfo=UTC)])),
            ValueError,
            "this calendar has no time zone",
        ),
        (lambda: workdays(1).deadlines(EVERY_DAY[:2], CAL, as_of=EVERY_DAY[:3]), ValueError, "columns of 2 and 3 rows"),
        (
            lambda: workdays(1).deadlines(EVERY_DAY[:2], CAL, as_of=np.array([EVERY_DAY[0], NAT])),
            ValueError,
            "a row has a first day but no as_of",
        ),
        (
            lambda: workdays(1).deadlines(
                EVERY_DAY[:2], CAL, tolled=[(EVERY_DAY[:2], EVERY_DAY[:2])], as_of=EVERY_DAY[:1]
            ),
            ValueError,
            "columns of 1 and 2 rows",
        ),
        (
            lambda: workdays(20).deadlines(EVERY_DAY[:2], CAL, tolled=[(EVERY_DAY[2:4], EVERY_DAY[1:3])]),
            ValueError,
            "2004-01-03 .. 2004-01-02 runs backwards",
        ),
        (
            lambda: workdays(5, before=True).deadlines(
                EVERY_DAY[50:51], CAL, tolled=[(EVERY_DAY[2:3], EVERY_DAY[4:5])]
            ),
            ValueError,
            "leave tolled out",
        ),
    ],
)
def test_columns_that_make_no_sense_are_refused(ask, error: type[Exception], says: str) -> None:
    """What holds no days, naive instants, lengths that differ and impossible numbers are refused, with the first row at fault."""
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


@given(
    hnp.arrays("datetime64[D]", st.integers(0, 30), elements=st.dates(date(2005, 1, 1), date(2098, 12, 1))),
    st.sampled_from(SPANS),
)
def test_days_beyond_the_notices(column, span: Span) -> None:
    """As far as the calendar forecasts, columns and days agree, provisional answers too."""
    assert answers(span.deadlines(column, CAL)) == [one(span, day, CAL) for day in column.tolist()]


def test_calendars_that_begin_before_1970() -> None:
    """Days before 1970 are asked one by one, and answered."""
    old = WorkCalendar.from_holidays("GB", years=range(1960, 1990))
    column = np.array(["1965-03-01", "1969-12-30", "1975-03-03"], dtype="datetime64[D]")

    assert workdays(5).deadlines(column, old).due.tolist() == [old.add(day, 5) for day in column.tolist()]
    assert old.is_workday(column).tolist() == [old.is_workday(day) for day in column.tolist()]
    assert old.count(column, date(1980, 1, 1)).tolist() == [old.count(day, date(1980, 1, 1)) for day in column.tolist()]


def test_strict_columns_between_gaps() -> None:
    """A strict calendar answers a column where it answers its days, and refuses it where it refuses one of them."""
    ningxia = CAL.in_region("640000").strict()
    column = np.array(["2017-02-06", "2021-05-12"], dtype="datetime64[D]")

    assert workdays(5).deadlines(column, ningxia).due.tolist() == [ningxia.add(day, 5) for day in column.tolist()]
    assert ningxia.is_workday(column).tolist() == [True, True]
    assert workdays(3).deadlines(column, ningxia, tolled=[(date(2017, 2, 7), date(2017, 2, 9))]).due.tolist() == [
        workdays(3).deadline(day, ningxia, [(date(2017, 2, 7), date(2017, 2, 9))]).due for day in column.tolist()
    ]
    with pytest.raises(CoverageError, match="add the notice of 2018"):
        workdays(5).deadlines(np.array(["2017-02-06", "2018-05-12"], dtype="datetime64[D]"), ningxia)


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
    """The same in this process: the error names the package and the extra."""
    import sys

    from ssflow.calendar.arrays.columns import require_numpy

    monkeypatch.setitem(sys.modules, "numpy", None)
    with pytest.raises(ModuleNotFoundError, match=r"pip install 'ssflow\[columns\]'") as missing:
        require_numpy()
    assert missing.value.name == "numpy"
