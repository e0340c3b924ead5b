"""A lost card in Guangzhou, for tests of cases."""

from datetime import UTC, date, datetime

import pytest

from ssflow import Cases, Legislation, MemoryStore
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Kind
from ssflow.machines.card_replacement import Application, CardReplacement, Photo, Reason
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity

HOLDER = Identity("11010519491231002X")
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
DAY = date(2026, 9, 21)
LATER = datetime(2030, 1, 1, tzinfo=UTC)  # walks are over by then


def fresh() -> Cases:
    """An empty store of the year 2030."""
    return Cases(MemoryStore(), Legislation(), now=lambda: LATER)


@pytest.fixture
def cases() -> Cases:
    """An empty store with a clock that stands at 22 November 2026."""
    return Cases(MemoryStore(), now=lambda: NOW)


@pytest.fixture
def lost(cases: Cases) -> Cases:
    """The same with a formal loss report ``loss-1`` and a replacement ``card-1`` that was applied for."""
    cases.open(
        LossReport.report_formally(Report(Track.social, HOLDER)),
        by=LossReport.holder,
        on=DAY,
        places="440100",
        case="loss-1",
        party="p1",
    )
    cases.open(
        CardReplacement.apply(Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)),
        by=CardReplacement.holder,
        on=DAY,
        places="440100",
        links=["loss-1"],
        case="card-1",
        party="p1",
    )
    return cases


@pytest.fixture
def claimed() -> Cases:
    """A pension claimed in Beijing on 26 January 2026 and accepted two days later; handling is due on 28 February."""
    cases = fresh()
    claim = BenefitClaim.claim(Claim(insured=HOLDER, kind=Kind.pension))
    cases.open(claim, by=BenefitClaim.claimant, on=date(2026, 1, 26), places="110000", case="p")
    cases.do("p", BenefitClaim.accept(), by=BenefitClaim.agency, on=date(2026, 1, 28))
    return cases
