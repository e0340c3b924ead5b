"""The program as it is installed: it starts, it can be piped, and it says what it lacks."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from ssflow.cli.output.prose import Prose
from tests.cli.conftest import REPORT

RUN = "from ssflow.cli import main; main()"


def ssflow(*words: str, before: str = "", **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run the program in a process of its own."""
    command = [sys.executable, "-c", before + RUN, *words]
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("LC_", "LANG"))}
    return subprocess.run(command, capture_output=True, check=False, env={**clean, **env})


@pytest.mark.parametrize("package", ["click", "rich"])
def test_without_its_packages_it_says_how_to_get_them(package: str) -> None:
    """Without click or rich the program ends with one clear sentence."""
    ended = ssflow("list", before=f"import sys; sys.modules['{package}'] = None; ")

    assert ended.returncode == 1
    assert b"install ssflow[cli]" in ended.stderr
    assert b"Traceback" not in ended.stderr


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("words", [("calendar", "2026"), ("due", "20 workdays", "--from", "2026-02-09")])
def test_without_icalendar_it_says_how_to_get_it(words: tuple[str, ...], lang: str) -> None:
    """Without the package icalendar ``--ics`` ends with one clear sentence, and everything else works."""
    before = "import sys; sys.modules['icalendar'] = None; "
    ended = ssflow(*words, "--ics", "--lang", lang, before=before, PYTHONIOENCODING="utf-8")

    assert (ended.returncode, ended.stdout) == (1, b"")
    assert b"pip install 'ssflow[icalendar]'" in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert ssflow(*words, "--lang", lang, before=before, PYTHONIOENCODING="utf-8").returncode == 0


def test_a_calendar_file_is_utf_8_everywhere() -> None:
    """A calendar file comes out as the standard has it, whatever the terminal takes."""
    ended = ssflow("calendar", "2026", "--ics", "--lang", "zh", PYTHONIOENCODING="gbk")

    assert "国庆节" in ended.stdout.decode("utf-8")
    assert ended.stdout.count(b"\r\n") == ended.stdout.count(b"\n") > 0


def test_json_is_all_that_stdout_holds() -> None:
    """One JSON document, and nothing else, comes out of a pipe."""
    ended = ssflow("due", "20 workdays", "--from", "2023-09-22", "--json", "--explain")

    assert ended.returncode == 0
    assert ended.stderr == b""
    assert json.loads(ended.stdout)["due"] == "2023-10-26"


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "gbk", "utf-8"])
def test_any_terminal_will_do(encoding: str) -> None:
    """A terminal that lacks characters shows substitutes."""
    year = ssflow("calendar", "2026", "--lang", "zh", PYTHONIOENCODING=encoding)
    assert (year.returncode, year.stderr) == (0, b"")
    text = ssflow("show", "loss_report", "--lang", "zh", PYTHONIOENCODING=encoding)
    assert (text.returncode, text.stderr) == (0, b"")


def test_json_is_escaped() -> None:
    """It stays whole where a terminal takes nothing but ASCII, which is the same in every encoding above."""
    data = ssflow("show", "loss_report", "--json", PYTHONIOENCODING="ascii")

    assert json.loads(data.stdout.decode("ascii"))["title"]["zh"] == "社会保障卡挂失"


def test_piped_text_is_plain() -> None:
    """What is piped carries no colours, no blanks at line ends, and no line over 100 columns."""
    text = ssflow("show", "card_replacement", "--lang", "zh", PYTHONIOENCODING="utf-8").stdout.decode()

    assert "\x1b" not in text
    assert all(line == line.rstrip() and cell_len(line) <= 100 for line in text.splitlines())


def test_a_terminal_gets_colours() -> None:
    """On a terminal headings are set off; the words are the same."""
    piped = ssflow("list", PYTHONIOENCODING="utf-8").stdout.decode()
    shown = ssflow("list", PYTHONIOENCODING="utf-8", FORCE_COLOR="1", COLUMNS="100", TERM="xterm").stdout.decode()

    assert "\x1b[1m" in shown
    assert re.sub(r"\x1b\[[0-9;]*m", "", shown).split() == piped.split()


def test_without_a_command_it_helps() -> None:
    """The bare program prints its help in the language of the environment."""
    chinese = ssflow(PYTHONIOENCODING="utf-8", LANG="zh_CN.UTF-8")
    english = ssflow(PYTHONIOENCODING="utf-8", LANG="C")

    assert (chinese.returncode, english.returncode) == (2, 2)
    assert "列出全部程序" in chinese.stderr.decode()
    assert "List all procedures" in english.stderr.decode()


