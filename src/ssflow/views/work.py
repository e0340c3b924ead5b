"""The view of one line of a work list: what is owed in which case, by whom, where, until when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from attrs import frozen

from ssflow import machines
from ssflow.doors import check_callable, check_day, check_kind
from ssflow.process import Process
from ssflow.records import ObligationRow
from ssflow.regions import region_name
from ssflow.text import NO_TEXT, Text
from ssflow.views.cases import PlaceView
from ssflow.views.plain import View
from ssflow.views.wording import named, sentence

_LATE, _UNTIMED = Text("已逾期", "overdue"), Text("无最后一日", "no last day")


@frozen(kw_only=True)
class WorkView(View):
    """A line of a work list: an obligation in a case; ``late`` if that is recorded, or if the day of the question is after the last day."""

    case: str
    process: str
    title: Text
    clock: str
    duty: Text
    role: str
    owner: Text
    place: PlaceView | None
    due: date | None
    late: bool
    fault: Text | None = None

    @property
    def last_day(self) -> Text:
        """The last day in time; that it cannot be read, if the line is damaged."""
        if self.fault:
            return self.fault
        return Text(str(self.due), str(self.due)) if self.due else _UNTIMED

    @property
    def status_text(self) -> Text:
        """The mark that the obligation is overdue; empty if it is not."""
        return _LATE if self.late else NO_TEXT

    @property
    def text(self) -> Text:
        """The case, what is owed in it by whom, and until when."""
        what = Text(f"{self.duty.zh}（{self.owner.zh}）", f"{self.duty.en} ({self.owner.en})")
        return sentence(named(Text(self.case, self.case), what), self.last_day, self.status_text)


def work_view(
    row: ObligationRow, on: date | None = None, *, process_of: Callable[[str], type[Process]] = machines.get
) -> WorkView:
    """Return the view of a line of a work list, as of a day.

    Raises:
        UnknownError: its procedure is not known, or lacks a part that it names.

    """
    check_kind("row", row, ObligationRow)
    if on is not None:
        check_day("on", on)
    check_callable("process_of", process_of)
    process = process_of(row.process)
    return WorkView(
        case=row.case,
        process=row.process,
        title=process.title,
        clock=row.clock,
        duty=process.clock(row.clock).title,
        role=row.role,
        owner=process.role(row.role).title,
        place=PlaceView(row.place, region_name(row.place)) if row.place else None,
        due=row.due,
        fault=row.fault,
        late=row.late or (on is not None and row.due is not None and row.due < on),
    )
