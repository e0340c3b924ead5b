"""``ssflow show``: one procedure, with the figures of a place on a day, or as a diagram."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import click
from rich.console import Group, RenderableType

from ssflow.calendar.clock import ZONE, civil_day, now
from ssflow.cli.input import names
from ssflow.cli.input.arguments import PROCEDURE
from ssflow.cli.input.options import day_option, place_option, region_option, speaks, strict_option
from ssflow.cli.input.speaking import OneOf, command, option
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import listed, named, table
from ssflow.cli.output.figures import figures
from ssflow.cli.output.overviews import tell_overview
from ssflow.cli.output.prose import Prose, prose
from ssflow.export import to_dot, to_mermaid
from ssflow.process import Activity, Process
from ssflow.regions import region_name
from ssflow.regions.names import WHOLE_COUNTRY
from ssflow.rules.basis import basis
from ssflow.sheets import Sheet, sheet
from ssflow.sheets.procedures.table_of_moves import renewed, rests_on, who
from ssflow.sheets.words import Words
from ssflow.text import Lang, Text, title_of

DIAGRAMS: dict[str, Callable[[type[Process], Lang], str]] = {"mermaid": to_mermaid, "dot": to_dot}
_FORMS = {
    "table": Text("表格", "table"),
    "markdown": Text("程序表", "procedure sheet"),
    "mermaid": Text("Mermaid图", "Mermaid diagram"),
    "dot": Text("Graphviz图", "Graphviz diagram"),
}


@command(
    "show",
    Text("查看程序与数值", "Show a procedure and its figures"),
    """显示一个程序，及某地某日施行的数值。

    有几种办法的程序，按当地当日的办法显示。用Markdown格式而不写日期的，列历来的数值。""",
)
@click.argument("process", type=PROCEDURE)
@region_option
@place_option
@day_option
@strict_option
@option(
    "--format",
    "form",
    type=OneOf(_FORMS),
    default="table",
    show_default=True,
    zh="以何种格式输出。",
    en="In which form.",
)
@speaks
def show(
    screen: Screen,
    process: str,
    region: str,
    places: tuple[tuple[str, str], ...],
    on: date | None,
    strict: bool,
    form: str,
) -> None:
    """Show a procedure, and its figures in force in a place on a day.

    A procedure that has regimes is shown as the one that holds there on that day. In Markdown, the figures are those of all
    times if no day is named.
    """
    found = names.procedure(process)
    day = on if form == "markdown" else on or civil_day(now(), ZONE)
    made = sheet(found, names.where(found, region, places) or {}, day, strict=strict)
    if form != "table":
        text = made.to_markdown(screen.lang) if form == "markdown" else DIAGRAMS[form](found, screen.lang)
        if screen.as_json:
            screen.document({"process": found.name, "format": form, "text": text})
        else:
            screen.raw(text)
        return
    if screen.as_json:
        screen.document(made.document())
        return
    _head(screen, made, strict=strict)
    _regime(screen, made)
    tell_overview(screen, made.overview())
    _states(screen, made)
    _activities(screen, made)
    figures(screen, made)
    _doubts(screen, made)


def _head(screen: Screen, sheet: Sheet, *, strict: bool) -> None:
    t, process = screen.t, sheet.process
    screen.title(screen.say(process.title), f"{process.name}  {t('版本', 'version')} {process.version}")
    where = t("、", ", ").join(dict.fromkeys(_where(screen, sheet))) or screen.say(WHOLE_COUNTRY)
    fallbacks = t("不含未署地名的数值", "without figures of unnamed places") if strict else ""
    known = t(f"数值：{where}，{sheet.on}", f"figures: {where}, {sheet.on}")
    screen.line(known + (t("，", ", ") + fallbacks if fallbacks else ""))
    for note in sheet.absences():
        screen.line(screen.say(note), "yellow")
    roles = [f"{screen.say(role.title)} ({role.name})" for role in process.roles]
    places = [f"{screen.say(place.title)} ({place.name})" for place in process.places]
    screen.line(t("主体：", "roles: ") + t("、", ", ").join(roles))
    screen.line(t("地点：", "places: ") + t("、", ", ").join(places))


def _where(screen: Screen, sheet: Sheet) -> Iterator[str]:
    """Yield the places of the sheet; if all are the same, only that one."""
    named = {place: code for place in sheet.process.places if (code := sheet.places.get(place.name))}
    alike = len(named) == len(sheet.process.places) and len(set(named.values())) == 1
    for place, code in named.items():
        yield ("" if alike else f"{screen.say(place.title)} ") + f"{region_name(code)} {code}"


def _regime(screen: Screen, sheet: Sheet) -> None:
    """Print which regime holds, and whether there is anything to be done under it."""
    t = screen.t
    if sheet.process.regime is None:
        return
    if sheet.regime is None:
        screen.line(_why_all(screen, sheet), "yellow")
        return
    screen.line(t("办法：", "regime: ") + f"{screen.say(title_of(sheet.regime))} ({sheet.regime.name})", "bold")
    for state in sheet.ends_at_once():
        screen.line(
            t(f"登记即办结，无须办理：{state.zh}", f"nothing is to be done, the case ends as it is opened: {state.en}"),
            "bold",
        )


def _why_all(screen: Screen, sheet: Sheet) -> str:
    """Return why no single regime is shown: it depends on unnamed places, or nothing is known for the named ones."""
    words = Words(screen.lang)
    titles = words.regimes(sheet.process.regimes())
    if places := words.places(sheet.regime_depends_on):
        named = " ".join(f"--place {place.name}={screen.t('代码', 'CODE')}" for place in sheet.regime_depends_on)
        return screen.t(
            f"办法：取决于{places}，以下列出全部（{titles}）；请写明{named}",
            f"regime: it depends on the {places}, so all are shown ({titles}); name it by {named}",
        )
    return screen.t(
        f"办法：当地当日没有数值，不能确定，以下列出全部（{titles}）",
        f"regime: no figure is known for this place and day, so all are shown ({titles})",
    )


def _states(screen: Screen, sheet: Sheet) -> None:
    t = screen.t
    screen.heading(t("状态", "States"))
    shown = table(
        t("名称", "name"), t("状态", "state"), t("计时", "clocks running"), t("停止计时", "clocks stopped"), ""
    )
    for state in sheet.states():
        running = [screen.say(clock.title) for clock in state.clocks]
        running += [screen.say(clock.title) + t("（部分地方）", " (in some places)") for clock in state.early]
        stopped = [screen.say(clock.title) for clock in state.stops]
        end = t("办结", "final") if state.final else ""
        shown.add_row(Prose(state.name, "dim"), screen.say(state.title), "\n".join(running), "\n".join(stopped), end)
    screen.show(shown)


def _activities(screen: Screen, sheet: Sheet) -> None:
    t = screen.t
    screen.heading(t("环节", "Activities"))
    shown = table(
        t("环节", "activity"),
        t("主体", "who"),
        t("流转、条件、依据", "move, conditions, basis"),
        whole=0,
        shares=(3, 2, 7),
        airy=True,
    )
    words = Words(screen.lang)
    for activity in sheet.activities():
        shown.add_row(
            named(screen.say(activity.title), activity.name), who(activity, words), _moves(screen, sheet, activity)
        )
    screen.show(shown)


def _moves(screen: Screen, sheet: Sheet, activity: Activity[Any]) -> Group:
    t, laws = screen.t, sheet.book.laws
    words = Words(screen.lang, laws)
    lines: list[RenderableType] = []
    for move in sheet.moves(activity):
        sources = t("、", " | ").join(map(words.state, move.sources))
        target = t("（状态不变）", " (stays)") if move.stays else f" → {words.state(move.target)}"
        lines.append(Prose(sources + target, "bold"))
        if move.under and sheet.regime is None:
            regimes = t("；", "; ").join(screen.say(title_of(regime)) for regime in move.under)
            lines.append(Prose(t(f"办法：{regimes}", f"under: {regimes}"), "dim"))
        for condition in move.conditions:
            why = rests_on(condition, move, words)
            reason = prose(screen.say(condition.reason), (t(f"（{why}）", f" ({why})"), "dim"))
            lines.append(listed("•", reason))
    lines += [Prose(line) for line in renewed(activity, words)]
    articles = basis(activity.cites, laws, screen.lang)
    lines.append(Prose(t(f"依据：{articles}", f"basis: {articles}"), "dim"))
    return Group(*lines)


def _doubts(screen: Screen, sheet: Sheet) -> None:
    if not sheet.book.doubts:
        return
    screen.heading(screen.t("存疑", "Doubts: what the sources say beyond the figures"))
    for number, doubt in enumerate(sheet.book.doubts, 1):
        rests_on = basis(doubt.cites, sheet.book.laws, screen.lang)
        said = screen.say(doubt.text)
        screen.item(
            f"{number:>2}.", said + (screen.t(f"（{rests_on}）", f" ({rests_on})") if rests_on else ""), indent=0
        )
