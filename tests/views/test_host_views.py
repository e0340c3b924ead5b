"""What a host shows beside forms: a case that somebody follows, a work list, an error."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime

import pytest

from ssflow import Cases, MemoryStore, errors
from ssflow.case import GroundKind
from ssflow.errors import (
    ConflictError,
    DataError,
    InputError,
    RefusedError,
    ReusedKeyError,
    SsflowError,
    StoreError,
    TransactionConflictError,
    UnknownError,
)
from ssflow.machines.gap_expenses import GapExpenses
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.text import LANGS, Text
from ssflow.views import event_view, follow, problem_view, work_view
from tests.store.permits import record

NUMBER = "11010519491231002X"
REPORTED = LossReport.report_temporarily(Report(Track.bank, Identity(NUMBER)))
DAY = date(2026, 9, 18)


@pytest.fixture
def cases() -> Cases:
    """One temporary loss report, which lapses after five days."""
    held = Cases(MemoryStore(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    held.open(REPORTED, by=LossReport.holder, on=DAY, places="440100", case="l", party=NUMBER)
    return held


def test_a_case_is_followed_in_one_look(cases: Cases) -> None:
    """What happened, what is owed and why, what time has done that nobody recorded, and who may do what; without what is personal."""
    before, after = (follow(cases, "l", on=day) for day in (DAY, date(2026, 10, 1)))

    assert [event.activity for event in before.events] == ["report_temporarily"] and not before.pending
    assert before.obligations[0].last_day.zh == "2026-09-23" and before.obligations[0].basis
    assert [event.activity for event in after.pending] == ["lapse"]
    assert {option.activity for option in before.next} > {option.activity for option in after.next}
    assert NUMBER not in json.dumps(after.document(), ensure_ascii=False)
    assert NUMBER in json.dumps(follow(cases, "l", on=DAY, reveal=True).document(), ensure_ascii=False)


def test_what_is_asked_of_a_party_is_asked_for_it(cases: Cases) -> None:
    """Another party than the one that reported may not go on; a role alone is offered its own activities."""
    mine = follow(cases, "l", on=DAY, by=LossReport.holder, party=NUMBER)
    other = follow(cases, "l", on=DAY, by=LossReport.holder, party="person-2")

    assert mine.next and not other.next
    assert {option.by for option in mine.options} == {"holder"}


def test_a_work_list_says_what_is_owed_by_whom() -> None:
    """In both languages, with the name of the place; late is what is recorded so, or what has passed on the day of the look."""
    held = Cases(MemoryStore(), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    claim = {"holder": {"number": NUMBER}, "amount": "356.20", "paid_on": "2026-01-20", "receipts": True}
    held.open(
        LossReport.report_formally(Report(Track.social, Identity(NUMBER))),
        by=LossReport.holder, on=date(2026, 1, 23), places="440100", case="l",
    )  # fmt: skip
    held.open(
        GapExpenses.claim.deed_of(claim),
        by=GapExpenses.holder, on=date(2026, 1, 26), places="440100", case="c", links=["l"],
    )  # fmt: skip
    (row,) = held.work_list(role=GapExpenses.agency)
    view, late = work_view(row, date(2026, 3, 13)), work_view(row, date(2026, 3, 14))

    assert view.document() | {"title": 0, "duty": 0} == {
        "case": "c", "process": "gap_expenses", "title": 0, "clock": "reimbursement", "duty": 0, "role": "agency",
        "owner": {"zh": "医疗保险经办机构", "en": "medical insurance agency"},
        "place": {"code": "440100", "name": "广州市"}, "due": "2026-03-13", "late": False, "fault": None,
    }  # fmt: skip
    assert (view.late, late.late) == (False, True)
    assert late.say("en").endswith("2026-03-13; overdue") and "overdue" not in view.say("en")
    assert work_view(row).late is False


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RefusedError(Text("受理", "accept"), ()), 422),
        (ReusedKeyError("k"), 422),
        (ConflictError("c", 1, 2), 409),
        (TransactionConflictError("postgresql", Text("死锁", "deadlock")), 409),
        (UnknownError("case", "c"), 404),
        (InputError.of("amount", "须为数额", "a sum is required"), 400),
        (StoreError("cases.db", Text("忙", "busy")), 503),
        (DataError.of("x.toml", "坏", "broken"), 500),
    ],
    ids=lambda given: type(given).__name__,
)
def test_an_error_is_an_answer(error: SsflowError, status: int) -> None:
    """With its status, its own words and what to do, in each language; fit for JSON as RFC 9457 has it."""
    view = problem_view(error)

    assert view.status == status
    for lang in LANGS:
        told = json.loads(json.dumps(view.problem(lang)))
        assert told["status"] == status and told["detail"] == error.say(lang)
        assert all(isinstance(told[name], str) and told[name] for name in ("type", "title", "detail", "advice"))
        assert view.say(lang) == f"{error.say(lang)}\n{view.advice.say(lang)}"


def test_every_error_has_an_answer() -> None:
    """No error of the library is without a status, whatever class it has."""
    kinds = [cls for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, SsflowError)]
    assert len(kinds) > 10
    for cls in kinds:
        error = cls.__new__(cls)
        error.text, error.grounds, error.faults, error.failures = Text("甲", "a"), (), (), {}
        error.act, error.recorded, error.joined = Text("甲", "a"), 0, False
        assert problem_view(error).status >= 400


def test_grounds_and_faults_are_told_one_by_one(cases: Cases) -> None:
    """A refusal with its articles, wrong input by its fields."""
    with pytest.raises(RefusedError) as refused:
        cases.do("l", LossReport.report_formally(REPORTED.data), by=LossReport.office, on=date(2026, 9, 24))
    with pytest.raises(InputError) as wrong:
        LossReport.report_formally.deed_of({"track": "social"})

    assert [ground.kind for ground in problem_view(refused.value).grounds] == [GroundKind.state, GroundKind.role]
    assert problem_view(refused.value).document()["grounds"][1]["basis"][0]["zh"]
    (fault,) = problem_view(wrong.value).faults
    assert (fault.path, fault.text.en) == ("holder", wrong.value.faults[0].both.en)


def test_a_procedure_that_is_not_installed_is_followed() -> None:
    """A host shows cases of its own procedures, which only its registry knows, and each of their events by itself."""
    cases = record(MemoryStore())

    view = follow(cases, "p1", on=date(2026, 4, 20))
    one = event_view(cases.trace("p1")[0], process_of=cases.process_of)

    assert view.events[0].title.en == "apply"
    assert one == view.events[0]
    with pytest.raises(UnknownError):
        event_view(cases.trace("p1")[0])
