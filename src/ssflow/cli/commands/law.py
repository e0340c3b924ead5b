"""``ssflow law``: laws and articles, with what rests on them."""

from __future__ import annotations

import click

from ssflow.cli.input import names
from ssflow.cli.input.arguments import ARTICLE, LAW
from ssflow.cli.input.options import speaks
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.broken import end, tell_failing
from ssflow.cli.output.laws import all_laws, one_law
from ssflow.sheets.laws.index import law_index
from ssflow.sheets.usable import faults_by_name
from ssflow.text import Text


@command(
    "law",
    Text("从法条查数值和程序", "From a law to figures and procedures"),
    """列出全部法规，或者以一部法规、一条（及其款、项）为依据的内容。

    法规写名称或编号，例如 社会保险法、decree-765；条款写成18、6(2)、第6条第2款，指南写成2.3。
    也可以照抄依据：《社会保险法》第十八条。""",
)
@click.argument("law", type=LAW, default="")
@click.argument("article", type=ARTICLE, default="")
@speaks
def law(screen: Screen, law: str, article: str) -> None:
    """List all laws, or what rests on one law or on one article with its paragraphs and items.

    LAW is a title or an id such as decree-765, ARTICLE is written like 18, 6(2), 第6条第2款, or 2.3 for a guide. Both may also be one
    text, as a basis is printed: "Social Insurance Handling Regulation, art. 20(2)".
    """
    index = law_index(partial=True)
    name, within = names.citation(index.laws, law, article) if law else ("", "")
    found = index.within(name, within) if name else index
    failing = faults_by_name(index.failing)
    if screen.as_json:
        screen.document(found.document())
    else:
        one_law(screen, index, found, name) if name else all_laws(screen, index)
        tell_failing(screen, failing)
    end(failing)
