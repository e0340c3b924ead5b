"""The rows of one question: which columns belong together, what a row may hold, and what becomes of one without an answer.

This is the one rule for every kind of column. A row holds a day, an instant, or nothing. An instant with a zone falls on its
day in the calendar's zone; one without is a day if it is a midnight, because that is how these packages write days. Text
and numbers are no days. Series are paired by their labels, everything else by position.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, get_args

import numpy as np
from attrs import define, field

from ssflow.calendar.arrays.columns import EPOCH, MISSING, Errors, Read, RowsLeftOut, is_column, reader
from ssflow.calendar.clock import civil_day
from ssflow.calendar.foreign import is_missing
from ssflow.errors import CoverageError, Fault, InputError, SsflowError
from ssflow.text import Text

if TYPE_CHECKING:
    import numpy.typing as npt

    from ssflow.calendar.arrays.columns import Days, Missing, Positions

_SHOWN = 10  # rows that an error or a warning names
_PERSONAL = re.compile(r"[0-9]{9}")  # a label like this may be somebody's number, which no message repeats
_MOST = 10_000_000  # working days; more lead beyond every calendar, where the day is refused
_BEYOND = Text("超出公元1年至9999年", "it lies out of the years 1 to 9999")


@define(eq=False)
class Rows:
    """The columns of one question as they are read, and the rows that are left out.

    The first column with labels lends them to all rows; a later one is put in its order, or refused.
    """

    zone: str | None
    errors: Errors = field()
    _first: Read | None = field(init=False, default=None)
    _labels: Any = field(init=False, default=None)
    _labelled: str = field(init=False, default="")
    _left: set[int] = field(init=False, factory=set)
    _faults: list[Fault] = field(init=False, factory=list)

    @errors.validator
    def _known(self, _: object, errors: object) -> None:
        if errors not in get_args(Errors):
            raise InputError.of(
                "errors", f"只能是raise或missing，不是{errors!r}", f"one of raise and missing is wanted, not {errors!r}"
            )

    # In

    def days(self, name: str, column: Any) -> Days:
        """The days of a column, `MISSING` where there is none.

        Raises:
            InputError: rows hold something else, or the column does not belong to those before.

        """
        found: Read = reader(name, column).read(column, self.zone)
        order = self._order(name, found.shape, found.labels)
        wrong, value, days = found.wrong, found.value, found.days
        if self._first is None:
            self._first = found
        if order is not None:
            days = days[order]
            wrong = np.flatnonzero(np.isin(order, wrong))
            value = lambda row: found.value(int(order[row]))  # noqa: E731 - the same, by the rows of the answer
        if len(wrong):
            self._leave_out(name, wrong, lambda row: _why_not(value, row, self.zone))
        return days

    def side(self, name: str, side: Any) -> Days:
        """The same; one day stands for all rows, None for a missing one."""
        if is_column(side):
            return self.days(name, side)
        number = MISSING if is_missing(side) else self.one_day(name, side).toordinal() - EPOCH
        return np.full(self.length, number, dtype=np.int64)

    def one_day(self, name: str, day: Any) -> date:
        """A day that stands for all rows.

        Raises:
            InputError: it is none.

        """
        try:
            return civil_day(day, self.zone)
        except (ValueError, TypeError, OverflowError) as error:
            raise InputError(Fault(name, _why(day, self.zone))) from error

    def values(self, name: str, column: Any) -> npt.NDArray[Any]:
        """What the rows of any column hold: an array of a type of its own, or of objects with None where there is nothing."""
        values: npt.NDArray[Any]
        values, shape, labels = reader(name, column).values(column)
        order = self._order(name, shape, labels)
        return values if order is None else values[order]

    def numbers(self, name: str, column: Any) -> Days:
        """A column of whole numbers of at least 1, `MISSING` where there is none.

        Raises:
            InputError: rows hold something else.

        """
        values = self.values(name, column)
        if values.dtype.kind in "iu":
            missing, wrong = np.zeros(len(values), np.bool_), values < 1
        else:
            missing = np.fromiter((value is None for value in values), np.bool_, len(values))
            wrong = ~missing & ~np.fromiter(map(_is_number, values), np.bool_, len(values))
        if wrong.any():
            self._leave_out(name, np.flatnonzero(wrong), lambda row: _why_no_number(values[row]))
        without = missing | wrong
        numbers = np.minimum(np.where(without, 1, values) if without.any() else values, _MOST).astype(np.int64)
        if without.any():
            numbers[without] = MISSING
        return numbers

    @property
    def length(self) -> int:
        """How many rows there are, once the first column is read."""
        return 0 if self._first is None else len(self._first.days)

    def present(self, days: Days) -> Days:
        """The days without those of the rows that are left out, so that nobody asks about them."""
        if self._left:
            days = days.copy()
            days[list(self._left)] = MISSING
        return days

    # Rows without an answer

    @property
    def some_left(self) -> bool:
        """Whether rows were left out."""
        return bool(self._left)

    def refuse(self, row: int, error: SsflowError | ValueError) -> None:
        """Leave a row out whose question is refused.

        Raises:
            SsflowError: rows are not to be left out; the error then names the row.

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
        """Leave rows out for one and the same reason, or refuse them."""
        if len(rows):
            self._leave_out(name, rows, lambda _: why)

    # Out

    def give(self, values: npt.NDArray[Any], missing: Missing = None) -> Any:
        """An answer as a column of the kind of the first one."""
        assert self._first is not None  # noqa: S101 - every question reads a column first
        return self._first.give(values, missing)

    def tell(self, depth: int) -> None:
        """Warn of the rows that were left out, where the question was asked: so many calls above."""
        if self._left:
            warnings.warn(RowsLeftOut(tuple(sorted(self._left)), tuple(self._faults)), stacklevel=depth + 1)

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
        """The position of a row, from 0 on, and its label."""
        label = str(row) if self._labels is None else repr(_plain(self._labels[row]))
        if label == str(row) or _PERSONAL.search(label):
            return Text(f"行{row}", f"row {row}")
        return Text(f"行{row}（索引{label}）", f"row {row} (index {label})")

    def _order(self, name: str, shape: tuple[int, ...], labels: Any) -> Positions | None:
        """In which order the rows of a column are those of the first; None if they are in order.

        Raises:
            InputError: they are others.

        """
        if self._first is not None and shape != self._first.shape:
            raise _unequal(name, self._first.shape, shape)
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
                "若本应按位置配对：.to_numpy()",
                f"its index is not that of {self._labelled}, so the rows cannot be paired by label; align it first: "
                f".reindex({self._labelled}.index), or if position is meant: .to_numpy()",
            )
        return order


