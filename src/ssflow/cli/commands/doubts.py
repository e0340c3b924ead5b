"""``ssflow doubts``: what is not known."""

from __future__ import annotations

import click

from ssflow.cli.input.arguments import REGION
from ssflow.cli.input.options import speaks
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.doubtful import doubtful
from ssflow.sheets.doubtful import DOUBTFUL_KINDS
from ssflow.sheets.finding import find_doubtful


@click.command(short_help="List what is not known · 列出存疑与证据薄弱之处")
@click.argument("procedure", metavar="[PROCEDURE]", default="")
@click.option("--region", type=REGION, help="Only what holds in this place; six digits of GB/T 2260.")
@click.option("--kind", type=click.Choice(list(DOUBTFUL_KINDS)), help="Only one kind of doubt.")
@speaks
def doubts(screen: Screen, procedure: str, region: str | None, kind: str | None) -> None:
    """List what is not known, of all procedures or of one.

    Figures below corroborated, conflicts and what was chosen, terms without a figure, procedures without a term of
    statute, what the sources leave open, and texts that were not read.
    """
    found = find_doubtful(procedure, region)
    found = next((found.of(known) for known in DOUBTFUL_KINDS if known == kind), found)
    if screen.as_json:
        screen.document(found.document())
    else:
        doubtful(screen, found)
