"""``ssflow list``: all procedures."""

from __future__ import annotations

from typing import Any

from ssflow.cli.input.options import speaks
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import named, table
from ssflow.cli.output.broken import end, tell_failing
from ssflow.documents import Document, text_document
from ssflow.process import Lapse, Process, Term
from ssflow.rules import Rulebook
from ssflow.sheets.usable import failing_document, faults_by_name, rulebooks
from ssflow.text import Text


@command("list", Text("列出全部程序", "List all procedures"), "列出全部程序，附定义和规则库的大小；不能使用的附原因。")
@speaks
def list_(screen: Screen) -> None:
    """List all procedures, with the size of their definitions and rulebooks, and why some cannot be used."""
    books, broken = rulebooks()
    rows, failing = [_row(process, book) for process, book in books.items()], faults_by_name(broken)
    if screen.as_json:
        screen.document({"procedures": rows, "failing": failing_document(failing)})
        end(failing)
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
    tell_failing(screen, failing)
    screen.line()
    screen.line(t("查看一项：ssflow show 程序名", "look at one: ssflow show PROCEDURE"), "dim")
    end(failing)


def _row(process: type[Process], book: Rulebook) -> Document:
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
