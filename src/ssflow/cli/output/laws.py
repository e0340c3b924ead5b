"""Laws on a terminal: all in one table, or one with what rests on its articles."""

from __future__ import annotations

from collections.abc import Iterator

from ssflow import machines
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import named, table
from ssflow.sheets.laws.index import LawIndex
from ssflow.sheets.laws.page import READ, figure_line, in_force
from ssflow.sheets.laws.uses import USE_KINDS, Use


def all_laws(screen: Screen, index: LawIndex) -> None:
    """Print a row for each law."""
    t = screen.t
    shown = table(
        t("法规", "law"),
        t("文号、机关、网址", "number, issuer, address"),
        t("施行", "in force"),
        t("程序", "procedures"),
        whole=0,
        shares=(7, 8, 3, 2),
        airy=True,
    )
    for law in index.laws.values():
        number = "\n".join(filter(None, (law.number, law.issuer, law.url)))
        used = str(len(index.within(law.id).procedures))
        shown.add_row(named(screen.say(law.title), law.id), number, in_force(law, index, screen.lang), used)
    screen.show(shown)
    screen.line()
    screen.line(t("查看一项：ssflow law 编号 条款", "look at one: ssflow law LAW ARTICLE"), "dim")


def one_law(screen: Screen, index: LawIndex, found: LawIndex, name: str) -> None:
    """Print a law, and article by article what rests on it."""
    law, t = index.laws[name], screen.t
    screen.title(screen.say(law.title), name)
    about = (law.number, law.issuer, in_force(law, index, screen.lang), READ[law.read].say(screen.lang))
    screen.line(t("；", "; ").join(filter(None, about)))
    for line in filter(None, (law.url, screen.say(law.note))):
        screen.line(line, "dim")
    if not found:
        screen.line(t("没有数值或环节以它为依据", "nothing rests on it"))
    for cite, uses in found.items():
        screen.heading(cite.say(index.laws, screen.lang))
        for procedure in dict.fromkeys(use.procedure for use in uses):
            screen.title(screen.say(machines.get(procedure).title), procedure)
            for line in _lines(screen, [use for use in uses if use.procedure == procedure]):
                screen.item("-", line)


def _lines(screen: Screen, uses: list[Use]) -> Iterator[str]:
    for use in uses:
        kind = screen.say(USE_KINDS[use.kind])
        said = figure_line(use, screen.lang) if use.kind == "figure" else _said(screen, use)
        yield f"{kind}{screen.t('：', ': ')}{said}"


def _said(screen: Screen, use: Use) -> str:
    said = screen.say(use.said)
    return screen.say(use.title) + (screen.t(f"（{said}）", f" ({said})") if said else "")
