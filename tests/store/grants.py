"""A grant in two versions of its definition, and a complaint about one, for tests of what becomes of cases when a procedure changes."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from enum import Enum, unique
from typing import Any

from attrs import frozen

from ssflow import Cases, Legislation
from ssflow.calendar import days
from ssflow.process import (
    Act,
    Place,
    Process,
    Role,
    State,
    Term,
    guard,
    opens,
    registry,
)
from ssflow.records import Store
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text
from tests.case.petition import figure
from tests.store.grant_1 import Facts, Request, Use
from tests.store.grant_1 import Grant as Grant1
from tests.store.grant_2 import Grant as Grant2
from tests.store.grant_2 import Request2, Use2

__all__ = ["Facts", "Grant1", "Grant2", "Request2", "Use2"]

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
C: Any = {"cites": "guide-004"}


def without_rent() -> type[Process]:
    """Another second version, for which there is no rent, and nobody named person."""

    @unique
    class Study(Enum):
        study = Text("学习", "study")

    @frozen
    class Wish:
        use: Study

    @frozen
    class Wishes:
        use: Study | None = None

    class Grant(Process):
        title, version, supersedes, facts = Text("补助", "Grant"), 2, Grant1, Wishes
        here, pupil = Place("本地", "here"), Role("学生", "pupil", sole=True)
        examining, decided = State("审查", "being examined"), State("已决定", "decided", final=True)
        handling, payment = Term("办理时限", "handling", owed_by=pupil), Term("缴费时限", "payment", owed_by=pupil)
        paid = State("缴费", "paid", handling, payment)
        apply = opens(examining).by(pupil, "申请", "apply", data=Wish, **C)
        pay = examining.to(paid).by(pupil, "缴费", "pay", **C)
        end = paid.to(decided).by(pupil, "办结", "end", **C)

    return Grant


@frozen
class Grievance:
    why: str


@frozen
class ComplaintFacts:
    why: str = ""


@guard(
    "所投诉的补助须在审核中，且不超过二份", "the grant is being checked, for no more than two pieces", cites="guide-004"
)
def about_a_small_one(act: Act[ComplaintFacts]) -> bool:
    return any(grant.state is Grant2.checking and grant.facts.pieces <= 2 for grant in act.linked(Grant2))


@guard("所投诉的补助须已缴费逾期或者未复核", "the payment is late or nothing was noted", cites="guide-004")
def seen_before(act: Act[ComplaintFacts]) -> bool:
    return all(
        grant.count(Grant2.note) == 0 and grant.party_of(Grant2.applicant) == act.party for grant in act.linked(Grant2)
    )


class Complaint(Process):
    """It knows the second version of the grant alone."""

    title = Text("投诉", "Complaint")
    facts = ComplaintFacts
    here = Place("本地", "here")
    person, clerk = Role("个人", "person", sole=True), Role("经办", "clerk")
    waiting, done = State("待办", "waiting"), State("已办", "done", final=True)
    complain = opens(waiting, when=about_a_small_one & seen_before).by(
        person, "投诉", "complain", data=Grievance, triggers=Grant2.note, **C
    )
    answer = waiting.to(done).by(clerk, "答复", "answer", **C)


BOOK = Rulebook(
    "grant",
    (
        figure("handling", days(20)),
        figure("processing", days(20)),
        figure("payment", days(5)),
        figure("paying_out", days(7)),
        figure("patience", days(30).rolled("none")),
    ),
    laws=rulebook("consultation").laws,
)
LAW = Legislation(rulebook=lambda name: BOOK if name == "grant" else Rulebook(name, (), laws=BOOK.laws))


def cases_of(store: Store, *processes: type[Process], now: Callable[[], datetime] = lambda: NOW) -> Cases:
    """The cases of a store by these definitions."""
    return Cases(store, LAW, now=now, process_of=registry(*processes))


def ask1(copies: int = 2, use: Use = Use.rent) -> Any:
    """The deed that opens a grant of the first version."""
    return Grant1.apply(Request(use, copies))


def opened(cases: Cases, case: str = "g1", *, on: date = date(2026, 3, 2), copies: int = 2) -> None:
    """A grant of the first version, of somebody."""
    cases.open(ask1(copies), by=Grant1.person, on=on, places="440100", party="somebody", case=case)
