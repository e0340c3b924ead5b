"""``ssflow audit``: what is on record is sealed, compared with its seals, and handed out for others to check."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

import pytest

from ssflow import SQLiteStore
from ssflow.records import CustodyEntry, CustodyKind, seals_of
from tests.cli.conftest import Run
from tests.cli.test_privacy import SECRETS, handled

__all__ = ["handled"]

OPEN = ("case", "open", "loss_report", "report_formally", "--by", "holder", "--on", "2025-09-08", "--region", "440100")
DATA = json.dumps({"track": "social", "holder": {"number": "11010519491231002X"}})
SEALS = ("--seals", "seals.jsonl", "--secret", "secret.txt")


@pytest.fixture
def sealed(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Two cases, of which the second is opened after the first seal."""
    monkeypatch.chdir(tmp_path)
    Path("secret.txt").write_text("5f" * 32 + "\n", encoding="ascii")
    for id_ in ("a", "b"):
        assert run(*OPEN, "--id", id_, "--data", DATA).code == 0
        assert run("audit", "seal", *SEALS, "--lang", "en").code == 0
    return run


def meddle(*statements: str) -> None:
    """Do something to the file, around its triggers."""
    (file,) = Path().glob("*.db")
    with closing(sqlite3.connect(file)) as db, db:
        for (trigger,) in db.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            db.execute(f"DROP TRIGGER {trigger}")
        for statement in statements:
            db.execute(statement)


def test_a_seal_is_a_line_that_is_kept_elsewhere(sealed: Run) -> None:
    """Each seal adds a line with what is new; the file is its owner's alone; what was sealed holds."""
    file = Path("seals.jsonl")
    assert [list(json.loads(line)["cases"]) for line in file.read_text("ascii").splitlines()] == [["a"], ["b"]]
    assert oct(file.stat().st_mode)[-3:] == "600"
    answer = sealed("audit", "verify", *SEALS, "--lang", "en")
    assert (answer.code, answer.out.partition(", the last of ")[0]) == (0, "all hold: cases 2, events 2, seals 2")
    assert sealed("audit", "verify", *SEALS, "--json").json["seals"] == 2
    third = sealed("audit", "seal", *SEALS, "--json").json
    assert (third["number"], third["cases"], third["unreadable"]) == (3, 0, [])


def test_a_case_that_was_removed_by_order_is_listed(sealed: Run) -> None:
    """With when and by whom; it is no finding, where one that was just deleted is."""
    (file,) = Path().glob("*.db")
    store = SQLiteStore(file)
    (row,) = (row for row in store.rows() if row.id == "b")
    entry = CustodyEntry(
        case="b",
        number=1,
        kind=CustodyKind.removed,
        at=datetime(2026, 11, 22, tzinfo=UTC).astimezone(),
        actor="u9",
        reason="x",
        version=row.version,
        seal=seals_of(store.trace("b"))[-1],
    )
    store.order(entry.sealed(b"5f" * 32))
    answer = sealed("audit", "verify", *SEALS, "--lang", "en")
    assert answer.code == 0
    assert "all hold: cases 1, events 1" in answer.out
    assert "b · 2026-11-22 · u9" in answer.out
    assert sealed("audit", "verify", *SEALS, "--json").json["removed"]["b"]["actor"] == "u9"


def test_what_was_not_compared_is_not_said_to_hold(sealed: Run) -> None:
    """A secret without seals is refused, because somebody wanted them compared; of an empty file it is said that it has none."""
    alone = sealed("audit", "verify", "--secret", "secret.txt", "--json")
    assert (alone.code, alone.fault["faults"][0]["path"]) == (2, "--seals")
    Path("seals.jsonl").write_bytes(b"")
    empty = sealed("audit", "verify", *SEALS, "--lang", "en")
    assert (empty.code, empty.out) == (0, "all hold: cases 2, events 2, seals 0\n")


