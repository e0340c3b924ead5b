"""What a row may hold: one rule for every kind of column, said in our own words, with the row named."""

import pickle
import warnings
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import RowsLeftOut, WorkCalendar, days, workdays
from ssflow.errors import CoverageError, InputError, SsflowError
from ssflow.machines.reckoning.columns import paid_months, retirement_days, schedules
from ssflow.machines.reckoning.retirement_age import Group
from ssflow.rules import rulebook

CAL = WorkCalendar.china()
NO_ZONE = WorkCalendar.from_holidays("HK", years=range(2020, 2030))
DAY, DUE = date(2026, 2, 9), date(2026, 3, 13)
SCHEDULES = schedules(rulebook("retirement"), date(2026, 1, 1))
FAR = pa.array([1, 10**7], pa.int32()).cast(pa.date32())


def plain(column: Any) -> list[Any]:
    """The rows of any column, None where they are missing."""
    rows = column.to_pylist() if isinstance(column, pa.Array | pa.ChunkedArray) else list(column)
    return [None if row is None or row is pd.NA or row != row else row for row in rows]  # noqa: PLR0124


ALL_MISSING = {
    "objects": pd.Series([None, pd.NA, np.nan, pd.NaT], dtype=object),
    "floats": pd.Series([np.nan, np.nan]),
    "text of pandas": pd.Series([None], dtype="string"),
    "instants": pd.Series(pd.to_datetime([None], utc=True)),
    "numbers of pandas": pd.Series([None], dtype="Int64"),
    "null of Arrow in pandas": pd.Series(pd.arrays.ArrowExtensionArray(pa.nulls(2))),
    "floats of NumPy": np.array([np.nan]),
    "NaT": np.array(["NaT"], "datetime64[s]"),
    "masked text": np.ma.array(["x", "y"], mask=[True, True]),
    "masked numbers": np.ma.array([1, 2], mask=[True, True]),
    "list": [None, float("nan"), pd.NaT, pd.NA],
    "empty": [],
    "null of Arrow": pa.nulls(2),
    "floats of Arrow": pa.array([float("nan"), None]),
    "text of Arrow": pa.array([None], pa.string()),
    "chunks of none": pa.chunked_array([], pa.date32()),
    "null of polars": pl.Series([None, None]),
    "floats of polars": pl.Series([float("nan"), None]),
    "text of polars": pl.Series([None], dtype=pl.String),
}


