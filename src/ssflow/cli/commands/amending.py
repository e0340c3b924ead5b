"""``ssflow case redate`` and ``ssflow case upgrade``: the effects of a new notice, rulebook or definition on open cases."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path

import click

from ssflow.case import Event
from ssflow.cli.database import cases_of, today
from ssflow.cli.input import names
from ssflow.cli.input.arguments import CASE, DAY, PAIR, PROCEDURE, TEXT
from ssflow.cli.input.options import actor_option, db_option, speaks, when_option
from ssflow.cli.input.speaking import command, option
from ssflow.cli.input.taught import REFUSED
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.faults import said
from ssflow.cli.output.trace import events
from ssflow.documents import text_document
from ssflow.errors import Fault
from ssflow.records import Prospect, Round, Upgrade
from ssflow.sheets.usable import fault_document
from ssflow.text import Text
from ssflow.views import event_view


@command(
    "redate",
    Text("重新计算期限", "Date open terms anew"),
    """按现行日历和规则，由起算日、停止计算和数值重新计算所有未届满的期限，逐件记录。可以重复运行。

    已记录的失效和逾期不撤回；按现行规则发生过早的，逐一列出，须由人处理。""",
)
@when_option
@option(
    "--since",
    type=DAY,
    zh="已办结的办件，最后一个事件在这一天或以后的也查看；不写则为一年以前。",
    en="Look at closed cases too that have reached this day; a year before if left out.",
)
@actor_option
@db_option
@speaks
def redate(screen: Screen, on: date | datetime | None, since: date | None, actor: str, db: Path | str) -> None:
    """Date the open terms of all cases anew, from their starts, stops and figures, each by a recorded event. Safe to repeat.

    Recorded lapses and overdue terms stay; those that came too early by the present calendar and rules are listed, and somebody has to look at them.
    """
    came = cases_of(db).redate_all(on or today(), since=since, actor=actor)
    early = [text_document(one.text) for one in came.early] if screen.as_json else []
    _tell(screen, came, Text("没有变动", "no term has another last day"), early=early)
    if came.early and not screen.as_json:
        heading = "发生过早、须由人处理的"
        screen.heading(screen.t(heading, "What came too early: somebody has to look"))
        for one in came.early:
            screen.item("-", one.say(screen.lang))
    if came.failed:
        raise click.exceptions.Exit(REFUSED)


@command(
    "upgrade",
    Text("把办件升至程序的新版", "Upgrade cases to a newer version of their procedure"),
    """把一个程序按较早版本办理、尚未办结的办件升至现行版本，逐件记录。不能升版的照旧，并列出理由。可以重复运行。

    先写--dry-run，查看每个办件能否升版、会有什么变动；这时不写入任何内容。新版没有对应的状态或期限，用--map、--end写明。""",
)
@click.argument("process", type=PROCEDURE)
@option(
    "--map",
    "pairs",
    type=PAIR,
    multiple=True,
    zh="较早版本的状态或期限对应新版的哪一个，如 复核=审核；可以写多次。",
    en="What a state or clock of an older version becomes, old=new; may be repeated.",
)
@option(
    "--end",
    "ends",
    type=TEXT,
    multiple=True,
    zh="较早版本的哪个期限不再计算；可以写多次。",
    en="A clock of an older version that ends; may be repeated.",
)
@option(
    "--case",
    "ids",
    type=CASE,
    multiple=True,
    zh="只处理这一件；可以写多次。不写则为全部。",
    en="This case alone; may be repeated. All if left out.",
)
@when_option
@option("--reason", type=TEXT, default="", zh="理由；升版时须写明。", en="Why; required unless --dry-run is given.")
@actor_option
@option("--dry-run", is_flag=True, zh="只说明结果，不写入任何内容。", en="Only tell what would be done; write nothing.")
@db_option
@speaks
def upgrade(
    screen: Screen,
    process: str,
    pairs: tuple[tuple[str, str], ...],
    ends: tuple[str, ...],
    ids: tuple[str, ...],
    on: date | datetime | None,
    reason: str,
    actor: str,
    dry_run: bool,
    db: Path | str,
) -> None:
    """Upgrade the open cases of older versions of a procedure to the present one, each by a recorded event. Safe to repeat.

    A case that cannot be upgraded stays as it is and is listed with every ground. With --dry-run nothing is written, and each case is listed
    with what would change. --map and --end give the counterparts of parts that the present version does not have.
    """
    to = names.procedure(process)
    asked = Upgrade(to, mapping=names.mapping(to, pairs, ends))
    cases, on = cases_of(db), on or today()
    if dry_run:
        _foretell(screen, cases.dry_run(asked, on=on, reason=reason, actor=actor, cases=ids or None))
        return
    came = cases.upgrade(asked, on=on, reason=reason, actor=actor, cases=ids or None)
    _tell(screen, came, Text("没有按较早版本办理的办件", "no open case is under an older version"))
    if came.failed:
        raise click.exceptions.Exit(REFUSED)


def _foretell(screen: Screen, prospects: Iterable[Prospect]) -> None:
    """Print what would become of each case, and exit with 1 if some cannot go over."""
    told = tuple(prospects)
    if screen.as_json:
        screen.document(
            {
                "cases": [
                    {"case": one.case, "possible": one.is_possible, "told": text_document(one.text)} for one in told
                ]
            }
        )
    else:
        for one in told:
            screen.item("-", one.say(screen.lang))
        can = sum(one.is_possible for one in told)
        zh, en = f"{can}件可以升版，{len(told) - can}件不能", f"{can} can be upgraded, {len(told) - can} cannot"
        screen.line(screen.t(zh, en))
    if not all(one.is_possible for one in told):
        raise click.exceptions.Exit(REFUSED)


def _tell(screen: Screen, came: Round[Event], nothing: Text, *, early: list[dict[str, str]] | None = None) -> None:
    """Print what was recorded, and which cases failed."""
    recorded = tuple(map(event_view, came.done))
    failed = [Fault(case, said(error)) for case, error in came.failed.items()]
    if screen.as_json:
        screen.document(
            {
                "events": [event.document() for event in recorded],
                "failed": [fault_document(fault) for fault in failed],
                **({} if early is None else {"early": early}),
            }
        )
        return
    if recorded:
        events(screen, recorded, cases=True)
    elif not failed:
        screen.line(screen.say(nothing))
    if recorded:
        screen.line(screen.t(f"记录了{len(recorded)}个事件", f"events recorded: {len(recorded)}"))
    if failed:
        screen.heading(screen.t("没有变动的办件", "Cases that stay as they are"))
    for fault in failed:
        screen.item("-", fault.say(screen.lang))
