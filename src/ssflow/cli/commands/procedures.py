"""``ssflow list``: which procedures there are."""

from __future__ import annotations

from typing import Any

from ssflow import machines
from ssflow.cli.input.options import speaks
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen, named, table
from ssflow.cli.output.broken import fault_document, faults_of
from ssflow.errors import DataError, Fault
from ssflow.process import Lapse, Process, Term
from ssflow.sheets import book_of
from ssflow.sheets.document import Document, text_document
from ssflow.text import Text


@command("list", Text("列出全部程序", "List all procedures"), "列出全部程序，附定义和规则库的大小；不能使用的附原因。")
@speaks
def list_(screen: Screen) -> None:
    """List all procedures, with the size of their definitions and rulebooks; of those that cannot be used, why."""
    rows, failing = _rows()
    if screen.as_json:
        told = {name: [fault_document(fault) for fault in faults] for name, faults in failing.items()}
        screen.document({"procedures": rows, "failing": told})
        return
    t = screen.t
    shown = table(
        t("程序", "procedure"),
        t("状态", "states"),
        t("环节", "activities"),
        t("期限", "terms"),
        t("失效期", "lapses"),
        t("数值", "figures"),
        t("存疑", "doubts"),
        whole=0,
    )
    for column in shown.columns[1:]:
        column.justify = "right"
        column.no_wrap = True
    for row in rows:
        numbers = (row[key] for key in ("states", "activities", "terms", "lapses", "figures", "doubts"))
        shown.add_row(
            named(row["title"][screen.lang], f"{row['name']}{t('，版本 ', ', version ')}{row['version']}"),
            *map(str, numbers),
        )
    screen.show(shown)
    for name, faults in failing.items():
        screen.line()
        screen.line(f"{name}  {t('不能使用', 'cannot be used')}", "red")
        for fault in faults:
            screen.line(f"- {fault.say(screen.lang)}", indent=2)
    screen.line()
    screen.line(t("细看一项：ssflow show 程序名", "look at one: ssflow show PROCEDURE"), "dim")


def _rows() -> tuple[list[Document], dict[str, list[Fault]]]:
    """A row for each procedure that can be used, and what is wrong with each of the others."""
    rows = []
    failing = {name: faults_of(error) for name, error in machines.failing().items()}
    for process in machines.sound():
        try:
            rows.append(_row(process))
        except DataError as error:
            failing[process.name] = faults_of(error)
    return rows, failing


def _row(process: type[Process]) -> Document:
    book = book_of(process)
    return {
        "name": process.name,
        "title": text_document(process.title),
        "version": process.version,
        "states": len(process.states),
        "activities": len(process.activities),
        "terms": _count(process, Term),
        "lapses": _count(process, Lapse),
        "figures": len(book.values),
        "doubts": len(book.doubts),
    }


def _count(process: type[Process], kind: type[Any]) -> int:
    return sum(isinstance(clock, kind) for clock in process.clocks)
