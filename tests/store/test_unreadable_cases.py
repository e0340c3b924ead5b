"""A case that cannot be read stands in nobody's way: not when terms are looked up, not when many cases are gone through."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from attrs import evolve as changed
from click.testing import CliRunner

from ssflow import Cases, Legislation, SQLiteStore, WorkCalendar
from ssflow.calendar import Notice, Rest
from ssflow.cli.app import program
from ssflow.errors import StoreError, SweepError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.persons import Identity
from ssflow.records import CasesLeftOut, FindingKind
from ssflow.testing.store import a_failure
from ssflow.text import Text
from ssflow.views import work_view

C, DAY = CardReplacement, date(2026, 9, 21)
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
APPLICATION = Application(holder=Identity("11010519491231002X"), reason=Reason.damaged, photo=Photo.identity_card)


CLOSED = Notice(
    id="closed", title="x", year=2026, evidence=Text("甲", "a"), known_from=date(2026, 9, 22), places=("440100",),
    rest=(Rest(name=Text("甲", "a"), first=date(2026, 9, 22), last=date(2026, 9, 22)),),
)  # fmt: skip
LATER = Legislation(WorkCalendar.china().with_notices(CLOSED))


@pytest.fixture
def held(tmp_path: Path) -> Cases:
    """Three cases in a file, each with a term that runs out."""
    held = Cases(SQLiteStore(tmp_path / "cases.db"), now=lambda: NOW)
    for case in ("card-1", "card-2", "card-3"):
        held.open(C.apply(APPLICATION), by=C.holder, on=DAY, places="440100", case=case)
        held.do(case, C.pay(Payment(Decimal(20))), by=C.holder, on=DAY)
        held.do(case, C.accept(), by=C.office, on=DAY)
    return held


@pytest.fixture
def damaged(held: Cases) -> Cases:
    """The same; of the second, an event was altered behind the store's back."""
    with closing(sqlite3.connect(held.store.path)) as db, db:
        db.execute("DROP TRIGGER event_is_not_edited")
        db.execute("UPDATE event SET body = replace(body, 'damaged', 'lost') WHERE case_id = 'card-2'")
        db.execute("UPDATE head SET snapshot = replace(snapshot, 'damaged', 'lost') WHERE case_id = 'card-2'")
    return held


DAMAGES = {
    "a moment after all": "UPDATE head SET closes = 9000000000000000000 WHERE case_id = 'card-2'",
    "a moment before all": "UPDATE head SET closes = -9000000000000000000 WHERE case_id = 'card-2'",
    "no day": "UPDATE head SET last = '2026-02-30' WHERE case_id = 'card-2'",
}


@pytest.fixture(params=DAMAGES)
def torn(held: Cases, request: pytest.FixtureRequest) -> Cases:
    """The same three cases; of the second, one cell of its line was damaged."""
    with closing(sqlite3.connect(held.store.path)) as db, db:
        db.execute(DAMAGES[request.param])
    return held


def test_a_damaged_line_hides_no_other(torn: Cases) -> None:
    """All lines are listed, and the damaged one says what is wrong and what to do; so does the verification."""
    rows = {row.id: row for row in torn.rows()}

    assert [id_ for id_, row in rows.items() if row.fault is None] == ["card-1", "card-3"]
    assert "of case card-2 is damaged; see what ssflow audit verify says" in rows["card-2"].fault.en
    assert "办件card-2" in rows["card-2"].fault.zh
    assert [(one.case, one.kind, one.fault) for one in torn.verify()] == [
        ("card-2", FindingKind.unreadable, rows["card-2"].fault)
    ]


def test_a_damaged_line_hides_no_overdue_term(torn: Cases) -> None:
    """Those of the others are listed; the case is named in the answer and warned of."""
    with pytest.warns(CasesLeftOut, match="card-2 is damaged") as warned:
        found = torn.overdue(NOW)

    assert [row.case for row in found] == ["card-1", "card-3"]
    assert list(found.unreadable) == ["card-2"]
    assert warned[0].filename == __file__


def test_a_damaged_line_stops_no_sweep(torn: Cases) -> None:
    """The others are done, the case fails like any other and is stuck in the end; an advance names it alone."""
    came = torn.sweep()
    for hours in range(1, 5):
        again = changed(torn, now=lambda hours=hours: NOW + timedelta(hours=hours)).sweep()

    assert {event.case for event in came.done} == {"card-1", "card-3"}
    assert list(came.failed) == ["card-2"]
    assert [(one.case, one.tries) for one in again.stuck] == [("card-2", 5)]
    assert "audit verify" in again.stuck[0].fault.en
    with pytest.raises(SweepError) as told:
        torn.advance(NOW)
    assert list(told.value.failures) == ["card-2"]


