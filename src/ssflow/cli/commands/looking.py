"""``ssflow case show`` and ``options``: what the file says of one case."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from ssflow.case import Case, Event, Legislation, Option, advance
from ssflow.case.clocks import deadline_of
from ssflow.cli.database import cases_of, looked_at
from ssflow.cli.input import names
from ssflow.cli.input.arguments import CASE
from ssflow.cli.input.options import by_option, db_option, look_option, personal_option, speaks
from ssflow.cli.input.speaking import command, option
from ssflow.cli.output.accounts import account, steps_document
from ssflow.cli.output.answer import Screen, moment
from ssflow.cli.output.casefile import facts, head
from ssflow.cli.output.choices import grounds, next_steps
from ssflow.cli.output.documents import case_document, option_document
from ssflow.cli.output.owed import obligations
from ssflow.cli.output.privacy import Privacy
from ssflow.cli.output.trace import events
from ssflow.text import Text


@command(
    "show",
    Text("查看办件", "Show a case"),
    "显示一个办件：已知事实、事件、期限及缘由，以及谁下一步可办什么。",
)
@click.argument("case_id", type=CASE)
@look_option
@option("--explain", is_flag=True, zh="列出每个计算中的期限的每一步。", en="Tell every step of each running deadline.")
@personal_option
@db_option
@speaks
def show_case(
    screen: Screen, case_id: str, on: date | datetime | None, explain: bool, personal: bool, db: Path
) -> None:
    """Show a case: its events, what is owed in it and why, who may act next."""
    cases = cases_of(db)
    case, trace, privacy = cases.get(case_id), cases.trace(case_id), Privacy(personal)
    on = looked_at(cases, case, on)
    options = () if case.is_at_rest else cases.options(case_id, on=on)
    pending = advance(case, on, cases.law)
    if screen.as_json:
        steps = {"steps": _steps(case, cases.law)} if explain else {}
        screen.document({**case_document(case, trace, options, pending, privacy), **steps})
        return
    head(screen, case, privacy)
    facts(screen, case, privacy)
    screen.heading(screen.t("事件", "Events"))
    events(screen, trace)
    _clocks(screen, case, pending)
    if explain:
        _accounts(screen, case, cases.law)
    if not case.is_closed:
        screen.heading(screen.t(f"{moment(on)}可办环节", f"Who may act on {moment(on)}"))
        next_steps(screen, options)


def _clocks(screen: Screen, case: Case, pending: tuple[Event, ...]) -> None:
    t = screen.t
    if not case.is_closed:
        screen.heading(t("期限", "Clocks"))
        obligations(screen, case)
    if pending:
        screen.heading(
            t(
                "已发生而未记录（用 ssflow case advance 记录）",
                "Has come to pass, not recorded (ssflow case advance records it)",
            )
        )
        events(screen, pending)


def _steps(case: Case, law: Legislation) -> dict[str, object]:
    running = {o.clock.name: deadline_of(case, o, law) for o in case.obligations}
    return {clock: steps_document(deadline) for clock, deadline in running.items() if deadline}


def _accounts(screen: Screen, case: Case, law: Legislation) -> None:
    for obligation in case.obligations:
        deadline = deadline_of(case, obligation, law)
        if deadline:
            title = screen.say(obligation.clock.title)
            screen.heading(screen.t(f"“{title}”如何计算", f"How the due day was found: {title}"))
            account(screen, deadline)


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
def options(screen: Screen, case_id: str, role: str | None, on: date | datetime | None, db: Path) -> None:
    """List every activity of a case: the open ones first, then each refused one with all grounds."""
    cases = cases_of(db)
    case = cases.get(case_id)
    on = looked_at(cases, case, on)
    found = cases.options(case_id, on=on, by=names.role(case.process, role) if role else None)
    found = tuple(sorted(found, key=lambda verdict: not verdict.is_open))
    if screen.as_json:
        screen.document({"case": case_id, "on": on.isoformat(), "options": [option_document(o) for o in found]})
        return
    head(screen, case, Privacy())
    screen.heading(screen.t(f"{moment(on)}可办", f"Open on {moment(on)}"))
    next_steps(screen, found)
    screen.heading(screen.t("不可办", "Refused"))
    for verdict in found:
        if not verdict.is_open:
            _refused(screen, verdict)


def _refused(screen: Screen, option: Option) -> None:
    activity = option.activity
    needs = screen.t("，另需材料", "; takes data") if activity.data else ""
    screen.line(f"{screen.say(activity.title)} ({activity.name}{needs})", indent=2)
    grounds(screen, option.grounds, indent=4)
