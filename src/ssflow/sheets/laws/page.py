"""The page of the law index: a table of all laws, then for each law its articles with what rests on them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ssflow import machines
from ssflow.rules import Citation, Law
from ssflow.rules.values import place_of
from ssflow.sheets.laws.index import LawIndex, law_index
from ssflow.sheets.laws.uses import Use
from ssflow.sheets.words import lines, link, plain
from ssflow.text import LANGS, NO_TEXT, Lang, Text, markdown_table

READ: dict[str, Text] = {
    "text": Text("已读原文", "text read"),
    "quoted": Text("仅见转述", "known from what others repeat"),
    "unread": Text("未读", "not read"),
}
_HEAD = Text(
    """# 法规索引

从法条到以它为依据的数值、环节、条件和存疑，再到程序。本页由`python3 dev.py sheets`从程序定义和规则库生成，不手工改写。
命令行见`ssflow law`，加`--json`得到同样内容的数据；程序里用`ssflow.sheets.law_index()`。
""",
    """# Law index

From an article to the figures, activities, guards and doubts that rest on it, and to their procedures.
`python3 dev.py sheets` writes this page from the definitions and the rulebooks; nobody edits it by hand. On the command
line: `ssflow law`, with `--json` the same as data; in a program `ssflow.sheets.law_index()`.
""",
)


def pages() -> Iterator[tuple[Path, str]]:
    """Yield the page in both languages, each with its path below the documentation folder."""
    index = law_index()
    for lang in LANGS:
        yield Path(lang) / "procedures" / "law-index.md", f"{_HEAD.say(lang)}\n{to_markdown(index, lang)}"


def to_markdown(index: LawIndex, lang: Lang) -> str:
    """Return the index as Markdown: the laws in one table, and a section with a table for each cited law."""
    headings = (
        Text("编号", "id"),
        Text("名称", "title"),
        Text("文号、机关", "number, issuer"),
        Text("施行", "in force"),
        Text("阅读", "read"),
        Text("程序数", "procedures"),
    )
    rows = [_law(index, law, lang) for law in index.laws.values()]
    overview = f"## {Text('全部法规', 'All laws').say(lang)}\n\n" + markdown_table(
        [text.say(lang) for text in headings], rows
    )
    sections = [_section(index.within(law.id), law, lang) for law in index.laws.values() if law.id not in index.uncited]
    return "\n\n".join([overview, *sections]) + "\n"


def sheet_link(procedure: str, lang: Lang) -> str:
    """Return the title of a procedure as a link from a page of the reference to its sheet."""
    return link(plain(machines.get(procedure).title.say(lang)), f"{procedure}.md")


def in_force(law: Law, laws: LawIndex, lang: Lang) -> str:
    """Return since when a law is in force, and by which it was repealed; for guides and answers, which are never in force, nothing."""
    by = laws.laws.get(law.repealed_by)
    unseen = NO_TEXT if law.kind in ("guide", "answer") else Text("日期未见", "day not seen")
    since = Text(f"{law.in_force}起", f"from {law.in_force}") if law.in_force else unseen
    gone = Text(f"；已由《{by.title.zh}》取代", f"; repealed by {by.title.en}") if by else NO_TEXT
    return since.say(lang) + gone.say(lang)


def _law(index: LawIndex, law: Law, lang: Lang) -> list[str]:
    part = index.within(law.id)
    title = plain(law.title.say(lang))
    return [
        f"`{law.id}`",
        link(title, law.url) if law.url else title,
        lines(plain(law.number), plain(law.issuer)),
        in_force(law, index, lang),
        READ[law.read].say(lang),
        str(len(part.procedures)),
    ]


def _section(part: LawIndex, law: Law, lang: Lang) -> str:
    headings = (
        Text("条款", "article"),
        Text("程序", "procedure"),
        Text("数值", "figures"),
        Text("环节", "activities"),
        Text("条件", "guards"),
        Text("存疑", "doubts"),
    )
    rows = [_article(cite, law, name, uses, lang) for cite in part for name, uses in _by_procedure(part[cite])]
    head = f"## {plain(law.title.say(lang))} `{law.id}`"
    return "\n\n".join(
        [
            head,
            *([plain(law.note.say(lang))] if law.note else []),
            markdown_table([h.say(lang) for h in headings], rows),
        ]
    )


def _by_procedure(uses: Sequence[Use]) -> Iterator[tuple[str, list[Use]]]:
    for name in dict.fromkeys(use.procedure for use in uses):
        yield name, [use for use in uses if use.procedure == name]


def _article(cite: Citation, law: Law, procedure: str, uses: Sequence[Use], lang: Lang) -> list[str]:
    title = Citation(law.id).text({law.id: law}).say(lang)
    article = cite.text({law.id: law}).say(lang).removeprefix(title).lstrip(", ")
    doubts = sum(use.kind == "doubt" for use in uses)
    return [
        plain(article) or Text("全文", "the whole").say(lang),
        sheet_link(procedure, lang),
        lines(
            *(plain(figure_line(use, lang)) for use in uses if use.kind == "figure"),
            *(f"{use.title.say(lang)} {use.said.say(lang)}" for use in uses if use.kind == "beginning"),
        ),
        Text("、", ", ").say(lang).join(plain(use.title.say(lang)) for use in uses if use.kind == "activity"),
        lines(*(plain(use.title.say(lang)) for use in uses if use.kind == "guard")),
        str(doubts or ""),
    ]


def figure_line(use: Use, lang: Lang) -> str:
    """Return a figure in one line: its title, its amount, its place, its first and last day."""
    place = place_of(use.region, use.confidence)
    days = Text(f"{use.since}起", f"from {use.since}") if not use.until else Text(*[f"{use.since} – {use.until}"] * 2)
    said = f"{use.title.say(lang)}: {use.said.say(lang)}, {place.say(lang)}, {days.say(lang)}"
    return said if lang == "en" else f"{use.title.zh}：{use.said.zh}，{place.zh}，{days.zh}"
