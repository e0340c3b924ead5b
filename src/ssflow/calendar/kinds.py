"""The kinds of days in a calendar."""

from __future__ import annotations

from datetime import date
from enum import Enum

from attrs import frozen

from ssflow.calendar.notices import Notice
from ssflow.text import Text


class DayKind(Enum):
    """The kind of a day, with the reason for it."""

    WORKDAY = Text("工作日", "working day")
    MAKEUP = Text("调休上班日", "make-up working day")
    WEEKEND = Text("周末", "weekend")
    STATUTORY = Text("法定节假日", "statutory holiday")
    SWAPPED = Text("调休放假日", "rest day by notice")
    EXTRA = Text("特别放假日", "extra rest day")


@frozen
class Ruling:
    """The ruling of a notice, or of a forecast in its place, for one day."""

    works: bool
    name: Text | None = None
    notice: Notice | None = None
    extra: bool = False


@frozen
class Day:
    """One day of the calendar: its kind, its festival if any, the notice that made it so, and whether it is firm."""

    date: date
    kind: DayKind
    name: Text | None
    notice: Notice | None
    firm: bool

    @property
    def is_workday(self) -> bool:
        """Whether offices are open."""
        return self.kind in (DayKind.WORKDAY, DayKind.MAKEUP)
