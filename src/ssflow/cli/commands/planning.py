"""``ssflow case plan``: who must do what by when, in several cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path

import click

from ssflow.case import Case
from ssflow.cli.database import cases_of, today
from ssflow.cli.input.arguments import CASE
from ssflow.cli.input.options import db_option, look_option, speaks
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.plans import tell_plan
from ssflow.life_events import Plan
from ssflow.records import Cases
from ssflow.text import Text
from ssflow.views import plan_view

_TITLE = Text("安排", "Plan")


@command(
    "plan",
    Text("几个办件的安排", "Who must do what by when, in several cases"),
    """说明几个办件中谁须在何时前做什么，谁下一步可办什么。

    办件写编号，或者几个编号的开头：m指m.pension和m.card。这些办件所指的办件一并列入。到当日已失效或逾期的，不论是否记录，都计算在内；
    这里不作任何记录。""",
)
@click.argument("ids", nargs=-1, required=True, type=CASE)
@look_option
@db_option
@speaks
def plan(screen: Screen, ids: tuple[str, ...], on: date | datetime | None, db: Path | str) -> None:
    """Tell who must do what by when in several cases, and who may act next.

    CASE is the id of a case, or the beginning of the ids of some: m for m.pension and m.card. The cases to which these refer are
    taken in too. What has lapsed or fallen overdue by the day counts, recorded or not; nothing is recorded.
    """
    cases, on = cases_of(db), on or today()
    named = tuple(dict.fromkeys(_named(cases, ids)))
    found = Plan(_TITLE, _with_related(cases, named), cases.law, lang=screen.lang).at(on)
    view = plan_view(found, named)
    if screen.as_json:
        screen.document(view.document())
    else:
        tell_plan(screen, view)


def _named(cases: Cases, ids: Iterable[str]) -> Iterator[str]:
    """Yield the ids of the cases that were asked for; a text that is neither an id nor the beginning of one stays as it is."""
    known = [row.id for row in cases.store.rows()]
    for asked in ids:
        begun = [] if asked in known or not asked else [id_ for id_ in known if id_.startswith(asked)]
        yield from begun or [asked]


def _with_related(cases: Cases, ids: Iterable[str]) -> tuple[Case, ...]:
    """Return the cases, followed by those to which they refer, and so on.

    A case knows to which others it refers, and which wrote into it; finding all others would mean reading every case of the database.

    Raises:
        UnknownError: there is no such case.

    """
    found: dict[str, Case] = {}
    waiting = list(ids)
    while waiting:
        if (id_ := waiting.pop(0)) not in found:
            found[id_] = cases.get(id_)
            waiting += [link.case for link in found[id_].links]
    return tuple(found.values())