def _why_not(value: Callable[[int], Any], row: int, zone: str | None) -> Text:
    """Why what a row holds is no day."""
    try:
        given = value(row)
    except (ValueError, OverflowError):  # Python cannot even hold it
        return _BEYOND
    return _why(given, zone)


def _why(given: Any, zone: str | None) -> Text:
    """Why a value is no day. Of what is no date only the kind is told, never the value, which may be personal."""
    if isinstance(given, str | bytes):
        return Text(
            "文字不读作日期；请先转换成日期，例如pandas.to_datetime",
            "text is not read as a day; convert the column to dates first, for example with pandas.to_datetime",
        )
    unit = str(getattr(given, "dtype", ""))
    if unit in ("datetime64[Y]", "datetime64[M]", "datetime64[W]"):
        return Text(f"{unit}不是某一天；请写明哪一天", f"{unit} holds no days; say which day of each you mean")
    if is_missing(given):
        return Text("单独一个缺失值没有答案", "a missing value has no answer alone")
    if isinstance(given, datetime) or unit.startswith("datetime64"):
        return _why_no_instant(given, zone)
    kind = type(given).__name__
    return Text(
        f"须为日期或带时区的时刻，不是{kind}",
        f"a date or an instant with a time zone is wanted, not {kind}",
    )


def _why_no_instant(given: Any, zone: str | None) -> Text:
    """Why an instant falls on no day."""
    if getattr(given, "tzinfo", None) is None:
        return Text(
            f"{given}没有时区；请给这一列加上时区，或截为整日",
            f"{given} is naive: give the column a time zone, or cut it to whole days",
        )
    if zone is None:
        return Text(
            "该日历没有时区，时刻落不到它的哪一天；请写明zone='Asia/Hong_Kong'之类",
            "this calendar has no time zone, so an instant falls on no day of it; give zone='Asia/Hong_Kong' or the like",
        )
    return _BEYOND


def _is_number(value: object) -> bool:
    return hasattr(value, "__index__") and not isinstance(value, bool | np.bool_) and int(value) >= 1


def _why_no_number(value: Any) -> Text:
    given = str(value) if isinstance(value, int | np.integer) and not isinstance(value, bool) else type(value).__name__
    if isinstance(value, float):  # what pandas makes of whole numbers where one is missing
        return Text(
            f"须为至少1的整数，不是{given}；请先转换：.astype('Int64')",
            f"a whole number of at least 1 is wanted, not {given}; convert the column first: .astype('Int64')",
        )
    return Text(f"须为至少1的整数，不是{given}", f"a whole number of at least 1 is wanted, not {given}")


def _unequal(name: str, first: tuple[int, ...], other: tuple[int, ...]) -> InputError:
    a, b = (str(shape[0] if len(shape) == 1 else shape) for shape in (first, other))
    return InputError.of(
        name,
        f"一列{a}行，另一列{b}行，不能配对；请每一天给一行",
        f"columns of {a} and {b} rows do not belong together; give one row for each day",
    )


def _in(where: Text, text: Text) -> Text:
    return Text(f"{where.zh}：{text.zh}", f"{where.en}: {text.en}")


def _said(error: SsflowError | ValueError) -> Text:
    return error.text if isinstance(error, SsflowError) else Text(str(error), str(error))


def _plain(label: Any) -> Any:
    """A label as Python writes it: 3 rather than np.int64(3)."""
    return label.item() if isinstance(label, np.generic) else label
