"""A plan on a terminal."""

from __future__ import annotations

from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import named, table
from ssflow.cli.output.owed import status
from ssflow.cli.output.prose import prose
from ssflow.views import PlanView
from ssflow.views.obligations import NONE_RUNS
from ssflow.views.options import NOBODY
from ssflow.views.wording import moment


def tell_plan(screen: Screen, plan: PlanView) -> None:
    """Print the cases, what is owed in them, and who may act next."""
    screen.title(screen.say(plan.title), moment(plan.on) if plan.on else "")
    _cases(screen, plan)
    screen.heading(screen.t("期限", "What is due"))
    _duties(screen, plan)
    screen.heading(screen.t("可办环节", "Who may act next"))
    _next_steps(screen, plan)


def _cases(screen: Screen, plan: PlanView) -> None:
    t = screen.t
    shown = table(t("办件", "case"), t("程序", "procedure"), t("状态", "state"))
    for case in plan.cases:
        shown.add_row(case.case, named(screen.say(case.title), case.process), screen.say(case.stands))
    screen.show(shown)


def _duties(screen: Screen, plan: PlanView) -> None:
    t = screen.t
    if not plan.duties:
        screen.line(screen.say(NONE_RUNS), "dim")
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
        owed = duty.obligation
        shown.add_row(
            screen.say(owed.last_day),
            duty.case,
            screen.say(owed.owner),
            prose(screen.say(owed.title), "\n", (screen.say(owed.why), "dim")),
            status(screen, owed),
        )
    screen.show(shown)


def _next_steps(screen: Screen, plan: PlanView) -> None:
    t = screen.t
    if not plan.next_steps:
        screen.line(screen.say(NOBODY), "dim")
        return
    shown = table(t("办件", "case"), t("主体", "who"), t("环节", "activities"))
    for step in plan.next_steps:
        shown.add_row(step.case, screen.say(step.role_title), screen.say(step.titles))
    screen.show(shown)
    screen.line()
    hint = t("这里不审查条件；审查用ssflow case options", "conditions are not judged here; ssflow case options does")
    screen.line(hint, "dim")
