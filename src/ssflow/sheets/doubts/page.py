"""The page of what is not known: a section with a table for each kind, without empty columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ssflow.rules import Citation
from ssflow.rules.basis import basis
from ssflow.sheets.doubts.finding import find_doubtful
from ssflow.sheets.doubts.items import DOUBTFUL_KINDS, Doubtful, DoubtfulKind, Item
from ssflow.sheets.laws.page import sheet_link
from ssflow.sheets.words import lines, plain, sources
from ssflow.text import LANGS, Lang, Text, markdown_table

_HEADINGS = (
    Text("程序", "procedure"),
    Text("内容", "what"),
    Text("数值", "figure"),
    Text("地方", "place"),
    Text("起止", "period"),
    Text("可信程度", "confidence"),
    Text("出处", "source"),
    Text("说明", "note"),
)


_MEANINGS: dict[DoubtfulKind, Text] = {
    "weak": Text(
        "可信程度为单一来源、办事指南或未核实的数值；能核对的先核对再用。",
        "Figures graded single source, guide only or unverified: check them before you rely on them.",
    ),
    "conflict": Text(
        "来源之间互相矛盾，采用哪一个写在文字里；能以引用表明的，列为“采用”。",
        "The text says which source is followed; where a citation shows the choice, it is given as chosen.",
    ),
    "reading": Text("同一文字可作不同理解，文字写明本库怎样理解。", "The text says how the words are read here."),
    "untimed": Text(
        "未规定期限的不计时：办件照常办理，但没有最后一日。",
        "No figure is known, so no time limit runs: cases go on, and nothing falls due.",
    ),
    "missing": Text(
        "没有数值的费用不收取，没有数值的“可否”视为可以。",
        "Where no fee is known, none is charged; an unknown yes-or-no counts as yes.",
    ),
    "no_statute": Text(
        "程序中没有一个期限出自法律法规。", "No term of the procedure has a figure that rests on a statute."
    ),
    "silence": Text("来源没有说，或者所说不足以成为数值。", "The sources say nothing, or too little for a figure."),
    "unread": Text(
        "原文未读，仅见他人转述，或者出于记忆。",
        "The text itself was not read: it is known from what others repeat, or from memory.",
    ),
    "beyond": Text(
        "已知，但不是本程序的步骤，或者不属数值（例如费率）。",
        "Known matters that are neither a step of the procedure nor a figure that it could have (a rate, for example).",
    ),
}
_HEAD = Text(
    """# 存疑

哪些数值证据薄弱、来源在哪里互相冲突并采用哪一个、哪些期限没有数值、哪些文本没有读到。本页由`python3 dev.py sheets`
从规则库生成，不手工改写；命令行见`ssflow doubts`，含义见[局限与存疑](../explanation/limits-and-doubts.md)。
""",
    """# Doubts

Which figures rest on little, where sources contradict each other and which was chosen, which terms have no figure,
which texts were not read. `python3 dev.py sheets` writes this page from the rulebooks; nobody edits it by hand. On the
command line: `ssflow doubts`. What follows from it: [Limits and doubts](../explanation/limits-and-doubts.md).
""",
)


def pages() -> Iterator[tuple[Path, str]]:
    """Yield the page in both languages, each with its path below the documentation folder."""
    found = find_doubtful()
    for lang in LANGS:
        yield Path(lang) / "procedures" / "doubts.md", f"{_HEAD.say(lang)}\n{to_markdown(found, lang)}"


def to_markdown(found: Doubtful, lang: Lang) -> str:
    """Return the list as Markdown, kind by kind; empty kinds are left out."""
    sections = []
    for kind, title in DOUBTFUL_KINDS.items():
        part = found.of(kind)
        if part.items:
            rows = [_row(part, item, lang) for item in part]
            count = Text(f"共{len(rows)}项。", f" {len(rows)} in all.").say(lang)
            head = f"## {title.say(lang)}\n\n{_MEANINGS[kind].say(lang)}{count}\n\n"
            sections.append(head + markdown_table(*_said([text.say(lang) for text in _HEADINGS], rows)))
    return "\n\n".join(sections) + "\n"


def _row(found: Doubtful, item: Item, lang: Lang) -> list[str]:
    def cite(cites: Iterable[Citation]) -> str:
        return plain(basis(cites, found.laws, lang))

    chosen = Text("采用：", "chosen: ").say(lang) + cite(item.chosen) if item.chosen else ""
    return [
        lines(*(sheet_link(name, lang) for name in item.procedure.split(", "))),
        lines(plain(item.what.say(lang)), f"`{item.name}`" if item.name else ""),
        lines(plain(item.said.say(lang)), plain(item.when)),
        plain(item.place.say(lang)) if item.region or item.confidence else "",
        f"{item.since} – {item.until or ''}".strip() if item.since else "",
        plain(item.grade.say(lang)),
        lines(cite(item.cites), chosen, sources(item.url)),
        plain(item.note.say(lang)),
    ]


def _said(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """Return the table without its empty columns."""
    kept = [number for number in range(len(headings)) if any(row[number] for row in rows)]
    return [headings[number] for number in kept], [[row[number] for number in kept] for row in rows]
