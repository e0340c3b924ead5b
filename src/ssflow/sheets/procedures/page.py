"""A sheet as a page of Markdown: its sections, one after the other."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssflow.export import to_mermaid
from ssflow.process import Lapse, State, Term
from ssflow.regions import region_name
from ssflow.sheets.procedures.asked import asked
from ssflow.sheets.procedures.basis import doubts, laws, research, sign_off
from ssflow.sheets.procedures.figures import figures, legend, withdrawn
from ssflow.sheets.procedures.relations import related
from ssflow.sheets.procedures.table_of_moves import table_of_moves
from ssflow.sheets.words import DOUBT, Words, is_doubtful, lines, link, plain
from ssflow.text import Lang, markdown_table

if TYPE_CHECKING:
    from ssflow.sheets.procedures.sheet import Sheet

_CHINESE = re.compile("[\u2e80-\u9fff]")


def page(sheet: Sheet, lang: Lang) -> str:
    """The whole page of a sheet."""
    words = Words(lang, sheet.book.laws)
    sections = [
        *_head(sheet, words),
        *_section(words.t("流程图", "Diagram"), _diagram(sheet, words)),
        *_section(words.t("主体", "Roles"), _roles(sheet, words)),
        *_section(words.t("状态", "States"), _states(sheet, words)),
        *_section(words.t("办理", "Moves"), table_of_moves(sheet, words)),
        *_section(words.t("要提交的材料和信息", "Documents and data asked for"), *asked(sheet, words)),
        *_section(words.t("数值", "Figures"), legend(words), *figures(sheet, words)),
        *_section(words.t("已作废的数值", "Withdrawn figures"), withdrawn(sheet, words)),
        *_section(words.t("存疑", "Doubts"), doubts(sheet, words)),
        *_section(words.t("所引法律、文件和指南", "Laws, documents and guides cited"), laws(sheet, words)),
        *_section(words.t("研究条目", "Rows of research"), research(sheet, words)),
    ]
    signed = "\n\n".join(sections)
    return "\n\n".join([signed, *_section(words.t("审核", "Sign-off"), sign_off(signed, words))]) + "\n"


def _section(heading: str, *parts: str) -> Iterator[str]:
    """A section; nothing if it is empty."""
    if any(parts):
        yield f"## {heading}"
        yield from (part for part in parts if part)


def _head(sheet: Sheet, words: Words) -> Iterator[str]:
    process, t = sheet.process, words.t
    yield f"# {words.say(process.title)}"
    there = link(t("English", "中文"), f"../../{t('en', 'zh')}/procedures/{process.name}.md")
    yield f"{process.title.en if words.lang == 'zh' else process.title.zh} · `{process.name}` · {there} · " + link(
        t("全部程序", "all procedures"), "index.md"
    )
    yield from _about(sheet, words)
    yield "\n".join(f"- {item}" for item in _facts(sheet, words))


def _about(sheet: Sheet, words: Words) -> Iterator[str]:
    """What the module of the procedure says of it: its name in both languages, then, in English, what it is."""
    named, *said = (
        " ".join(part.split()) for part in (sys.modules[sheet.process.__module__].__doc__ or "").split("\n\n")
    )
    begins = _CHINESE.search(named)
    at = begins.start() if begins else len(named)
    name = named[at:] if words.lang == "zh" and begins else named[:at]
    yield f"**{plain(name.strip().rstrip('.'))}**"
    for paragraph in said:
        yield "> " + words.t("定义中的说明（英文）：", "") + plain(paragraph)


def _facts(sheet: Sheet, words: Words) -> Iterator[str]:
    t, process, book = words.t, sheet.process, sheet.book
    named = [f"{words.say(p.title)} `{p.name}`" + words.bracket(_region(sheet, p.name)) for p in process.places]
    yield t("地点：", "places: ") + words.listed(named)
    if sheet.on:
        yield t(f"数值按{sheet.on}施行的列出", f"figures as in force on {sheet.on}")
    if process.regime:
        held = words.regimes([sheet.regime] if sheet.regime else process.regimes())
        yield t("办法：", "regimes: ") + held
    if open_ := sheet.regime_depends_on:
        yield t("适用何种办法，取决于：", "which of them holds depends on: ") + words.places(open_)
    if ended := sheet.ends_at_once():
        yield t("开办即终结：", "the case ends as it is opened: ") + words.listed(map(words.state, ended))
    if others := related(process):
        links = [link(words.say(other.title), f"{other.name}.md") for other in others]
        yield t("关联程序：", "related procedures: ") + words.listed(links)
    values = [value for _, found in sheet.figures() for value in found]
    doubtful = sum(map(is_doubtful, values))
    yield t(
        f"数值{len(values)}个，其中{DOUBT}须核实{doubtful}个；存疑{len(book.doubts)}条",
        f"{len(values)} figures, {doubtful} of them {DOUBT} to be verified; {len(book.doubts)} doubts",
    )
    yield t(
        f"本页由程序定义（版本{process.version}）和数值（{book.digest}）生成，请勿手工修改；改后运行`python3 dev.py sheets`",
        f"made from the definition (version {process.version}) and the figures ({book.digest}); not edited by hand, "
        "but made anew by `python3 dev.py sheets`",
    )


def _region(sheet: Sheet, place: str) -> str:
    code = sheet.places.get(place)
    return f"{region_name(code)} {code}" if code else ""


def _diagram(sheet: Sheet, words: Words) -> str:
    """The diagram of the whole procedure; where a regime holds it is said that the others are drawn too."""
    others = words.t("图中有全部办法，不只是上述一种。\n\n", "It shows all regimes, not only the one named above.\n\n")
    return (others if sheet.regime else "") + f"```mermaid\n{to_mermaid(sheet.process, words.lang)}```"


def _roles(sheet: Sheet, words: Words) -> str:
    t, process = words.t, sheet.process
    owed = {role: [c for c in process.clocks if isinstance(c, Term) and role in c.owers] for role in process.roles}
    return markdown_table(
        [
            t("主体", "role"),
            t("所在地", "at"),
            t("同一办件只能一人", "one party a case"),
            t("承担的期限", "terms owed"),
        ],
        (
            [
                f"{words.say(role.title)} `{role.name}`",
                words.say((role.at or process.places[0]).title),
                t("是", "yes") if role.sole else "",
                words.listed(words.say(term.title) for term in owed[role]),
            ]
            for role in process.roles
        ),
    )


def _states(sheet: Sheet, words: Words) -> str:
    t = words.t
    rows = ([f"{words.state(state)} `{state.name}`", *_clocks(state, words)] for state in sheet.states())
    return markdown_table([t("状态", "state"), t("计时", "clocks running"), t("停止计时", "clocks stopped"), ""], rows)


def _clocks(state: State, words: Words) -> Iterator[str]:
    t = words.t
    lapses = t("（届满自动失效）", " (lapses by itself)")
    running = [words.say(c.title) + (lapses if isinstance(c, Lapse) else "") for c in state.clocks]
    running += [words.say(clock.title) + t("（部分地方）", " (in some places)") for clock in state.early]
    yield lines(*running)
    analogy = t("（比照，无明文）", " (by analogy)") if state.by_analogy else ""
    yield lines(*(words.say(clock.title) + analogy for clock in state.stops))
    yield t("办结", "final") if state.final else ""
