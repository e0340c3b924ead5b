"""An event log as a value, as process mining has it: what was done in which case, when, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import Attribute, field, frozen

from ssflow.calendar.clock import ZONE, recorded
from ssflow.doors import check_kind, each_of, of_kind
from ssflow.errors import InputError
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.tables import Table

COMPLETE = "complete"
CASE, ACTIVITY, TIME = "case:concept:name", "concept:name", "time:timestamp"
RESOURCE, LIFECYCLE, PROFILE = "org:resource", "lifecycle:transition", "case:profile"
SURPLUS = "(surplus cells)"  # the key of the cells of a row beyond the last column
TITLES = {
    CASE: Text("办件", "case"),
    ACTIVITY: Text("环节", "activity"),
    TIME: Text("时间", "time"),
    RESOURCE: Text("主体", "resource"),
    LIFECYCLE: Text("生命周期", "lifecycle"),
    PROFILE: Text("类别", "profile"),
}


def _named(_: Entry, attribute: Attribute[Any], given: object) -> None:
    check_kind(attribute.name, given, str)
    if not str(given).strip():
        raise InputError.of(attribute.name, "不能为空", "is empty")


def _here(given: Any) -> Any:
    """Return an instant of any zone on the clocks of Beijing, by which a log has its days and hours."""
    is_instant = isinstance(given, datetime) and given.utcoffset() is not None
    return recorded(given, ZONE) if is_instant else given


@frozen(kw_only=True)
class Entry:
    """One line of a log.

    ``activity`` is the log's name for it. ``time`` is an instant, kept on the clocks of Beijing, or a day where the hour is not known.
    ``resource`` is a role or a clerk who did it; ``lifecycle`` tells its start from its end; ``profile`` is the kind of case, if the log
    has it.
    """

    case: str = field(validator=_named)
    activity: str = field(validator=_named)
    time: date | datetime = field(converter=_here, validator=of_kind(date))
    resource: str = field(default="", validator=of_kind(str))
    lifecycle: str = field(default=COMPLETE, validator=of_kind(str))
    profile: str = field(default="", validator=of_kind(str))

    def __attrs_post_init__(self) -> None:
        if isinstance(self.time, datetime) and self.time.utcoffset() is None:
            raise InputError.of("time", "时刻须带时区", "an instant has a time zone")

    @property
    def is_complete(self) -> bool:
        """Whether something was completed: a mere start is not an act."""
        return self.lifecycle.casefold() in ("", COMPLETE)


def _entries(given: Any) -> tuple[Entry, ...]:
    return each_of("entries", given, Entry)


@frozen(repr=False)
class EventLog:
    """Entries in the order in which they were recorded; `read_log` makes one from a file or a data frame.

    Raises:
        InputError: ``entries`` holds something else.

    """

    entries: tuple[Entry, ...] = field(converter=_entries)

    def __len__(self) -> int:
        return len(self.entries)

    def traces(self) -> Iterator[tuple[str, tuple[Entry, ...]]]:
        """Yield the entries of each case by time; entries of one time, or of one day if the hour is not known, stay in the order of recording."""
        cases: dict[str, list[Entry]] = {}
        for entry in self.entries:
            cases.setdefault(entry.case, []).append(entry)
        for case, entries in cases.items():
            yield case, tuple(_in_order(entries))

    @property
    def last_day(self) -> date | None:
        """The last day in the log."""
        return max((_day(entry) for entry in self.entries), default=None)

    def table(self) -> Table:
        """Return the log as a table with the column names of process mining, for pandas, polars and Arrow."""
        from ssflow.tables import Table

        rows = self.entries
        columns: dict[str, list[Any]] = {
            CASE: [row.case for row in rows],
            ACTIVITY: [row.activity for row in rows],
            TIME: [row.time for row in rows],
            RESOURCE: [row.resource for row in rows],
            LIFECYCLE: [row.lifecycle for row in rows],
        }
        if any(row.profile for row in rows):
            columns[PROFILE] = [row.profile for row in rows]
        return Table(columns, TITLES, Text("事件日志", "event log"))

    def write(self, path: str | Path) -> None:
        """Write the log: as CSV, XES or Parquet by the ending of the name, ``.csv``, ``.xes`` (``.xes.gz``) or ``.parquet``.

        Raises:
            InputError: the ending is none of these, or no package that writes Parquet is installed.

        """
        from ssflow.logs.files import writer_of

        check_kind("path", path, str, Path)
        writer_of(Path(path))(self, Path(path))

    def __repr__(self) -> str:
        return f"EventLog({len(self.entries)} entries)"


def _day(entry: Entry) -> date:
    return entry.time.date() if isinstance(entry.time, datetime) else entry.time


def _in_order(entries: list[Entry]) -> list[Entry]:
    """Return the entries by day and then by instant; an entry with only a day stays after those recorded before it on that day."""
    days: dict[date, list[Entry]] = {}
    for entry in entries:
        days.setdefault(_day(entry), []).append(entry)
    ordered: list[Entry] = []
    for day in sorted(days):
        timed = iter(sorted((e for e in days[day] if isinstance(e.time, datetime)), key=attrgetter("time")))
        ordered += [next(timed) if isinstance(entry.time, datetime) else entry for entry in days[day]]
    return ordered
