"""No act is dated before there was such a procedure."""

from datetime import date

import pytest

from ssflow import Cases
from ssflow.case import GroundKind
from ssflow.errors import RefusedError
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity

HOLDER = Identity("11010519491231002X")


def report(cases: Cases, on: date) -> None:
    """Report a card of Guangzhou as lost on a day."""
    cases.open(
        LossReport.report_formally(Report(Track.social, HOLDER)),
        by=LossReport.holder,
        on=on,
        places="440100",
        party="p",
    )


@pytest.mark.parametrize("on", [date(1, 1, 1), date(1949, 10, 1), date(1993, 3, 1), date(1999, 12, 21)])
def test_an_act_before_there_was_the_procedure_is_refused(cases: Cases, on: date) -> None:
    """No card could be lost before the first was made; the refusal names the day and what says so."""
    with pytest.raises(RefusedError) as refused:
        report(cases, on)
    assert [(ground.name, ground.kind) for ground in refused.value.grounds] == [("beginning", GroundKind.order)]
    assert "最早始于1999-12-22" in refused.value.say("zh")
    assert "社会保障卡20周年座谈会报道" in refused.value.say("zh")
    assert "began on 1999-12-22 at the earliest" in refused.value.say("en")


def test_an_act_of_the_first_day_is_taken(cases: Cases) -> None:
    """From the first day on a case may be entered, whatever figures are known of that time."""
    report(cases, date(1999, 12, 22))
