"""``ssflow doubts``: what is not known."""

from __future__ import annotations

from datetime import date

import click

from ssflow.cli.input.arguments import DAY, REGION
from ssflow.cli.input.options import speaks
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.doubtful import doubtful
from ssflow.sheets.doubts.finding import find_doubtful
from ssflow.sheets.doubts.items import DOUBTFUL_KINDS


@click.command(short_help="List what is not known · 列出存疑与证据薄弱之处")
@click.argument("procedure", metavar="[PROCEDURE]", default="")
@click.option("--region", type=REGION, help="Only what holds, or is lacking, in this place; six digits of GB/T 2260.")
@click.option("--on", type=DAY, help="Only figures in force on this day, YYYY-MM-DD; those of all times if left out.")
@click.option("--kind", type=click.Choice(list(DOUBTFUL_KINDS)), help="Only one kind of doubt.")
@speaks
def doubts(screen: Screen, procedure: str, region: str | None, on: date | None, kind: str | None) -> None:
    """List what is not known, of all procedures or of one.

    Figures below corroborated, conflicts and what was chosen, terms without a figure, procedures without a term of
    statute, what the sources leave open, and texts that were not read.
    """
    found = find_doubtful(procedure, region, on)
    found = next((found.of(known) for known in DOUBTFUL_KINDS if known == kind), found)
    if screen.as_json:
        screen.document(found.document())
    else:
        doubtful(screen, found)
