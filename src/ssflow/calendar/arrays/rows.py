"""The rows of one question: which columns belong together, and what happens to a row without an answer.

Series are paired by their labels, everything else by position. A row that holds no day, or whose question the calendar
refuses, is named in the refusal, or left missing and reported at the end.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from attrs import define, field

from ssflow.calendar.arrays.columns import EPOCH, MISSING, Errors, Read, RowsLeftOut, is_column, reader
from ssflow.calendar.arrays.refusals import BEYOND, is_number, why, why_no_number, why_not
from ssflow.calendar.clock import civil_day
from ssflow.calendar.doors import one_of
from ssflow.calendar.foreign import is_missing
from ssflow.errors import CoverageError, Fault, InputError, SsflowError
from ssflow.text import Text

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Missing, Positions

_SHOWN = 10  # rows that an error or a warning names
_PERSONAL = re.compile(r"[0-9]{9}")  # a label like this may be somebody's number, which no message repeats
_MOST = 10_000_000  # working days; larger numbers lead beyond every calendar, where the day is refused


@define(eq=False)
class Rows:
    """The columns of one question as they are read, and the rows that are left out.

    The first column with labels gives them to all rows; a later one is put in its order, or refused.
    """

    zone: str | None
    errors: Errors = field()
    _read: list[Read] = field(init=False, factory=list)  # the first column alone: the answer is of the same kind
    _labels: Any = field(init=False, default=None)
    _labelled: str = field(init=False, default="")
    _left: set[int] = field(init=False, factory=set)
    _faults: list[Fault] = field(init=False, factory=list)

    @errors.validator
    def _known(self, _: object, errors: object) -> None:
        one_of("errors", errors, get_args(Errors))

    # Reading columns

    def days(self, name: str, column: Any) -> Days:
        """Return the days of a column, `MISSING` where there is none.

        Raises:
            InputError: rows hold something else, or the column does not belong to the earlier ones.

        """
        found: Read = reader(name, column).read(column, self.zone)
        order = self._order(name, found.shape, found.labels)
        wrong, value, days = found.wrong, found.value, found.days
        if not self._read:
            self._read.append(found)
        if order is not None:
            days = days[order]
            wrong = np.flatnonzero(np.isin(order, wrong))
            value = lambda row: found.value(int(order[row]))  # noqa: E731 - the same, by the rows of the answer
        if len(wrong):
            self._leave_out(name, wrong, lambda row: why_not(value, row, self.zone))
        return days

    def side(self, name: str, side: Any) -> Days:
        """Return the days of a column, or one day (None: missing) for all rows."""
        if is_column(side):
            return self.days(name, side)
        number = MISSING if is_missing(side) else self.one_day(name, side).toordinal() - EPOCH
        return np.full(self.length, number, dtype=np.int64)

    def one_day(self, name: str, day: Any) -> date:
        """Return a day that is used for all rows.

        Raises:
            InputError: ``day`` is not a day.

        """
        try:
            return civil_day(day, self.zone)
        except (ValueError, TypeError, OverflowError) as error:
            raise InputError(Fault(name, why(day, self.zone))) from error

    def values(self, name: str, column: Any) -> npt.NDArray[Any]:
        """Return the values of any column: an array of its own type, or of objects.

        Raises:
            InputError: ``column`` is not a column, or does not belong to the earlier ones.

        """
        package = reader(name, column)
        values: npt.NDArray[Any]
        try:
            values, shape, labels = package.values(column)
        except (ValueError, OverflowError) as error:
            raise InputError(Fault(name, BEYOND)) from error
        order = self._order(name, shape, labels)
        return values if order is None else values[order]

    def numbers(self, name: str, column: Any) -> Days:
        """Return a column of whole numbers of at least 1, `MISSING` where there is none.

        Raises:
            InputError: rows hold something else.

        """
        values = self.values(name, column)
        if values.dtype.kind in "iu":
            missing, wrong = np.zeros(len(values), np.bool_), values < 1
        else:
            values = values.astype(np.object_)
            missing = np.fromiter(map(is_missing, values), np.bool_, len(values))
            wrong = ~missing & ~np.fromiter(map(is_number, values), np.bool_, len(values))
        if wrong.any():
            self._leave_out(name, np.flatnonzero(wrong), lambda row: why_no_number(values[row]))
        without = missing | wrong
        numbers = np.minimum(np.where(without, 1, values) if without.any() else values, _MOST).astype(np.int64)
        if without.any():
            numbers[without] = MISSING
        return numbers

    @property
    def length(self) -> int:
        """The number of rows, available once the first column is read."""
        return len(self._read[0].days)

    def present(self, days: Days) -> Days:
        """Return the days of the rows that are not left out."""
        if self._left:
            days = days.copy()
            days[self.left] = MISSING
        return days

    # Rows without an answer

    @property
    def left(self) -> Positions:
        """The rows that are left out."""
        return np.array(sorted(self._left), dtype=np.intp)

    def refuse(self, row: int, error: SsflowError | ValueError) -> None:
        """Leave out a row whose question is refused.

        Raises:
            SsflowError: rows are not to be left out; the error names the row.

        """
        where = self._where(row)
        if isinstance(error, CoverageError):
            named: SsflowError = CoverageError(error.day, _in(where, error.why), error.remedy)
            faults: tuple[Fault, ...] = (Fault("", named.text),)
        else:
            own = error.faults if isinstance(error, InputError) else (Fault("", _said(error)),)
            faults = tuple(Fault(fault.path, _in(where, fault.text)) for fault in own)
            named = InputError(*faults)
        if self.errors == "raise":
            raise named from error
        self._left.add(row)
        if len(self._faults) < _SHOWN:
            self._faults.extend(faults)

    def lack(self, name: str, rows: Positions, why: Text) -> None:
        """Leave out rows that share one reason, or refuse them."""
        if len(rows):
            self._leave_out(name, rows, lambda _: why)

    # Giving answers

    def give(self, values: npt.NDArray[Any], missing: Missing = None) -> Any:
        """Return an answer as a column of the kind of the first one."""
        return self._read[0].give(values, missing)

    def tell(self, depth: int) -> None:
        """Warn of the rows that were left out, at the caller's line, ``depth`` calls above."""
        if self._left:
            warnings.warn(RowsLeftOut(tuple(self.left.tolist()), tuple(self._faults)), stacklevel=depth + 1)

    def _leave_out(self, name: str, rows: Positions, why: Callable[[int], Text]) -> None:
        shown = [int(row) for row in rows[:_SHOWN]]
        faults = [Fault(name, _in(self._where(row), why(row))) for row in shown]
        if self.errors == "raise":
            more = len(rows) - len(shown)
            if more:
                faults.append(Fault(name, Text(f"另有{more}行同样有误", f"{more} more rows are wrong too")))
            raise InputError(*faults)
        self._left.update(rows.tolist())
        self._faults.extend(faults[: _SHOWN - len(self._faults)])

    def _where(self, row: int) -> Text:
        """Return the position of a row, from 0 on, and its label."""
        label = str(row) if self._labels is None else repr(_plain(self._labels[row]))
        if label == str(row) or _PERSONAL.search(label):
            return Text(f"行{row}", f"row {row}")
        return Text(f"行{row}（索引{label}）", f"row {row} (index {label})")

    def _order(self, name: str, shape: tuple[int, ...], labels: Any) -> Positions | None:
        """Return the order in which the rows of a column are those of the first, or None if no reordering is needed.

        Raises:
            InputError: the rows have other labels or another shape.

        """
        if self._read and shape != self._read[0].shape:
            raise _unequal(name, self._read[0].shape, shape)
        if labels is None:
            return None
        if self._labels is None:
            self._labels, self._labelled = labels, name
            return None
        from ssflow.calendar.arrays.from_pandas import order_of

        order, fits = order_of(self._labels, labels)
        if not fits:
            raise InputError.of(
                name,
                f"索引与{self._labelled}不同，无法按标签配对；请先对齐：.reindex({self._labelled}.index)，"
                "如本应按位置配对：.to_numpy()",
                f"its index is not that of {self._labelled}, so the rows cannot be paired by label; align it first: "
                f".reindex({self._labelled}.index), or if position is meant: .to_numpy()",
            )
        return order


def _unequal(name: str, first: tuple[int, ...], other: tuple[int, ...]) -> InputError:
    a, b = (str(shape[0] if len(shape) == 1 else shape) for shape in (first, other))
    return InputError.of(
        name,
        f"一列{a}行，另一列{b}行，不能配对；请每一天写一行",
        f"columns of {a} and {b} rows do not belong together; give one row for each day",
    )


def _in(where: Text, text: Text) -> Text:
    return Text(f"{where.zh}：{text.zh}", f"{where.en}: {text.en}")


def _said(error: SsflowError | ValueError) -> Text:
    return error.text if isinstance(error, SsflowError) else Text(str(error), str(error))


def _plain(label: Any) -> Any:
    """Return a label as Python writes it: 3 rather than np.int64(3)."""
    return label.item() if isinstance(label, np.generic) else label