@pytest.mark.parametrize("column", ALL_MISSING.values(), ids=ALL_MISSING)
@pytest.mark.parametrize("calendar", [CAL, NO_ZONE], ids=["china", "no zone"])
def test_a_column_that_holds_nothing_is_missing(column: Any, calendar: WorkCalendar) -> None:
    """Whatever its type is: nothing in, nothing out, in every question."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = workdays(20).deadlines(column, calendar)
        assert plain(found.due) == plain(calendar.add(column, 3)) == [None] * len(column)
        assert not any(plain(found.provisional))
        assert not any(plain(calendar.is_workday(column)))
        assert plain(calendar.count(column, DAY)) == [None] * len(column)
        assert plain(retirement_days(SCHEDULES, column, Group.men)) == [None] * len(column)


HOLDS_THE_DAY = {
    "objects with NA": pd.Series([DAY, pd.NA, pd.NaT, None, np.nan], dtype=object),
    "Timestamps": [
        pd.Timestamp(DAY),
        pd.NaT,
        DAY,
        np.datetime64(DAY, "ns"),
        pd.Timestamp("2026-02-08 16:30", tz="UTC"),
    ],
    "array of a Series": pd.Series(pd.to_datetime([DAY, None])).array,
    "DatetimeIndex": pd.DatetimeIndex([DAY, pd.NaT], name="x"),
    "DatetimeIndex with zone": pd.DatetimeIndex(["2026-02-08 16:30", None], tz="UTC"),
    "category": pd.Series(pd.to_datetime([DAY, None])).astype("category"),
    "objects of polars": pl.Series([DAY, None], dtype=pl.Object),
    "dictionary of Arrow": pa.array([DAY, None]).dictionary_encode(),
    "date64": pa.array([DAY, None], pa.date64()),
    "masked objects": np.ma.array(np.array([DAY, "x"], dtype=object), mask=[False, True]),
}


@pytest.mark.parametrize("column", HOLDS_THE_DAY.values(), ids=HOLDS_THE_DAY)
def test_whatever_holds_a_day_is_read(column: Any) -> None:
    """Dates, midnights, instants and missing values in any wrapping have the answer of the day."""
    due = plain(workdays(20).deadlines(column, CAL).due)

    assert [None if day is None else pd.Timestamp(day).date() for day in due] == [
        None if day is None else DUE for day in due
    ]
    assert due[0] is not None
    assert sum(bool(row) for row in plain(CAL.is_workday(column))) == sum(day is not None for day in due)


def test_an_array_of_a_series_comes_back_as_one() -> None:
    """Type in, type out: without an index there is no Series."""
    array = pd.Series(pd.to_datetime([DAY, None])).array

    assert isinstance(CAL.add(array, 20), type(array))
    assert isinstance(CAL.is_workday(array), pd.arrays.BooleanArray)


def test_a_midnight_alone_is_the_day_that_it_is_in_a_column() -> None:
    """NumPy and pandas have no type for a day: their midnights are days, one by one as in columns."""
    for alone in (pd.Timestamp(DAY), np.datetime64(DAY), np.datetime64(DAY, "ns"), np.array(DAY, dtype=object)):
        assert CAL.is_workday(alone)
        assert CAL.add(alone, 20) == DUE
        assert CAL.count(alone, DUE) == 20
        assert workdays(20).deadline(alone, CAL).due == DUE
    assert CAL.add(pd.Timestamp("2026-02-08 16:30", tz="UTC"), 20) == DUE
    for nothing in (pd.NaT, pd.NA, np.datetime64("NaT", "D"), np.ma.masked):
        with pytest.raises(InputError, match="a missing value is not a day"):
            CAL.is_workday(nothing)
    for no_day, says in (
        ("2026-02-09T01", "is naive"),
        ("2026-02", r"datetime64\[M\] is not a day"),
        ("20260-01-01", "9999"),
    ):
        with pytest.raises(InputError, match=says):
            CAL.is_workday(np.datetime64(no_day))


NO_COLUMNS = {
    "DataFrame": (pd.DataFrame({"day": [DAY]}), "name one column of it"),
    "MultiIndex": (pd.MultiIndex.from_tuples([(1, 2)]), "name one column of it"),
    "frame of polars": (pl.DataFrame({"day": [DAY]}), "name one column of it"),
    "lazy frame": (pl.LazyFrame({"day": [DAY]}), "name one column of it"),
    "table of Arrow": (pa.table({"day": [DAY]}), "name one column of it"),
    "batch of Arrow": (pa.record_batch({"day": [DAY]}), "name one column of it"),
    "expression": (pl.col("day"), r"frame.with_columns\("),
}
QUESTIONS: dict[str, tuple[str, Callable[..., Any]]] = {
    "is_workday": ("day", CAL.is_workday),
    "add": ("day", lambda days, **how: CAL.add(days, 3, **how)),
    "count": ("after", lambda days, **how: CAL.count(days, DAY, **how)),
    "count back": ("through", lambda days, **how: CAL.count(DAY, days, **how)),
    "deadlines": ("starts", lambda days, **how: workdays(3).deadlines(days, CAL, **how).due),
    "retirement_days": ("born", lambda days, **how: retirement_days(SCHEDULES, days, Group.men, **how)),
    "paid_months": ("first", lambda days, **how: paid_months(list(range(len(days))), days, [DAY] * len(days), **how)),
}


@pytest.mark.parametrize("given", NO_COLUMNS, ids=NO_COLUMNS)
@pytest.mark.parametrize("question", QUESTIONS)
def test_a_table_is_no_column(question: str, given: str) -> None:
    """A whole table and an expression are refused with what to give instead, at every door."""
    name, ask = QUESTIONS[question]
    if question == "paid_months":
        ask = lambda column: paid_months(["x"], column, [DAY])  # noqa: E731
    with pytest.raises(InputError, match=NO_COLUMNS[given][1]) as refused:
        ask(NO_COLUMNS[given][0])
    assert refused.value.faults[0].path == name


@pytest.mark.parametrize(
    "given", [None, "2026-02-09", 5, {DAY}, {"a": DAY}, iter([DAY]), DAY, pd.Timestamp(DAY), range(3)]
)
def test_what_is_no_column_is_refused(given: Any) -> None:
    """Where only a column is understood, a day, a text, a set and a generator are refused by their kind."""
    for ask, name in (
        (lambda: workdays(3).deadlines(given, CAL), "starts"),
        (lambda: retirement_days(SCHEDULES, given, Group.men), "born"),
        (lambda: paid_months(["x"], given, [DAY]), "first"),
        (lambda: paid_months(given, [DAY], [DAY]), "person"),
    ):
        with pytest.raises(InputError, match=f"a column is required .*, not {type(given).__name__}") as refused:
            ask()
        assert refused.value.faults[0].path == name
    if not isinstance(given, date):
        for tolled in (given, [given], [(given,)]):
            with pytest.raises(InputError, match="tolled|required|text"):
                workdays(3).deadlines([DAY], CAL, tolled=5 if tolled is None else tolled)


NUMBER = "330103196503101232"
HOLDS_NO_DAY = {
    "text": ([DAY, NUMBER], "text is not read as a day"),
    "numbers": ([DAY, int(NUMBER)], "not int"),
    "text of NumPy": (np.array([NUMBER, NUMBER]), "text is not read"),
    "bytes of NumPy": (np.array([b"x", b"y"]), "text is not read"),
    "text of pandas": (pd.Series([NUMBER, NUMBER]), "text is not read"),
    "text of polars": (pl.Series([NUMBER, NUMBER]), "text is not read"),
    "text of Arrow": (pa.array([NUMBER, NUMBER]), "text is not read"),
    "numbers of NumPy": (np.array([int(NUMBER)] * 2), "not int64"),
    "periods": (pd.Series(pd.period_range(DAY, periods=2, freq="D")), "not Period"),
    "intervals": (pd.Series(pd.interval_range(0, 2)), "not Interval"),
    "lists": ([DAY, [DAY]], "not list"),
    "nested lists": ([[DAY, DAY], [DAY, DAY]], "not list"),
    "structured": (np.array([(1, 2)] * 2, dtype=[("a", "i4"), ("b", "i4")]), "not void"),
    "spans": (np.array([5, 6], "timedelta64[D]"), "not timedelta64"),
    "times": (pl.Series([time(1), time(2)]), "not time"),
    "months": (np.array(["2026-02", "2026-03"], "datetime64[M]"), "holds no days"),
    "naive datetimes": ([DAY, datetime(2026, 2, 9)], "is naive"),  # noqa: DTZ001
    "naive instants": (pa.array([datetime(2026, 2, 9, 1)] * 2, pa.timestamp("ns")), "is naive"),  # noqa: DTZ001
    "instants beyond": (pl.Series([2**62] * 2).cast(pl.Datetime("ms", "UTC")), "is outside the years 1 to 9999"),
    "midnights beyond": (pl.Series([2**62 // 86_400_000 * 86_400_000] * 2).cast(pl.Datetime("ms")), "1 to 9999"),
    "days beyond": ([DAY, np.datetime64(10**7, "D")], "is outside the years 1 to 9999"),
}


@pytest.mark.parametrize("given", HOLDS_NO_DAY, ids=HOLDS_NO_DAY)
@pytest.mark.parametrize("question", QUESTIONS)
def test_what_holds_no_day_is_refused_by_row(question: str, given: str) -> None:
    """The rows at fault are named in both languages, with what is wrong; a value that may be personal is not repeated."""
    name, ask = QUESTIONS[question]
    column, says = HOLDS_NO_DAY[given]
    with pytest.raises(InputError, match=says) as refused:
        ask(column)
    assert {fault.path for fault in refused.value.faults} == {name}
    assert "row 1: " in refused.value.say("en")
    assert "行1：" in refused.value.say("zh")
    assert NUMBER not in str(refused.value) + refused.value.say("zh")


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize(
    "column",
    [FAR, pd.Series(pd.arrays.ArrowExtensionArray(FAR)), pl.Series(FAR.cast(pa.int32())).cast(pl.Date), np.array(FAR.cast(pa.int32())).astype("M8[D]")],
    ids=["Arrow", "pandas", "polars", "NumPy"],
)  # fmt: skip
def test_days_beyond_the_calendar_name_their_row(question: str, column: Any) -> None:
    """A day after the year 9999, which these columns can hold and Python cannot, is an error of ours that names its row."""
    with pytest.raises(SsflowError, match=r"row [01]") as refused:
        QUESTIONS[question][1](column)
    assert isinstance(refused.value, CoverageError | InputError)


def test_the_label_is_named_with_the_position() -> None:
    """A row of a Series is named by both; a label that may be somebody's number is not repeated."""
    with pytest.raises(InputError, match=r"row 1 \(index 'case-7'\): text"):
        CAL.is_workday(pd.Series([DAY, "x"], index=["case-6", "case-7"]))
    with pytest.raises(InputError, match="row 1: text") as refused:
        CAL.is_workday(pd.Series([DAY, "x"], index=["1", NUMBER]))
    assert NUMBER not in refused.value.say("zh")
    with pytest.raises(CoverageError, match=r"row 1 \(index 'b'\): working days are known from") as early:
        CAL.add(pd.Series([DAY, date(1990, 1, 1)], index=["a", "b"]), pd.Series([1, 1], index=["a", "b"]))
    assert early.value.day == date(1990, 1, 1)


