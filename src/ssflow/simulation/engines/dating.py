"""The dating of clocks: the last day of each follows from the spans of its face, its beginning and the days on which it was stopped.

A clock of one span that was never stopped is looked up by its first day in a table that the calendar fills for all days at once. One that
was stopped is computed in the same columns, with its stops. For spans in hours and extended spans the kernel is asked, each question once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import numpy as np
from attrs import define, field, frozen

from ssflow.case import Case, Obligation
from ssflow.simulation.chart.chart import Chart
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.chart.moves import Face
from ssflow.simulation.numbers import NEVER, NONE, Flags, Numbers

Stops = Sequence[tuple[Numbers, Numbers]]  # days stopped and resumed; -1: no stop, or no end of it yet


@frozen(eq=False)
class Dates:
    """The dates of clocks: the numbers of their last days, the first minutes that are too late, and whether a holiday notice is still unpublished."""

    due: Numbers
    closes: Numbers
    provisional: Flags


@define(eq=False)
class Dating:
    """The dating of the clocks of a chart."""

    chart: Chart
    _tables: dict[int, Dates] = field(factory=dict, init=False)
    _asked: dict[tuple[object, ...], tuple[int, int, bool]] = field(factory=dict, init=False)

    def dates(self, face: int, began: Numbers, stops: Stops) -> Dates:
        """Return the dates of clocks of one face, which began at these minutes and were stopped on these days.

        A stopped clock has no end, unless its time was over before: a clock that would end on a rest day may be stopped before it runs out.
        """
        shown = self.chart.faces[face]
        plain = len(shown.spans) == 1 and not shown.in_hours
        stopped = [(out, back) for out, back in stops if (out != NONE).any()]
        if plain and not stopped:
            table = self._table(face, shown)
            days = began // DAY_MINUTES
            return Dates(table.due.take(days), table.closes.take(days), table.provisional.take(days))
        if plain:
            return self._columns(shown, began // DAY_MINUTES, stopped)
        return self._one_by_one(face, shown, began, stopped)

    def _table(self, face: int, shown: Face) -> Dates:
        if face not in self._tables:
            whole = self._columns(shown, np.arange(self.chart.days), [])
            due, closes = (column.astype(np.int32) for column in (whole.due, whole.closes))
            self._tables[face] = Dates(due, closes, whole.provisional)
        return self._tables[face]

    def _columns(self, shown: Face, days: Numbers, stops: Stops) -> Dates:
        start = np.datetime64(self.chart.kernel.start, "D")

        def as_days(numbers: Numbers) -> np.ndarray[tuple[int], np.dtype[np.datetime64]]:
            return np.where(numbers == NONE, np.datetime64("NaT", "D"), start + numbers)

        span = shown.spans[0]
        calendar = self.chart.kernel.calendar_of(self.case_of(shown), shown.owed_by)
        found = span.deadlines(start + days, calendar, tolled=[(as_days(out), as_days(back)) for out, back in stops])
        due = np.where(np.isnat(found.due), NONE, (found.due - start).astype(np.int64))
        closes = np.where(due == NONE, NEVER, np.minimum((due + 1) * DAY_MINUTES, NEVER))
        return Dates(due, closes, found.provisional)

    def _one_by_one(self, face: int, shown: Face, began: Numbers, stops: Stops) -> Dates:
        # Only spans in hours run from a minute: a span in days is asked about once for all clocks that begin on one day.
        starts = began if shown.in_hours else began // DAY_MINUTES * DAY_MINUTES
        rows = np.stack([starts, *(side for pair in stops for side in pair)], axis=-1)
        alike, where = np.unique(rows, axis=0, return_inverse=True)
        ends = [self._one(face, shown, row) for row in alike.tolist()]
        due, closes, provisional = (np.array(side)[where.reshape(-1)] for side in zip(*ends, strict=True))
        return Dates(due, closes, provisional)

    def _one(self, face: int, shown: Face, row: list[int]) -> tuple[int, int, bool]:
        key = (face, *row)
        if key not in self._asked:
            kernel = self.chart.kernel
            began, *sides = row
            pairs = zip(sides[::2], sides[1::2], strict=True)
            instant = kernel.instant(began)
            case = self.case_of(shown)
            obligation = Obligation(
                clock=case.process.clock(shown.clock),
                owed_by=case.process.role(shown.owed_by) if shown.owed_by else None,
                spans=shown.spans,
                starts=kernel.start + timedelta(days=began // DAY_MINUTES),
                began=instant if shown.in_hours else None,
                tolled=tuple(
                    (kernel.day(out), None if back == NONE else kernel.day(back)) for out, back in pairs if out != NONE
                ),
            )
            self._asked[key] = kernel.end_of(case, obligation) or (NONE, NEVER, False)
        return self._asked[key]

    def case_of(self, shown: Face) -> Case:
        """Return the unopened case of a clock."""
        cases = (case for kind in self.chart.kinds for case in kind.company.cases)
        process = next(case.process for case in cases if case.id == shown.case)
        return Case.unopened(process, shown.case, dict(shown.places))
