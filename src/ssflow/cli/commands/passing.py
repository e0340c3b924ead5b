"""``ssflow case overdue`` and ``ssflow case advance``: the effects of time."""

from __future__ import annotations

import warnings
from datetime import date, datetime
from pathlib import Path

import click

from ssflow.calendar.clock import ZONE, instant_of, now
from ssflow.case import Ground, GroundKind
from ssflow.cli.database import cases_of, today
from ssflow.cli.input.arguments import WHEN
from ssflow.cli.input.options import actor_option, db_option, look_option, speaks
from ssflow.cli.input.speaking import command, option
from ssflow.cli.input.taught import REFUSED
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import table
from ssflow.cli.output.faults import said
from ssflow.cli.output.trace import events
from ssflow.errors import Fault, RefusedError
from ssflow.records import CasesLeftOut
from ssflow.sheets.usable import fault_document
from ssflow.text import Text
from ssflow.views import WorkView, event_view, work_view
from ssflow.views.wording import moment


@command("overdue", Text("列出逾期", "Which terms are overdue"), "列出某日零时或某一时刻已逾期的期限，不论是否记录。")
@look_option
@db_option
@speaks
def overdue(screen: Screen, on: date | datetime | None, db: Path | str) -> None:
    """List every term that is overdue at the beginning of a day or at an instant, recorded or not."""
    on = on or today()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CasesLeftOut)  # they are listed below
        late = cases_of(db).overdue(on)
    found = list(map(work_view, late))
    left_out = [Fault(id_, said(error)) for id_, error in late.unreadable.items()]
    if screen.as_json:
        left = [fault_document(fault) for fault in left_out]
        screen.document({"on": on.isoformat(), "overdue": [owed.document() for owed in found], "unreadable": left})
    elif found:
        _table(screen, found)
    else:
        screen.line(screen.t(f"{moment(on)}无逾期", f"nothing is overdue on {moment(on)}"))
    if left_out and not screen.as_json:
        screen.heading(screen.t("无法查看的办件", "Cases that could not be looked at"))
        for fault in left_out:
            screen.item("-", fault.say(screen.lang))
    if left_out:
        raise click.exceptions.Exit(REFUSED)


def _table(screen: Screen, found: list[WorkView]) -> None:
    t = screen.t
    shown = table(
        t("办件", "case"),
        t("最后一日", "due"),
        t("期限", "term"),
        t("义务人", "owed by"),
        t("程序", "procedure"),
        whole=2,
    )
    for owed in found:
        shown.add_row(owed.case, *map(screen.say, (owed.last_day, owed.duty, owed.owner, owed.title)))
    screen.show(shown)


@command(
    "advance",
    Text("记录失效与逾期", "Record what lapsed or fell overdue"),
    """把所有办件的失效和逾期逐一按法定时刻记录下来。可以重复运行。

    23日届满的期限，自24日零时起逾期：写24日才会记录。""",
)
@option(
    "--through",
    type=WHEN,
    required=True,
    zh="到这一天零时，或这一时刻为止。",
    en="Up to the beginning of this day, or up to an instant.",
)
@actor_option
@db_option
@speaks
def advance(screen: Screen, through: date | datetime, actor: str, db: Path | str) -> None:
    """Record every lapse and every overdue term of all cases, each at its legal moment. Safe to repeat.

    A term that is due on the 23rd is overdue from the 24th on: record it with the 24th.
    """
    cases = cases_of(db)
    if instant_of(through, ZONE) > now():
        reason = Text(
            f"{moment(through)}尚未到来，只记录已发生的",
            f"{moment(through)} lies in the future; only what has happened is recorded",
        )
        act = Text("记录失效与逾期", "record what lapsed or fell overdue")
        raise RefusedError(act, [Ground(GroundKind.order, "future", reason)])
    recorded = tuple(map(event_view, cases.advance(through, actor=actor)))
    if screen.as_json:
        screen.document({"through": through.isoformat(), "events": [event.document() for event in recorded]})
    elif recorded:
        events(screen, recorded, cases=True)
    else:
        screen.line(
            screen.t(f"至{moment(through)}没有失效或逾期", f"nothing lapsed or fell overdue up to {moment(through)}")
        )