def test_only_the_first_rows_are_told() -> None:
    """An error about a whole column stays readable: ten rows and how many more."""
    with pytest.raises(InputError, match="990 more rows are wrong too") as refused:
        CAL.is_workday(np.full(1000, 5))
    assert len(refused.value.faults) == 11
    assert pickle.loads(pickle.dumps(refused.value)).say("zh") == refused.value.say("zh")  # noqa: S301


@pytest.mark.parametrize("question", QUESTIONS)
def test_rows_left_out_are_missing_and_named(question: str) -> None:
    """With errors="missing" the other rows have their answers, and a warning names the rows without, where it was asked."""
    _, ask = QUESTIONS[question]
    good = pd.Series([DAY, DAY], index=["a", "d"], dtype=object)
    mixed = pd.Series([DAY, "x", None, DAY], index=list("abcd"), dtype=object)

    with pytest.warns(RowsLeftOut, match=r"1 row has no answer, left missing: .*row 1 \(index 'b'\): text") as told:
        found = ask(mixed, errors="missing")

    left = told[0].message
    assert isinstance(left, RowsLeftOut)
    assert left.rows == (1,)
    assert left.say("zh").startswith("1行没有答案")
    assert told[0].filename == __file__
    assert plain(found) == [plain(ask(good))[0], None, None, plain(ask(good))[1]]
    assert list(found.index) == list("abcd")


