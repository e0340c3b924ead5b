"""A year as twelve months side by side, readable without colours: a mark under each rest day and make-up day."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby, zip_longest

from attrs import frozen
from rich.cells import cell_len
from rich.text import Text as Styled

from ssflow.calendar import Day, DayKind
from ssflow.calendar.weekdays import NARROW
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.days import is_special
from ssflow.text import Text

_WEEK = 7
_CELL = 3  # columns: two for the number or the mark, one between days
_MONTH = _WEEK * _CELL - 1
_MOST, _NEAR, _FAR = 4, 3, 6  # months side by side, and the columns between them

REST, WORK = Text("休", " r"), Text("班", " w")  # as wide as a number
UNSURE = "?"
_MONTHS = "January February March April May June July August September October November December"
_STYLES = {
    DayKind.WORKDAY: "",
    DayKind.MAKEUP: "bold yellow",
    DayKind.WEEKEND: "dim",
    DayKind.STATUTORY: "bold red",
    DayKind.SWAPPED: "red",
    DayKind.EXTRA: "bold magenta",
}
_NAMED_WEEKEND = "red"


def months(screen: Screen, days: Sequence[Day]) -> None:
    """Print the months of these days, as many in a row as fit into the width, and the legend."""
    blocks = [_Month(screen, tuple(month)).lines() for _, month in groupby(days, key=lambda day: day.date.month)]
    side_by_side = max(1, min(_MOST, (screen.width + _NEAR) // (_MONTH + _NEAR)))
    gap = min(_FAR, (screen.width - side_by_side * _MONTH) // (side_by_side - 1)) if side_by_side > 1 else 0
    for start in range(0, len(blocks), side_by_side):
        screen.line()
        for row in zip_longest(*blocks[start : start + side_by_side]):
            screen.show(_joined([line or Styled() for line in row], gap))
    _legend(screen, days)


def _joined(lines: list[Styled], gap: int) -> Styled:
    """Return the lines of months side by side, without trailing blanks."""
    whole = Styled(no_wrap=True, overflow="ignore")
    for column, line in enumerate(lines):
        whole.append(" " * (column * (_MONTH + gap) - whole.cell_len))
        whole.append_text(line)
    whole.rstrip()
    return whole


@frozen
class _Month:
    screen: Screen
    days: tuple[Day, ...]

    def lines(self) -> list[Styled]:
        """Return the name, the weekdays, and a line for each week, followed by one of marks if it has any."""
        return [self._heading(), Styled(" ".join(map(self.screen.say, NARROW)), "dim"), *self._weeks()]

    @property
    def _all_unsure(self) -> bool:
        return not any(day.firm for day in self.days)

    def _heading(self) -> Styled:
        month = self.days[0].date.month
        name = self.screen.t(f"{month}月", _MONTHS.split()[month - 1]) + (UNSURE if self._all_unsure else "")
        worked = sum(day.is_workday for day in self.days)
        count = self.screen.t(f"工作{worked}天", f"{worked} worked")
        blank = " " * (_MONTH - cell_len(name) - cell_len(count))
        return Styled.assemble((name, "bold"), blank, (count, "dim"))

    def _weeks(self) -> Iterator[Styled]:
        for _, week in groupby(self.days, key=lambda day: day.date.isocalendar().week):
            numbers, marks = Styled(), Styled()
            for day in week:
                place = day.date.weekday() * _CELL
                _put(numbers, place, f"{day.date.day:>2}", _style(day))
                if not (day.firm or self._all_unsure):
                    numbers.append(UNSURE, "yellow")
                if mark := _mark(day):
                    _put(marks, place, self.screen.say(mark), _style(day))
            yield numbers
            if marks:
                yield marks


def _put(line: Styled, column: int, text: str, style: str) -> None:
    line.append(" " * (column - line.cell_len))
    line.append(text, style)


def _mark(day: Day) -> Text | None:
    if not is_special(day):
        return None
    return WORK if day.is_workday else REST


def _style(day: Day) -> str:
    style = _NAMED_WEEKEND if day.kind is DayKind.WEEKEND and day.name else _STYLES[day.kind]
    return style if day.firm else f"{style} italic".strip()


def _legend(screen: Screen, days: Sequence[Day]) -> None:
    """Print the meaning of the marks that occur."""
    t = screen.t
    marks = {_mark(day) for day in days}
    parts = [
        (REST, t("放假", "rest"), "red"),
        (WORK, t("调休上班", "make-up working day"), "bold yellow"),
    ]
    said = [(screen.say(mark).strip(), words, style) for mark, words, style in parts if mark in marks]
    if not all(day.firm for day in days):
        said.append((UNSURE, t("暂定", "provisional"), "yellow"))
    if said:
        screen.line()
        legend = Styled()
        for mark, words, style in said:
            legend.append("   " if legend else "")
            legend.append(mark, style)
            legend.append(f" {words}", "dim")
        screen.show(legend)
