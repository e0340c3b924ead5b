"""Procedures are found where they lie: in our folder, and in installed packages by their entry points."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssflow import machines
from ssflow.errors import UnknownError

MACHINE = '''
"""Asking for a seal. 用章申请"""

from attrs import frozen

from ssflow.process import Place, Process, Role, State, Term, opens
from ssflow.text import Text


@frozen
class Wish:
    purpose: str


@frozen
class Facts:
    purpose: str = ""


class SealRequest(Process):
    title = Text("用章申请", "Request for a seal")
    facts = Facts

    here = Place("本地", "here")
    asker = Role("申请人", "asker")
    office = Role("办公室", "office")
    reply = Term("答复时限", "reply", owed_by=office)

    waiting = State("待办", "waiting", reply)
    done = State("办结", "done", final=True)

    ask = opens(waiting).by(asker, "申请", "ask", data=Wish, cites="agency-rule 3")
    seal = waiting.to(done).by(office, "用章", "seal", cites="agency-rule 4")
'''
LAWS = '[agency-rule]\ntitle = ["用章规定", "Rule on seals"]\nkind = "document"\n'
FIGURES = """
[[reply]]
value = "3 workdays"
since = 2026-01-01
cites = "agency-rule 4"
text = "三个工作日内答复"
confidence = "single"
note = ["为本测试自拟", "made up for this test"]
"""
ENTRY_POINTS = "[ssflow.machines]\n{name} = agency.{module}\n\n[ssflow.rules]\nagency = agency.figures\n"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder with an installed package ``agency`` that brings a procedure and its figures."""
    return install(tmp_path, "seal_request")


def install(folder: Path, name: str, module: str = "seal_request") -> Path:
    """Lay a package and its metadata into a folder, as an installer does."""
    figures = folder / "agency" / "figures"
    figures.mkdir(parents=True)
    (folder / "agency" / "__init__.py").touch()
    (figures / "__init__.py").touch()
    (folder / "agency" / "seal_request.py").write_text(MACHINE, encoding="utf-8")
    (figures / "laws.toml").write_text(LAWS, encoding="utf-8")
    (figures / "seal_request.toml").write_text(FIGURES, encoding="utf-8")
    metadata = folder / "agency-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: agency\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text(ENTRY_POINTS.format(name=name, module=module), encoding="utf-8")
    return folder


def ssflow(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run the command with the package installed."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1", "SSFLOW_LANG": "en"}
    code = "from ssflow.cli import main; main()"
    command = [sys.executable, "-c", code, *words]
    return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_an_installed_package_brings_a_procedure(site: Path) -> None:
    """It is listed, shown with its figures, and its cases run, without a line changed in ssflow."""
    listed = json.loads(ssflow(site, "list", "--json").stdout)
    shown = ssflow(site, "show", "seal_request", "--on", "2026-09-21", "--json").stdout
    act = ["--by", "asker", "--on", "2026-09-21", "--region", "440100", "--set", "purpose=contract", "--id", "s-1"]
    opened = ssflow(site, "case", "open", "seal_request", "ask", *act, "--db", str(site / "x.db"), "--json")

    assert "seal_request" in json.dumps(listed)
    assert "3 working days" in shown
    assert "2026-09-24" in opened.stdout, opened.stderr


def test_a_name_of_ours_is_not_taken_over(tmp_path: Path) -> None:
    """A package cannot put its own procedure in the place of one of ours."""
    result = ssflow(install(tmp_path, "loss_report"), "list")

    assert result.returncode == 1
    assert "loss_report is a procedure of ssflow; give yours another name" in result.stderr


def test_a_module_without_its_procedure_is_refused(tmp_path: Path) -> None:
    """An entry point whose module defines something else says what it found."""
    result = ssflow(install(tmp_path, "stamp_request"), "show", "stamp_request")

    assert result.returncode == 1
    assert "defines SealRequest instead of one procedure named stamp_request" in result.stderr


def test_unknown_procedures_are_named() -> None:
    """A misspelt name is answered with the near ones."""
    with pytest.raises(UnknownError, match="did you mean loss_report"):
        machines.get("loss_reprot")
