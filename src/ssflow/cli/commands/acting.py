"""``ssflow case open`` and ``ssflow case do``: acts of a role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click

from ssflow.cli.commands.telling import tell
from ssflow.cli.database import cases_of, definition_on, recorded_since, today, versions_before
from ssflow.cli.input import names
from ssflow.cli.input.arguments import ACTIVITY, CASE, PROCEDURE, ROLE, TEXT, VERSION
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
    when_option,
)
from ssflow.cli.input.speaking import command, option
from ssflow.cli.output.answer import Screen
from ssflow.errors import InputError
from ssflow.process import Process
from ssflow.text import Lang, Text

_JOINTS: tuple[tuple[str, Lang], ...] = (("、", "zh"), (", ", "en"))


def _act_options(function: Callable[..., None]) -> Callable[..., None]:
    """Return the command with the options of every act."""
    party = option(
        "--party", type=TEXT, default="", zh="当事人，用本单位的编号。", en="Who acts, by your own reference."
    )
    by = option("--by", "role", required=True, type=ROLE, zh="由哪个主体办理。", en="The role that acts.")
    return by(when_option(data_options(link_option(party(actor_option(db_option(function)))))))


@command(
    "open",
    Text("登记办件", "Open a case"),
    "以程序的一个登记环节登记一个办件；不予办理时列出全部理由，不写入任何内容。",
)
@click.argument("process", type=PROCEDURE)
@click.argument("activity", type=ACTIVITY)
@_act_options
@region_option
@place_option
@option(
    "--id",
    "id_",
    type=TEXT,
    default="",
    zh="新办件的编号；不写则自动生成。",
    en="The id of the new case; made up if left out.",
)
@speaks
def open_(
    screen: Screen,
    process: str,
    activity: str,
    role: str,
    on: date | datetime | None,
    written: str | None,
    pairs: Pairs,
    links: tuple[str, ...],
    party: str,
    actor: str,
    db: Path | str,
    region: str,
    places: tuple[tuple[str, str], ...],
    id_: str,
) -> None:
    """Open a case with one of the opening activities of a procedure."""
    found = names.procedure(process)
    opening, by, on = names.activity(found, activity, None), names.role(found, role), on or today()
    named = names.where(found, region, places) or _no_places(found)
    data = data_for(opening, written, pairs)
    cases = cases_of(db, make=True)
    versions = versions_before(cases, links)
    case = cases.open(opening(data), by=by, on=on, places=named, links=links, party=party, actor=actor, case=id_)
    tell(screen, cases, case, recorded_since(cases, {case.id: 0, **versions}), on)


@command("do", Text("办理", "Act in a case"), "在一个办件中办理；不予办理时列出全部理由，不作任何改变。")
@click.argument("case_id", type=CASE)
@click.argument("activity", type=ACTIVITY)
@_act_options
@option(
    "--version",
    type=VERSION,
    zh="办件仍是这一版本才办理。",
    en="Act only if the case is still at this version.",
)
@option(
    "--reason",
    type=TEXT,
    default="",
    zh="补录的理由；其后已有办理的须写明。",
    en="Why it is entered late; needed if a later act is on record.",
)
@before_option
@after_option
@speaks
def do(
    screen: Screen,
    case_id: str,
    activity: str,
    role: str,
    on: date | datetime | None,
    written: str | None,
    pairs: Pairs,
    links: tuple[str, ...],
    party: str,
    actor: str,
    db: Path | str,
    version: int | None,
    reason: str,
    before: int | None,
    after: int | None,
) -> None:
    """Act in a case; a refusal lists all grounds and changes nothing."""
    cases, on = cases_of(db), on or today()
    case = cases.get(case_id)
    process = definition_on(cases, case, on)
    act, by = names.activity(process, activity, case.state), names.role(process, role)
    data = data_for(act, written, pairs)
    versions = versions_before(cases, [case_id, *links])
    case = cases.do(
        case_id,
        act(data),
        by=by,
        on=on,
        version=version,
        links=links,
        party=party,
        actor=actor,
        reason=reason,
        before=before,
        after=after,
    )
    tell(screen, cases, case, recorded_since(cases, versions), on)


def _no_places(process: type[Process]) -> NoReturn:
    zh, en = (joint.join(place.title.say(lang) for place in process.places) for joint, lang in _JOINTS)
    raise InputError.of(
        "--region",
        f"请给出地点：--region 地方，或逐一写--place 名称=地方（名称：{zh}）",
        f"say where: --region PLACE, or --place NAME=PLACE for each of {en}",
    )
