"""``ssflow check``: whether the procedures are sound and their rulebooks fit them."""

from __future__ import annotations

from collections.abc import Iterable

import click

from ssflow import machines
from ssflow.cli.input.arguments import PROCEDURE
from ssflow.cli.input.names import procedure
from ssflow.cli.input.options import speaks
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.broken import end
from ssflow.errors import DataError, DefinitionError, Fault
from ssflow.naming import plain
from ssflow.process import Process, faults_of_process
from ssflow.rules import Rulebook, rulebook_names, unread_files, watch_list
from ssflow.rules.grading import faults_of_grade
from ssflow.sheets import book_of
from ssflow.sheets.usable import failing_document, faults_by_name, faults_of, readable_laws, rulebooks
from ssflow.text import Text


@command(
    "check",
    Text("检查程序", "Check the procedures"),
    """检查列出的（或全部）程序：定义健全，数值都有部件读取，起算环节、主体和法规都存在，可信程度与来源相符。

    有缺陷时退出码为1。程序包导入失败或定义不健全的，也列为有缺陷，不影响其他程序。""",
)
@click.argument("names", nargs=-1, type=PROCEDURE)
@speaks
def check(screen: Screen, names: tuple[str, ...]) -> None:
    """Check the named procedures, or all: sound definitions, every figure read and graded as its sources allow, every start, role and law known.

    Exits with 1 if anything is wrong. A package that cannot be imported, or whose definition is unsound, is reported and stops no other.
    """
    found = _named(names) if names else _all()
    if screen.as_json:
        screen.document({"faults": failing_document(found)})
    else:
        for name, faults in found.items():
            screen.line(f"{name}  " + (screen.t("有缺陷", "faulty") if faults else screen.t("无误", "sound")))
            for fault in faults:
                screen.line(f"- {fault.say(screen.lang)}", indent=2)
    end({name: faults for name, faults in found.items() if faults})


def _named(names: Iterable[str]) -> dict[str, list[Fault]]:
    """Return what is wrong with the named procedures."""
    failing, found = machines.failing(), {}
    for name in names:
        if plain(name) in failing:
            found[plain(name)] = faults_of(failing[plain(name)])
        else:
            process = procedure(name)
            found[process.name] = _faults(process)
    return found


def _all() -> dict[str, list[Fault]]:
    """Return what is wrong with any procedure, installed package or file."""
    books, failing = rulebooks()
    found = {process.name: _fitting(process, book) for process, book in books.items()}
    try:
        readable_laws(failing)
        _readable_watches(failing)
        strays = _strays()
    except DataError as error:  # a folder that cannot be read
        failing[str(error.file)], strays = error, {}
    return dict(sorted((found | faults_by_name(failing)).items())) | strays


def _faults(process: type[Process]) -> list[Fault]:
    """Return where a procedure and its rulebook do not fit, or why there is no rulebook: a broken file does not hide other procedures."""
    try:
        return _fitting(process, book_of(process))
    except DataError as error:
        return faults_of(error)


def _fitting(process: type[Process], book: Rulebook) -> list[Fault]:
    graded = [fault for value in book.values for fault in faults_of_grade(value, book.laws)]
    return [*faults_of_process(process, book), *graded]


def _readable_watches(failing: dict[str, DataError | DefinitionError]) -> None:
    """Add an unreadable watch list to ``failing``, unless a procedure is said to fail by its file."""
    try:
        watch_list()
    except DataError as error:
        if str(error.file) not in {str(known.file) for known in failing.values() if isinstance(known, DataError)}:
            failing[str(error.file)] = error


def _strays() -> dict[str, list[Fault]]:
    """Return what is wrong with rules files that have no procedure's name, so that no rulebook reads them."""
    zh, en = (
        "没有这一名称的程序，不会读取；请更正文件名",
        "no procedure has this name, so the file is never read; correct the name",
    )
    strays = [*(set(rulebook_names()) - set(machines.names())), *map(str, unread_files())]
    return {name: [Fault("", Text(zh, en))] for name in sorted(strays)}
