"""Tables of results: named columns with titles in both languages, for the tools of their readers."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from ssflow.converters.files import writing
from ssflow.doors import check_kind, check_lang
from ssflow.errors import InputError
from ssflow.tables import frames
from ssflow.tables.estimates import Estimate
from ssflow.text import NO_TEXT, Lang, Text

_SHOWN = 20  # rows of a long table
_YES, _NO = Text("是", "yes"), Text("否", "no")


@frozen(eq=False)
class Table:
    """A table as columns of equal length by their names.

    An estimate is held as two columns, the second named ``..._margin``. ``titles`` are the headings for people; cells may be texts in both
    languages, of which every conversion takes one. People are shown yes and no; a conversion keeps True and False. Likewise ``named`` has for
    a column of names, such as those of states, the title of each name, which people are shown.
    """

    columns: Mapping[str, Any]
    titles: Mapping[str, Text] = field(factory=dict)
    caption: Text = NO_TEXT
    named: Mapping[str, Mapping[str, Text]] = field(factory=dict)

    @classmethod
    def of(cls, rows: Sequence[Mapping[str, Any]], titles: Mapping[str, Text], caption: Text = NO_TEXT) -> Table:
        """Return the table of some rows, in the order of the titles; an estimate becomes a mean and its margin."""
        columns: dict[str, list[Any]] = {}
        for name in titles:
            values = [row[name] for row in rows]
            if any(isinstance(value, Estimate) for value in values):
                columns[name] = [value.mean for value in values]
                columns[f"{name}_margin"] = [value.margin for value in values]
            else:
                columns[name] = values
        return cls(columns, titles, caption)

    def __len__(self) -> int:
        return len(next(iter(self.columns.values()), ()))

    def __getitem__(self, name: str) -> Any:
        check_kind("name", name, str)
        if name not in self.columns:
            known = list(self.columns)
            raise InputError.of(
                "name",
                f"没有{name!r}这一列；可用：{'、'.join(known)}",
                f"there is no column {name!r}; known: {', '.join(known)}",
            )
        return self.columns[name]

    def only(self, *names: str) -> Table:
        """Return a table of some of the columns, with their margins."""
        for name in names:
            check_kind("name", name, str)
        wanted = {margin for name in names for margin in (name, f"{name}_margin")}
        kept = {name: self[name] for name in [*names, *self.columns] if name in wanted}
        return evolve(self, columns=kept)

    def taking(self, rows: Sequence[int]) -> Table:
        """Return the rows with these numbers, in this order."""
        kept = {name: [_one(column, row) for row in rows] for name, column in self.columns.items()}
        return evolve(self, columns=kept)

    def rows(self, lang: Lang = "en") -> Iterator[dict[str, Any]]:
        """Yield the rows as dictionaries of plain values, with texts in one language."""
        plain = [_plain(column) for column in self.said(lang).values()]
        return (dict(zip(self.columns, row, strict=True)) for row in zip(*plain, strict=True))

    def said(self, lang: Lang) -> Mapping[str, Any]:
        """Return the columns with their texts in one language."""
        check_lang("lang", lang)
        return {
            name: [cell.say(lang) if isinstance(cell, Text) else cell for cell in column]
            if isinstance(column, list)
            else column
            for name, column in self.columns.items()
        }

    def titled(self, lang: Lang) -> Table:
        """Return the same table in one language, with the titles as the names of its columns."""
        return Table({self.title(name, lang): column for name, column in self.said(lang).items()}, {}, self.caption)

    def title(self, name: str, lang: Lang) -> str:
        """Return the title of a column."""
        if name in self.titles:
            return self.titles[name].say(lang)
        if name.endswith("_margin"):
            return f"{self.title(name.removesuffix('_margin'), lang)} ±"
        return name

    def to_polars(self, lang: Lang = "en") -> Any:
        """Return the table as a DataFrame of polars, which has to be installed."""
        return frames.to_polars(self.said(lang))

    def to_pandas(self, lang: Lang = "en") -> Any:
        """Return the table as a DataFrame of pandas, which has to be installed."""
        return frames.to_pandas(self.said(lang))

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the table for any reader of Arrow, by pyarrow or polars."""
        return frames.to_arrow(self.said("en")).__arrow_c_stream__(requested_schema)

    def to_csv(self, path: str | Path, lang: Lang = "en") -> None:
        """Write the table as a CSV file in UTF-8 that spreadsheets read too."""
        check_kind("path", path, str, Path)
        with writing(Path(path)), Path(path).open("w", encoding="utf-8-sig", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(self.columns)
            writer.writerows(tuple(row.values()) for row in self.rows(lang))

    def texts(self, lang: Lang, most: int | None = None) -> tuple[list[str], list[list[str]]]:
        """Return the headings and rows as people read them, with each estimate in one cell."""
        names = [name for name in self.columns if not self._is_margin(name)]
        number = len(self) if most is None else min(most, len(self))
        cells = [[self._cell(name, row, lang) for name in names] for row in range(number)]
        return [self.title(name, lang) for name in names], cells

    def _cell(self, name: str, row: int, lang: Lang) -> str:
        value, margins = _one(self.columns[name], row), self.columns.get(f"{name}_margin")
        if value is None or value != value:  # noqa: PLR0124 - no number
            return "–"
        if isinstance(value, float):
            margin = None if margins is None else _one(margins, row)
            return Estimate(value, margin, 0).say(_digits(value, margin))
        return _said(self.named[name].get(value, value) if name in self.named else value, lang)

    def _is_margin(self, name: str) -> bool:
        return name.endswith("_margin") and name.removesuffix("_margin") in self.columns

    def say(self, lang: Lang = "en") -> str:
        """Return the table as plain text; the end of a long table is left out."""
        headings, rows = self.texts(lang, _SHOWN)
        widths = [max(map(_width, side)) for side in zip(headings, *rows, strict=True)]
        lines = [
            "  ".join(cell + " " * (width - _width(cell)) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in (headings, *rows)
        ]
        if len(self) > len(rows):
            lines.append(Text(f"……共{len(self)}行", f"... {len(self)} rows").say(lang))
        return "\n".join(lines)

    def __repr__(self) -> str:
        return self.say("en")

    def _repr_html_(self) -> str:
        headings, rows = self.texts("zh", _SHOWN)
        head = "".join(f"<th>{escape(heading)}</th>" for heading in headings)
        body = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
        more = f"<p>……共{len(self)}行</p>" if len(self) > len(rows) else ""
        caption = f"<caption>{escape(self.caption.zh)}</caption>" if self.caption else ""
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>{more}"


def _said(value: Any, lang: Lang) -> str:
    """Return a cell as people read it: yes or no, the title of a kind, an instant to the minute."""
    if isinstance(value, bool):
        return (_YES if value else _NO).say(lang)
    if isinstance(value, Enum):
        return _said(value.value, lang)
    if isinstance(value, Text):
        return value.say(lang)
    if isinstance(value, datetime):
        return value.isoformat(" ", "minutes")
    return str(value).replace("T", " ") if isinstance(value, np.datetime64) else str(value)


def _plain(column: Any) -> list[Any]:
    if not isinstance(column, np.ndarray):
        return list(column)
    values: list[Any] = column.tolist()
    return values


def _one(column: Any, row: int) -> Any:
    value = column[row]
    return value.item() if isinstance(value, np.generic) and not isinstance(value, np.datetime64) else value


def _digits(value: float, margin: float | None) -> int:
    """Return how many decimal places the margin makes meaningful."""
    if value == int(value) and not margin:
        return 0
    size = margin or abs(value) / 100
    return 3 if 0 < size < 0.01 else 2 if size < 1 else 1 if size < 10 else 0


def _width(text: str) -> int:
    """Return the width of a text in a terminal, where Chinese characters take two columns."""
    return sum(2 if ord(char) > 0x2E7F else 1 for char in text)
