"""Help and faults are in the language that was asked for, click's own words too; ``--json`` gives faults with their fields."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import click
import pytest

from ssflow.cli.app import program
from ssflow.cli.input.speaking import Command, Given, Option
from ssflow.text import LANGS, Lang
from tests.cli.conftest import Run

BOTH = pytest.mark.parametrize("lang", LANGS)
CHINESE = re.compile("[\u4e00-\u9fff]")


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command with the words that call it."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


COMMANDS = [((), program), *commands(program)]
EVERY = pytest.mark.parametrize(("words", "command"), COMMANDS, ids=["-".join(words) for words, _ in COMMANDS])


@EVERY
def test_every_part_has_both_languages(words: tuple[str, ...], command: Any) -> None:
    """Commands and options are of the kinds that help in two languages, arguments of a kind with two titles."""
    assert isinstance(command, Command)
    assert all(CHINESE.search(said.zh) and said.en for said in (command.told, command.short)), words
    for param in command.params:
        assert isinstance(param.type, Given) or (isinstance(param, Option) and param.is_flag), param
        assert not isinstance(param, click.Option) or (isinstance(param, Option) and CHINESE.search(param.told.zh))


@EVERY
def test_help_is_in_one_language(run: Run, words: tuple[str, ...], command: Any) -> None:
    """In Chinese no word of click's is English; in English nothing is Chinese but examples of what may be typed."""
    del command
    chinese = run(*words, "--lang", "zh", "--help")
    english = run("--lang", "en", *words, "--help")

    assert (chinese.code, english.code) == (0, 0)
    assert chinese.out.startswith("用法：ssflow")
    for word in ("Usage", "Options", "Commands", "Show this", "OPTIONS", "COMMAND", "ARGS", "required", "default"):
        assert word not in chinese.out
    assert english.out.startswith("Usage: ssflow")
    assert not CHINESE.search(re.sub(r"广州|第6条第2款|2026年9月21日", "", english.out)), english.out


@BOTH
def test_the_environment_decides_without_an_option(run: Run, lang: Lang, monkeypatch: pytest.MonkeyPatch) -> None:
    """``SSFLOW_LANG``, and where it is not set the locale, decide; an option goes before them, the last one before others."""
    monkeypatch.setenv("SSFLOW_LANG", lang)
    assert run("due", "--help").out.startswith("用法" if lang == "zh" else "Usage")
    assert run("due", "--help", "--lang=en").out.startswith("Usage")
    assert run("due", "--lang", "en", "--lang", "中文", "--help").out.startswith("用法")
    monkeypatch.delenv("SSFLOW_LANG")
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8" if lang == "zh" else "C.UTF-8")
    assert run("--help").out.startswith("用法" if lang == "zh" else "Usage")


@pytest.mark.parametrize(
    ("words", "path", "zh"),
    [
        (["due"], "SPAN", "须写明"),
        (["due", "20 days"], "--from", "须写明"),
        (["due", "20 days", "--from"], "--from", "须带一个值"),
        (["due", "20 days", "--form", "x"], "--form", "--from"),
        (["due", "20 days", "--explain=1", "--from", "2026-01-01"], "--explain", "不带值"),
        (["deu"], "deu", "due"),
        (["case", "opne"], "opne", "open"),
        (["list", "x"], "x", "多余"),
        (["show", "loss_report", "--format", "pdf"], "--format", "程序表（markdown）"),
        (["show", "loss_report", "--on", "soon"], "--on", "2026年9月21日"),
        (["case", "do", "x", "y", "--by", "z", "--version", "0"], "--version", "版本"),
        (["case", "list", "--db", ""], "--db", "文件"),
        (["calendar", "2026", "--ics", "--json"], "--ics", "两种输出格式"),
        (["due", "20 days", "--from", "2026-01-01", "--ics", "--json"], "--ics", "两种输出格式"),
        (["list", "--lang", "fr"], "--lang", "中文（zh）"),
    ],
)
def test_faults_are_told_in_both_languages(run: Run, words: list[str], path: str, zh: str) -> None:
    """What is wrong with a command line is said in the language asked for, and in JSON in both, with the field."""
    chinese = run("--lang", "zh", *words)
    data = run("--lang", "zh", *words, "--json")

    assert (chinese.code, data.code, chinese.out, data.out) == (2, 2, "", "")
    assert zh in chinese.err
    fault = data.fault["faults"][0]
    assert fault["path"] == path
    assert CHINESE.search(fault["zh"])
    assert fault["en"]
    assert fault["zh"] in data.fault["message"]


def test_faults_of_data_name_their_fields(run: Run) -> None:
    """Every wrong field of an activity's data is told with its path, so that a form can mark it."""
    act = ("case", "open", "card_replacement", "apply", "--by", "holder", "--on", "2025-09-22", "--region", "440100")
    answer = run(*act, "--data", '{"reason": "lots", "holder": {"number": 1}, "wrong": 2, "photo": "自拍"}', "--json")

    faults = {fault["path"]: fault for fault in answer.fault["faults"]}
    assert answer.code == 2
    assert answer.fault["error"] == "input"
    assert {"reason", "holder.number", "wrong", "photo"} <= set(faults)
    assert all(CHINESE.search(fault["zh"]) and fault["en"] for fault in faults.values())
