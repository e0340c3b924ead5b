"""``ssflow case open`` and ``ssflow case do``: what somebody does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from ssflow import machines
from ssflow.case import Case, Cases, Event
from ssflow.cli.desk import cases_of, recorded_since, today, versions_before
from ssflow.cli.input.arguments import PAIR
from ssflow.cli.input.given import Pairs, data_for, data_options
from ssflow.cli.input.options import db_option, region_option, speaks, when_option
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.casefile import head
from ssflow.cli.output.choices import next_steps
from ssflow.cli.output.documents import case_document, event_document
from ssflow.cli.output.owed import obligations
from ssflow.cli.output.privacy import Privacy
from ssflow.cli.output.trace import events
from ssflow.process import Process


def _act_options(function: Callable[..., None]) -> Callable[..., None]:
    """Give a command the options of every act."""
    link = click.option("--link", "links", multiple=True, metavar="CASE", help="A related case; may be repeated.")
    party = click.option("--party", default="", help="Who acts, by your own reference.")
    by = click.option("--by", "role", required=True, metavar="ROLE", help="The role that acts.")
    return by(when_option(data_options(link(party(db_option(function))))))


@click.command("open", short_help="Open a case · 登记办件")
@click.argument("process")
@click.argument("activity")
@_act_options
@region_option
@click.option(
    "--place", "places", type=PAIR, multiple=True, help="A named place, e.g. issuing=440100; may be repeated."
)
@click.option("--id", "id_", default="", help="The id of the new case; made up if left out.")
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
    db: Path,
    region: str,
    places: tuple[tuple[str, str], ...],
    id_: str,
) -> None:
    """Open a case with one of the opening activities of a procedure."""
    found = machines.get(process)
    opening, by, on = found.activity(activity), found.role(role), on or today()
    named = _places(screen, found, region, places)
    data = data_for(opening, written, pairs, screen)
    cases = cases_of(screen, db, make=True)
    before = versions_before(cases, links)
    case = cases.open(opening, data, by=by, on=on, places=named, links=links, party=party, case=id_)
    _answer(screen, cases, case, recorded_since(cases, {case.id: 0, **before}), on)


@click.command(short_help="Act in a case · 办理")
@click.argument("case_id", metavar="CASE")
@click.argument("activity")
@_act_options
@click.option("--version", type=click.IntRange(min=1), help="Act only if the case is still at this version.")
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
    db: Path,
    version: int | None,
) -> None:
    """Act in a case; a refusal lists all grounds and changes nothing."""
    cases, on = cases_of(screen, db), on or today()
    process = cases.get(case_id).process
    act, by = process.activity(activity), process.role(role)
    data = data_for(act, written, pairs, screen)
    before = versions_before(cases, [case_id, *links])
    case = cases.do(case_id, act, data, by=by, on=on, version=version, links=links, party=party)
    _answer(screen, cases, case, recorded_since(cases, before), on)


def _places(
    screen: Screen, process: type[Process], region: str, places: tuple[tuple[str, str], ...]
) -> dict[str, str] | str:
    if bool(region) == bool(places):
        names = ", ".join(place.name for place in process.places)
        raise click.UsageError(
            screen.t(
                f"请给出地点：--region 代码，或逐一写--place 名称=代码（名称：{names}）",
                f"say where: --region CODE, or --place NAME=CODE for each of {names}",
            )
        )
    return region or dict(places)


def _answer(screen: Screen, cases: Cases, case: Case, recorded: tuple[Event, ...], on: date | datetime) -> None:
    """Tell what was recorded, what is owed now and who may act next."""
    privacy, options = Privacy(), () if case.is_closed else cases.options(case.id, on=on)
    if screen.as_json:
        document: dict[str, Any] = case_document(case, options, (), privacy)
        screen.document({**document, "recorded": [event_document(event, privacy) for event in recorded]})
        return
    t = screen.t
    head(screen, case, privacy)
    screen.heading(t("已记录", "Recorded"))
    events(screen, recorded, cases=True)
    if not case.is_closed:
        screen.heading(t("期限", "Clocks"))
        obligations(screen, case.obligations, case.process)
        screen.heading(t("下一步", "Next"))
        next_steps(screen, options)
