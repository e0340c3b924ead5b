"""Columns of NumPy, and plain lists of days."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np

from ssflow.calendar.arrays.columns import EPOCH, MISSING, Read
from ssflow.calendar.clock import civil_day
from ssflow.calendar.foreign import is_missing

if TYPE_CHECKING:
    from collections.abc import Iterable

    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Missing, Positions


def read(column: Any, zone: str | None) -> Read:
    """Return the days of a list, or of an array of any shape, which the answer keeps; masked rows are missing."""
    array, masked = _array(column)
    flat = array.reshape(-1)
    days, wrong = days_of(flat, zone)
    if masked is not None:
        days = np.where(masked, MISSING, days)
        wrong = wrong[~masked[wrong]]

    def give(values: npt.NDArray[Any], missing: Missing = None) -> Any:
        if values.dtype.kind == "i" and missing is not None:
            values = np.where(missing, np.nan, values)
        return values.reshape(array.shape)

    return Read(days, give, wrong, flat.__getitem__, array.shape)


def values(column: Any) -> tuple[npt.NDArray[Any], tuple[int, ...], None]:
    """Return the values of an array or a list, whatever they are; None where a row is masked."""
    array, masked = _array(column)
    flat = array.reshape(-1)
    if masked is not None and masked.any():
        flat = flat.astype(np.object_)
        flat[masked] = None
    return flat, array.shape, None


def days_of(flat: npt.NDArray[Any], zone: str | None) -> tuple[Days, Positions]:
    """Return the days of a flat array, and the positions of the rows that hold something else."""
    if flat.dtype.kind == "O":
        return _one_by_one(flat, zone)
    if flat.dtype.kind != "M" or holds_no_days(flat):
        return no_days(np.isnan(flat) if flat.dtype.kind in "fc" else _is_nat(flat))
    if flat.dtype == "datetime64[D]":
        return np.ascontiguousarray(flat).view(np.int64), _NONE
    whole, are_instants = whole_days(flat)
    days = whole.view(np.int64)
    wrong = np.flatnonzero(are_instants & ~np.isnat(flat))
    days[wrong] = MISSING
    return days, wrong


def holds_no_days(instants: Any) -> bool:
    """Return whether NumPy's instants are weeks, months or years."""
    return np.datetime_data(instants.dtype)[0] in ("Y", "M", "W")


def whole_days(instants: Any) -> tuple[Any, Any]:
    """Return the days of NumPy's instants, and whether each of them is something other than a midnight.

    Whole numbers are divided, because NumPy's own conversion near the ends of a unit differs from version to version.
    """
    unit, count = np.datetime_data(instants.dtype)
    coarser, per_day = _TICKS.get(unit, (1, 0))
    if not per_day or per_day % count:  # several days, or a unit that does not divide a day
        whole = instants.astype("datetime64[D]")
        return whole, whole != instants
    ticks, finer = np.divmod(instants.astype(np.int64), coarser)
    days, rest = np.divmod(ticks, per_day // count)
    whole = np.where(np.isnat(instants), MISSING, days).view("datetime64[D]")
    return whole, (rest != 0) | (finer != 0)


def no_days(missing: npt.NDArray[np.bool_]) -> tuple[Days, Positions]:
    """Return the days of a column whose type holds none: every row with a value is wrong."""
    return np.full(len(missing), MISSING), np.flatnonzero(~missing)


def objects(given: list[Any]) -> npt.NDArray[Any]:
    """Return a list as a flat array of objects, whatever its elements are."""
    return np.fromiter(given, dtype=np.object_, count=len(given))


_DAY = 86_400
# For each unit: the divisor that keeps a day's worth within 64 bits, and how many of the result make a day.
_TICKS = {
    "h": (1, 24),
    "m": (1, 1_440),
    **{unit: (1, _DAY * 10**power) for unit, power in (("s", 0), ("ms", 3), ("us", 6), ("ns", 9))},
    **{unit: (10**power, _DAY * 10**9) for unit, power in (("ps", 3), ("fs", 6), ("as", 9))},
}
_NONE: Positions = np.zeros(0, dtype=np.intp)


def _array(column: Any) -> tuple[npt.NDArray[Any], npt.NDArray[np.bool_] | None]:
    """Return the array and its mask, or None if it has no mask."""
    if isinstance(column, np.ma.MaskedArray):
        return column.data, np.ma.getmaskarray(column).reshape(-1)
    return (objects(list(column)) if isinstance(column, list | tuple) else np.asarray(column)), None


def _one_by_one(flat: Iterable[Any], zone: str | None) -> tuple[Days, Positions]:
    numbers, wrong = [], []
    for row, day in enumerate(flat):
        if type(day) is date:
            numbers.append(day.toordinal() - EPOCH)
            continue
        numbers.append(MISSING)
        if not is_missing(day):
            try:
                numbers[row] = civil_day(day, zone).toordinal() - EPOCH
            except (ValueError, TypeError, OverflowError):
                wrong.append(row)
    return np.array(numbers, dtype=np.int64), np.array(wrong, dtype=np.intp)


def _is_nat(flat: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    return np.isnat(flat) if flat.dtype.kind in "mM" else np.zeros(len(flat), dtype=np.bool_)
