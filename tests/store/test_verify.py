"""What is on record is checked whole: what was altered behind the store's back is found and named."""

import json
import os
import sqlite3
import threading
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from ssflow import Cases, SQLiteStore
from ssflow.cli.app import program
from ssflow.errors import InputError, StoreError
from ssflow.machines.card_replacement import Application, CardReplacement, Payment, Photo, Reason
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import Identity
from ssflow.records import FindingKind
from ssflow.testing.store import a_change

C, L, DAY = CardReplacement, LossReport, date(2026, 9, 21)
HOLDER = Identity("11010519491231002X")
APPLICATION = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A file with a loss report and the replacement that rests on it, accepted."""
    path = tmp_path / "cases.db"
    cases = Cases(SQLiteStore(path), now=lambda: datetime(2026, 11, 22, tzinfo=UTC))
    cases.open(L.report_formally(Report(Track.social, HOLDER)), by=L.holder, on=DAY, places="440100", case="loss-1")
    cases.open(C.apply(APPLICATION), by=C.holder, on=DAY, places="440100", links=["loss-1"], case="card-1")
    cases.do("card-1", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY)
    cases.do("card-1", C.accept(), by=C.office, on=DAY)
    return path


def sealed_anew(db: sqlite3.Connection, case: str) -> None:
    """Whoever can rewrite the file can rewrite its seals too."""
    seal = ""
    for version, body in db.execute(
        "SELECT version, body FROM event WHERE case_id = ? ORDER BY version", [case]
    ).fetchall():
        seal = sha256(f"{seal}\n{body}".encode()).hexdigest()
        db.execute("UPDATE event SET seal = ? WHERE case_id = ? AND version = ?", [seal, case, version])
    (snapshot,) = db.execute("SELECT snapshot FROM head WHERE case_id = ?", [case]).fetchone()
    mark = sha256(f"{seal}\n{snapshot}".encode()).hexdigest()
    db.execute("UPDATE head SET seal = ?, snapshot_seal = ? WHERE case_id = ?", [seal, mark, case])


def forged(path: Path, *statements: str, seals: str = "") -> list[tuple[str, FindingKind, str]]:
    """What is found once somebody has gone around the triggers, and perhaps sealed a case anew."""
    with closing(sqlite3.connect(path)) as db, db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            db.execute(statement)
        if seals:
            sealed_anew(db, seals)
    return [(one.case, one.kind, one.say("en")) for one in Cases(SQLiteStore(path)).verify()]


def test_what_was_not_touched_holds(path: Path) -> None:
    """An honest file has nothing to find, and reading it changes nothing."""
    before = path.read_bytes()
    assert Cases(SQLiteStore(path)).verify() == ()
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("UPDATE event SET body = replace(body, '20', '25') WHERE case_id = 'card-1' AND version = 2", "event 2 of case card-1 was altered"),
        ("DELETE FROM event WHERE case_id = 'card-1' AND version = 2", "event 3 of case card-1 was altered"),
        ("DELETE FROM event WHERE case_id = 'card-1' AND version = 3", "do not end as its head says"),
        (
            """INSERT INTO event (case_id, version, body, seal) SELECT case_id, 4, body, seal FROM event
            WHERE case_id = 'card-1' AND version = 3""",
            "event 4 of case card-1 was altered",
        ),
        ("UPDATE head SET snapshot = replace(snapshot, 'making', 'done') WHERE case_id = 'card-1'", "was altered after it was written"),
    ],
    ids=["a byte", "a missing event", "a cut tail", "an inserted event", "the snapshot"],
)  # fmt: skip
def test_what_breaks_the_seals_is_named(path: Path, statement: str, says: str) -> None:
    """An altered, missing or inserted event is told with its case; the other case holds."""
    (found,) = forged(path, statement)
    assert found[:2] == ("card-1", FindingKind.unreadable)
    assert says in found[2]


def test_a_forged_snapshot_is_found_though_it_is_sealed(path: Path) -> None:
    """Where a case stands is what its events say, whatever the seal."""
    found = forged(
        path, "UPDATE head SET snapshot = replace(snapshot, '\"paid\":\"20\"', '\"paid\":\"99\"') WHERE case_id = 'card-1'", seals="card-1"
    )  # fmt: skip
    assert [one[:2] for one in found] == [("card-1", FindingKind.snapshot)]
    found = forged(path, "UPDATE head SET state = 'custody' WHERE case_id = 'loss-1'")
    assert ("loss-1", FindingKind.snapshot) in [one[:2] for one in found]


def test_an_act_that_could_not_have_been_done_is_found_though_it_is_sealed(path: Path) -> None:
    """A history made up with whole seals is played through its procedure: the wrong role, the fee that was not paid."""
    found = forged(
        path, "UPDATE event SET body = replace(body, '\"paid\":\"20\"', '\"paid\":\"0\"') WHERE case_id = 'card-1' AND version = 2",
        seals="card-1",
    )  # fmt: skip
    kinds = {kind for _, kind, _ in found}
    assert FindingKind.act in kinds
    assert any("fee" in said and '"accept"' in said for _, kind, said in found if kind is FindingKind.act)
    assert not any("another rulebook" in said for *_, said in found)
    found = forged(path, 'UPDATE event SET body = replace(body, \'"by":"office"\', \'"by":"issuer"\')', seals="card-1")
    assert any("only the card office" in said for *_, said in found)
    found = forged(path, 'UPDATE event SET body = replace(body, \'"rulebook":"\', \'"rulebook":"0\')', seals="card-1")
    acts = [said for _, kind, said in found if kind is FindingKind.act]
    assert acts and all("(it was decided by another rulebook)" in said for said in acts)


def test_the_command_says_what_does_not_hold(path: Path) -> None:
    """Nothing found ends with 0; something with 1, listed in the language that was asked, or as data with all versions."""
    asked = ("audit", "verify", "--db", str(path))
    assert CliRunner().invoke(program, [*asked, "--lang", "zh"]).stdout == "2个办件、5个事件，均相符\n"
    forged(path, "UPDATE event SET body = replace(body, '20', '25') WHERE case_id = 'card-1' AND version = 2")
    text = CliRunner().invoke(program, [*asked, "--lang", "zh"])
    data = CliRunner().invoke(program, [*asked, "--json"])

    assert (text.exit_code, data.exit_code) == (1, 1)
    assert "card-1：无法读取" in text.stdout
    document = json.loads(data.stdout)
    assert document["cases"] == {"loss-1": 2, "card-1": 3}
    assert [one["kind"] for one in document["findings"]] == ["unreadable"]


def test_a_backup_is_the_file_of_one_moment(tmp_path: Path) -> None:
    """Taken while others write, a copy holds whole writes only, and can be used; nothing is overwritten."""
    store = SQLiteStore(tmp_path / "cases.db")
    store.append([a_change("a"), a_change("b")])
    stop = threading.Event()

    def write() -> None:
        version = 1
        while not stop.is_set():
            version += 1
            store.append([a_change("a", version), a_change("b", version)])

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(5):
            store.backup(tmp_path / f"copy-{number}.db")
    finally:
        stop.set()
        writer.join()
    for number in range(5):
        copy = SQLiteStore(tmp_path / f"copy-{number}.db")
        assert len(copy.trace("a")) == len(copy.trace("b")) >= 1
    with pytest.raises(StoreError, match="a file of this name exists already"):
        store.backup(tmp_path / "copy-0.db")
    with pytest.raises(StoreError, match="cannot be written"):
        store.backup(tmp_path / "nowhere" / "copy.db")
    assert oct((tmp_path / "copy-0.db").stat().st_mode)[-3:] == "600"


def test_a_backup_is_on_the_disk(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When it is done, the system has been told to write the whole copy and its name in the folder."""
    seen: list[tuple[int, int]] = []

    def synchronised(number: int) -> None:
        found = os.fstat(number)
        seen.append((found.st_ino, found.st_size))

    monkeypatch.setattr(os, "fsync", synchronised)
    SQLiteStore(path).backup(copy := tmp_path / "copy.db")
    assert seen == [(copy.stat().st_ino, copy.stat().st_size), (tmp_path.stat().st_ino, tmp_path.stat().st_size)]


@pytest.mark.parametrize("to", [None, 3, "", ":memory:", "a\0b"])
def test_a_backup_is_a_file(path: Path, to: Any) -> None:
    """What is no path of a file is refused by name."""
    with pytest.raises(InputError) as refused:
        SQLiteStore(path).backup(to)
    assert refused.value.faults[0].path == "path"


def test_half_a_copy_is_not_left_behind(path: Path, tmp_path: Path) -> None:
    """Where the file itself is damaged, it is said so, and what was copied of it goes: nobody takes it for a backup."""
    content = bytearray(path.read_bytes())
    content[3 * 4096 : 3 * 4096 + 2000] = b"\xa5" * 2000
    path.write_bytes(bytes(content))
    with pytest.raises(StoreError, match=r"cases\.db: .*damaged"):
        SQLiteStore(path).backup(tmp_path / "copy.db")
    assert not (tmp_path / "copy.db").exists()
