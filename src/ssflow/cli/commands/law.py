"""``ssflow law``: from the law to what rests on it."""

from __future__ import annotations

import click

from ssflow.cli.input.options import speaks
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.laws import all_laws, one_law
from ssflow.sheets.laws.index import law_index


@click.command(short_help="From a law to figures and procedures · 从法条查数值和程序")
@click.argument("law", metavar="[LAW]", default="")
@click.argument("article", metavar="[ARTICLE]", default="")
@speaks
def law(screen: Screen, law: str, article: str) -> None:
    """List all laws, or what rests on one law or on one article with its paragraphs and items.

    LAW is an id such as decree-765, ARTICLE is written like 18, 6(2), or 2.3 for a guide.
    """
    index = law_index()
    found = index.within(law, article) if law else index
    if screen.as_json:
        screen.document(found.document())
    elif law:
        one_law(screen, index, found, law)
    else:
        all_laws(screen, index)
