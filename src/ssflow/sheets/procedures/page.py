"""A sheet as a page of Markdown: its sections, one after the other."""

from __future__ import annotations

import re
import sys
from collections.abc import Collection, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from ssflow.export import to_mermaid
from ssflow.machines.reckoning.retirement_age import Group
from ssflow.process import Lapse, State, Term
from ssflow.regions import region_name
from ssflow.sheets.procedures.asked import asked
from ssflow.sheets.procedures.basis import doubts, laws, research, sign_off
from ssflow.sheets.procedures.figures import LAPSES, figures, legend, withdrawn
from ssflow.sheets.procedures.overview import Answer
from ssflow.sheets.procedures.rare import rare_activities
from ssflow.sheets.procedures.relations import related
from ssflow.sheets.procedures.table_of_moves import table_of_moves
from ssflow.sheets.retirement import retirement_table
from ssflow.sheets.words import DOUBT, Words, is_doubtful, lines, link, plain
from ssflow.text import Lang, markdown_table

if TYPE_CHECKING:
    from ssflow.sheets.procedures.sheet import Sheet

_CHINESE = re.compile("[\u2e80-\u9fff]")
_SENTENCE, _PATH = re.compile(r"(?<=[.]) +(?=[A-Z])"), re.compile(r"\b\w+/|[.](py|toml)\b")


def page(sheet: Sheet, lang: Lang) -> str:
    """Return the whole page of a sheet."""
    words = Words(lang, sheet.book.laws)
    rest = [
        *_section(words.t("退休时间对照表", "When people retire"), _retirement(sheet, words)),
        *_section(
            words.t("说明", "About"), *_about(sheet, words), "\n".join(f"- {item}" for item in _facts(sheet, words))
        ),
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
    first = _section(words.t("一览", "At a glance"), *_overview(sheet, words), _anchors(rest, words))
    sections = [*_head(sheet, words), *first, *rest]
    signed = "\n\n".join(sections)
    return "\n\n".join([signed, *_section(words.t("审核", "Sign-off"), sign_off(signed, words))]) + "\n"


def _section(heading: str, *parts: str) -> Iterator[str]:
    """Yield a section; nothing if it is empty."""
    if any(parts):
        yield f"## {heading}"
        yield from (part for part in parts if part)


def _answer(answer: Answer, words: Words) -> str:
    mark, said = f"{DOUBT} " if answer.doubtful else "", plain(words.say(answer.said))
    return f"{mark}**{plain(words.say(answer.amount))}**{words.t('：', ': ')}{said}" if answer.amount else mark + said


def _anchors(parts: list[str], words: Words) -> str:
    """Return links to the sections that follow."""
    titles = [part.removeprefix("## ") for part in parts if part.startswith("## ")]
    return words.t("详见：", "More: ") + " · ".join(link(title, _anchor(title)) for title in titles)


def _anchor(heading: str) -> str:
    """Return the anchor of a heading, as code-hosting sites build it."""
    return "#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")


def _retirement(sheet: Sheet, words: Words) -> str:
    """Return the table of retirement by month of birth, on the page of the procedure that depends on it."""
    if sheet.process.name != "retirement":
        return ""
    values = [value for figure, found in sheet.figures() if figure.name == "births" for value in found]
    rests_on = words.basis(dict.fromkeys(cite for value in values for cite in value.cites))
    mark = f"{DOUBT} " if any(map(is_doubtful, values)) else ""
    head = words.t(
        f"{mark}格内为退休年月和退休年龄：55+8指55周岁8个月。依据：{rests_on}。",
        f"{mark}Each cell is the month of retirement and the age: 55+8 is 55 years and 8 months. Basis: {rests_on}.",
    )
    groups = " · ".join(link(words.say(group.value), _anchor(words.say(group.value))) for group in Group)
    return f"{head}\n\n{groups}\n\n{retirement_table(sheet.on).to_markdown(words.lang)}"


def _head(sheet: Sheet, words: Words) -> Iterator[str]:
    process, t = sheet.process, words.t
    yield f"# {words.say(process.title)}"
    there = link(t("English", "中文"), f"../../{t('en', 'zh')}/procedures/{process.name}.md")
    yield f"`{process.name}` · {there} · " + link(t("全部程序", "all procedures"), "index.md")


