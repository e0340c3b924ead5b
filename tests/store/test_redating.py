"""Open terms are dated anew from what they follow from, in rounds; what came too early by the present law is put before a person."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from attrs import evolve, frozen

from ssflow import Cases, Legislation, MemoryStore, SQLiteStore, WorkCalendar
from ssflow.calendar import days, workdays
from ssflow.case import EventKind
from ssflow.process import Place, Process, Role, State, Term, opens
from ssflow.records import Store
from ssflow.records.history import effective_act
from ssflow.rules import Rulebook
from ssflow.text import Text
from tests.case.petition import BOOK as PETITION
from tests.case.petition import Petition, figure
from tests.case.petition import cases_of as petitions
from tests.case.petition import opened as asked
from tests.store.grants import BOOK, Grant1, cases_of, opened

NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
FIRST = date(2026, 3, 2)


def by(store: Store, calendar: WorkCalendar | None = None, **spans: object) -> Cases:
    """The cases of a store by a rulebook in which some figures are others."""
    figures = [
        evolve(value, **({"amount": spans[value.parameter]} if value.parameter in spans else {}))
        for value in BOOK.values
    ]
    book = Rulebook("grant", tuple(figures), laws=BOOK.laws)
    law = Legislation(calendar or WorkCalendar.china(), rulebook=lambda _: book)
    return Cases(store, law, now=lambda: NOW, process_of=cases_of(store, Grant1).process_of)


@pytest.fixture
def store(store: Store) -> Store:
    """Two grants, in a store of each kind."""
    for case in ("a", "b"):
        opened(by(store), case, on=FIRST)
    return store


def test_a_changed_figure_dates_open_terms_from_their_start(store: Store) -> None:
    """Thirty days from the start, not ten more than before; the stop is kept, the event is recorded once, and all is sound."""
    before = by(store)
    before.do("a", Grant1.stay(), by=Grant1.clerk, on=date(2026, 3, 3))
    before.do("a", Grant1.resume(), by=Grant1.clerk, on=date(2026, 3, 5))
    after = by(store, handling=days(30))
    came = after.redate_all(date(2026, 3, 6))

    assert [(event.case, event.kind) for event in sorted(came.done, key=lambda e: e.case)] == [
        ("a", EventKind.redated),
        ("b", EventKind.redated),
    ]
    assert after.get("b").obligation("handling").due == date(2026, 4, 1)
    assert after.get("a").obligation("handling").due == date(2026, 4, 3)
    assert after.get("a").obligation("payment") == before.get("a").obligation("payment")
    assert effective_act(Grant1, after.trace("b"), 2) is None, "a re-dating is no act that counts"
    again = after.redate_all(date(2026, 3, 6))
    assert (again.done, again.failed, again.early) == ((), {}, ())
    assert after.verify() == ()


def test_what_came_too_early_is_told_and_stays(store: Store) -> None:
    """Overdue after five days, where the figure now says ten: told in every round, in both languages, and not undone."""
    old = by(store)
    old.advance(date(2026, 3, 11))
    old.do("b", Grant1.decide(), by=Grant1.clerk, on=date(2026, 3, 11))
    new = by(store, payment=days(10))
    came = new.redate_all(date(2026, 3, 20))

    assert [(one.case, one.kind, one.on, one.now) for one in came.early] == [
        ("a", EventKind.overdue, date(2026, 3, 10), date(2026, 3, 13)),
        ("b", EventKind.overdue, date(2026, 3, 10), None),
    ]
    assert came.early[0].say("en") == 'a: overdue "payment" is recorded on 2026-03-10, now 2026-03-13'
    assert came.early[0].say("zh") == "a：2026-03-10已记逾期“缴费时限”，现为2026-03-13"
    assert new.get("a").obligation("payment").overdue
    assert new.redate_all(date(2026, 3, 20)).early == came.early
    assert new.redate_all(date(2026, 3, 20), since=date(2026, 3, 12)).early == came.early[:1]


@frozen
class Nothing:
    """No facts."""


class Letters(Process):
    """Somebody is answered, and may write again."""

    title, facts = Text("来信", "Letters"), Nothing
    here, person, clerk = Place("本地", "here"), Role("个人", "person"), Role("经办", "clerk")
    reply = Term("答复时限", "reply", owed_by=clerk)
    waiting, answered = State("待答复", "waiting", reply), State("已答复", "answered")
    ended = State("办结", "ended", final=True)
    write = opens(waiting).by(person, "来信", "write", cites="guide-004")
    answer = waiting.to(answered).by(clerk, "答复", "answer", cites="guide-004")
    again = answered.to(waiting).by(person, "再次来信", "write again", cites="guide-004")
    end = answered.to(ended).by(clerk, "办结", "end", cites="guide-004")


def test_what_comes_twice_by_the_present_law_is_told_by_the_first() -> None:
    """Both answers are late by the longer term too; the first, which is on record too early, would have been so a day later."""
    books = [Rulebook("letters", (figure("reply", days(n)),), laws=BOOK.laws) for n in (5, 8)]
    old, new = (petitions(Letters, Legislation(rulebook=lambda _, book=book: book)) for book in books)
    new = evolve(new, store=old.store)
    old.open(Letters.write(), by=Letters.person, on=FIRST, places="440100", case="a")
    old.advance(date(2026, 3, 10))
    old.do("a", Letters.answer(), by=Letters.clerk, on=date(2026, 3, 16))
    old.do("a", Letters.again(), by=Letters.person, on=date(2026, 3, 16))

    (early,) = new.redate_all(date(2026, 4, 1)).early
    assert (early.on, early.now) == (date(2026, 3, 10), date(2026, 3, 11))


def test_what_is_overdue_stays_so_while_the_new_term_still_runs(store: Store) -> None:
    """Thirty days for what had five: the term that is recorded as overdue has come too early, and a re-dating does not wash that away."""
    by(store).advance(date(2026, 3, 11))
    new = by(store, payment=days(30))
    came = new.redate_all(date(2026, 3, 20))

    assert came.done == ()
    assert [(one.case, one.on, one.now) for one in came.early] == [(case, date(2026, 3, 10), None) for case in "ab"]
    assert new.get("a").obligation("payment").overdue


def test_what_came_too_early_by_a_later_notice_is_told() -> None:
    """The Spring Festival of 2020 was prolonged: a term that was recorded as overdue when nobody knew ended three days later."""
    store = MemoryStore()
    before = by(store, WorkCalendar.china().as_of(date(2020, 1, 20)))
    opened(before, "c", on=date(2020, 1, 10))
    before.advance(date(2020, 2, 2))
    came = by(store).redate_all(date(2020, 2, 10), since=date(2020, 1, 1))

    told = {(one.on, one.now) for one in came.early if one.title == Grant1.handling.title}
    assert told == {(date(2020, 2, 1), date(2020, 2, 4))}


def test_a_term_that_has_no_figure_any_more_keeps_its_day(store: Store) -> None:
    """The rulebook of the day measures it no longer: what was owed is owed, and no case is left out of the round."""
    book = Rulebook("grant", tuple(v for v in BOOK.values if v.parameter != "handling"), laws=BOOK.laws)
    without = evolve(by(store), law=Legislation(WorkCalendar.china(), rulebook=lambda _: book))
    came = without.redate_all(date(2026, 3, 6))

    assert (came.done, dict(came.failed)) == ((), {})
    assert without.get("a").obligation("handling").due == date(2026, 3, 23)


def test_what_ended_the_day_before_is_overdue_first(store: Store) -> None:
    """A term of which nobody has recorded that it ended yesterday is recorded as overdue, and not given ten more days."""
    by(store).advance(date(2026, 3, 20))
    new = by(store, handling=days(30))
    came = new.redate_all(date(2026, 3, 24))
    handling = new.get("a").obligation("handling")

    assert {event.kind for event in came.done} == {EventKind.overdue}
    assert (handling.overdue, handling.due) == (True, date(2026, 3, 23))


def test_a_shorter_term_makes_nothing_late_that_was_in_time(store: Store) -> None:
    """By the figure of five days the handling would have been late for two weeks; nobody could know, so the recorded day stays."""
    new = by(store, handling=days(5))
    came = new.redate_all(date(2026, 3, 20))
    handling = new.get("a").obligation("handling")

    assert [
        event for event in came.done if any(o.clock is Grant1.handling for o in event.obligations if o.overdue)
    ] == []
    assert (handling.due, handling.overdue) == (date(2026, 3, 23), False)


def test_what_was_granted_stays_as_it_was_granted() -> None:
    """The rulebook lengthens otherwise now; a term that was lengthened by ten days keeps them, because its own figure is the same."""
    cases = petitions()
    asked(cases)
    cases.do("p", Petition.extend(), by=Petition.clerk, on=date(2026, 3, 10))
    due = cases.get("p").obligation("reply").due
    figures = tuple(evolve(one, amount=days(40)) if one.parameter == "longer" else one for one in PETITION.values)
    book = evolve(PETITION, values=figures)
    now = evolve(cases, law=Legislation(rulebook=lambda _: book))

    assert now.redate(date(2026, 3, 11)) == ()
    assert now.get("p").obligation("reply").due == due


def test_where_nothing_moves_nobody_is_waited_for(tmp_path: Path) -> None:
    """A round that has nothing to write does not take the lock of those who write."""
    store = SQLiteStore(tmp_path / "cases.db", wait=0.05)
    opened(by(store), "a", on=FIRST)
    with closing(sqlite3.connect(store.path)) as db:
        db.execute("BEGIN IMMEDIATE")
        assert by(store).redate(date(2026, 3, 6)) == ()


def test_a_lapse_that_came_too_early_is_told(store: Store) -> None:
    """It has closed its case; by the present figure it would still be stayed."""
    old = by(store)
    old.do("a", Grant1.stay(), by=Grant1.clerk, on=FIRST)
    old.advance(date(2026, 4, 10))
    assert old.get("a").is_closed
    came = by(store, patience=days(60).rolled("none")).redate_all(date(2026, 4, 10))

    assert [(one.case, one.kind, one.now) for one in came.early] == [("a", EventKind.lapse, None)]
    assert by(store).redate_all(date(2026, 4, 10)).early == ()


def test_a_bad_case_holds_up_no_other(store: Store) -> None:
    """It is told as failed, in this round and in the next, and by the strict form as an error; the others are dated anew."""
    by(store).do("a", Grant1.review(), by=Grant1.clerk, on=date(2026, 3, 9))
    new = by(store, handling=workdays(25))

    came = new.redate_all(date(2026, 3, 6))
    assert ([event.case for event in came.done], list(came.failed)) == (["b"], ["a"])
    again = new.redate_all(date(2026, 3, 6))
    assert (again.done, list(again.failed)) == ((), ["a"])
    assert [event.case for event in new.redate_all(date(2026, 3, 9)).done if event.kind is EventKind.redated] == ["a"]


def test_a_figure_of_a_later_day_moves_nothing(store: Store) -> None:
    """A term is measured by the figure of the day on which its clock started: a reform of April leaves one of March as it is."""
    reform = evolve(figure("handling", days(40)), since=date(2026, 4, 1))
    book = Rulebook("grant", (*BOOK.values, reform), laws=BOOK.laws)
    cases = Cases(
        store, Legislation(rulebook=lambda _: book), now=lambda: NOW, process_of=cases_of(store, Grant1).process_of
    )
    assert cases.redate_all(date(2026, 4, 2)).early == ()
    opened(cases, "c", on=date(2026, 4, 1))
    assert cases.get("c").obligation("handling").due == date(2026, 5, 11)
    assert cases.redate_all(date(2026, 4, 2)).done == ()


def test_a_figure_that_is_only_another_in_name_moves_nothing(store: Store) -> None:
    """The same span by another article: days are the same, nothing is recorded."""
    figures = tuple(evolve(value, cites=figure("x", days(1)).cites) for value in BOOK.values)
    book = Rulebook("grant", figures, laws=BOOK.laws)
    law = Legislation(rulebook=lambda _: book)
    cases = Cases(store, law, now=lambda: NOW, process_of=cases_of(store, Grant1).process_of)

    assert cases.redate_all(date(2026, 3, 6)).done == ()
