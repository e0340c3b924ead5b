"""Columns of days: an answer has the type of the column that was given.

Inside, a column is a NumPy array of whole days since 1970 as ``int64``, with `MISSING` where there is none. The rule for what a
row may hold is in `refusals`; the reader of each package finds the rows that are in question. NumPy is imported on first use.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal, Protocol, TypeVar, get_args

from attrs import frozen

from ssflow.calendar.doors import one_of
from ssflow.errors import CoverageError, Fault, InputError, MissingExtraError
from ssflow.text import Lang, Text

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Days = npt.NDArray[np.int64]
    Positions = npt.NDArray[np.intp]
    Missing = npt.NDArray[np.bool_] | None
    Give = Callable[[npt.NDArray[Any], Missing], Any]

Errors = Literal["raise", "missing"]

MISSING = -(2**63)  # how NumPy stores NaT
EPOCH = date(1970, 1, 1).toordinal()
_PACKAGES = ("pandas", "polars", "pyarrow")
_FRAMES = ("DataFrame", "LazyFrame", "Table", "RecordBatch", "MultiIndex")
_EXPRESSION = "Expr"


class HasDtype(Protocol):
    """An array of NumPy or a Series of pandas or polars."""

    @property
    def dtype(self) -> Any:
        """The data type of the array or Series."""

    def __len__(self) -> int: ...


class HasType(Protocol):
    """An array of Arrow."""

    @property
    def type(self) -> Any:
        """The data type of the array."""

    def __len__(self) -> int: ...


Column = TypeVar("Column", bound=HasDtype | HasType)


class RowsLeftOut(UserWarning):
    """A warning that some rows have no answer and were left missing, as ``errors="missing"`` asks.

    ``rows`` are the positions of all of them, from 0 on; ``faults`` say what is wrong with the first few.
    """

    def __init__(self, rows: tuple[int, ...], faults: tuple[Fault, ...]) -> None:
        self.rows = rows
        self.faults = faults
        super().__init__(rows, faults)

    def say(self, lang: Lang) -> str:
        """Return how many rows were left out, and what is wrong with the first few."""
        told = Text.join([fault.both for fault in self.faults])
        n, more = len(self.rows), len(self.rows) > len(self.faults)
        zh = f"{n}行没有答案，已留作缺失值：{told.zh}{'……' if more else ''}"
        en = f"{n} row{'s have' if n > 1 else ' has'} no answer, left missing: {told.en}{' ...' if more else ''}"
        return Text(zh, en).say(lang)

    def __str__(self) -> str:
        return self.say("en")


@frozen
class Read:
    """A column as it was read: its days as a flat array, and the way back to a column of the same kind.

    Values are ``datetime64[D]``, ``bool`` or ``int64``. Days mark missing rows themselves; for other values the second argument of
    ``give`` marks them (None: no row is missing). In NumPy, which has no missing values, they are False and NaN.

    ``wrong`` are the rows that hold something other than a day; these are `MISSING` among the days. ``value`` gives the content of a
    row. ``labels`` is the index of a Series, or None if the rows have no labels.
    """

    days: Days
    give: Give
    wrong: Positions
    value: Callable[[int], object]
    shape: tuple[int, ...]
    labels: Any = None


def is_column(value: object) -> bool:
    """Return whether a value is meant as a column rather than as one day. Lists count, and so do tables, which are refused later."""
    if type(value) is date or getattr(value, "shape", None) == ():  # the latter is a scalar of NumPy
        return False
    if isinstance(value, list | tuple) or hasattr(value, "dtype"):
        return True
    return (hasattr(value, "type") and hasattr(value, "null_count")) or _holds_columns(value)


def of_columns(errors: object, *given: object) -> bool:
    """Return whether a question is about columns. A single day cannot be left missing: it has an answer or raises.

    Raises:
        InputError: ``errors="missing"`` is asked for a single day.

    """
    if any(map(is_column, given)):
        return True
    if isinstance(errors, str) and errors == "raise":
        return False
    one_of("errors", errors, get_args(Errors))
    raise InputError.of(
        "errors",
        "errors='missing'只用于整列；单独一天请去掉errors，或者放进列表",
        "errors='missing' is for columns; of one day leave it out, or put the day into a list",
    )


def day_of(number: int) -> date:
    """Return the day of a number of days since 1970.

    Raises:
        CoverageError: the day is outside the years 1 to 9999.

    """
    try:
        return date.fromordinal(int(number) + EPOCH)
    except (ValueError, OverflowError) as error:
        edge = date.max if number > 0 else date.min
        raise CoverageError(
            edge,
            Text(
                f"该列有超出此日的日期（1970-01-01起第{number}天）",
                f"the column holds a day beyond it ({number} days from 1970-01-01)",
            ),
            Text("请去掉或更正", "remove it, or correct it"),
        ) from error


def reader(name: str, column: object) -> ModuleType:
    """Return the module that reads a column: `from_numpy` and so on, each with ``read`` for days and ``values`` for anything.

    Raises:
        InputError: ``column`` is not a column.

    """
    if not is_column(column):
        raise InputError.of(
            name,
            f"须为一列（NumPy、pandas、polars、Arrow或列表），不是{type(column).__name__}",
            f"a column is required (NumPy, pandas, polars, Arrow or a list), not {type(column).__name__}",
        )
    if _holds_columns(column):
        raise _no_column(name, type(column).__name__)
    packages = (cls.__module__.partition(".")[0] for cls in type(column).__mro__)
    package = next((each for each in packages if each in _PACKAGES), "numpy")
    return import_module(f"ssflow.calendar.arrays.from_{package}")


def require_numpy(what: str) -> None:
    """Make sure that NumPy is installed.

    Raises:
        MissingExtraError: NumPy is not installed; the message says how to install it.

    """
    try:
        import_module("numpy")
    except ModuleNotFoundError as error:
        raise MissingExtraError(what, "columns") from error


def _holds_columns(value: object) -> bool:
    """Return whether a value is a whole table, or an expression that only names a column."""
    names = [cls.__name__ for cls in type(value).__mro__ if cls.__module__.partition(".")[0] in _PACKAGES]
    return any(name in _FRAMES or name == _EXPRESSION for name in names)


def _no_column(name: str, kind: str) -> InputError:
    if kind == _EXPRESSION:
        return InputError.of(
            name,
            "表达式（如pl.col）只是列名，没有日期；请给出列本身，例如frame['day']，再用frame.with_columns(...)放回",
            "an expression such as pl.col only names a column; give the column itself, frame['day'], "
            "and put the answer back with frame.with_columns(...)",
        )
    return InputError.of(
        name,
        f"{kind}是整张表；请指明一列，例如table['day']",
        f"a {kind} is a whole table; name one column of it, for example table['day']",
    )
