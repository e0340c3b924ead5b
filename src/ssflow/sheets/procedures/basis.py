"""The basis of a sheet: doubts, laws, rows of research, and the place where a reviewer signs."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from typing import TYPE_CHECKING

from ssflow.regions import NATION, area_name
from ssflow.rules import Doubt, Law
from ssflow.rules.doubts import DOUBT_KINDS
from ssflow.sheets.procedures.relations import cited_by_moves, cited_by_rules
from ssflow.sheets.words import Words, link, plain, sources
from ssflow.text import Text, markdown_table

if TYPE_CHECKING:
    from ssflow.sheets.procedures.sheet import Sheet

_KINDS: dict[str, Text] = {
    "statute": Text("法律法规", "statute"),
    "document": Text("文件", "document"),
    "answer": Text("答复", "answer"),
    "guide": Text("指南", "guide"),
}


def doubts(sheet: Sheet, words: Words) -> str:
    """Return the statements of the sources that are not figures, numbered."""
    return "\n".join(f"{number}. {_doubt(doubt, words)}" for number, doubt in enumerate(sheet.book.doubts, 1))


def _doubt(doubt: Doubt, words: Words) -> str:
    t = words.t
    where = t("，", ", ") + f"{area_name(doubt.region)} {doubt.region}" if doubt.region != NATION else ""
    parts = [f"**{words.say(DOUBT_KINDS[doubt.kind])}{where}**{t('：', ':')}", plain(words.say(doubt.text))]
    if doubt.cites:
        parts.append(t("依据：", "Basis: ") + plain(words.basis(doubt.cites)) + t("。", "."))
    if doubt.chosen:
        parts.append(t("采用：", "Followed: ") + plain(words.basis(doubt.chosen)) + t("。", "."))
    parts += [sources(doubt.url), *(f"`{row}`" for row in doubt.rows)]
    return t("", " ").join(part for part in parts if part)


def laws(sheet: Sheet, words: Words) -> str:
    """Return every law, document and guide that a move, a figure or a doubt of the sheet cites."""
    t, known = words.t, sheet.book.laws
    cited = {cite.law for cite in (*cited_by_moves(sheet.process), *cited_by_rules(sheet.book))}
    found = sorted(
        (known[id_] for id_ in cited if id_ in known), key=lambda law: (list(_KINDS).index(law.kind), law.id)
    )
    headings = [
        t("名称", "title"),
        t("种类", "kind"),
        t("文号、机关", "number, issuer"),
        t("公布、施行", "issued, in force"),
    ]
    return markdown_table([*headings, t("说明", "note")], (list(_law(law, words)) for law in found))


def _law(law: Law, words: Words) -> Iterator[str]:
    t, title = words.t, plain(words.say(law.title))
    yield f"{link(title, law.url) if law.url else title} `{law.id}`"
    yield words.say(_KINDS[law.kind])
    yield "<br>".join(filter(None, (plain(law.number), plain(law.issuer))))
    issued = t(f"{law.issued}公布", f"issued {law.issued}") if law.issued else ""
    in_force = t(f"{law.in_force}施行", f"in force {law.in_force}") if law.in_force else ""
    yield "<br>".join(filter(None, (issued, in_force)))
    yield plain(words.say(law.note))


def research(sheet: Sheet, words: Words) -> str:
    """Return the figures and doubts that came of each row of the research."""
    became: dict[str, list[str]] = {}
    for figure, values in sheet.figures():
        for value in values:
            for row in value.rows:
                became.setdefault(row, []).append(words.say(figure.title) + words.bracket(words.place(value)))
    for number, doubt in enumerate(sheet.book.doubts, 1):
        for row in doubt.rows:
            became.setdefault(row, []).append(words.t(f"存疑{number}", f"doubt {number}"))
    rows = ([f"`{row}`", words.listed(found)] for row, found in sorted(became.items()))
    return markdown_table([words.t("条目", "row"), words.t("成为", "became")], rows)


def sign_off(signed: str, words: Words) -> str:
    """Return an empty row for the person who signs, bound to what was signed."""
    t = words.t
    digest = sha256(signed.encode()).hexdigest()[:12]
    what = t(
        f"审核的是本页以上内容，摘要`{digest}`。内容一改，摘要随之改变，须重新审核。",
        f"What is signed is the page above, digest `{digest}`. Whatever changes there changes the digest and is signed anew.",
    )
    headings = [t("审核人", "reviewer"), t("单位", "office"), t("日期", "day"), t("意见", "opinion")]
    return f"{what}\n\n{markdown_table(headings, [['', '', '', '']])}"
