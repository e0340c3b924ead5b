"""A plan says what is owed, who may act next, and how things stand on a day to come."""

from datetime import UTC, date, datetime

import pytest

from ssflow import Cases, MemoryStore
from ssflow.life_events import Plan, move
from ssflow.machines.facts import pension
from ssflow.machines.pension_transfer import PensionTransfer
from ssflow.process.identity import Identity

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
APPLICATION = pension.Application(
    person=Identity("360426199101010071"),
    sex=pension.Sex.man,
    age=35,
    register="360426",
    insured=True,
    stopped=True,
)


@pytest.fixture
def cases() -> Cases:
    """An empty store with a clock that stands at 22 November 2026."""
    return Cases(MemoryStore(now=lambda: NOW), now=lambda: NOW)


@pytest.fixture
def plan(cases: Cases) -> Plan:
    """A move from Chongqing to Chengdu, of which the whole is due within 10 working days."""
    return move(cases, on=date(2026, 2, 2), old="500000", new="510100", pension=APPLICATION, case="m")


def test_who_may_act_next_is_told_beside_a_running_clock(plan: Plan) -> None:
    """A case in which something is due on a day has its next acts too, for every role that has one."""
    assert plan.duties[0].due == date(2026, 2, 14)
    assert [(turn.role, turn.activities) for turn in plan.turns] == [
        (PensionTransfer.new_agency, (PensionTransfer.accept,))
    ]


def test_what_has_no_day_says_why(plan: Plan) -> None:
    """A clock that waits names the act that starts it, one without a figure says so."""
    untimed = {duty.title.en: duty.status.en for duty in plan.duties if not duty.due}

    assert untimed == {"review and letter": 'starts with "accept"'}
    assert "自“受理”起算" in plan.say("zh")


def test_a_look_ahead_records_nothing(cases: Cases, plan: Plan) -> None:
    """At the beginning of a later day what has passed by then is overdue; the cases are as they were."""
    assert [duty.obligation.overdue for duty in plan.at(date(2026, 2, 14)).duties] == [False, False]
    assert plan.at(date(2026, 2, 15)).duties[0].status.en == "overdue"
    assert plan.read(cases).cases == plan.cases
    assert cases.get("m.pension").version == 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_rows_have_one_heading_a_cell(plan: Plan, lang: str) -> None:
    """Every row has the same headings, and what a turn may do is divided so that titles with commas stay whole."""
    headings = {tuple(row) for row in plan.rows(lang)}

    assert len(headings) == 1
    assert len(headings.pop()) == 7
    assert plan.table(lang).count("\n") == 1 + len(plan.rows(lang))
