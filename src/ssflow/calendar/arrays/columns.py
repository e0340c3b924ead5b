"""Columns of days, in and out: type in, type out.

Inside, a column is a NumPy array of whole days since 1970 as ``int64``, with `MISSING` where there is none. An instant falls
on its day in the calendar's zone; a naive one that is not a midnight is refused, as it is for a single day.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from attrs import frozen

from ssflow.errors import CoverageError

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Days = npt.NDArray[np.int64]
    Missing = npt.NDArray[np.bool_] | None
    Give = Callable[[npt.NDArray[Any], Missing], Any]

MISSING = -(2**63)  # how NumPy stores NaT
EPOCH = date(1970, 1, 1).toordinal()
_PACKAGES = ("pandas", "polars", "pyarrow")


class HasDtype(Protocol):
    """An array of NumPy, a Series of pandas or polars."""

    @property
    def dtype(self) -> Any:
        """Its type of data."""

    def __len__(self) -> int: ...


class HasType(Protocol):
    """An array of Arrow."""

    @property
    def type(self) -> Any:
        """Its type of data."""

    def __len__(self) -> int: ...


Column = TypeVar("Column", bound=HasDtype | HasType)


@frozen
class Read:
    """What was read: the days as one row, and the way back from values of one row to a column of the same kind.

    Values are ``datetime64[D]``, ``bool`` or ``int64``. Days say themselves which of them are missing; of other values the
    second argument says it (None: none). In NumPy, where they cannot be missing, they are False and NaN.
    """

    days: Days
    give: Give


def is_column(value: object) -> bool:
    """Whether a value is a column rather than one day."""
    if getattr(value, "shape", None) == ():  # a scalar of NumPy
        return False
    return hasattr(value, "dtype") or (hasattr(value, "type") and hasattr(value, "null_count"))


def day_of(number: int) -> date:
    """The day of a number of days since 1970.

    Raises:
        CoverageError: it lies out of the years 1 to 9999.

    """
    try:
        return date.fromordinal(int(number) + EPOCH)
    except (ValueError, OverflowError) as error:
        edge = date.max if number > 0 else date.min
        why = f"the column holds a day beyond it ({number} days from 1970-01-01)"
        raise CoverageError(edge, why, "take it out, or correct it") from error


def read(column: Any, zone: str | None) -> Read:
    """The days of a column, or of any sequence of days, and the way back.

    Raises:
        TypeError: it holds something else than days.
        ValueError: a naive instant; the first one is named.

    """
    packages = (cls.__module__.partition(".")[0] for cls in type(column).__mro__)
    package = next((name for name in packages if name in _PACKAGES), "numpy")
    module = import_module(f"ssflow.calendar.arrays.from_{package}")
    found: Read = module.read(column, zone)
    return found


def require_numpy() -> None:
    """Make sure that NumPy is there.

    Raises:
        ModuleNotFoundError: it is not; the message says how to install it.

    """
    try:
        import_module("numpy")
    except ModuleNotFoundError as error:
        msg = "columns of days are answered with NumPy, which is not installed; pip install 'ssflow[columns]'"
        raise ModuleNotFoundError(msg, name="numpy") from error


def refuse_naive(row: int, value: object) -> ValueError:
    """The error for an instant without a zone."""
    return ValueError(f"row {row}, {value}, is naive: give the column a time zone, or cut it to whole days")


def zone_of(zone: str | None) -> str:
    """The zone in which instants fall on days.

    Raises:
        ValueError: there is none.

    """
    if zone is None:
        msg = "this calendar has no time zone, so an instant falls on no day of it; give zone='Asia/Hong_Kong' or the like"
        raise ValueError(msg)
    return zone
