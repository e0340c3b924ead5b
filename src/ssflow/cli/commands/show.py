"""``ssflow show``: one procedure, with the figures of a place on a day, or as a diagram."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import click
from rich.console import Group, RenderableType

from ssflow import machines
from ssflow.calendar.clock import civil_day, now
from ssflow.cli.input.options import day_option, region_option, speaks, strict_option
from ssflow.cli.output.answer import Screen, listed, named, table
from ssflow.cli.output.basis import basis
from ssflow.cli.output.figures import figures
from ssflow.cli.output.prose import Prose, prose
from ssflow.cli.output.sheet import Sheet, moves_of
from ssflow.export import to_dot, to_mermaid
from ssflow.process import Activity, Process, State
from ssflow.regions import region_name
from ssflow.text import Lang

DIAGRAMS: dict[str, Callable[[type[Process], Lang], str]] = {"mermaid": to_mermaid, "dot": to_dot}


@click.command(short_help="Show a procedure and its figures · 查看程序与数值")
@click.argument("process")
@region_option
@day_option
@strict_option
@click.option("--format", "form", type=click.Choice(["table", *DIAGRAMS]), default="table", show_default=True)
@speaks
def show(screen: Screen, process: str, region: str, on: date | None, strict: bool, form: str) -> None:
    """Show a procedure, and its figures in force in a place on a day."""
    found = machines.get(process)
    if form != "table":
        diagram = DIAGRAMS[form](found, screen.lang)
        if screen.as_json:
            screen.document({"process": found.name, "format": form, "text": diagram})
        else:
            screen.raw(diagram)
        return
    sheet = Sheet.of(found, on or civil_day(now()), region, strict=strict)
    if screen.as_json:
        screen.document(sheet.document())
        return
    _head(screen, sheet)
    _states(screen, found)
    _activities(screen, sheet)
    figures(screen, sheet)
    _doubts(screen, sheet)


def _head(screen: Screen, sheet: Sheet) -> None:
    t, process = screen.t, sheet.process
    screen.title(screen.say(process.title), f"{process.name}  {t('版本', 'version')} {process.version}")
    where = f"{region_name(sheet.region)} {sheet.region}" if sheet.region else t("全国", "the whole country")
    fallbacks = t("不含未署地名的数值", "without figures of unnamed places") if sheet.strict else ""
    known = t(f"数值：{where}，{sheet.on}", f"figures: {where}, {sheet.on}")
    screen.line(known + (t("，", ", ") + fallbacks if fallbacks else ""))
    roles = [f"{screen.say(role.title)} ({role.name})" for role in process.roles]
    places = [f"{screen.say(place.title)} ({place.name})" for place in process.places]
    screen.line(t("主体：", "roles: ") + t("、", ", ").join(roles))
    screen.line(t("地点：", "places: ") + t("、", ", ").join(places))


def _states(screen: Screen, process: type[Process]) -> None:
    t = screen.t
    screen.heading(t("状态", "States"))
    shown = table(
        t("名称", "name"), t("状态", "state"), t("计时", "clocks running"), t("停止计时", "clocks stopped"), ""
    )
    for state in process.states:
        running = [screen.say(clock.title) for clock in state.clocks]
        running += [screen.say(clock.title) + t("（部分地方）", " (in some places)") for clock in state.early]
        stopped = [screen.say(clock.title) for clock in state.stops]
        end = t("终局", "final") if state.final else ""
        shown.add_row(Prose(state.name, "dim"), screen.say(state.title), "\n".join(running), "\n".join(stopped), end)
    screen.show(shown)


def _activities(screen: Screen, sheet: Sheet) -> None:
    t = screen.t
    screen.heading(t("活动", "Activities"))
    shown = table(
        t("活动", "activity"),
        t("主体", "who"),
        t("从何到何、条件、依据", "move, conditions, basis"),
        whole=0,
        shares=(3, 2, 7),
        airy=True,
    )
    for activity in sheet.process.activities:
        shown.add_row(
            named(screen.say(activity.title), activity.name), _who(screen, activity), _moves(screen, sheet, activity)
        )
    screen.show(shown)


def _who(screen: Screen, activity: Activity[Any]) -> str:
    if activity.by:
        return screen.say(activity.by.title)
    clock = screen.say(activity.after.title) if activity.after else ""
    return screen.t(f"期满自动：{clock}", f"the clock: {clock}")


def _moves(screen: Screen, sheet: Sheet, activity: Activity[Any]) -> Group:
    t, laws = screen.t, sheet.book.laws
    lines: list[RenderableType] = []
    for move in moves_of(activity):
        sources = t("、", " | ").join(_state(screen, source) for source in move.sources)
        stays = move.sources == (move.target,)
        target = t("（状态不变）", " (stays)") if stays else f" → {_state(screen, move.target)}"
        lines.append(Prose(sources + target, "bold"))
        for condition in move.when.conditions if move.when else ():
            rests_on = basis(condition.cites, laws, screen.lang)
            reason = prose(screen.say(condition.reason), (t(f"（{rests_on}）", f" ({rests_on})"), "dim"))
            lines.append(listed("•", reason))
    rests_on = basis(activity.cites, laws, screen.lang)
    lines.append(Prose(t(f"依据：{rests_on}", f"basis: {rests_on}"), "dim"))
    return Group(*lines)


def _state(screen: Screen, state: State | None) -> str:
    return screen.say(state.title) if state else screen.t("（开始）", "(opening)")


def _doubts(screen: Screen, sheet: Sheet) -> None:
    if not sheet.book.doubts:
        return
    screen.heading(screen.t("存疑", "Doubts: what the sources say that is no figure"))
    for number, doubt in enumerate(sheet.book.doubts, 1):
        rests_on = basis(doubt.cites, sheet.book.laws, screen.lang)
        said = screen.say(doubt.text)
        screen.item(
            f"{number:>2}.", said + (screen.t(f"（{rests_on}）", f" ({rests_on})") if rests_on else ""), indent=0
        )
