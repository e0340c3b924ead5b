"""Values and errors cross to another process whole, and a part of a procedure arrives as itself."""

import copy
import multiprocessing
import pickle
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ssflow import Cases, MemoryStore, WorkCalendar, errors, machines, rulebook, workdays
from ssflow.case import Attempt, EventKind, Legislation
from ssflow.errors import Fault, InputError, RefusedError, SsflowError
from ssflow.machines.card_replacement import CardReplacement, Payment
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import Correction, Early, Late, Opening, Redating, Upgrade
from ssflow.text import Text
from ssflow.views import case_view, form_view
from tests.store.grants import Grant1, Grant2, cases_of, opened

C, L = CardReplacement, LossReport
DAY = date(2026, 9, 21)
NOW = datetime(2026, 11, 22, tzinfo=UTC)
FORMALLY = L.report_formally(Report(Track.social, Identity("11010519491231002X")))


def refused() -> RefusedError:
    """A refusal with grounds of all kinds."""
    cases = Cases(MemoryStore(), now=lambda: NOW)
    cases.open(FORMALLY, by=L.holder, on=DAY, places="440100", case="loss-1")
    with pytest.raises(RefusedError) as refusal:
        cases.do("loss-1", L.release(), by=L.holder, on=date(2026, 9, 1))
    return refusal.value


def upgrading() -> list[Any]:
    """What an upgrade is, what it would do, and what came of dating anew."""
    store = MemoryStore()
    opened(cases_of(store, Grant1))
    cases = cases_of(store, Grant2)
    asked = Upgrade(Grant2, mapping={Grant1.reviewing: Grant2.checking, Grant1.payment: None})
    return [
        asked,
        *cases.dry_run(asked, on=date(2026, 3, 6)),
        cases.upgrade(asked, on=date(2026, 3, 6), reason="x"),
        Redating((), {}, (), (Early(case="g1", kind=EventKind.overdue, title=Text("期", "term"), on=DAY, now=None),)),
        *cases.check_versions(),
    ]


def values() -> list[Any]:
    """One of each kind of value that a caller holds in hand."""
    law = Legislation()
    cases = Cases(MemoryStore(), law, now=lambda: NOW)
    case = cases.open(FORMALLY, by=L.holder, on=DAY, places="440100", case="loss-1")
    return [
        FORMALLY,
        C.pay(Payment(Decimal(20))),
        case,
        *cases.trace("loss-1"),
        cases.options("loss-1", on=DAY),
        Opening(deed=FORMALLY, by=L.holder, places="440100"),
        Late(FORMALLY, by=L.holder, on=DAY),
        Correction(1, FORMALLY, reason="x"),
        *upgrading(),
        Attempt(deed=FORMALLY, by=L.holder, on=DAY, law=law),
        law,
        WorkCalendar.china().in_region("450000").as_of(date(2020, 1, 26)),
        workdays(20).deadline(DAY, WorkCalendar.china()),
        case_view(case, cases.trace("loss-1"), cases.options("loss-1", on=DAY)),
        form_view(C.apply),
        rulebook("card_replacement").find("fee", DAY, "500000", {"occasion": "replacement"}),
    ]


ERRORS: list[SsflowError] = [
    InputError(Fault("holder.number", Text("不对", "wrong"))),
    errors.DefinitionError("X", [Fault("ask", Text("没有登记", "no opening"))]),
    errors.DataError(Path("x.toml"), Fault("fee", Text("不对", "wrong"))),
    errors.CoverageError(DAY, Text("不知", "unknown"), Text("请补", "add it")),
    errors.GuardError("paid", "KeyError: 1", "accept", "a"),
    errors.ConflictError("a", 1, 2),
    errors.TransactionConflictError("postgresql", Text("死锁", "deadlock"), joined=True),
    errors.SweepError({"a": ValueError("x")}, 3),
    errors.SweepError({"a": ValueError("x")}, 3, joined=True),
    errors.StoreError(Path("x.db"), Text("损坏", "damaged")),
    errors.ReusedKeyError("k"),
    errors.NoTransactionError("with transaction.atomic()"),
    errors.CodecError(Text("损坏", "damaged")),
    errors.ErasedError("card-1"),
    errors.EngineError("Temporal", OSError("away")),
    errors.MissingExtraError("ssflow.pictures", "plot"),
    errors.MissingPackageError("Parquet", "pyarrow", "polars"),
    errors.UnknownError("case", "b", ["a"], hint=Text("无", "none")),
]


@pytest.mark.parametrize("error", [*ERRORS, refused()], ids=lambda error: type(error).__name__)
@pytest.mark.parametrize("across", [copy.deepcopy, lambda value: pickle.loads(pickle.dumps(value))])  # noqa: S301
def test_errors_arrive_whole(error: SsflowError, across) -> None:
    """What an error says in both languages, and its parts, are the same on the other side."""
    there = across(error)

    assert type(there) is type(error)
    assert (there.say("zh"), there.say("en"), repr(there)) == (error.say("zh"), error.say("en"), repr(error))
    assert vars(there).keys() == vars(error).keys()


def test_every_kind_of_error_is_tried() -> None:
    """No error is left out of the test above."""
    kinds = {cls for cls in vars(errors).values() if isinstance(cls, type) and issubclass(cls, SsflowError)}
    assert kinds - {SsflowError} == {type(error) for error in [*ERRORS, refused()]}


@pytest.mark.parametrize("name", machines.names())
def test_parts_are_themselves_wherever_they_go(name: str) -> None:
    """A role, state or activity is compared by identity, so a copy of it is the same one."""
    process = machines.get(name)
    for part in (*process.places, *process.roles, *process.figures, *process.states, *process.activities):
        assert copy.deepcopy(part) is part
        assert pickle.loads(pickle.dumps(part)) is part  # noqa: S301


@pytest.mark.parametrize("number", range(len(values())))
def test_values_arrive_equal(number: int) -> None:
    """Whatever a caller holds in hand can be copied and sent to a worker."""
    value = values()[number]

    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301
    assert copy.deepcopy(value) == value


def elsewhere(value: Any) -> Any:
    """What another process answers: the value, and whether its parts are the ones it knows."""
    return value, value.by is L.holder, value.deed.activity is L.report_formally


def test_another_process_knows_the_parts() -> None:
    """In a process that is started afresh, an attempt arrives with that process's own role and activity."""
    attempt = Attempt(deed=FORMALLY, by=L.holder, on=DAY, law=Legislation())
    with multiprocessing.get_context("spawn").Pool(1) as pool:
        assert pool.apply(elsewhere, (attempt,)) == (attempt, True, True)