def test_a_damaged_line_stops_no_redating(torn: Cases) -> None:
    """The others are dated anew."""
    came = changed(torn, law=LATER, now=lambda: datetime(2026, 9, 22, 1, tzinfo=UTC)).redate_all(date(2026, 9, 22))

    assert {event.case for event in came.done} == {"card-1", "card-3"}
    assert list(came.failed) == ["card-2"]


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_damaged_line_is_listed_with_what_is_wrong(torn: Cases, lang: str) -> None:
    """The other lines are whole, and the exit code tells."""
    words = ("case", "list", "--db", str(torn.store.path), "--lang", lang)
    text, data = (CliRunner().invoke(program, [*words, *more]) for more in ((), ("--json",)))

    assert (text.exit_code, data.exit_code) == (1, 1)
    assert "audit verify" in " ".join(text.stdout.split())
    assert [case["case"] for case in json.loads(data.stdout)["cases"] if case["unreadable"]] == ["card-2"]


@pytest.mark.parametrize("day", ["x", "2026-02-30", ""])
def test_a_damaged_day_hides_no_line_of_a_work_list(held: Cases, day: str) -> None:
    """The other lines are whole; the damaged one is listed for every day, and says so. An empty day is none, as of a term that waits."""
    with closing(sqlite3.connect(held.store.path)) as db, db:
        db.execute("UPDATE obligation SET due = ? WHERE case_id = 'card-2'", [day])

    lines = {row.case: row for row in held.work_list(due_by=date(2026, 12, 31))}

    assert [id_ for id_, row in lines.items() if row.due] == ["card-1", "card-3"]
    assert ("card-2" in lines) is (day != "")
    assert all("card-2 is damaged" in row.fault.en for row in lines.values() if row.due is None)
    assert all("card-2 is damaged" in work_view(row).text.en for row in lines.values() if row.due is None)


def test_a_damaged_record_of_a_failure_stops_nobody(held: Cases) -> None:
    """It is as if the case had failed once, long ago: it is tried again."""
    held.store.fail(a_failure("card-2"))
    with closing(sqlite3.connect(held.store.path)) as db, db:
        db.execute("UPDATE failure SET fault = 'x', tried = 9000000000000000000, tries = 5, version = 3")

    came = held.sweep()

    assert ({event.case for event in came.done}, came.failed, came.stuck) == ({"card-1", "card-2", "card-3"}, {}, ())
    assert held.store.failures("sweep") == ()


def test_what_a_line_tells_needs_no_history(damaged: Cases) -> None:
    """A term is overdue by its line, whatever was done to the events of its case: that is for a verification to find."""
    assert [row.case for row in damaged.overdue(NOW)] == ["card-1", "card-2", "card-3"]
    assert {one.case for one in damaged.verify()} == {"card-2"}


def test_a_case_that_cannot_be_judged_hides_no_overdue_term(damaged: Cases) -> None:
    """Of a day on which something happened in the cases, each is judged; the one that cannot be read is named and warned of."""
    with pytest.warns(CasesLeftOut, match="card-2: .*was altered") as warned:
        found = damaged.overdue(DAY)

    assert list(found) == []
    assert list(found.unreadable) == ["card-2"]
    assert isinstance(found.unreadable["card-2"], StoreError)
    assert warned[0].filename == __file__


def test_a_case_that_cannot_be_read_stops_no_redating(damaged: Cases) -> None:
    """The due days of the others move to the new calendar; what failed in either sweep is told once."""
    before = damaged.get("card-1").obligation("production").due

    with pytest.raises(SweepError) as told:
        changed(damaged, law=LATER, now=lambda: datetime(2026, 9, 22, 1, tzinfo=UTC)).redate(date(2026, 9, 22))

    assert (list(told.value.failures), told.value.recorded) == (["card-2"], 2)
    for case in ("card-1", "card-3"):
        assert damaged.get(case).obligation("production").due > before


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_lists_what_it_can_and_says_what_not(torn: Cases, lang: str) -> None:
    """The terms, then the cases that could not be looked at; whoever runs it every night sees it in the exit code."""
    words = ("case", "overdue", "--on", "2026-11-22", "--db", str(torn.store.path), "--lang", lang)
    text, data = (CliRunner().invoke(program, [*words, *more]) for more in ((), ("--json",)))

    assert (text.exit_code, data.exit_code) == (1, 1)
    assert all(case in text.stdout for case in ("card-1", "card-2", "card-3")), text.output
    assert {term["case"] for term in json.loads(data.stdout)["overdue"]} == {"card-1", "card-3"}
    (fault,) = json.loads(data.stdout)["unreadable"]
    assert fault["path"] == "card-2"
