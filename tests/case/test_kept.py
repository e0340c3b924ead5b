"""What is worked out once and kept is what would be worked out anew: facts, deadlines, rulebooks, clocks that do not run."""

import copy
import pickle
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ssflow import Legislation, WorkCalendar, days, machines, months, rulebook, workdays
from ssflow.calendar import deadline
from ssflow.case import Attempt, Case, decide, evolve
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.rules import Rulebook
from ssflow.testing import data_strategy

PROCESSES = [machines.get(name) for name in machines.names()]
EXAMPLES = settings().max_examples // 6
DAYS = st.dates(date(2005, 1, 1), date(2026, 11, 30))
REPORT = LossReport.report_temporarily(Report(Track.social, Identity("11010519491231002X")))


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_facts_are_folded_as_attrs_would(process, data: st.DataObject) -> None:
    """The data of any activity sets the facts of the same names, and no others, as `attrs.evolve` does field by field."""
    taking = data.draw(st.sampled_from([activity.data for activity in process.activities if activity.data]))
    before, given_ = data.draw(data_strategy(process.facts)), data.draw(data_strategy(taking))
    known = {field.name for field in attrs.fields(process.facts)}
    shared = {field.name: getattr(given_, field.name) for field in attrs.fields(taking) if field.name in known}

    assert process.fold(before, given_) == attrs.evolve(before, **shared)
    assert process.fold(before, None) is before


@given(
    start=DAYS,
    span=st.sampled_from([workdays(20), days(5), months(1), days(15).rolled("none"), workdays(3)]),
    place=st.sampled_from(["", "440100", "450500"]),
)
def test_a_deadline_that_is_kept_is_that_which_would_be_found(start: date, span, place: str) -> None:
    """Asked once more, and with no stops given as a list, which goes the long way."""
    calendar = WorkCalendar.china().in_region(place)
    first = span.deadline(start, calendar)

    assert span.deadline(start, calendar) is first
    assert span.deadline(start, calendar, []) == first
    assert span.deadline(start, calendar.as_of(date(2026, 11, 30))).calendar != calendar


def test_no_more_deadlines_are_kept_than_a_calendar_has_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """A batch of any length leaves a bounded number behind, and its answers are right after they were dropped."""
    monkeypatch.setattr(deadline, "_KEPT", 10)
    calendar = copy.copy(WorkCalendar.china())
    starts = [date(2026, 1, 1) + timedelta(days=number) for number in range(25)]
    dues = [days(1).rolled("none").deadline(start, calendar).due for start in starts]

    assert dues == [start + timedelta(days=1) for start in starts]
    assert len(calendar._ends) <= 10
    assert not copy.copy(calendar)._ends and pickle.loads(pickle.dumps(calendar)) == calendar  # noqa: S301


def test_one_legislation_asks_for_a_rulebook_once() -> None:
    """It says the same at every act, whatever the function that finds rulebooks would say next; another one asks anew."""
    asked: list[str] = []

    def found(name: str):
        asked.append(name)
        return rulebook(name)

    law = Legislation(rulebook=found)
    books = [law.of(LossReport), law.of(LossReport), law.in_case(Case.unopened(LossReport, "a", {})).book]

    assert asked == ["loss_report"] and books[0] is books[1] is books[2]
    assert attrs.evolve(law, analogies=False).of(LossReport) is books[0] and len(asked) == 2
    assert pickle.loads(pickle.dumps(Legislation())) == Legislation()  # noqa: S301


def test_of_a_clock_that_does_not_run_there_is_one_value() -> None:
    """Of a clock that does not run there is one value for all cases."""
    law = Legislation()

    def opened(place: str) -> Case:
        case = Case.unopened(LossReport, "a", {"issuing": place})
        formally = LossReport.report_formally(REPORT.data)
        for event in decide(case, Attempt(deed=formally, by=LossReport.holder, on=date(2026, 9, 21), law=law)):
            case = evolve(case, event)
        return case

    untimed, again = opened("450500").obligation("written_force"), opened("450500").obligation("written_force")
    assert untimed is again and not untimed.is_timed


def test_a_rulebook_is_found_once() -> None:
    """The function of the host is asked once for each procedure, however often the law is asked."""
    asked: list[str] = []

    def found(name: str) -> Rulebook:
        asked.append(name)
        return rulebook(name)

    law = Legislation(rulebook=found)
    assert law.of(LossReport) is law.of(LossReport)
    assert asked == ["loss_report"]
