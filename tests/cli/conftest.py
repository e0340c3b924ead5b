"""How the tests talk to the command line: as people do, with words, and they read what it prints."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from attrs import frozen
from click.testing import CliRunner

from ssflow.cli.app import program


@frozen
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)

    @property
    def fault(self) -> Any:
        """The JSON object on stderr."""
        return json.loads(self.err)


Run = Callable[..., Answer]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command in an empty folder, in English unless it says otherwise, and never meet a traceback."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SSFLOW_LANG", "en")

    def run_(*words: str) -> Answer:
        result = CliRunner().invoke(program, list(words))
        assert result.exception is None or isinstance(result.exception, SystemExit), result.exc_info
        assert "Traceback" not in result.output
        return Answer(result.exit_code, result.stdout, result.stderr)

    return run_


HOLDER = ("--set", "holder.number=11010519491231002X")
REPORT = ("case", "open", "loss_report", "report_formally", "--by", "holder", "--on", "2025-09-22")


@pytest.fixture
def reported(run: Run) -> Run:
    """A card is lost in Guangzhou: the formal report of the social function is a case ``loss``."""
    answer = run(*REPORT, "--region", "440100", "--id", "loss", "--set", "track=social", *HOLDER)
    assert answer.code == 0, answer.err
    return run


@pytest.fixture
def applied(reported: Run) -> Run:
    """And its replacement is applied for: a case ``card``."""
    act = ("case", "open", "card_replacement", "apply", "--by", "holder", "--on", "2025-09-22", "--region", "440100")
    data = ("--set", "reason=lost", "--set", "photo=identity_card", *HOLDER)
    answer = reported(*act, *data, "--id", "card", "--link", "loss")
    assert answer.code == 0, answer.err
    return reported


@pytest.fixture
def accepted(applied: Run) -> Run:
    """And the fee is paid and the application accepted, so that the card is due within 7 working days."""
    for act in (("pay", "--by", "holder", "--set", "paid=20"), ("accept", "--by", "office")):
        answer = applied("case", "do", "card", *act, "--on", "2025-09-22")
        assert answer.code == 0, answer.err
    return applied