def test_rows_that_the_calendar_refuses_are_left_out_too() -> None:
    """Out of reach, not firm, backwards: the row is missing and named, in every way of asking."""
    column = np.array(["2026-02-09", "1990-01-01", "NaT", "2030-01-01"], dtype="datetime64[D]")
    strict = CAL.strict()
    stop = (np.array(["NaT"] * 4, "M8[D]"), np.array(["NaT"] * 4, "M8[D]"))
    for ask in (
        lambda: strict.add(column, 20, errors="missing"),
        lambda: strict.add(column, np.full(4, 20), errors="missing"),
        lambda: workdays(20).deadlines(column, strict, errors="missing").due,
        lambda: workdays(20).deadlines(column, strict, tolled=[stop], errors="missing").due,
    ):
        with pytest.warns(RowsLeftOut) as told:
            assert ask().tolist() == [DUE, None, None, None]
        assert told[0].message.rows == (1, 3)
    known = np.array(["2026-02-09", "NaT", "NaT", "1980-01-01"], dtype="datetime64[D]")
    for tolled in ((), [stop]):
        with pytest.warns(RowsLeftOut) as told:
            found = workdays(20).deadlines(column, CAL, as_of=known, tolled=tolled, errors="missing")
        assert found.due.tolist() == [DUE, None, None, None]
        assert told[0].message.rows == (1, 3)


def test_a_stop_that_cannot_be_read_is_not_taken_for_none() -> None:
    """A missing stop means that the clock did not stop; one that is wrong leaves its row out."""
    with pytest.warns(RowsLeftOut, match=r"tolled\[0\]\[0\]: row 1: text"):
        found = workdays(20).deadlines([DAY, DAY, DAY], CAL, tolled=[([None, "x", DAY], DAY)], errors="missing")
    assert found.due.tolist() == [DUE, None, DUE]
    with pytest.warns(RowsLeftOut, match="row 0"):
        backwards = workdays(20).deadlines([DAY], CAL, tolled=[([DAY + timedelta(5)], DAY)], errors="missing")
    assert backwards.due.tolist() == [None]


