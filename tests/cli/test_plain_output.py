"""What goes to a pipe is printed without rich, whose loading takes longer than most answers, and exactly as rich would print it."""

import json
import subprocess
import sys

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from ssflow.cli.output.answer import Screen
from ssflow.cli.output.prose import Prose, prose

WORDS = st.text(st.sampled_from("甲乙（）“”，。、：1234567890年月日个 abcdef.-()\n\t\r\x07\u3000é😀"), max_size=300)


def printed(capsys: pytest.CaptureFixture[str]) -> str:
    return capsys.readouterr().out


@given(WORDS, st.integers(0, 8))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_paragraph_is_as_by_rich(capsys: pytest.CaptureFixture[str], text: str, indent: int) -> None:
    """Lines, indents, blanks at the ends and characters that steer a terminal: rich is the oracle. It prints no indented blanks at all."""
    assume(text.replace("\x07", "").strip() or not indent)
    printed(capsys)
    screen = Screen("zh")
    assert screen._is_plain
    screen.line(text, "bold red", indent)
    plain = printed(capsys)
    screen.show(Prose(text, "bold red"), indent)
    assert plain == printed(capsys)


@given(WORDS, WORDS)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_title_is_as_by_rich(capsys: pytest.CaptureFixture[str], text: str, beside: str) -> None:
    """The text, and what is beside it."""
    printed(capsys)
    screen = Screen("zh")
    screen.title(text, beside)
    plain = printed(capsys)
    screen.show(prose((text, "bold"), f"  {beside}" if beside else ""))
    assert plain == printed(capsys)


def test_a_paragraph_is_broken_by_the_rules_of_its_language(capsys: pytest.CaptureFixture[str]) -> None:
    """A line never begins with a comma, whether or not the paragraph is indented, and by rich too."""
    screen = Screen("zh")
    screen.show(Prose("甲" * 50 + "，乙"))
    assert printed(capsys) == "甲" * 49 + "\n甲，乙\n"
    screen.line("甲" * 50 + "，乙")
    assert printed(capsys) == "甲" * 49 + "\n甲，乙\n"


@pytest.mark.parametrize(("name", "value"), [("FORCE_COLOR", "1"), ("COLUMNS", "40"), ("TTY_COMPATIBLE", "1")])
def test_what_asks_for_a_terminal_gets_rich(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    """Colours, or another width, although the output is a pipe."""
    monkeypatch.setenv(name, value)
    screen = Screen("zh")

    assert not screen._is_plain
    assert screen.width == (40 if name == "COLUMNS" else screen._console.width)


def test_rich_is_not_loaded_for_a_deadline() -> None:
    """A command that prints a few lines to a pipe loads neither rich's console nor its tables."""
    code = "import sys; sys.argv[1:] = ['due', '15个工作日', '--from', '2026-09-21', '--json']\n"
    code += "from ssflow.cli.app import program\ntry: program()\nexcept SystemExit: pass\n"
    code += "print([name for name in sys.modules if name in ('rich.console', 'rich.table', 'rich.text')])"
    came = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
    *document, loaded = came.stdout.decode().splitlines()

    assert json.loads("\n".join(document))["due"] == "2026-10-19"
    assert loaded == "[]"
