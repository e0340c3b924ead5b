"""What is owed in a case as people read it: by whom, until when, and why."""

from __future__ import annotations

from datetime import date

from ssflow.case import Case, Obligation
from ssflow.case.caveats import caveats_of
from ssflow.cli.output.answer import Screen, moment, named, table
from ssflow.cli.output.prose import Prose
from ssflow.process import Process
from ssflow.rules.basis import basis
from ssflow.sheets import book_of


def obligations(screen: Screen, case: Case, indent: int = 0) -> None:
    """Print the terms and lapses of a case that are alive, with what has to be said of them."""
    t, owed = screen.t, case.obligations
    if not owed:
        screen.line(t("没有期限在计算", "no clock is running"), "dim", indent)
        return
    shown = table(
        t("期限", "clock"),
        t("义务人", "owed by"),
        t("最后一日", "due"),
        t("确定性", "status"),
        t("缘由", "why"),
        whole=0,
    )
    for column in shown.columns[2:4]:
        column.no_wrap = True
    for obligation in owed:
        shown.add_row(
            named(screen.say(obligation.clock.title), obligation.clock.name),
            owner(screen, obligation),
            last_day(screen, obligation),
            status(screen, obligation),
            _why(screen, obligation, case),
        )
    screen.show(shown, indent)


def owner(screen: Screen, obligation: Obligation) -> str:
    """The role that owes it; the clock itself, if it lapses."""
    return screen.say(obligation.who) if obligation.owed_by else screen.t("期满自动", "the clock")


def last_day(screen: Screen, obligation: Obligation) -> str:
    """The last day in time, or the instant at which hours end."""
    if obligation.closes is not None:
        return f"{obligation.closes:%Y-%m-%d %H:%M}"
    return str(obligation.due) if obligation.due else screen.t("无", "none")


def status(screen: Screen, obligation: Obligation) -> Prose:
    """How sure the last day is, or why there is none."""
    if obligation.overdue:
        return Prose(screen.t("已逾期", "overdue"), "red")
    if obligation.status is not None:
        return Prose(screen.say(obligation.status.value))
    return Prose(screen.t("未起算", "waiting") if obligation.waits_for else screen.t("未规定", "untimed"), "dim")


def _why(screen: Screen, obligation: Obligation, case: Case) -> str:
    caveats = caveats_of(case, obligation, book_of(case.process))
    return screen.t("；", "; ").join([why(screen, obligation, case.process), *map(screen.say, caveats)])


def why(screen: Screen, obligation: Obligation, process: type[Process]) -> str:
    """On what a due day rests, or why there is none."""
    t = screen.t
    if obligation.waits_for:
        begins = screen.say(obligation.waits_for.title)
        return t(f"自“{begins}”起算", f'starts with "{begins}"')
    start = obligation.began or obligation.starts
    if start is None:
        return t("所在地没有规定这一期限", "no figure is known for the place")
    length = t("，再延长", ", then ").join(screen.say(span.text) for span in obligation.spans)
    rests_on = basis(obligation.cites, book_of(process).laws, screen.lang)
    rests_on += t("，未署地名", ", of an unnamed place") if obligation.confidence == "guide" else ""
    said = t(f"自{moment(start)}起{length}", f"{length} from {moment(start)}") + (
        t(f"（{rests_on}）", f" ({rests_on})") if rests_on else ""
    )
    return t("；", "; ").join([said, *(_stop(screen, *stop) for stop in obligation.tolled)])


def _stop(screen: Screen, stopped: date, resumed: date | None) -> str:
    if resumed is None:
        return screen.t(f"{stopped}起停止计算", f"stopped since {stopped}")
    return screen.t(f"{stopped}停止，{resumed}继续", f"stopped {stopped}, resumed {resumed}")
