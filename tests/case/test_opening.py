"""Cases that are opened together: all or none, each of them with those before it."""

from datetime import date, datetime, timedelta

import pytest

from ssflow import Cases
from ssflow.errors import ConflictError, RefusedError, UnknownError
from ssflow.machines.card_replacement import Application, CardReplacement, Photo, Reason
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.records import Opening
from tests.case.conftest import HOLDER

DAY = date(2026, 9, 21)


def loss(**changes: object) -> Opening:
    given = {"places": "440100", "case": "loss", "party": "p1"} | changes
    return Opening(deed=LossReport.report_formally(Report(Track.social, HOLDER)), by=LossReport.holder, **given)


def card(**changes: object) -> Opening:
    data = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)
    given = {"places": "440100", "case": "card", "links": ("loss",), "party": "p1"} | changes
    return Opening(deed=CardReplacement.apply(data), by=CardReplacement.holder, **given)


def test_a_case_may_refer_to_one_opened_with_it(cases: Cases) -> None:
    """The second case is judged with the first as it was opened, writes to it, and all is stored at once."""
    opened = cases.open_together([loss(), card()], on=DAY)

    assert [case.id for case in opened] == ["loss", "card"]
    assert opened == (cases.get("loss"), cases.get("card"))
    assert opened[1].links[0].case == "loss"
    assert opened[0].version == 2, "the application has bound the loss report"


def test_all_grounds_of_all_cases_are_told_and_nothing_is_stored(cases: Cases) -> None:
    """One refusal refuses all; each ground names its procedure; what refers to a refused case adds no grounds of its own."""
    with pytest.raises(RefusedError) as refused:
        cases.open_together(
            [
                loss(case="kept"),
                card(case="unlinked", links=()),
                card(case="second", links=("unlinked",)),
                loss(),
            ],
            on=DAY,
        )

    assert all(ground.reason.en.startswith(CardReplacement.title.en) for ground in refused.value.grounds)
    assert len({ground.name for ground in refused.value.grounds}) == len(refused.value.grounds)
    assert cases.store.rows() == ()


def test_what_cannot_be_meant_is_an_error(cases: Cases) -> None:
    """One id for two cases, a link to nothing, a day to come: nothing is stored."""
    with pytest.raises(ConflictError, match="exists already"):
        cases.open_together([loss(), loss()], on=DAY)
    with pytest.raises(UnknownError, match="nobody"):
        cases.open_together([card(links=("nobody",))], on=DAY)
    with pytest.raises(UnknownError, match="opened before"):
        cases.open_together([card(), loss()], on=DAY)
    tomorrow: datetime = cases.now() + timedelta(days=1)
    with pytest.raises(RefusedError, match="future"):
        cases.open_together([loss()], on=tomorrow)
    cases.open_together([loss()], on=DAY)
    with pytest.raises(ConflictError):
        cases.open_together([card(), loss()][::-1], on=DAY)
    assert [row.id for row in cases.store.rows()] == ["loss"]
