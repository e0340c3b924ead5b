"""The command line under odd arguments: it answers or refuses, in the language that was asked for, and never with a traceback.

The arguments are drawn with a seed, so that a failure is the same everywhere.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import click
import pytest

from ssflow.cli.app import program
from tests.cli.conftest import Run

CHINESE = re.compile("[\u4e00-\u9fff]")
ODD = (
    *(
        "",
        " ",
        "\0",
        "-",
        "--",
        "=",
        "a=b",
        "=x",
        "x=",
        ".",
        "..",
        "\n",
        "\t\x1b[31m",
        "\ufeff",
        "\u202e",
        "\udcff",
        "😀",
    ),
    *(
        "广州",
        "朝阳",
        "全国",
        "西安市",
        "440100",
        "４４０１００",
        "110100",
        "371200",
        "500000+510000",
        "999999",
        "44010",
        "转移",
    ),
    *("0", "-1", "1e999", "NaN", "9" * 400, "9" * 5000, "第3版", "true", "是", "１２"),
    *(
        "2026-09-21",
        "2026年9月21日",
        "20260921",
        "2026-02-30",
        "0001-01-01",
        "9999-12-31",
        "1949-10-01",
        "今天",
        "2026",
    ),
    *("2026-09-21T10:00+08:00", "2026-09-21T10:00", "9999-12-31T23:59-14:00", "2026-01-01..2026-02-01", "2026-01-01.."),
    *(
        "20 workdays",
        "15个工作日",
        "0 days",
        "99999999999999999999 workdays",
        "24 hours",
        "3 half_months",
        "200000 years",
    ),
    *(
        "{",
        "{}",
        "[]",
        "[" * 3000,
        '{"holder": []}',
        '{"holder": {"number": 1}, "reason": 2}',
        '"x"',
        "null",
        "@",
        "@.",
        "@no",
    ),
    *(
        "@/dev/null",
        "@broken.db",
        "-",
        "card",
        "loss",
        "l",
        "广",
        "office",
        "holder",
        "持卡人",
        "网点",
        "受理",
        "apply",
        "pay",
    ),
    *(
        "reason=遗失",
        "holder=1",
        "holder.number=",
        "holder.number=11010519491231002X",
        "holder.number.x.y=1",
        "a.b.c=d",
    ),
    *(
        "issuing=广州",
        "发卡地=广州",
        "x=440100",
        "社会保险法",
        "decree-765",
        "58",
        "6(2)",
        "第58条",
        "zh",
        "en",
        "fr",
        "中文",
    ),
    *(
        "broken.db",
        "folder",
        "folder/x.db",
        "none/x.db",
        "cases.db",
        "x" * 300,
        "'; DROP TABLE event; --",
        "%s%n",
        "a\\b",
    ),
)


# What fits the kinds of arguments, so that most of a command line is right and the command itself is reached.
FITTING = {
    "after": ("2026-02-09", "2026年9月21日", "9999-12-31"),
    "through": ("2026-03-13", "20250922", "0001-01-01"),
    "day": ("2026-09-21", "2026年9月21日", "20250922", "9999-12-31", "0001-01-01", "1900-01-01"),
    "when": ("2026-09-21", "2025-09-22", "2026-09-21T10:00+08:00", "9999-12-31T23:59-14:00", "0001-01-01T00:00+14:00"),
    "span": ("20 workdays", "30 days", "24 hours", "3 half_months", "200000 years", "99999999 days"),
    "place": ("广州", "440100", "", "110100", "371200", "朝阳区"),
    "name=value": (
        "issuing=广州",
        "发卡地=440100",
        "old=广州",
        "new=440300",
        "reason=遗失",
        "holder.number=11010519491231002X",
    ),
    "process": ("挂失", "card_replacement", "retirement", "养老", "pension_transfer", "remedy"),
    "activity": ("apply", "受理", "pay", "缴费", "正式挂失", "conclude", "制卡"),
    "role": ("holder", "网点", "持卡人", "issuer", "经办机构"),
    "case": ("card", "loss", "c", "l"),
    "law": ("社会保险法", "decree-765", "社会保险"),
    "article": ("58", "第6条第2款", "6(2)", "2.3", "99999"),
    "year": ("2026", "2021年", "9999", "0001", "1990"),
    "file": ("cases.db", "broken.db", "folder", "none/x.db", "."),
    "db": ("cases.db", "broken.db", "folder", "none/x.db", "postgresql://u@127.0.0.1:1/x", "sqlite:///cases.db"),
    "text": (
        "{}",
        '{"paid": "20"}',
        '{"reason": "遗失", "holder": {"number": "11010519491231002X"}}',
        "x",
        "@broken.db",
        "-",
    ),
    "start..end": ("2026-01-01..2026-02-01", "2026年1月1日..", "2026-02-01..2026-01-01"),
    "n": ("1", "第3版", "99999999"),
    "count": ("1", "2", "３", "0", "10万"),
    "number": ("1", "第2项", "3", "99999999"),
}


def leaves(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Every command that does something, with the words that call it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from leaves(command, *path, name)
        else:
            yield (*path, name), command


LEAVES = [leaf for leaf in leaves(program) if leaf[0] != ("demo",)]  # the demo takes a file alone, and a second


def value(random: Random, kind: Any) -> str:
    """A value for an argument of a kind: mostly one that fits, sometimes anything."""
    if random.random() < 0.3:
        return random.choice(ODD)
    return random.choice(tuple(getattr(kind, "titles", ())) or FITTING[kind.title.en])


def drawn(random: Random, command: click.Command) -> list[str]:
    """Arguments for a command: most of what it needs, some of what it takes, odd values, sometimes out of order."""
    words: list[str] = []
    for param in command.params:
        if isinstance(param, click.Option):
            if param.name == "lang" or random.random() > (0.95 if param.required else 0.25):
                continue
            words += [random.choice(param.opts), *([] if param.is_flag else [value(random, param.type)])]
        else:
            words += [value(random, param.type) for _ in range(random.choice((0, 1, 1, 1, 1, 1, 2)))]
    if random.random() < 0.05:
        random.shuffle(words)
    return words


@pytest.fixture
def folder(accepted: Run) -> Run:
    """A folder with a database of two cases, a file that is none, and a folder."""
    Path("ssflow.db").rename("cases.db")
    Path("broken.db").write_text("no database")
    Path("folder").mkdir()
    return accepted


def check(words: list[str], lang: str, answer: Any) -> None:
    """What has to hold of every answer."""
    assert answer.code in (0, 1, 2), words
    if answer.code == 0 or (answer.code == 1 and not answer.err):  # the latter: a check that found faults
        return
    if "--json" in words and answer.err.startswith("{"):
        assert {"error", "message", "grounds", "faults"} == set(answer.fault), words
        said = answer.fault["message"]
    else:
        said = answer.err.partition("：" if lang == "zh" else ": ")[2] or answer.err
    assert said.strip(), words
    assert lang == "en" or CHINESE.search(said), (words, said)
    assert not re.search(r"object has no attribute|unexpected keyword|NoneType|not subscriptable|errno", said), (
        words,
        said,
    )


@pytest.mark.parametrize(("path", "command"), LEAVES, ids=["-".join(path) for path, _ in LEAVES])
def test_odd_arguments_end_with_a_sentence(folder: Run, path: tuple[str, ...], command: click.Command) -> None:
    """Whatever is typed ends with code 0, 1 or 2 and, if it is refused, a sentence in the language that was asked for."""
    random = Random("-".join(path))  # noqa: S311 - the same arguments everywhere
    for number in range(60):
        lang = "zh" if number % 2 else "en"
        words = [*path, *drawn(random, command), "--lang", lang]
        if "--db" not in words and path[0] in ("case", "worker"):
            words += ["--db", "cases.db"]
        if path == ("worker",):
            words[-2:-2] = ["--once"]  # or it goes on
        if path == ("simulate",):
            words[-2:-2] = ["--cases", "2", "--runs", "1"]  # the last count: what is asked for is played, however many
        if words.count("--") or words.count("--lang") > 1:
            words = [*path, "--lang", lang, *words[len(path) : -2]]
        check(words, lang, folder(*words))


def test_every_language_of_a_refusal_is_asked_for(folder: Run) -> None:
    """The same wrong question is told in Chinese and in English, and the case is as it was."""
    wrong = ["case", "do", "card", "受理", "--by", "持卡人", "--on", "2025-09-22", "--db", "cases.db"]
    before = folder("case", "show", "card", "--db", "cases.db", "--json").json
    zh, en = folder(*wrong, "--lang", "zh"), folder(*wrong, "--lang", "en")

    assert (zh.code, en.code) == (1, 1)
    assert zh.err.startswith("不予办理")
    assert en.err.startswith("refused")
    assert folder("case", "show", "card", "--db", "cases.db", "--json").json == before


@pytest.mark.skipif(sys.platform == "win32", reason="arguments are bytes elsewhere")
@pytest.mark.parametrize(
    "words",
    [
        [b"day", b"\xff\xfe"],
        [b"case", b"show", b"\xff", b"--db", b"\xff.db"],
        [b"show", b"\xe7\xa4\xbe", b"--region", b"\xe5\xb9\xbf"],
        [b"due", b"20 workdays", b"--from", b"\xef\xbc\x91"],
        [b"\xff"],
    ],
)
def test_bytes_that_are_no_text_are_refused(tmp_path: Path, words: list[bytes]) -> None:
    """In a real process, arguments that are not UTF-8 end with a sentence too."""
    env = {**os.environ, "SSFLOW_LANG": "zh", "PYTHONIOENCODING": "utf-8"}
    command = [sys.executable.encode(), b"-m", b"ssflow", *words]
    ended = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False, env=env)

    assert ended.returncode in (1, 2)
    assert b"Traceback" not in ended.stderr
    assert CHINESE.search(ended.stderr.decode())


def test_the_fault_document_is_stable(run: Run) -> None:
    """The keys of a fault in JSON, which programs read."""
    answer = run("day", "soon", "--json")

    assert json.loads(answer.err).keys() == {"error", "message", "grounds", "faults"}
    assert answer.fault["faults"][0].keys() == {"path", "zh", "en"}
