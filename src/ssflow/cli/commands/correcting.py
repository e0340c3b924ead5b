"""``ssflow case correct`` and ``ssflow case retract``: what was recorded wrongly is put right, and nothing is edited."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from ssflow.cli.commands.telling import tell
from ssflow.cli.desk import cases_of, recorded_since, today, versions_before
from ssflow.cli.input import names
from ssflow.cli.input.arguments import ACTIVITY, CASE, NUMBER, ROLE, TEXT, WHEN
from ssflow.cli.input.given import Pairs, data_for, data_options
from ssflow.cli.input.options import db_option, speaks
from ssflow.cli.input.speaking import command, option
from ssflow.cli.output.answer import Screen, moment
from ssflow.cli.output.documents import event_document
from ssflow.cli.output.privacy import Privacy
from ssflow.cli.output.trace import events
from ssflow.text import Text

_reason = option("--reason", type=TEXT, required=True, zh="为什么。", en="Why.")
_actor = option(
    "--actor", type=TEXT, default="", zh="经办人，用你自己的编号。", en="Who types it, by your own reference."
)


@command(
    "correct",
    Text("更正办件的事件", "Put an event of a case right"),
    """以另一办理取代一个事件，改到另一天，或者不写环节而撤销它。旧事件留在轨迹里，其后的办理重新判断。

    没有写明的照旧。""",
)
@click.argument("case_id", type=CASE)
@click.argument("number", type=NUMBER)
@click.argument("activity", type=ACTIVITY, required=False)
@option(
    "--by",
    "role",
    type=ROLE,
    default="",
    zh="由哪个主体办理；不写则照旧。",
    en="The role that acts; as it was if left out.",
)
@option(
    "--on",
    type=WHEN,
    zh="办理的日期或时刻；不写则照旧。",
    en="The day or the instant of the act; as it was if left out.",
)
@option(
    "--party",
    type=TEXT,
    default="",
    zh="当事人；不写则照旧。",
    en="Who acts, by your own reference; as it was if left out.",
)
@data_options
@_reason
@_actor
@db_option
@speaks
def correct(
    screen: Screen,
    case_id: str,
    number: int,
    activity: str | None,
    role: str,
    on: date | datetime | None,
    party: str,
    written: str | None,
    pairs: Pairs,
    reason: str,
    actor: str,
    db: Path,
) -> None:
    """Put another act in the place of an event, move it to another day, or strike it out by naming no activity.

    The old event stays in the trace; later acts are judged again. What is not given stays as it was.
    """
    cases = cases_of(db)
    process = cases.get(case_id).process
    by = names.role(process, role) if role else None
    deed = None
    if activity is not None:
        act = names.activity(process, activity, None)
        deed = act(data_for(act, written, pairs))
    before = versions_before(cases, [case_id])
    case = cases.correct(case_id, number, deed, by=by, on=on, party=party, reason=reason, actor=actor)
    tell(screen, cases, case, recorded_since(cases, before), on or today())


@command(
    "retract",
    Text("撤回时钟错误时的记录", "Take back a sweep under a wrong clock"),
    "撤回某一时刻之后记下的期满和逾期：记录时机器的时钟走快了。办理不动。",
)
@option(
    "--after", type=WHEN, required=True, zh="此后的都撤回。", en="What was recorded as later than this is taken back."
)
@_reason
@_actor
@db_option
@speaks
def retract(screen: Screen, after: date | datetime, reason: str, actor: str, db: Path) -> None:
    """Take back what time was recorded to have done after a moment, in all cases: the clock was wrong. Acts stay."""
    recorded = cases_of(db).retract(after=after, reason=reason, actor=actor)
    if screen.as_json:
        screen.document({"after": after.isoformat(), "events": [event_document(e, Privacy()) for e in recorded]})
    elif recorded:
        events(screen, recorded, cases=True)
    else:
        screen.line(screen.t(f"{moment(after)}之后没有可撤回的", f"nothing is recorded after {moment(after)}"))
