"""The list of all sheets: the source of each procedure, which of its clocks have figures, what is doubtful."""

from __future__ import annotations

from typing import Any

from ssflow import machines
from ssflow.process import Process
from ssflow.sheets.procedures.relations import cited_by_moves, cited_by_rules
from ssflow.sheets.procedures.sheet import sheet
from ssflow.sheets.words import DOUBT, Words, is_doubtful, lines, link, plain
from ssflow.text import Lang, markdown_table


def index(lang: Lang) -> str:
    """Return the page that lists the sheets of all procedures."""
    words = Words(lang)
    t = words.t
    headings = [
        t("程序", "procedure"),
        t("所据指南", "guides it rests on"),
        t("有现行数值的期限", "clocks with a figure in force"),
        t("数值", "figures"),
        t(f"{DOUBT}须核实", f"{DOUBT} to be verified"),
        t("存疑", "doubts"),
    ]
    rows = [_row(process, lang) for process in machines.sound()]
    parts = [
        f"# {t('程序表', 'Procedure sheets')}",
        t(
            "每个程序一页，由定义和规则库生成，供法务审核：流程图、办理、材料、数值、存疑，各附依据。“现行”指没有失效日期。",
            "One page a procedure, made from its definition and its rulebook, for a legal reviewer to sign off: diagram, moves, "
            "data, figures and doubts, each with its basis. A figure is in force here if no last day of it is known.",
        ),
        markdown_table(headings, rows),
    ]
    return "\n\n".join(parts) + "\n"


def _row(process: type[Process], lang: Lang) -> list[str]:
    shown = sheet(process)
    words = Words(lang, shown.book.laws)
    values = shown.book.values
    timed = sum(any(v.parameter == c.name and v.until is None for v in values) for c in process.clocks)
    return [
        link(words.say(process.title), f"{process.name}.md") + f" `{process.name}`",
        lines(*_guides(process, words, shown.book)),
        f"{timed} / {len(process.clocks)}" if process.clocks else words.t("无期限", "no clocks"),
        str(len(values)),
        str(sum(map(is_doubtful, values))),
        str(len(shown.book.doubts)),
    ]


def _guides(process: type[Process], words: Words, book: Any) -> list[str]:
    """Return the guides that the moves cite or, if they cite none, those of the figures and doubts."""
    for cites in (cited_by_moves(process), cited_by_rules(book)):
        ids = dict.fromkeys(cite.law for cite in cites if cite.law in book.laws and book.laws[cite.law].kind == "guide")
        if ids:
            return [f"{plain(words.say(book.laws[id_].title))} `{id_}`" for id_ in sorted(ids)]
    return []
