"""A plan as people read it on a terminal, and as plain data."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from ssflow.cli.output.answer import Screen, moment, named, table
from ssflow.cli.output.documents import obligation_document
from ssflow.cli.output.owed import last_day, owner, status, why
from ssflow.cli.output.prose import prose
from ssflow.documents import Document, text_document
from ssflow.life_events import Plan
from ssflow.sheets import book_of
from ssflow.sheets.citing import cited


def tell_plan(screen: Screen, plan: Plan, asked: Collection[str], on: date | datetime) -> None:
    """Print the cases, what is owed in them, and who may act next; ``asked`` are those that were not taken in as related."""
    screen.title(screen.say(plan.title), moment(on))
    _cases(screen, plan, asked)
    screen.heading(screen.t("期限", "What is due"))
    _duties(screen, plan)
    screen.heading(screen.t("可办环节", "Who may act next"))
    _turns(screen, plan)


def _cases(screen: Screen, plan: Plan, asked: Collection[str]) -> None:
    t = screen.t
    shown = table(t("办件", "case"), t("程序", "procedure"), t("状态", "state"))
    for case in plan.cases:
        state = screen.say(case.state.title) if case.state else ""
        state += t("（办结）", " (final)") if case.is_closed else ""
        state += "" if case.id in asked else t("（关联办件）", " (related case)")
        shown.add_row(case.id, named(screen.say(case.process.title), case.process.name), state)
    screen.show(shown)


def _duties(screen: Screen, plan: Plan) -> None:
    t = screen.t
    if not plan.duties:
        screen.line(t("没有期限在计算", "no clock is running"), "dim")
        return
    shown = table(
        t("最后一日", "due"),
        t("办件", "case"),
        t("义务人", "owed by"),
        t("期限与缘由", "clock and why"),
        t("确定性", "status"),
        whole=2,
    )
    for duty in plan.duties:
        process, owed = duty.case.process, duty.obligation
        shown.add_row(
            last_day(screen, owed),
            duty.case.id,
            owner(screen, owed),
            prose(screen.say(duty.title), "\n", (why(screen, owed, process), "dim")),
            status(screen, owed),
        )
    screen.show(shown)


def _turns(screen: Screen, plan: Plan) -> None:
    t = screen.t
    if not plan.turns:
        screen.line(t("无人可办", "nobody may act"), "dim")
        return
    shown = table(t("办件", "case"), t("主体", "who"), t("环节", "activities"))
    for turn in plan.turns:
        titles = [f"{screen.say(activity.title)} ({activity.name})" for activity in turn.activities]
        shown.add_row(turn.case.id, screen.say(turn.role.title), t("、", "; ").join(titles))
    screen.show(shown)
    screen.line()
    hint = t("这里不审查条件；审查用 ssflow case options", "conditions are not judged here; ssflow case options does")
    screen.line(hint, "dim")


def plan_document(plan: Plan, asked: Collection[str], on: date | datetime) -> Document:
    """The same as plain data."""
    return {
        "on": on.isoformat(),
        "cases": [
            {
                "case": case.id,
                "process": case.process.name,
                "title": text_document(case.process.title),
                "state": case.state.name if case.state else None,
                "state_title": text_document(case.state.title) if case.state else None,
                "closed": case.is_closed,
                "related": case.id not in asked,
            }
            for case in plan.cases
        ],
        "duties": [
            {
                "case": duty.case.id,
                **obligation_document(duty.obligation, book_of(duty.case.process)),
            }
            for duty in plan.duties
        ],
        "turns": [
            {
                "case": turn.case.id,
                "role": turn.role.name,
                "role_title": text_document(turn.role.title),
                "activities": [
                    {
                        "activity": activity.name,
                        "title": text_document(activity.title),
                        "basis": cited(activity.cites, book_of(turn.case.process).laws),
                    }
                    for activity in turn.activities
                ],
            }
            for turn in plan.turns
        ],
    }
