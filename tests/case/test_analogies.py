"""Whether a clock stands still where no rule says so is a switch of the law in use."""

from datetime import UTC, date, datetime

import pytest

from ssflow import Cases, machines
from ssflow.case import Legislation
from ssflow.errors import InputError
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Kind, Remarks
from ssflow.persons import Identity
from ssflow.store import MemoryStore

CLAIM = Claim(insured=Identity("360426199101010071"), kind=Kind.maternity, records=True)


def returned(law: Legislation) -> Cases:
    """A claim of Monday 2 March 2026 that was sent back on the next day and completed on Monday the 9th."""
    cases = Cases(MemoryStore(), law=law, now=lambda: datetime(2026, 3, 31, tzinfo=UTC))
    agency, claimant = BenefitClaim.agency, BenefitClaim.claimant
    cases.open(BenefitClaim.claim(CLAIM), by=claimant, on=date(2026, 3, 2), places="310000", case="c")
    cases.do("c", BenefitClaim.send_back(Remarks("缺出院小结")), by=agency, on=date(2026, 3, 3))
    cases.do("c", BenefitClaim.complete(CLAIM), by=claimant, on=date(2026, 3, 9))
    return cases


def test_by_analogy_the_clock_stands() -> None:
    """Usually the days while a claim is returned do not count: four working days later."""
    due = returned(Legislation()).get("c").obligation("handling")

    assert (due.due, len(due.tolled)) == (date(2026, 3, 20), 1)


def test_read_strictly_it_runs_on() -> None:
    """Without analogies the ten working days of the decree run from the receipt, whatever is sent back."""
    cases = returned(Legislation(analogies=False))
    due = cases.get("c").obligation("handling")

    assert (due.due, due.tolled) == (date(2026, 3, 16), ())


def test_what_a_rule_says_is_no_analogy() -> None:
    """The days in which Guangdong collects records are left out by its regulation, and so they are either way."""
    collecting = machines.get("benefit_claim").state("collecting")

    assert collecting.stops and not collecting.by_analogy
    for process in map(machines.get, machines.names()):
        for state in process.states:
            assert not state.by_analogy or state.stops


def test_the_switch_is_yes_or_no() -> None:
    """Anything else is refused when the law is made."""
    with pytest.raises(InputError):
        Legislation(analogies="no")