def test_the_secret_may_be_in_the_environment(sealed: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same text in SSFLOW_SECRET is the same secret; without any it is asked for by name."""
    missing = sealed("audit", "verify", "--seals", "seals.jsonl", "--json")
    assert (missing.code, missing.fault["faults"][0]["path"]) == (2, "--secret")
    monkeypatch.setenv("SSFLOW_SECRET", "5f" * 32)
    assert sealed("audit", "verify", "--seals", "seals.jsonl").code == 0
    assert sealed("audit", "seal", "--seals", "seals.jsonl").code == 0


def test_a_removed_case_is_found(sealed: Run) -> None:
    """It is named, and the command exits with 1; without the seals nothing shows."""
    meddle(*(f"DELETE FROM {table} WHERE case_id = 'a'" for table in ("obligation", "head", "event")))
    assert sealed("audit", "verify").code == 0
    answer = sealed("audit", "verify", *SEALS, "--lang", "zh")
    assert (answer.code, answer.out.split()) == (1, ["-", "a：已封签的办件缺失：第1号封签记有至第1号的事件"])
    (found,) = sealed("audit", "verify", *SEALS, "--json").json["findings"]
    assert (found["case"], found["kind"]) == ("a", "removed")


def test_nothing_is_sealed_on_seals_that_do_not_hold(sealed: Run) -> None:
    """Another secret, a line too few, half a line: it is said, and nothing is written."""
    file = Path("seals.jsonl")
    whole = file.read_text("ascii")
    Path("other.txt").write_text("0e" * 32, encoding="ascii")
    other = sealed("audit", "seal", "--seals", "seals.jsonl", "--secret", "other.txt", "--lang", "en")
    assert (other.code, "made with another secret" in other.err) == (2, True)
    file.write_text(whole.splitlines(keepends=True)[1], encoding="ascii")
    short = sealed("audit", "seal", *SEALS, "--lang", "en")
    assert (short.code, "a seal is missing" in short.err) == (2, True)
    file.write_text(whole[:-9], encoding="ascii")
    half = sealed("audit", "verify", *SEALS, "--lang", "en")
    assert (half.code, "seals.jsonl: 2: this is not the line of a seal" in half.err) == (1, True)
    assert file.read_text("ascii") == whole[:-9]


def test_a_case_that_cannot_be_read_is_told(sealed: Run) -> None:
    """It holds up neither the seal nor the export of the others; both exit with 1 and name it."""
    assert sealed(*OPEN, "--id", "c", "--data", DATA).code == 0
    meddle("UPDATE event SET body = replace(body, 'social', 'bank') WHERE case_id = 'c'")
    seal, export = sealed("audit", "seal", *SEALS, "--json"), sealed("audit", "export", "out", "--json")
    assert [(answer.code, answer.json["cases"], answer.json["unreadable"][0]["path"]) for answer in (seal, export)] == [
        (1, 0, "c"), (1, 2, "c"),
    ]  # fmt: skip
    shown = sealed("audit", "export", "again", "--lang", "en")
    assert "c: " in shown.out and "event 1 of case c was altered" in shown.out


@pytest.mark.parametrize("personal", [False, True])
def test_an_export_is_checked_without_us(handled: tuple[Run, str], personal: bool) -> None:
    """The digests of the files fit; personal data is in them only if it was asked for, and then the seals can be made from the texts."""
    run, _ = handled
    assert run("audit", "export", "out", *(["--personal"] if personal else [])).code == 0

    for line in Path("out/SHA256SUMS").read_text("ascii").splitlines():
        digest, name = line.split("  ")
        assert sha256(Path("out", name).read_bytes()).hexdigest() == digest
    text = Path("out/events.jsonl").read_text("utf-8")
    assert all((secret in text) is personal for secret in SECRETS[:5])
    events, heads = [json.loads(line) for line in text.splitlines()], Path("out/cases.jsonl").read_text("utf-8")
    seals: dict[str, str] = {}
    for event in events:
        before = seals.get(event["case"], "")
        seals[event["case"]] = event["seal"]
        assert event["event"]["basis"]
        if personal:
            assert sha256(f"{before}\n{event['text']}".encode()).hexdigest() == event["seal"]
        else:
            assert "text" not in event
    assert {head["case"]: head["seal"] for head in map(json.loads, heads.splitlines())} == seals


@pytest.mark.parametrize("to", ["there", "no/where"])
def test_nothing_is_overwritten(sealed: Run, to: str) -> None:
    """An export is a new folder; what is there stays as it is."""
    Path("there").mkdir()
    answer = sealed("audit", "export", to, "--json")
    assert (answer.code, answer.fault["error"]) == (1, "data")
    assert list(Path("there").iterdir()) == []
