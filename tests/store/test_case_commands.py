"""``ssflow case`` on a file and on PostgreSQL."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from ssflow.cli.app import program
from ssflow.store import PostgreSQLStore

HELD = json.dumps({"track": "bank", "holder": {"number": "11010519491231002X"}})
OPENING = ("open", "loss_report", "report_temporarily", "--by", "holder", "--on", "2026-01-23", "--region", "450500")


def run(*words: str) -> tuple[int, str]:
    """The exit code of a command, and all that it prints."""
    result = CliRunner().invoke(program, ["case", *words, "--lang", "en"])
    return result.exit_code, result.output


@pytest.fixture(params=["sqlite", "postgresql"])
def db(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a database, which the commands find by SSFLOW_DB."""
    address = str(tmp_path / "cases.db") if request.param == "sqlite" else str(request.getfixturevalue("dsn"))
    monkeypatch.setenv("SSFLOW_DB", address)
    return address


def test_a_case_is_opened_looked_at_and_amended_on_both_databases(db: str) -> None:
    """The commands take a file or an address, as ``ssflow worker`` does."""
    assert run(*OPENING, "--data", HELD, "--id", "loss-1")[0] == 0
    assert "loss-1" in run("list")[1]
    assert "temporarily reported" in run("show", "loss-1", "--on", "2026-01-24")[1]
    assert run("options", "loss-1", "--on", "2026-01-24")[0] == 0
    assert run("redate", "--on", "2026-01-24") == (0, "no term has another last day\n")
    assert run("upgrade", "loss_report", "--dry-run") == (0, "0 can be upgraded, 0 cannot\n")
    assert "lapsed" in run("advance", "--through", "2026-01-29")[1]
    assert run("overdue")[0] == run("plan", "loss-1")[0] == 0


def test_an_address_of_another_kind_is_refused_without_its_password() -> None:
    """What says no file and no PostgreSQL is called so; a password in it is not shown."""
    for address in ("postgresql+psycopg://clerk:hunter2@db/cases", "sqlite:///cases.db"):
        code, said = run("list", "--db", address)
        assert code == 2
        assert "--db: write the name of a file, or an address postgresql://..." in said
        assert "hunter2" not in said
    code, said = run("list", "--db", "postgresql://clerk:hunter2@localhost:1/cases")
    assert code == 1
    assert "the database cannot be reached" in said
    assert "hunter2" not in said


def test_a_server_is_not_copied_as_a_file(dsn: str, tmp_path: Path) -> None:
    """A backup copies a file; for PostgreSQL it names the tool of the server."""
    PostgreSQLStore(dsn).close()
    code, said = run("backup", str(tmp_path / "copy.db"), "--db", dsn)
    assert code == 2
    assert "--db: this command copies a file; copy a PostgreSQL database with pg_dump" in said
