"""A case that cannot be read stands in nobody's way: not when terms are looked up, not when many cases are gone through."""

import json
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
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
from ssflow.records import CasesLeftOut
from ssflow.text import Text

C, DAY = CardReplacement, date(2026, 9, 21)
NOW = datetime(2026, 11, 22, 1, 0, tzinfo=UTC)
APPLICATION = Application(holder=Identity("11010519491231002X"), reason=Reason.damaged, photo=Photo.identity_card)


@pytest.fixture
def damaged(tmp_path: Path) -> Cases:
    """Three cases in a file, each with a term that runs out; of the second, an event was altered behind the store's back."""
    path = tmp_path / "cases.db"
    held = Cases(SQLiteStore(path), now=lambda: NOW)
    for case in ("card-1", "card-2", "card-3"):
        held.open(C.apply(APPLICATION), by=C.holder, on=DAY, places="440100", case=case)
        held.do(case, C.pay(Payment(Decimal(20))), by=C.holder, on=DAY)
        held.do(case, C.accept(), by=C.office, on=DAY)
    with closing(sqlite3.connect(path)) as db, db:
        db.execute("DROP TRIGGER event_is_not_edited")
        db.execute("UPDATE event SET body = replace(body, 'damaged', 'lost') WHERE case_id = 'card-2'")
        db.execute("UPDATE head SET standing = replace(standing, 'damaged', 'lost') WHERE case_id = 'card-2'")
    return held


def test_a_case_that_cannot_be_read_hides_no_overdue_term(damaged: Cases) -> None:
    """The others are listed; the one that cannot be read is named in the answer and warned of."""
    with pytest.warns(CasesLeftOut, match="card-2: .*was altered") as warned:
        found = damaged.overdue(NOW)

    assert {case.id for case, _ in found} == {"card-1", "card-3"}
    assert list(found.unreadable) == ["card-2"]
    assert isinstance(found.unreadable["card-2"], StoreError)
    assert warned[0].filename == __file__


def test_a_case_that_cannot_be_read_stops_no_redating(damaged: Cases) -> None:
    """The due days of the others move to the new calendar; what failed in either sweep is told once."""
    notice = Notice(
        id="closed", title="x", year=2026, evidence=Text("甲", "a"), known_from=date(2026, 9, 22), places=("440100",),
        rest=(Rest(name=Text("甲", "a"), first=date(2026, 9, 22), last=date(2026, 9, 22)),),
    )  # fmt: skip
    before = damaged.get("card-1").obligation("production").due
    law = Legislation(WorkCalendar.china().with_notices(notice))

    with pytest.raises(SweepError) as told:
        changed(damaged, law=law, now=lambda: datetime(2026, 9, 22, 1, tzinfo=UTC)).redate(date(2026, 9, 22))

    assert (list(told.value.failures), told.value.recorded) == (["card-2"], 2)
    for case in ("card-1", "card-3"):
        assert damaged.get(case).obligation("production").due > before


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_lists_what_it_can_and_says_what_not(damaged: Cases, lang: str) -> None:
    """The terms, then the cases that could not be looked at; whoever runs it every night sees it in the exit code."""
    words = ("case", "overdue", "--on", "2026-11-22", "--db", str(damaged.store.path), "--lang", lang)
    text, data = (CliRunner().invoke(program, [*words, *more]) for more in ((), ("--json",)))

    assert (text.exit_code, data.exit_code) == (1, 1)
    assert all(case in text.stdout for case in ("card-1", "card-2", "card-3")), text.output
    assert {term["case"] for term in json.loads(data.stdout)["overdue"]} == {"card-1", "card-3"}
    (fault,) = json.loads(data.stdout)["unreadable"]
    assert fault["path"] == "card-2"