def _overview(sheet: Sheet, words: Words) -> Iterator[str]:
    """Yield the overview as a list: a table takes twice the height, and is squeezed on a telephone."""
    t, shown = words.t, sheet.overview()
    lines: list[str] = []
    for question, rows in groupby(shown.rows, key=lambda row: row.question):
        lines.append(f"- **{words.say(question.value)}**")
        for row in rows:
            about = words.say(row.about) + t("：", ": ") if row.about else ""
            answers = t("；", "; ").join(_answer(answer, words) for answer in row.answers)
            lines.append(f"    - {about}{answers}")
    yield "\n".join(lines)
    day = t(f"数值按{shown.on}施行的列出。", f"Figures as in force on {shown.on}.") if shown.on else ""
    yield t("", " ").join(filter(None, [day, legend(words) if shown.is_doubtful else ""]))


def _about(sheet: Sheet, words: Words) -> Iterator[str]:
    """Yield the introduction of a procedure: its name in both languages, then the docstring of its module, in English.

    The position of a part in the source is of no use on the page, and the English text is of none on the Chinese page.
    """
    named, *said = (
        " ".join(part.split()) for part in (sys.modules[sheet.process.__module__].__doc__ or "").split("\n\n")
    )
    begins = _CHINESE.search(named)
    at = begins.start() if begins else len(named)
    name = named[at:] if words.lang == "zh" and begins else named[:at]
    yield f"**{plain(name.strip().rstrip('.'))}**"
    for paragraph in said if words.lang == "en" else ():
        told = [sentence for sentence in _SENTENCE.split(paragraph) if not _PATH.search(sentence)]
        if told:
            yield "> " + plain(" ".join(told))


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
        yield t("登记即办结：", "the case ends as it is opened: ") + words.listed(map(words.state, ended))
    if others := related(process):
        links = [link(words.say(other.title), f"{other.name}.md") for other in others]
        yield t("关联程序：", "related procedures: ") + words.listed(links)
    values = [value for _, found in sheet.figures() for value in found]
    doubtful = sum(map(is_doubtful, values))
    yield t(
        f"数值{len(values)}个，其中{DOUBT}须核实{doubtful}个；存疑{len(book.doubts)}条",
        f"{_counted(len(values), 'figure')}, {doubtful} of them {DOUBT} to be verified; {_counted(len(book.doubts), 'doubt')}",
    )
    yield t(
        f"本页由程序定义（版本{process.version}）和数值（摘要{book.digest}）生成",
        f"made from the definition (version {process.version}) and the figures (digest {book.digest})",
    )


def _counted(number: int, what: str) -> str:
    return f"{number} {what}" if number == 1 else f"{number} {what}s"


def _region(sheet: Sheet, place: str) -> str:
    code = sheet.places.get(place)
    return f"{region_name(code)} {code}" if code else ""


def _diagram(sheet: Sheet, words: Words) -> str:
    """Return the diagram of the whole procedure; if one regime holds, a note says that the others are drawn too."""
    others = words.t("图中有全部办法，不只是上述一种。", "It shows all regimes, not only the one named above.")
    rare = rare_activities(sheet.process)
    drawn = f"```mermaid\n{to_mermaid(sheet.process, words.lang, rare)}```"
    return "\n\n".join([*([others] if sheet.regime else []), drawn, _reading(rare, words)])


def _reading(rare: Collection[str] | None, words: Words) -> str:
    """Return how to read the diagram, and how it is known which activities are rare."""
    t = words.t
    parts = [
        t(
            "双边框：办结。虚线：届满自动。",
            "Double walls: final; dotted: only a clock does it.",
        ),
        t(
            "粗线：常见；细线：少见。常见与否没有统计，依模拟方案所假定的份额（不超过一成的为少见）。",
            "Thick: usual; thin: rare. Nobody has counted: rare is what the scenario of the simulation assumes for at most a tenth.",
        )
        if rare is not None
        else t("哪些常见、哪些少见，没有资料，不加区分。", "What is usual and what is rare nobody has said."),
    ]
    return t("", " ").join(parts)


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
    lapses = words.bracket(words.say(LAPSES))
    running = [words.say(c.title) + (lapses if isinstance(c, Lapse) else "") for c in state.clocks]
    running += [words.say(clock.title) + t("（部分地方）", " (in some places)") for clock in state.early]
    yield lines(*running)
    analogy = t("（比照，无明文）", " (by analogy)") if state.by_analogy else ""
    yield lines(*(words.say(clock.title) + analogy for clock in state.stops))
    yield t("办结", "final") if state.final else ""