def test_numbers_of_working_days() -> None:
    """Whole numbers of any package; a missing one leaves its row missing; what is none is named by its row."""
    for n in (pd.Series([20, None], dtype="Int64"), pl.Series([20, None]), pa.array([20, None]), [20, None],
              np.ma.array([20, 5], mask=[False, True])):  # fmt: skip
        assert CAL.add([DAY, DAY], n).tolist() == [DUE, None]
    for n, says in (([20, 0], "not 0"), ([20, 2.0], "not float"), ([20, "3"], "not str"), ([20, True], "not bool")):
        with pytest.raises(InputError, match=f"n: row 1: a whole number of at least 1 is required, {says}"):
            CAL.add([DAY, DAY], n)
    with pytest.warns(RowsLeftOut, match="n: row 1"):
        assert CAL.add([DAY, DAY], [20, 0], errors="missing").tolist() == [DUE, None]


def test_other_words_for_errors_are_refused() -> None:
    """A misspelt choice is not taken for the other."""
    for ask in (ask for _, ask in QUESTIONS.values()):
        with pytest.raises(InputError, match="one of raise, missing is required"):
            ask([DAY], errors="coerce")


def test_instants_need_a_zone() -> None:
    """Where a calendar has no zone, an instant falls on no day of it, whatever holds it."""
    at = datetime(2026, 2, 9, tzinfo=UTC)
    for column in ([at], pd.Series([at]), pl.Series([at]), pa.array([at])):
        with pytest.raises(InputError, match="row 0: this calendar has no time zone"):
            NO_ZONE.is_workday(column)


rows = st.lists(
    st.one_of(
        st.none(),
        st.sampled_from([pd.NaT, pd.NA, float("nan"), "x", 5, datetime(2026, 1, 1)]),  # noqa: DTZ001
        st.dates(date(1990, 1, 1), date(2110, 1, 1)),
        st.datetimes(datetime(2004, 1, 2), datetime(2098, 1, 1), timezones=st.timezones()),  # noqa: DTZ001
        st.dates(date(2005, 1, 1), date(2098, 1, 1)).map(pd.Timestamp),
    ),
    max_size=12,
)


STOP = (date(2026, 3, 2), date(2026, 3, 9))
# Each question of one day, and of a column whose wrong rows are left out.
RULES: dict[str, tuple[Callable[[Any], Any], Callable[[Any], Any]]] = {
    "is_workday": (CAL.is_workday, lambda days: CAL.is_workday(days, errors="missing")),
    "add": (lambda day: CAL.add(day, 9), lambda days: CAL.add(days, np.full(len(days), 9), errors="missing")),
    "count": (lambda day: CAL.count(day, DAY), lambda days: CAL.count(days, DAY, errors="missing")),
    "workdays": (
        lambda day: workdays(3).deadline(day, CAL).due,
        lambda column: workdays(3).deadlines(column, CAL, errors="missing").due,
    ),
    "days": (
        lambda day: days(15).deadline(day, CAL).due,
        lambda column: days(15).deadlines(column, CAL, errors="missing").due,
    ),
    "stopped": (
        lambda day: workdays(3).deadline(day, CAL, [STOP]).due,
        lambda column: workdays(3).deadlines(column, CAL, tolled=[STOP], errors="missing").due,
    ),
    "back": (
        lambda day: days(5, before=True).deadline(day, CAL).due,
        lambda column: days(5, before=True).deadlines(column, CAL, errors="missing").due,
    ),
}


@given(rows, st.sampled_from(sorted(RULES)), st.booleans())
def test_every_row_has_its_scalar_answer_or_is_named(drawn: list[Any], question: str, as_series: bool) -> None:
    """With errors="missing" a row has the answer of its value alone; it is missing if there is none, and named if it is wrong."""
    alone, together = RULES[question]
    expected, wrong = [], []
    for row, value in enumerate(drawn):
        nothing = value is None or value is pd.NA or value != value  # noqa: PLR0124
        try:
            expected.append(None if nothing else alone(value))
        except (SsflowError, ValueError, TypeError):
            expected.append(None)
            wrong.append(row)

    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found = plain(together(pd.Series(drawn, dtype=object) if as_series else drawn))

    if question == "is_workday" and not as_series:  # NumPy has no missing truth
        expected = [bool(answer) for answer in expected]
    assert [
        pd.Timestamp(day).date() if isinstance(day, np.datetime64 | pd.Timestamp) else day for day in found
    ] == expected
    assert [row for warning in told for row in warning.message.rows] == wrong
