"""The lines of clocks: what has happened to a clock since it began, each with its dates, which are found once for all cases."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import numpy as np
from attrs import define, field, frozen

from ssflow.simulation.engines.compiled.clocks import BEGUN, RESUMED, STOPPED, fill, key_of
from ssflow.simulation.engines.dating import Dating
from ssflow.simulation.numbers import NONE, Numbers

Pairs = tuple[tuple[int, int], ...]  # days stopped and resumed, as in `Dating`


@frozen
class Line:
    """What has happened to a clock: its face, the minute at which it began, and the days on which it was stopped and resumed."""

    face: int
    began: int
    stops: Pairs = ()


@define(eq=False)
class Lines:
    """The lines of a model, with a column a line, and the hash table by which they are found."""

    dating: Dating
    all: list[Line] = field(factory=list, init=False)
    face: Numbers = field(factory=lambda: np.zeros(0, dtype=np.int32), init=False)
    due: Numbers = field(factory=lambda: np.zeros(0, dtype=np.int32), init=False)
    closes: Numbers = field(factory=lambda: np.zeros(0, dtype=np.int32), init=False)
    provisional: Numbers = field(factory=lambda: np.zeros(0, dtype=np.bool_), init=False)
    keys: Numbers = field(factory=lambda: np.full(16, NONE, dtype=np.int64), init=False)
    values: Numbers = field(factory=lambda: np.full(16, NONE, dtype=np.int32), init=False)
    _of_key: dict[int, int] = field(factory=dict, init=False)
    _numbers: dict[Line, int] = field(factory=dict, init=False)

    def add(self, wanted: Iterable[tuple[int, int, int]]) -> None:
        """Add lines, by the line before each (or the face), what happened, and on which day or by which face (or the minute of the beginning)."""
        first = len(self.all)
        for parent, kind, number in wanted:
            self._of_key[key_of(parent, kind, number)] = self._number(self._made(parent, kind, number))
        self._date(first)
        self._hash()

    def of(self, line: Line) -> int:
        """Return the number of a line, to which it is added with those before it."""
        self.add([(line.face, BEGUN, line.began)])
        found = self._numbers[Line(line.face, line.began)]
        for out, back in line.stops:
            for kind, day in ((STOPPED, out), (RESUMED, back)):
                if day != NONE:
                    self.add([(found, kind, day)])
                    found = self._of_key[key_of(found, kind, day)]
        return found

    def _made(self, parent: int, kind: int, number: int) -> Line:
        if kind == BEGUN:
            return Line(parent, number)
        line, chart = self.all[parent], self.dating.chart
        if kind == STOPPED:
            return Line(line.face, line.began, (*line.stops, (number, NONE)))
        if kind == RESUMED:
            stops = tuple((out, number if back == NONE else back) for out, back in line.stops)
            return Line(line.face, line.began, stops)
        longer = chart.faces[line.face].extended(chart.faces[number])
        return Line(chart.face(longer), line.began, line.stops)

    def _number(self, line: Line) -> int:
        if line not in self._numbers:
            self._numbers[line] = len(self.all)
            self.all.append(line)
        return self._numbers[line]

    def _date(self, first: int) -> None:
        """Find the dates of the lines from the first on."""
        number = len(self.all) - first
        face = np.array([line.face for line in self.all[first:]], dtype=np.int32)
        due, closes = (np.zeros(number, dtype=np.int32) for _ in range(2))
        provisional = np.zeros(number, dtype=np.bool_)
        alike: defaultdict[tuple[int, int], list[int]] = defaultdict(list)
        for row, line in enumerate(self.all[first:]):
            alike[line.face, len(line.stops)].append(row)
        for (of_face, length), rows in alike.items():
            lines = [self.all[first + row] for row in rows]
            began = np.array([line.began for line in lines], dtype=np.int32)
            sides = np.array([line.stops for line in lines], dtype=np.int32).reshape(len(lines), length, 2)
            stops = [(sides[:, n, 0].copy(), sides[:, n, 1].copy()) for n in range(length)]
            dates = self.dating.dates(of_face, began, stops)
            due[rows], closes[rows], provisional[rows] = dates.due, dates.closes, dates.provisional
        self.face, self.due = np.concatenate([self.face, face]), np.concatenate([self.due, due])
        self.closes = np.concatenate([self.closes, closes])
        self.provisional = np.concatenate([self.provisional, provisional])

    def _hash(self) -> None:
        """Make the hash table anew: other threads may be reading the one that there is."""
        room = 1 << max(4, (2 * len(self._of_key)).bit_length())
        self.keys, self.values = np.full(room, NONE, dtype=np.int64), np.full(room, NONE, dtype=np.int32)
        fill(self.keys, self.values, *(np.fromiter(side, np.int64) for side in (self._of_key, self._of_key.values())))
