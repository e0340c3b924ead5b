"""Columns that are asked about together: Series are paired by their labels, everything else by position."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import WorkCalendar, workdays
from ssflow.errors import InputError
from ssflow.machines.reckoning.columns import paid_months, retirement_days, schedules
from ssflow.machines.reckoning.retirement_age import Group
from ssflow.rules import rulebook

CAL = WorkCalendar.china()
STARTS = pd.Series(pd.to_datetime(["2026-03-02", "2026-03-12", "2026-05-06"]), index=["a", "b", "c"], name="day")
LATER = STARTS + pd.Timedelta(days=10)
SHUFFLED = LATER[["c", "a", "b"]]
SCHEDULES = schedules(rulebook("retirement"), date(2026, 1, 1))
GROUPS = pd.Series(["men", "women_55", "women_50"], index=STARTS.index)

# What takes two columns or more: how it is asked of the first and the second.
QUESTIONS = {
    "count": CAL.count,
    "add": lambda starts, n: CAL.add(starts, n.dt.day if isinstance(n, pd.Series) else n),
    "as_of": lambda starts, known: workdays(5).deadlines(starts, CAL, as_of=known).due,
    "stopped": lambda starts, stopped: workdays(5).deadlines(starts, CAL, tolled=[(stopped, date(2026, 12, 1))]).due,
    "resumed": lambda starts, resumed: workdays(5).deadlines(starts, CAL, tolled=[(date(2026, 3, 2), resumed)]).due,
    "periods": lambda first, last: paid_months(["x", "y", "z"], first, last),
}


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
def test_the_same_labels_in_another_order(ask) -> None:
    """Rows belong together by label: the order of the second column changes nothing, and the first one's index comes back."""
    found = ask(STARTS, SHUFFLED)

    pd.testing.assert_series_equal(found, ask(STARTS, LATER))
    assert list(found.index) == ["a", "b", "c"]
    assert found.name == "day"


@pytest.mark.parametrize("ask", QUESTIONS.values(), ids=QUESTIONS)
@pytest.mark.parametrize(
    "other",
    [
        LATER.reset_index(drop=True),
        LATER.set_axis(["a", "b", "x"]),
        LATER.set_axis(["a", "a", "b"]),
        LATER.iloc[:2],
    ],
    ids=["other labels", "one other", "repeated", "too few"],
)
def test_other_labels_are_refused(ask, other: pd.Series) -> None:
    """Series whose labels are not those of the first are not paired by position in silence."""
    with pytest.raises(InputError) as refused:
        ask(STARTS, other)
    assert refused.value.faults[0].path
    for lang in ("zh", "en"):
        said = refused.value.say(lang)
        assert ".reindex(" in said or "2" in said


def test_the_same_repeated_labels_in_the_same_order() -> None:
    """Equal indexes pair their rows whatever the labels are, repeated ones too."""
    twice = ["a", "a", "b"]

    found = CAL.count(STARTS.set_axis(twice), LATER.set_axis(twice))

    assert found.tolist() == CAL.count(STARTS, LATER).tolist()
    assert list(found.index) == twice


def test_columns_without_labels_are_paired_by_position() -> None:
    """An array, an Index, a Series of polars and one of Arrow have no labels; with a Series of pandas position decides."""
    expected = CAL.count(STARTS, LATER).tolist()
    days = list(LATER.dt.date)

    for other in (LATER.to_numpy(), pd.DatetimeIndex(LATER), LATER.array, pl.Series(days), pa.array(days), days):
        assert CAL.count(STARTS, other).tolist() == expected
        assert list(CAL.count(STARTS, other).index) == ["a", "b", "c"]
        back = CAL.count(other, STARTS)
        assert (back.to_pylist() if isinstance(back, pa.Array) else list(back)) == [-n for n in expected]


def test_all_series_of_a_question_belong_together() -> None:
    """Where the first column has no labels, the next one with labels lends them: two sides of a stop are not mixed up."""
    starts, stops = STARTS.to_numpy(), [(STARTS + pd.Timedelta(days=1), SHUFFLED)]

    assert workdays(5).deadlines(starts, CAL, tolled=stops).due.tolist() == [
        workdays(5).deadline(day, CAL, [(day + timedelta(days=1), day + timedelta(days=10))]).due
        for day in STARTS.dt.date
    ]
    with pytest.raises(InputError, match=r"tolled\[0\]\[1\]: its index is not that of tolled\[0\]\[0\]"):
        workdays(5).deadlines(starts, CAL, tolled=[(STARTS, LATER.reset_index(drop=True))])


def test_groups_are_paired_by_label_too() -> None:
    """Births and groups of retirement are one question."""
    expected = retirement_days(SCHEDULES, STARTS, GROUPS)

    pd.testing.assert_series_equal(retirement_days(SCHEDULES, STARTS, GROUPS[["b", "c", "a"]]), expected)
    with pytest.raises(InputError, match="group: its index is not that of born"):
        retirement_days(SCHEDULES, STARTS, GROUPS.reset_index(drop=True))


def test_shapes_belong_together() -> None:
    """Two rows of two are not four rows, even though there are as many."""
    square = np.array([["2026-03-02", "2026-03-03"], ["2026-03-04", "2026-03-05"]], dtype="datetime64[D]")

    assert CAL.count(square, square + np.timedelta64(7, "D")).shape == (2, 2)
    with pytest.raises(InputError, match=r"columns of \(2, 2\) and 4 rows do not belong together"):
        CAL.count(square, square.reshape(-1))


@given(st.permutations(range(20)), st.sampled_from(sorted(QUESTIONS)))
def test_no_order_of_rows_changes_an_answer(order: list[int], question: str) -> None:
    """However the second Series is sorted, each label keeps its answer."""
    if question == "periods":
        return
    days = pd.date_range("2026-03-01", periods=20, freq="3D")
    first, second = (
        pd.Series(days, index=range(100, 120)),
        pd.Series(days + pd.Timedelta(days=7), index=range(100, 120)),
    )
    ask = QUESTIONS[question]

    pd.testing.assert_series_equal(ask(first, second.iloc[order]), ask(first, second))


def test_one_group_for_all() -> None:
    """A group that stands for all rows has no labels to pair."""
    assert retirement_days(SCHEDULES, STARTS, Group.men).index.equals(STARTS.index)


def test_a_column_is_no_list_of_stops() -> None:
    """Stops come in pairs, from a list or a generator; a column in their place is refused before a row is taken out of it."""
    start = date(2026, 2, 9)
    for wrong in (pl.Series([2**62]).cast(pl.Datetime("ms")), pa.array([start]), pl.col("day"), 5, "day"):
        with pytest.raises(InputError, match="tolled takes a list of pairs"):
            workdays(3).deadlines([start], CAL, tolled=wrong)
    pairs = ((day, day) for day in [start])
    assert workdays(20).deadlines([start], CAL, tolled=pairs).due.tolist() == [date(2026, 3, 13)]
