"""``ssflow case enter-late`` and ``ssflow case correct-together``: several entries of a file, judged as one history, all or none."""

from __future__ import annotations

from pathlib import Path

import click

from ssflow.cli.commands.telling import tell
from ssflow.cli.database import cases_of, recorded_since, today, versions_before
from ssflow.cli.input.arguments import CASE, FILE, TEXT
from ssflow.cli.input.entries import corrections, late_acts
from ssflow.cli.input.options import actor_option, db_option, speaks
from ssflow.cli.input.speaking import command, option
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.trace import events
from ssflow.text import Text
from ssflow.views import event_view


@command(
    "enter-late",
    Text("补录漏录的几项办理", "Enter several acts that were missed"),
    "把文件里漏录的几项办理一并补录，与其后的办理合在一起判断；有一项不可能的，都不补录。",
)
@click.argument("case_id", type=CASE)
@click.argument("file", type=FILE)
@option("--reason", type=TEXT, required=True, zh="理由。", en="Why.")
@actor_option
@db_option
@speaks
def enter_late(screen: Screen, case_id: str, file: Path, reason: str, actor: str, db: Path | str) -> None:
    """Enter the acts of a file that were missed; they are judged as one history with the later acts, all or none.

    Each is an [[act]] with activity, by and on; it may have data, party, link, before and after.
    """
    cases = cases_of(db)
    acts = late_acts(file, cases, cases.get(case_id))
    versions = versions_before(cases, [case_id, *(link for act in acts for link in act.links)])
    case = cases.enter_late(case_id, acts, reason=reason, actor=actor)
    tell(screen, cases, case, recorded_since(cases, versions), today())


@command(
    "correct-together",
    Text("一并更正几个事件", "Correct several events together"),
    "把文件里的几项更正一并判断，可以是几个办件的；有一项不可能的，都不更正。",
)
@click.argument("file", type=FILE)
@actor_option
@db_option
@speaks
def correct_together(screen: Screen, file: Path, actor: str, db: Path | str) -> None:
    """Make the corrections of a file, in one case or in several, which are judged as one history, all or none.

    Each is a [[correction]] with case, event and reason; it may have activity, by, on, party, data, link, unlink, place, before, after,
    strike, and role for the one that corrects. Whatever is not given stays as it was.
    """
    cases = cases_of(db)
    found = corrections(file, cases, actor)
    versions = versions_before(cases, [case for one in found for case in (one.case, *one.links)])
    after = cases.correct_together(found)
    recorded = tuple(map(event_view, recorded_since(cases, versions)))
    if screen.as_json:
        screen.document({"cases": [case.id for case in after], "recorded": [event.document() for event in recorded]})
    else:
        events(screen, recorded, cases=True)