def test_a_closed_pipe_is_no_fault(tmp_path: Path) -> None:
    """A reader that has seen enough does not make the program complain."""
    command = [sys.executable, "-c", RUN, "show", "card_replacement"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


@pytest.mark.parametrize("width", [1, 7, 20, 33])
@pytest.mark.parametrize(
    "text",
    [
        "全国没有补换卡期限：各地依社会保障卡管理办法第十六条自行公布办理程序，2023年12月1日前没有任何期限。",
        "Two words (in brackets), a number 20个工作日 and averyveryverylongwordthatfitsnowhere; done.",
        "（《国办发明电〔2025〕7号》）",
        "",
    ],
)
def test_prose_loses_nothing_and_keeps_its_marks(text: str, width: int) -> None:
    """Lines are no wider than asked, hold all characters in order, and begin with no closing mark."""
    lines = [line.plain for line in Prose(text).wrap(Console(), width)]

    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(cell_len(line) <= max(width, 2) for line in lines)
    if width >= 20:
        assert not any(line.startswith(tuple("，。；：）》〕")) for line in lines)


@pytest.mark.parametrize("words", [("--version",), ("day", "2026-09-20", "--lang", "zh"), ("nothing", "--lang", "zh")])
def test_the_package_runs_as_a_module(words: tuple[str, ...]) -> None:
    """``python -m ssflow`` is the same program."""
    as_module = subprocess.run(
        [sys.executable, "-m", "ssflow", *words],
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )
    called = ssflow(*words, PYTHONIOENCODING="utf-8")

    assert (as_module.returncode, as_module.stdout, as_module.stderr) == (
        called.returncode,
        called.stdout,
        called.stderr,
    )
    assert (as_module.stdout + as_module.stderr).decode().strip()


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_personal_data_come_from_standard_input(tmp_path: Path, mark: str) -> None:
    """``--data -`` reads standard input: no number of a person stands among the arguments of the process."""
    act = (*REPORT, "--region", "广州")
    command = [sys.executable, "-m", "ssflow", *act, "--id", "loss", "--data", "-", "--json"]
    given = mark + json.dumps({"track": "社保功能", "持卡人": {"number": "11010519491231002X"}}, ensure_ascii=False)
    with subprocess.Popen(command, cwd=tmp_path, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        arguments = Path(f"/proc/{process.pid}/cmdline")
        listed = arguments.read_bytes().decode() if arguments.exists() else " ".join(command)
        said, _ = process.communicate(given.encode())

    assert process.returncode == 0
    assert json.loads(said)["state"] == "formal"
    assert "11010519491231002X" not in listed + said.decode()


@pytest.mark.parametrize("given", [b"", b"\xff\xfe", b"{}", b"11010519491231002X"])
def test_standard_input_that_is_no_data_is_refused(tmp_path: Path, given: bytes) -> None:
    """What is not the data of the activity ends with a sentence that repeats nothing of it."""
    command = [sys.executable, "-m", "ssflow", *REPORT, "--region", "440100", "--data", "-", "--lang", "zh"]
    ended = subprocess.run(command, cwd=tmp_path, input=given, capture_output=True, check=False)

    assert (ended.returncode, ended.stdout) == (2, b"")
    assert "输入有误" in ended.stderr.decode()
    assert b"11010519491231002X" not in ended.stderr
    assert b"Traceback" not in ended.stderr
    assert not (tmp_path / "ssflow.db").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="shells of Windows close nothing")
@pytest.mark.parametrize(
    ("words", "closed", "code", "lang"),
    [
        ("calendar 2026 --json", ">&-", 0, "zh"),
        ("calendar 2026 --ics", ">&-", 0, "zh"),
        ("calendar 2026", ">&-", 0, "zh"),
        ("--help", ">&-", 0, "zh"),
        ("show loss_report", "<&- >&- 2>&-", 0, "zh"),
        ("nix", ">&- 2>&-", 2, "zh"),
        ("calendar 2026", "2>&- | head -1", 0, "zh"),
        ("show card_replacement --json", "| head -1", 0, "zh"),
        ("case open loss_report report_formally --by holder --region 440100 --data -", "<&-", 2, "zh"),
        ("case open loss_report report_formally --by holder --region 440100 --data -", "<&-", 2, "en"),
        ("case open loss_report report_formally --by holder --region 440100 --data -", "<&- >&- 2>&-", 2, "zh"),
        ("calendar 2026", "> /dev/full", 1, "zh"),
        ("calendar 2026", "> /dev/full", 1, "en"),
    ],
)
def test_closed_streams_are_no_traceback(tmp_path: Path, words: str, closed: str, code: int, lang: str) -> None:
    """A process without standard input or output, or whose reader leaves, ends with its code, and with a sentence where one is due."""
    if "full" in closed and not Path("/dev/full").exists():
        pytest.skip("no full device here")
    ended = subprocess.run(
        ["sh", "-c", f'"{sys.executable}" -m ssflow {words} --lang {lang} {closed}'],  # noqa: S607
        cwd=tmp_path,
        capture_output=True,
        check=False,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
    )

    said = ended.stderr.decode()
    assert ended.returncode == code, said
    assert "Traceback" not in said
    assert "AttributeError" not in said
    if code and "2>" not in closed:
        assert {"zh": "标准输入已关闭" if "<" in closed else "磁盘已满", "en": "error: "}[lang] in said
