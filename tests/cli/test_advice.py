"""What the library advises in Python is advised on the command line as what to type there; names come in the language asked for."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import ssflow
from ssflow.cli.input.speaking import Given, path_of
from ssflow.cli.output.advice import as_typed, said_of
from ssflow.errors import _NOUNS, Fault
from ssflow.text import LANGS, Text
from tests.cli.conftest import HOLDER, REPORT, Run
from tests.cli.test_help import COMMANDS

SOURCES = Path(ssflow.__file__).parent
# What speaks to people who write Python, wherever it is told: authors of procedures, of tests and of pages.
TO_AUTHORS = ("cli", "testing", "sheets", "export", "process")
COMPILING = ("compiled.py", "texts.py", "slots.py")  # their texts are Python that is compiled
CALL = re.compile(
    r"[A-Za-z][A-Za-z0-9_.]*\((?=[^)\u4e00-\u9fff]*\))|(?<![\w-])[a-z_]+='[^']*'|（reason）|links中|用retract|or retract"
)
# Advice for which no command line can ask, by how it begins.
OF_PROGRAMS = {
    "Decimal(": "an argument of a data class made in Python",
    "CardReplacement.": "a deed or a role as an object",
    "MemoryStore(": "a store as an object",
    "SQLiteStore(": "a store as an object",
    "ConnectionPool(": "connections of a pool",
    "ssflow.store.migrate(": "tables in the database of a host",
    "transaction.atomic(": "the transaction of a host",
    "connection.transaction(": "the transaction of a host",
    "OfficeHours(": "office hours as an object",
    "WorkCalendar.": "a calendar as an object",
    "Legislation(": "the law of a simulation as an object",
    "with_rulebook(": "the law of a simulation as an object",
    "Path(": "a scenario file as an object",
    "Text(": "a text as an object",
    "Late(": "several late entries together",
    "fold(": "a case made of its events",
    "errors=": "columns",
    "amended": "what-if law",
    "from_holidays(": "calendars of other countries",
    "date(": "a day as an object",
    "time(": "a time of day as an object",
    "days(": "a span as an object",
    "workdays(": "a span as an object",
    "range(": "years of a base calendar",
    "span.deadline(": "columns",
    "frame.": "columns",
    ".astype(": "columns",
    "astype(": "columns",
    "numpy.": "columns",
    ".reindex(": "columns",
    "reindex(": "columns",
    ".to_numpy(": "columns",
    "to_numpy(": "columns",
    "zone=": "a calendar as an object",
    "tzinfo=": "an instant as an object",
    "zoneinfo.": "an instant as an object",
    "schedules(": "the schedules of retirement as an object",
    "rulebook(": "the schedules of retirement as an object",
    "places=": "codes as an object",
    "EventLog(": "a log as an object",
    "queues(": "a result as an object",
    "slice(": "an expression of a picture",
    "utchours(": "an expression of a picture",
    "links=": "ids as an object",
    "was(": "what a definition says of older names",
    "case.process.at(": "a definition as an object",
    "Correction(": "corrections as objects",
    "Cases(": "what a host has its cases kept with",
    "KeyFolder(": "keys of a host",
    "actor='...'": "a look without masks, by a program",
    "simulate(": "a result as an object",
}


def sentences() -> Iterator[tuple[str, str]]:
    """Every text of the library in which a call or an argument of Python is named, and where it stands."""
    for file in sorted(SOURCES.rglob("*.py")):
        where = file.relative_to(SOURCES)
        if where.parts[0] in TO_AUTHORS or where.name in COMPILING:
            continue
        nodes = list(ast.walk(ast.parse(file.read_text("utf-8"))))
        inner = {id(part) for node in nodes if isinstance(node, ast.JoinedStr) for part in node.values}
        inner |= {id(node.value) for node in nodes if isinstance(node, ast.Expr)}  # docstrings
        for node in nodes:
            text = written(node) if id(node) not in inner else ""
            if CALL.search(text) and (max(text) >= "\u4e00" or " " in text) and "<" not in text and "\\" not in text:
                yield f"{where}:{getattr(node, 'lineno', 0)}", text


def called(function: ast.expr, file: Path) -> str:
    """The name by which a function is called; of a common word, of the command line alone."""
    name = getattr(function, "id", "")
    return f"{file.relative_to(SOURCES).parts[0]} {name}" if name == "named" else name


def written(node: ast.AST) -> str:
    """The text of a literal, with 7 for what is filled in."""
    if isinstance(node, ast.JoinedStr):
        return "".join(written(part) if isinstance(part, ast.Constant) else "7" for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def test_advice_is_told_as_what_to_type() -> None:
    """No call and no argument of Python is left of what a command line may ask for; the search finds what is known to be there."""
    advice = [(where, text) for where, text in sentences() if "SELECT" not in text]
    found = " ".join(text for _, text in advice)

    for call in (
        "with_notices('7.toml')",
        "strict()",
        "overdue()",
        "rows()",
        "law.days(7, on)",
        "reason='...'",
        "roll='none'",
    ):
        assert call in found
    left = [
        (where, call) for where, text in advice for said in as_typed(Text(text, text)) for call in CALL.findall(said)
    ]
    assert [(where, call) for where, call in left if not call.startswith(tuple(OF_PROGRAMS))] == []


def test_every_kind_of_name_is_called_in_chinese() -> None:
    """A name that nobody knows is of a kind for which there is a Chinese word."""
    kinds = [
        written(node.args[0])
        for file in SOURCES.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text("utf-8")))
        if isinstance(node, ast.Call) and node.args and called(node.func, file) in ("UnknownError", "cli named")
    ]

    assert "event" in kinds
    assert [kind for kind in kinds if kind and kind.split()[0] not in _NOUNS] == []


@pytest.mark.parametrize(
    ("words", "path", "zh", "en"),
    [
        (("case", "correct", "card", "1", "--on", "2099-01-01", "--reason", "x"), "--on", "ssflow case overdue", "ssflow case overdue"),
        (("case", "correct", "card", "1", "--on", "2025-09-21", "--reason", " "), "--reason", "--reason 理由", "--reason TEXT"),
        (("case", "retract", "--after", "2025-09-21", "--reason", " "), "--reason", "--reason 理由", "--reason TEXT"),
        (("case", "correct", "card", "1", "--strike", "--reason", "x"), "ACTIVITY", "撤回", "withdraw"),
        (("case", "plan", "card", "--on", "2020-01-01"), "--on", "只能查看当日或其后", "that day or later"),
        (("case", "show", "card", "--on", "2020-01-01"), "--on", "2025-09-22登记", "opened on 2025-09-22"),
        (("case", "options", "card", "--on", "2025-09-21"), "--on", "2025-09-22登记", "opened on 2025-09-22"),
        (("case", "do", "card", "pay", "--by", "holder", "--set", "paid=20", "--on", "2025-09-22", "--link", "card"), "--link", "去掉--link", "leave it out"),
        (("case", "do", "card", "pay", "--by", "holder", "--set", "paid=20", "--party", "a\nb"), "--party", "不可见", "cannot be seen"),
        ((*REPORT, "--region", "440100", "--id", "a\nb", "--set", "track=bank", *HOLDER), "--id", "不可见", "cannot be seen"),
        ((*REPORT, "--region", "临江仙", "--set", "track=bank", *HOLDER), "--region", "GB/T 2260", "440100 for Guangzhou"),
        ((*REPORT, "--place", "issuing=临江仙", "--set", "track=bank", *HOLDER), "--place issuing", "GB/T 2260", "440100 for Guangzhou"),
        (("day", "2026-01-01", "--region", "临江仙"), "--region", "GB/T 2260", "440100 for Guangzhou"),
        (("due", "30 days", "--from", "2026-01-02", "--long-rests", "added", "--tolled", "2026-01-05..2026-01-07", "--restart"), "--restart", "请去掉--restart", "leave out --restart"),
        (("case", "correct", "card", "零", "--strike", "--reason", "x"), "NUMBER", "事件的序号", "number of an event"),
        (("due", "0个工作日", "--from", "2026-09-21"), "SPAN", "期间的数目", "the number of a span"),
    ],
)  # fmt: skip
def test_faults_name_options(applied: Run, words: tuple[str, ...], path: str, zh: str, en: str) -> None:
    """What the library finds wrong with an argument is told of the option that gives it, in both languages and as data."""
    answer = applied(*words, "--json")
    said = {lang: applied(*words, "--lang", lang).err for lang in LANGS}

    assert answer.code == 2, answer.err
    (fault,) = answer.fault["faults"]
    assert fault["path"] == path
    assert zh in fault["zh"]
    assert zh in said["zh"]
    assert en in fault["en"]
    assert en in said["en"]


@pytest.mark.parametrize(("words", "command"), COMMANDS, ids=["-".join(words) for words, _ in COMMANDS])
def test_every_argument_has_its_chinese_name_in_faults(words: tuple[str, ...], command: click.Command) -> None:
    """Whatever argument is missing or wrong, in Chinese it is called as in the help of its command."""
    for param in command.params:
        if isinstance(param, click.Argument) and isinstance(param.type, Given):
            said = said_of(Fault(path_of(param), Text("须写明", "is missing")), "zh")
            assert said == f"{param.type.shown.zh}：须写明", words


def test_arguments_are_named_as_the_help_names_them(applied: Run) -> None:
    """In Chinese a missing argument is called by its Chinese name; programs get one name in every language."""
    said = applied("due", "--lang", "zh", "--from", "2026-01-01").err
    answer = applied("due", "--lang", "zh", "--from", "2026-01-01", "--json")

    assert said.startswith("用法有误：期间：须写明")
    assert answer.fault["faults"][0]["path"] == "SPAN"
    assert "事件" in applied("case", "correct", "card", "7", "--strike", "--reason", "x", "--lang", "zh").err


def test_grounds_of_refusals_name_options(applied: Run) -> None:
    """A late act without a reason is told by which option to give it, as text and as data."""
    late = ("case", "do", "card", "pay", "--by", "holder", "--set", "paid=20", "--on", "2025-09-20")

    assert "--reason" in applied(*late, "--lang", "zh").err
    assert "--reason" in applied(*late, "--json").err
