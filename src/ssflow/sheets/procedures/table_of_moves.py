"""The moves of a procedure as a table: the activity, who does it, the states, the conditions, the basis."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ssflow.process import Activity, Regime
from ssflow.process.guards import Condition
from ssflow.sheets.procedures.moves import MoveGroup
from ssflow.sheets.procedures.readers import facts_read
from ssflow.sheets.words import Words, lines, link, plain

if TYPE_CHECKING:
    from ssflow.sheets.procedures.sheet import Sheet
from ssflow.text import markdown_table


def table_of_moves(sheet: Sheet, words: Words) -> str:
    """Return every move of the sheet; the cells of an activity come before its first one."""
    t = words.t
    regimes = [t("办法", "regime")] if _tells_regimes(sheet) else []
    headings = [t("办理", "activity"), t("主体", "who"), t("从 → 到", "from → to"), *regimes, t("条件", "conditions")]
    return markdown_table([*headings, t("依据", "basis")], _rows(sheet, words))


def _tells_regimes(sheet: Sheet) -> bool:
    """Return whether the moves of several regimes are side by side."""
    return sheet.process.regime is not None and sheet.regime is None


def _rows(sheet: Sheet, words: Words) -> Iterator[list[str]]:
    for activity in sheet.activities():
        first = True
        for move in sheet.moves(activity):
            yield [
                lines(*_what(activity, words)) if first else "",
                who(activity, words) if first else "",
                path(move, words),
                *([words.regimes(move.under) or words.t("全部", "all")] if _tells_regimes(sheet) else []),
                lines(*conditions(move, words)),
                plain(words.basis(activity.cites)) if first else "",
            ]
            first = False


def who(activity: Activity[Any], words: Words) -> str:
    """Return who does an activity, or which clock."""
    if activity.by is None:
        clock = words.say(activity.after.title) if activity.after else ""
        return words.t(f"届满自动：{clock}", f"the clock: {clock}")
    return words.say(activity.who)


def renewed(activity: Activity[Any], words: Words) -> Iterator[str]:
    """Yield what an activity renews: a clock, or the regime of the case."""
    if isinstance(activity.renews, Regime):
        yield words.t("转按当日办法", "brings the case under the regime of the day")
    elif activity.renews:
        yield words.t("重新起算：", "starts anew: ") + words.say(activity.renews.title)


def path(move: MoveGroup, words: Words) -> str:
    """Return the states from which and to which a move leads."""
    sources = words.t("、", " / ").join(words.state(source) for source in move.sources)
    if move.back:
        return words.t(
            f"{sources} → 恢复到原来的{words.state(move.target)}", f"{sources} → back to {words.state(move.target)}"
        )
    return sources + (words.t("（不变）", " (stays)") if move.stays else f" → {words.state(move.target)}")


def conditions(move: MoveGroup, words: Words) -> Iterator[str]:
    """Yield the conditions, each with its article or the figures on which it rests."""
    for condition in move.conditions:
        yield "• " + plain(words.say(condition.reason) + words.bracket(rests_on(condition, move, words)))


def rests_on(condition: Condition[Any], move: MoveGroup, words: Words) -> str:
    """Return the articles of a condition or, if it has none of its own, the figures that it reads."""
    process = move.target.owner
    if condition.cites or process is None:
        return words.basis(condition.cites)
    read = facts_read(condition, process.facts)
    titles = words.listed(words.say(figure.title) for figure in process.figures if figure.name in read)
    return words.t(f"依当地数值：{titles}", f"by the figure of the place: {titles}")


def _what(activity: Activity[Any], words: Words) -> Iterator[str]:
    t = words.t
    yield f"**{words.say(activity.title)}**"
    yield f"`{activity.name}`"
    if activity.extends:
        yield t("延长：", "lengthens: ") + words.say(activity.extends.term.title)
    if activity.withdraws:
        yield t("撤销：", "takes back: ") + words.say(activity.withdraws.title)
    if activity.sets:
        yield t("确定最后一日：", "sets the last day of: ") + words.say(activity.sets.clock.title)
    yield from renewed(activity, words)
    if activity.triggered:
        yield t("只随关联办件发生", "only with a related case")
    if activity.triggers and activity.triggers.owner:
        yield t("同时：", "with it: ") + link(words.say(activity.triggers.title), f"{activity.triggers.owner.name}.md")
