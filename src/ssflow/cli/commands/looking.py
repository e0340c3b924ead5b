"""``ssflow case show`` and ``options``: one case of a database."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from ssflow.case import Case, Legislation
from ssflow.case.clocks import deadline_of
from ssflow.cli.database import cases_of, moment_shown, user
from ssflow.cli.input import names
from ssflow.cli.input.arguments import CASE
from ssflow.cli.input.options import by_option, db_option, look_option, personal_option, speaks
from ssflow.cli.input.speaking import command, option
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.casefile import facts, head
from ssflow.cli.output.choices import grounds, next_steps
from ssflow.cli.output.deadlines import tell_steps
from ssflow.cli.output.owed import obligations
from ssflow.cli.output.trace import events
from ssflow.text import Text
from ssflow.views import CaseView, OptionView, StepView, case_view, follow, option_view
from ssflow.views.deadlines import step_views
from ssflow.views.plain import plain
from ssflow.views.wording import moment

_PERSONAL = "ssflow case show --personal"  # the reason that is noted


@command(
    "show",
    Text("查看办件", "Show a case"),
    "显示一个办件：办件事实、事件、期限及缘由，以及谁下一步可办什么。写--personal的，查看前先在库中记录系统用户和时间。",
)
@click.argument("case_id", type=CASE)
@look_option
@option("--explain", is_flag=True, zh="列出每个计算中的期限的每一步。", en="Show every step of each running deadline.")
@personal_option
@db_option
@speaks
def show_case(
    screen: Screen, case_id: str, on: date | datetime | None, explain: bool, personal: bool, db: Path | str
) -> None:
    """Show a case: its events, what is owed in it and why, who may act next. A look at personal data is noted in the file first."""
    cases = cases_of(db)
    case = cases.reveal(case_id, actor=user(), reason=_PERSONAL) if personal else cases.get(case_id)
    on = moment_shown(cases, case, on)
    view = follow(cases, case_id, on=on, reveal=personal)
    steps = _steps(case, cases.law) if explain else {}
    if screen.as_json:
        screen.document({**view.document(), **({"steps": plain(steps)} if explain else {})})
        return
    head(screen, view)
    facts(screen, view)
    screen.heading(screen.t("事件", "Events"))
    events(screen, view.events)
    _clocks(screen, view)
    titles = {owed.clock: screen.say(owed.title) for owed in view.obligations}
    for clock, found in steps.items():
        title = titles[clock]
        screen.heading(screen.t(f"“{title}”如何计算", f"How the due day was found: {title}"))
        tell_steps(screen, found)
    if not view.closed:
        screen.heading(screen.t(f"{moment(on)}可办环节", f"Who may act on {moment(on)}"))
        next_steps(screen, view.options)


def _clocks(screen: Screen, view: CaseView) -> None:
    t = screen.t
    if not view.closed:
        screen.heading(t("期限", "Clocks"))
        obligations(screen, view.obligations)
    if view.pending:
        screen.heading(
            t(
                "已发生而未记录（用ssflow case advance记录）",
                "Has happened, not recorded (ssflow case advance records it)",
            )
        )
        events(screen, view.pending)


def _steps(case: Case, law: Legislation) -> dict[str, tuple[StepView, ...]]:
    running = {o.clock.name: deadline_of(case, o, law) for o in case.obligations}
    return {clock: step_views(deadline) for clock, deadline in running.items() if deadline}


@command(
    "options",
    Text("可办与不可办的环节", "What may be done, and why not the rest"),
    "列出一个办件的全部环节：先列可办的，再列不可办的及全部理由。",
)
@click.argument("case_id", type=CASE)
@by_option
@look_option
@db_option
@speaks
def options(screen: Screen, case_id: str, role: str | None, on: date | datetime | None, db: Path | str) -> None:
    """List every activity of a case: the open ones first, then each refused one with all grounds."""
    cases = cases_of(db)
    case = cases.get(case_id)
    on = moment_shown(cases, case, on)
    verdicts = cases.options(case_id, on=on, by=names.role(case.process, role) if role else None)
    found = tuple(option_view(verdict) for verdict in sorted(verdicts, key=lambda verdict: not verdict.is_open))
    if screen.as_json:
        screen.document({"case": case_id, "on": on.isoformat(), "options": [o.document() for o in found]})
        return
    head(screen, case_view(case))
    screen.heading(screen.t(f"{moment(on)}可办", f"Open on {moment(on)}"))
    next_steps(screen, found)
    screen.heading(screen.t("不可办", "Refused"))
    for one in found:
        if not one.open_:
            _refused(screen, one)


def _refused(screen: Screen, one: OptionView) -> None:
    needs = screen.t("，另需材料", "; takes data") if one.needs else ""
    screen.line(f"{screen.say(one.title)} ({one.activity}{needs})", indent=2)
    grounds(screen, one.grounds, indent=4)
