"""Procedures are found where they lie: in our folder, and in installed packages by their entry points."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

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


# Commands in a row as people give them, in one new process, because most of the time of a command is the reading of all procedures.
IN_A_ROW = """
import json, sys
from click.testing import CliRunner
from ssflow.cli.app import program

for words in json.load(sys.stdin):
    ended = CliRunner().invoke(program, words)
    if ended.exception and not isinstance(ended.exception, SystemExit):
        raise ended.exception
    print(json.dumps([ended.exit_code, ended.stdout, ended.stderr]))
"""


class Said(NamedTuple):
    """What a command said and how it ended."""

    returncode: int
    stdout: str
    stderr: str

    @property
    def json(self) -> Any:
        """The document on stdout."""
        return json.loads(self.stdout)


def ssflow(site: Path, *commands: str) -> list[Said]:
    """Give some commands in a row, in a new process that has the package installed."""
    environment = {**os.environ, "PYTHONPATH": str(site), "PYTHONUTF8": "1", "SSFLOW_LANG": "en"}
    ended = subprocess.run(
        [sys.executable, "-c", IN_A_ROW],
        input=json.dumps([command.split() for command in commands]),
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return [Said(*json.loads(line)) for line in ended.stdout.splitlines()]


SEAL = "case open seal_request ask --by asker --on 2026-09-21 --region 440100 --set purpose=contract --id s-1"
LOSS = (
    "case open loss_report report_formally --by holder --on 2026-09-18 --region 440100 --id l-1"
    " --set track=social --set holder.number=11010519491231002X"
)


def test_an_installed_package_brings_a_procedure(site: Path) -> None:
    """It is listed, shown with its figures, and its cases run, without a line changed in ssflow."""
    listed, shown, opened = ssflow(
        site, "list --json", "show seal_request --on 2026-09-21 --json", f"{SEAL} --db {site / 'x.db'} --json"
    )

    assert "seal_request" in json.dumps(listed.json)
    assert "3 working days" in shown.stdout
    assert "2026-09-24" in opened.stdout, opened.stderr


def test_a_name_of_ours_is_not_taken_over(tmp_path: Path) -> None:
    """A package cannot put its own procedure in the place of one of ours, which goes on as it was."""
    listed, shown = ssflow(install(tmp_path, "loss_report"), "list", "show loss_report")

    assert "loss_report is a procedure of ssflow; give yours another name" in listed.stdout
    assert "temporarily reported" in shown.stdout


def test_a_procedure_is_found_by_the_names_that_it_had(site: Path) -> None:
    """Cases that were opened under an older name are read; a name that another procedure has is no older name of one."""
    file, store = site / "agency" / "seal_request.py", site / "x.db"
    ssflow(site, f"{SEAL} --db {store}")
    shutil.move(file, file.with_name("stamp.py"))
    shutil.move(site / "agency" / "figures" / "seal_request.toml", site / "agency" / "figures" / "stamp.toml")
    points = site / "agency-1.0.dist-info" / "entry_points.txt"
    points.write_text(ENTRY_POINTS.format(name="stamp", module="stamp"), encoding="utf-8")
    renamed = MACHINE.replace("class SealRequest", "class Stamp")
    read = {}
    for was in ("", '    was = "seal_request"', '    was = "loss_report"'):
        file.with_name("stamp.py").write_text(renamed.replace("    facts =", f"{was}\n    facts ="), encoding="utf-8")
        read[was] = ssflow(site, f"case show s-1 --db {store}", f"case list --db {store}", "check")

    unsaid, said, wrong = read.values()
    assert said[0].returncode == said[1].returncode == 0
    assert "Request for a seal" in said[1].stdout
    assert (unsaid[0].returncode, unsaid[1].returncode, wrong[0].returncode) == (2, 1, 2)
    assert 'if it was renamed, write was = "seal_request" in its definition' in unsaid[0].stdout + unsaid[0].stderr
    assert "was= names loss_report, which is also a present name" in wrong[2].stdout


UNSOUND = MACHINE.replace("done = State", "odd = Role('旁人', 'odd')\n    done = State")
BROKEN_FIGURES = FIGURES.replace("since = 2026-01-01", "")
BREAKS = {  # the file of the package, what is then in it, and what is said of it in Chinese and English
    "raises": ("seal_request.py", "raise RuntimeError('no network')", "无法导入", "cannot be imported (RuntimeError: no net"),
    "does not parse": ("seal_request.py", "class (", "无法导入", "cannot be imported (SyntaxError"),
    "is unsound": ("seal_request.py", UNSOUND, "SealRequest.odd：无事可做", "SealRequest.odd: the role does nothing"),
    "misspells a part": ("seal_request.py", MACHINE.replace("by(asker", "by(asked"), "无法导入", "imported (NameError"),
    "lacks the module": ("seal_request.py", None, "无法导入", "cannot be imported (ModuleNotFoundError"),
    "has broken figures": ("figures/seal_request.toml", BROKEN_FIGURES, "toml:reply[0].since：必填", "reply[0].since: is missing"),
    "has broken laws": ("figures/laws.toml", "[agency-rule", "laws.toml", "laws.toml"),
}  # fmt: skip


# Each of these is the first command of a process in one of the cases below: what it says may not depend on another one before it.
COMMANDS = (
    "list --json",
    "check --json",
    "law --json",
    "law decree-765 --json",
    "doubts --json",
    "check seal_request --lang zh",
    LOSS,
)
INDEXES = ("law --lang zh", "law decree-765 --lang zh", "doubts --lang zh")


@pytest.mark.parametrize("broken", BREAKS)
def test_a_broken_package_stops_no_other_procedure(site: Path, broken: str) -> None:
    """`list` and `check` show it failing, in both languages, and everything else is done as ever."""
    name, content, zh, en = BREAKS[broken]
    file = site / "agency" / name
    file.unlink() if content is None else file.write_text(content, encoding="utf-8")
    first = list(BREAKS).index(broken)
    commands = (*COMMANDS[first:], *COMMANDS[:first], *INDEXES, "list --lang zh")
    given = [f"{command} --db {site / 'x.db'}" if command is LOSS else command for command in commands]
    said = dict(zip(commands, ssflow(site, *given), strict=True))

    assert {command for command, one in said.items() if one.returncode == 0} == {LOSS}, said[LOSS].stderr
    listed, faults = said["list --json"].json, said["check --json"].json["faults"]
    assert len(listed["procedures"]) == len(machines.names())
    (told,) = listed["failing"]["seal_request"]
    assert told.keys() == {"path", "zh", "en"}
    assert en in f"{told['path']}: {told['en']}"
    assert faults["seal_request"]
    assert all(faults[ours] == [] for ours in machines.names())
    for command, part in (("law --json", "laws"), ("law decree-765 --json", "laws"), ("doubts --json", "doubts")):
        assert said[command].json[part]
        assert said[command].json["failing"]["seal_request"]
    for command in (*INDEXES, "list --lang zh", "check seal_request --lang zh"):
        assert zh in "".join(said[command].stdout.split())


def test_two_packages_of_one_name_are_both_refused(site: Path) -> None:
    """Which of them is meant nobody can know."""
    (site / "other.py").write_text(MACHINE, encoding="utf-8")
    metadata = site / "other-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: other\nVersion: 1.0\n", encoding="utf-8")
    (metadata / "entry_points.txt").write_text("[ssflow.machines]\nseal_request = other\n", encoding="utf-8")
    (result,) = ssflow(site, "show seal_request")

    assert result.returncode == 1
    assert "several packages bring it: agency.seal_request, other; keep one" in result.stderr


def test_a_package_of_figures_that_is_not_there_is_told_of_each_procedure(site: Path) -> None:
    """What it would have laid over ours nobody knows: no figure is given, but `list` and `check` say why."""
    shutil.rmtree(site / "agency" / "figures")
    listed, checked = ssflow(site, "list --json", "check")

    assert listed.json["failing"].keys() == {*machines.names(), "seal_request"}
    assert "has to name a package that holds rules files" in " ".join(checked.stdout.split())
    assert (listed.returncode, checked.returncode) == (1, 1)


def test_laws_of_no_procedure_that_are_broken_are_named(site: Path) -> None:
    """A file of laws beside which there are no figures stops nothing; it is named, and all other laws are listed."""
    figures = site / "agency" / "figures"
    (figures / "seal_request.toml").unlink()
    (figures / "laws.toml").write_text("[agency-rule", encoding="utf-8")
    *said, checked = ssflow(site, "law --json", "doubts --json", "check --json")
    for one in said:
        assert one.returncode == 1, one.stderr
        assert [Path(name).name for name in one.json["failing"]] == ["laws.toml"]
    faults = checked.json["faults"]
    assert {Path(name).name for name, found in faults.items() if found} == {"laws.toml", "seal_request"}


@pytest.mark.parametrize("broken", ["gone", "raises", "is unsound"])
def test_a_case_whose_procedure_is_gone_is_listed(site: Path, broken: str) -> None:
    """Its row says that it cannot be read and why; the cases of other procedures are listed as ever, and the exit code tells."""
    store = f"--db {site / 'x.db'}"
    opened = ssflow(site, f"{SEAL} {store}", f"{LOSS} {store}")
    assert [one.returncode for one in opened] == [0, 0]
    if broken == "gone":
        shutil.rmtree(site / "agency-1.0.dist-info")
    else:
        (site / "agency" / "seal_request.py").write_text(str(BREAKS[broken][1]), encoding="utf-8")

    listed, shown = ssflow(site, f"case list {store} --json", f"case list {store} --lang zh")

    assert (listed.returncode, shown.returncode) == (1, 1), listed.stderr
    rows = {row["case"]: row for row in listed.json["cases"]}
    assert rows["s-1"]["state"] == "waiting"
    assert rows["s-1"]["unreadable"]["en"]
    assert (rows["l-1"]["state_title"]["zh"], rows["l-1"]["unreadable"]) == ("正式挂失", None)
    assert "无法读取" in shown.stdout
    assert "正式挂失" in shown.stdout


def test_a_module_without_its_procedure_is_refused(tmp_path: Path) -> None:
    """An entry point whose module defines something else says what it found."""
    (result,) = ssflow(install(tmp_path, "stamp_request"), "show stamp_request")

    assert result.returncode == 1
    assert "defines SealRequest instead of one procedure named stamp_request" in result.stderr


def test_unknown_procedures_are_named() -> None:
    """A misspelt name is answered with the near ones."""
    with pytest.raises(UnknownError, match="did you mean loss_report"):
        machines.get("loss_reprot")
