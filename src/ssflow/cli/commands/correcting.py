"""``ssflow case correct`` and ``ssflow case retract``: corrections of wrong records, none of which is edited."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ssflow.cli.commands.telling import tell
from ssflow.cli.database import cases_of, recorded_since, today, versions_before
from ssflow.cli.input import names
from ssflow.cli.input.arguments import ACTIVITY, CASE, NUMBER, ROLE, TEXT, WHEN
from ssflow.cli.input.given import Pairs, data_for, data_options
from ssflow.cli.input.options import (
    actor_option,
    after_option,
    before_option,
    db_option,
    link_option,
    place_option,
    region_option,
    speaks,
)
from ssflow.cli.input.speaking import command, option
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.trace import events
from ssflow.errors import InputError, UnknownError
from ssflow.process import Deed
from ssflow.records import Log
from ssflow.records.history import effective_act
from ssflow.text import Text
from ssflow.views import event_view
from ssflow.views.wording import moment

_reason = option("--reason", type=TEXT, required=True, zh="理由。", en="Why.")


@command(
    "correct",
    Text("更正办件的事件", "Correct an event of a case"),
    """以另一办理取代一个事件，或者更正其日期、当日先后、主体、当事人、材料；误录的，写--strike撤销。旧事件留在轨迹里，其后的办理重新判断。

    更正登记环节的，可以用--region或--place更正办件的地点。

    没有写明的照旧：不写环节的，仍是原来的环节；--set只改所写的字段。""",
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
    en="The role that acts; unchanged if left out.",
)
@option(
    "--on",
    type=WHEN,
    zh="办理的日期或时刻；不写则照旧。",
    en="The day or the instant of the act; unchanged if left out.",
)
@before_option
@after_option
@link_option
@option(
    "--unlink",
    "unlinks",
    multiple=True,
    type=CASE,
    zh="误写的关联办件，不再关联；可以写多次。",
    en="A case that the event names by mistake; may be repeated.",
)
@region_option
@place_option
@option(
    "--party",
    type=TEXT,
    default="",
    zh="当事人；不写则照旧。",
    en="Who acts, by your own reference; unchanged if left out.",
)
@option(
    "--as",
    "corrector",
    type=ROLE,
    default="",
    zh="以哪个主体更正；不写则为原办理主体。",
    en="The role that corrects; the one that acted if left out.",
)
@data_options
@option(
    "--strike",
    is_flag=True,
    zh="撤销这一事件：从未发生。",
    en="Strike the event out: it did not happen.",
)
@_reason
@actor_option
@db_option
@speaks
def correct(
    screen: Screen,
    case_id: str,
    number: int,
    activity: str | None,
    role: str,
    on: date | datetime | None,
    before: int | None,
    after: int | None,
    links: tuple[str, ...],
    unlinks: tuple[str, ...],
    region: str,
    places: tuple[tuple[str, str], ...],
    party: str,
    corrector: str,
    written: str | None,
    pairs: Pairs,
    strike: bool,
    reason: str,
    actor: str,
    db: Path | str,
) -> None:
    """Replace an event by another act, or correct its day, order within it, role, party or data; --strike strikes it out.

    In the opening, --region or --place corrects the places of the case.

    The old event stays in the trace; later acts are judged again. Whatever is not given stays as it was: without an activity the act is
    the same, and --set changes only the fields that it names.
    """
    cases = cases_of(db)
    found = cases.get(case_id)
    trace = cases.trace(case_id)
    then = cases.codec.definition_of(trace[min(number, len(trace)) - 1])
    by = names.role(then, role) if role else None
    there = names.where(then, region, places)
    order = {"--before": before, "--after": after}
    related = {"--link": links, "--unlink": unlinks, "--region": region, "--place": places}
    options = {"--by": by, "--on": on, **order, **related, "--party": party, "--data": written, "--set": pairs}
    given = [ACTIVITY.shown] if activity else []
    _check_asked(strike, given + [Text(name, name) for name, value in options.items() if value])
    deed = None if strike else _deed(Log(found, trace), number, activity, written, pairs)
    versions = versions_before(cases, [case_id, *links])
    who = names.role(then, corrector) if corrector else None
    case = cases.correct(
        case_id,
        number,
        deed,
        by=by,
        on=on,
        party=party,
        reason=reason,
        actor=actor,
        corrector=who,
        before=before,
        after=after,
        links=links,
        unlinks=unlinks,
        places=there,
    )
    tell(screen, cases, case, recorded_since(cases, versions), on or today())


def _check_asked(strike: bool, given: list[Text]) -> None:
    """Refuse a correction that changes nothing, and one that strikes out what it also changes."""
    if strike and given:
        raise InputError.of(
            "--strike",
            f"撤销的事件不再有其他内容；请去掉{'、'.join(name.zh for name in given)}，或者去掉--strike",
            f"an event that is struck out says nothing more; leave out {', '.join(name.en for name in given)}, or --strike",
        )
    if not strike and not given:
        raise InputError.of(
            "",
            "没有写明更正什么；请写环节、--on、--before、--after、--link、--unlink、--region、--place、--by、--party、--set或--data，"
            "误录的写--strike撤销",
            "no correction is given; give ACTIVITY, --on, --before, --after, --link, --unlink, --region, --place, --by, --party, --set or --data, "
            "or --strike to strike the event out",
        )


def _deed(log: Log, number: int, activity: str | None, written: str | None, pairs: Pairs) -> Deed[Any]:
    """Return the deed that is to count: that of the named activity, or the one that counts so far; for the same activity, with its data."""
    process = log.case.process
    if number > log.case.version:
        raise UnknownError("event", str(number), [str(event.version) for event in log.events])
    counts = effective_act(process, log.events, number)
    process = process.at(counts.process_version) if counts else process
    if activity is not None:
        act = names.activity(process, activity, None)
    elif counts is not None:
        act = process.activity(counts.activity)
    else:
        raise InputError.of(
            "ACTIVITY",
            f"第{number}项不是现在有效的办理；请写明以哪个环节取代",
            f"event {number} is not an act that counts; say which activity takes its place",
        )
    before = counts.data if counts and counts.activity == act.name else None
    is_same = before is not None and written is None and not pairs
    return act(before if is_same else data_for(act, written, pairs, before))


@command(
    "retract",
    Text("撤回时钟错误时的记录", "Take back what a wrong clock recorded"),
    "机器的时钟走快时，撤回某一时刻之后误记的失效和逾期；办理不变。",
)
@option(
    "--after", type=WHEN, required=True, zh="此后的都撤回。", en="What was recorded as later than this is taken back."
)
@_reason
@actor_option
@db_option
@speaks
def retract(screen: Screen, after: date | datetime, reason: str, actor: str, db: Path | str) -> None:
    """Take back, in all cases, the effects of time recorded after a moment, because the clock was wrong. Acts stay."""
    recorded = tuple(map(event_view, cases_of(db).retract(after=after, reason=reason, actor=actor)))
    if screen.as_json:
        screen.document({"after": after.isoformat(), "events": [event.document() for event in recorded]})
    elif recorded:
        events(screen, recorded, cases=True)
    else:
        screen.line(
            screen.t(
                f"没有可撤回的：{moment(after)}之后没有记录失效或逾期",
                f"nothing to take back: no lapse and no overdue term is recorded after {moment(after)}",
            )
        )
