"""What is overdue is told by the lines of the store where these suffice: the same as where every case is judged."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from attrs import frozen

from ssflow import Cases, Legislation, MemoryStore, machines
from ssflow.calendar import days
from ssflow.case import Case, advance, evolve
from ssflow.case.judge import is_earlier
from ssflow.errors import UnknownError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.loss_report import LossReport
from ssflow.process import Lapse, Place, Process, Role, State, Term, opens, registry
from ssflow.records import CasesLeftOut, Codec, change_of, fold
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text
from tests.case.petition import figure
from tests.store import grants
from tests.store.commands import DAMAGED, FORMALLY, TEMPORARILY

LOGS = sorted((Path(__file__).parents[1] / "golden").glob("*.jsonl"))
CODEC, LAW = Codec(machines.get), Legislation()
LATER = [timedelta(days) for days in (-1, 0, 1, 2, 45, 400)]


def judged(case: Case, on: date | datetime) -> set[tuple[str, date | None]]:
    """The terms that are overdue in a case after all that time does by then."""
    for event in advance(case, on, LAW):
        case = evolve(case, event)
    return {(o.clock.name, o.due) for o in case.obligations if o.overdue}


def moments(case: Case) -> list[date | datetime]:
    """Days and instants around the ends of what is owed, after all that is on record."""
    ends = [o.due for o in case.obligations if o.due] or [date(2026, 9, 1)]
    days = {end + later for end in ends for later in LATER}
    noons = [datetime(day.year, day.month, day.day, 4, tzinfo=UTC) for day in days]
    return [on for on in (*days, *noons) if case.last is None or is_earlier(case.last, on, LAW.calendar)]


@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.stem)
def test_the_lines_tell_what_judging_the_case_tells(log: Path) -> None:
    """After every event of every golden log, on the days around every last day: which terms are overdue, and since when."""
    events = [CODEC.decode(line) for line in log.read_text(encoding="utf-8").splitlines()]
    cases, told = Cases(MemoryStore(), now=lambda: datetime(2029, 1, 1, tzinfo=UTC)), 0
    for version, event in enumerate(events, 1):
        case = fold(machines.get(events[0].process), events[:version])
        cases.store.append([change_of(case, [event], CODEC)])
        if case.links:  # they are on no record here
            return
        for on in moments(case):
            assert {(row.clock, row.due) for row in cases.overdue(on)} == judged(case, on), (version, on)
            told += 1
    assert told or not events[-1].obligations


def test_a_lapse_is_taken_in_before_a_term_is_told() -> None:
    """Where a report lapses before a term ends, the term is not overdue, in related cases either; nor is one of a case that follows it."""
    cases = Cases(MemoryStore(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    cases.open(TEMPORARILY, by=LossReport.holder, on=date(2026, 9, 18), places="450500", case="report")
    cases.open(DAMAGED, by=CardReplacement.holder, on=date(2026, 9, 18), places="140100", case="card")
    on = date(2026, 11, 1)

    told = [(row.case, row.clock, row.late) for row in cases.overdue(on)]
    cases.advance(on)

    assert told == [(row.case, row.clock, row.late) for row in cases.overdue(on)]
    assert {case for case, *_ in told} == {"card"}


def test_a_term_is_in_time_on_its_last_day_though_another_is_late() -> None:
    """Of a case in which one term is recorded as overdue, the term that ends today is told from tomorrow on."""
    cases = grants.cases_of(MemoryStore(), grants.Grant1)
    grants.opened(cases)
    cases.advance(date(2026, 3, 20))
    last = cases.get("g1").obligation("handling").due

    assert [row.clock for row in cases.overdue(last)] == ["payment"]
    assert [row.clock for row in cases.overdue(last + timedelta(days=1))] == ["payment", "handling"]


def test_only_what_may_have_moved_is_read() -> None:
    """Ten terms that ended cost no look at a case."""
    read: list[str] = []

    class Counting(MemoryStore):
        def snapshots(self, asked):
            read.extend(asked)
            return super().snapshots(asked)

    cases = Cases(Counting(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    for number in range(10):
        cases.open(DAMAGED, by=CardReplacement.holder, on=date(2026, 9, 18), places="140100", case=f"card-{number}")
    read.clear()

    assert (len(cases.overdue(date(2026, 11, 1))), read) == (10, [])
    assert len(cases.overdue(date(2026, 9, 18))) == 0
    assert len(read) == 10, "of the day itself each is judged"


def test_a_case_whose_procedure_is_gone_is_named() -> None:
    """Nobody can tell what is overdue in it."""
    store = MemoryStore()
    cases = Cases(store, now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    cases.open(DAMAGED, by=CardReplacement.holder, on=date(2026, 9, 18), places="140100", case="card")
    cases.open(FORMALLY, by=LossReport.holder, on=date(2026, 9, 18), places="440100", case="loss")
    without = Cases(store, now=cases.now, process_of=lambda name: {"loss_report": LossReport}[name])

    with pytest.warns(CasesLeftOut, match="card"):
        found = without.overdue(date(2026, 11, 1))

    assert list(found.unreadable) == ["card"]
    assert isinstance(found.unreadable["card"], UnknownError)


@frozen
class Facts:
    """Nothing is told."""


class Patient(Process):
    """A term and a lapse run in the same state, and the lapse ends the case."""

    title, facts = Text("待办", "Patient"), Facts
    here, clerk = Place("本地", "here"), Role("经办", "clerk")
    reply, patience = Term("答复时限", "reply", owed_by=clerk), Lapse("等待期限", "patience")
    waiting = State("待办", "waiting", reply, patience)
    done, dropped = State("已办", "done", final=True), State("已终止", "dropped", final=True)
    begin = opens(waiting).by(clerk, "登记", "begin", cites="guide-004")
    end = waiting.to(done).by(clerk, "办结", "end", cites="guide-004")
    drop = waiting.to(dropped).after(patience, "期满终止", "drop", cites="guide-004")


def test_what_a_lapse_has_ended_is_not_overdue_any_more() -> None:
    """Between the end of the term and the lapse the term is told; from the lapse on it is not, though nobody has swept."""
    figures = (figure("reply", days(5).rolled("none")), figure("patience", days(10).rolled("none")))
    law = Legislation(rulebook=lambda _: Rulebook("patient", figures, laws=rulebook("consultation").laws))
    now, began = datetime(2026, 11, 22, tzinfo=UTC), date(2026, 9, 1)
    cases = Cases(MemoryStore(), law, now=lambda: now, process_of=registry(Patient))
    cases.open(Patient.begin(), by=Patient.clerk, on=began, places="440100", case="p")

    told = [len(cases.overdue(began + timedelta(later))) for later in range(14)]
    assert told == [0] * 6 + [1] * 5 + [0] * 3
