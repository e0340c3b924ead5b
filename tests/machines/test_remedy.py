"""Remedies are open from every procedure: how a refusal and a missed term are known, whatever the procedure is."""

from datetime import date

import pytest

from ssflow import machines
from ssflow.calendar import RECONSIDERATION, Span
from ssflow.case import Obligation
from ssflow.machines.remedy.guards import ADVERSE, is_late, was_denied
from ssflow.process import Clock, Linked, Process, State, Term
from ssflow.rules import rulebook

NO = ("不予", "维持")


def seen(process: type[Process], state: State, *overdue: Clock) -> Linked:
    """A case of a procedure as a guard sees it."""
    late = [Obligation(clock=clock, overdue=True) for clock in overdue]
    return Linked(process=process, state=state, running=late, id="c", version=1, facts=process.facts(), places={})


@pytest.mark.parametrize("name", machines.names())
def test_a_refusal_has_one_name(name: str) -> None:
    """A final state in which the answer was no is called so in every procedure, and no other state is."""
    process = machines.get(name)
    for state in process.states:
        said_no = state.final and state.zh.startswith(NO)
        assert said_no == (state.final and state.name in ADVERSE), f"{state!r} {state.zh}"
        assert was_denied(seen(process, state)) == said_no


@pytest.mark.parametrize("name", machines.names())
def test_only_the_delay_of_others_is_a_cause(name: str) -> None:
    """A term that a party owes is its own delay; one that an authority owes is cause for a remedy."""
    process = machines.get(name)
    for clock in process.clocks:
        if isinstance(clock, Term):
            assert is_late(seen(process, process.states[0], clock)) != clock.owed_by.sole
    assert not is_late(seen(process, process.states[0]))


def test_its_days_are_those_of_the_law() -> None:
    """The figures of reconsideration are in working or calendar days as article 88 of the law has it."""
    spans = [value for value in rulebook("remedy").values if isinstance(value.amount, Span)]
    reconsidered = [
        value
        for value in spans
        if not value.parameter.startswith("suit") and value.cites[0].law == "reconsideration-law"
    ]
    assert reconsidered
    for value in reconsidered:
        if value.amount.unit in ("days", "workdays"):
            assert value.amount.unit == RECONSIDERATION.days(value.amount.n, date(2024, 1, 1)).unit, value
