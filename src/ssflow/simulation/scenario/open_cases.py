"""The open cases of a store with which a simulation begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from attrs import evolve

from ssflow.calendar.clock import local
from ssflow.case import Case
from ssflow.doors import check_kind
from ssflow.errors import Fault, InputError
from ssflow.process import Process
from ssflow.simulation.chart.kernel import Company
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.records import Cases


class OpenCase(NamedTuple):
    """An open case in its present state with its related cases, without their parties, because names do not matter here.

    Its facts decide which profile the case belongs to, and are then replaced by those of the profile; its dates are its own.
    """

    case: Case
    related: tuple[Case, ...] = ()

    @property
    def id(self) -> str:
        """The id of the case in the store."""
        return self.case.id

    @property
    def company(self) -> Company:
        """The case with its related cases."""
        return Company((*self.related, self.case))

    @property
    def opened(self) -> date | datetime:
        """The day or instant on which the case was opened."""
        return next(self.case.done[one.name].last for one in self.case.process.activities if self._opened_by(one.name))

    def _opened_by(self, activity: str) -> bool:
        return self.case.process.activity(activity).is_opening and activity in self.case.done

    def days(self, zone: str | None) -> Iterator[date]:
        """Yield the day on which the case was opened and the days on which its clocks began."""
        yield _day(self.opened, zone)
        for o in (o for case in self.company.cases for o in case.obligations):
            if o.starts is not None:
                yield o.starts

    @property
    def identity(self) -> tuple[object, ...]:
        """The part of the case that goes into a digest: its state, facts, acts and clocks with their dates."""
        return self.id, str(self.opened), tuple(_identity(case) for case in self.company.cases)


def _identity(case: Case) -> tuple[object, ...]:
    clocks = tuple((o.clock.name, o.spans, o.starts, o.began, o.tolled, o.due, o.overdue) for o in case.obligations)
    return (
        case.process.name,
        case.state_name,
        str(case.regime),
        repr(case.facts),
        repr(sorted(case.done.items())),
        clocks,
    )


def _day(moment: date | datetime, zone: str | None) -> date:
    if not isinstance(moment, datetime):
        return moment
    there = local(moment, zone)
    return date(there.year, there.month, there.day)


def read_open_cases(cases: Cases, process: type[Process]) -> tuple[OpenCase, ...]:
    """Return the open cases of a procedure in a store, in the order of their opening.

    Raises:
        InputError: there are no open cases.

    """
    from ssflow.records import Cases

    check_kind("open_cases", cases, Cases)
    rows = (row for row in cases.rows() if row.process == process.name and not row.closed)
    found = tuple(_read(cases, row.id) for row in rows)
    if not found:
        zh, en = f"没有未结的“{process.title.zh}”办件", f"the store has no open case of {process.name}"
        raise InputError.of("open_cases", zh, en)
    return found


def _read(cases: Cases, number: str) -> OpenCase:
    case = cases.get(number)
    return OpenCase(_unnamed(case), tuple(_unnamed(cases.get(link.case)) for link in case.links))


def _unnamed(case: Case) -> Case:
    done = {name: evolve(done, actor="") for name, done in case.done.items()}
    return evolve(case, parties={}, done=done)


def faults_of_open_cases(
    open_cases: tuple[OpenCase, ...], process: type[Process], start: date, zone: str | None
) -> Iterator[Fault]:
    """Yield the faults of open cases for a simulation of a procedure that begins on the day ``start``."""
    strange = [one.id for one in open_cases if one.case.process is not process]
    if strange:
        yield Fault(
            "open_cases",
            Text(
                f"{named(strange).zh}不是本程序现行版本的办件；请先升版",
                f"{named(strange).en}: of another procedure, or of another version of it; upgrade them first",
            ),
        )
    ended = [one.id for one in open_cases if one.case.state is None or one.case.is_closed]
    if ended:
        yield Fault("open_cases", Text(f"{named(ended).zh}不是未结件", f"{named(ended).en}: not open"))
    moments = (case.last for one in open_cases for case in one.company.cases)
    last = max((_day(moment, zone) for moment in moments if moment is not None), default=None)
    if last is not None and last >= start:
        yield Fault(
            "start",
            Text(
                f"办件的经过记到{last}；最早从次日开始",
                f"the open cases are recorded up to {last}; start on the day after at the earliest",
            ),
        )


def days_before(open_cases: tuple[OpenCase, ...], start: date, zone: str | None) -> int:
    """Return how many days before the start the oldest day lies that matters to some open cases."""
    return max((start - day).days for day in (start, *(day for one in open_cases for day in one.days(zone))))


def named(ids: list[str]) -> Text:
    """Return words for some cases: their number, and the ids of the first three."""
    shown, more = ", ".join(ids[:3]), len(ids) > 3
    cases = "open case" if len(ids) == 1 else "open cases"
    return Text(f"{len(ids)}件（{shown}{'等' * more}）", f"{len(ids)} {cases} ({shown}{', ...' * more})")
