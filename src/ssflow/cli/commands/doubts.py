"""``ssflow doubts``: the list of what is not known."""

from __future__ import annotations

from datetime import date

import click

from ssflow.cli.input import names
from ssflow.cli.input.arguments import DAY, PROCEDURE, REGION
from ssflow.cli.input.options import speaks
from ssflow.cli.input.speaking import OneOf, command, option
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.broken import end, tell_failing
from ssflow.cli.output.doubtful import doubtful
from ssflow.sheets.doubts.finding import find_doubtful
from ssflow.sheets.doubts.items import DOUBTFUL_KINDS
from ssflow.sheets.usable import faults_by_name
from ssflow.text import Text


@command(
    "doubts",
    Text("列出存疑与证据薄弱之处", "List what is not known"),
    """列出全部程序（或一个程序）的存疑。

    可信程度低于多源印证的数值、冲突及采用了哪一个、没有数值的期限、没有法定期限的程序、来源没有说明的、未读的文本。""",
)
@click.argument("procedure", type=PROCEDURE, default="")
@option(
    "--region",
    type=REGION,
    zh="只列在该地适用的或该地没有数值的；写地名或六位行政区划代码。",
    en="Only what holds, or is lacking, in this place: its name or six digits of GB/T 2260.",
)
@option(
    "--on",
    type=DAY,
    zh="只列这一天施行的数值；不写则列历来的。",
    en="Only figures in force on this day, like 2026-09-21; those of all times if left out.",
)
@option(
    "--kind",
    type=OneOf(DOUBTFUL_KINDS),
    zh="只列一类存疑。",
    en="Only one kind of doubt.",
)
@speaks
def doubts(screen: Screen, procedure: str, region: str | None, on: date | None, kind: str | None) -> None:
    """List what is not known, of all procedures or of one.

    Figures below corroborated, conflicts and what was chosen, terms without a figure, procedures without a term of
    statute, what the sources leave open, and texts that were not read.
    """
    asked = names.procedure(procedure).name if procedure else ""
    found = find_doubtful(asked, region, on, partial=not asked)
    found = next((found.of(known) for known in DOUBTFUL_KINDS if known == kind), found)
    failing = faults_by_name(found.failing)
    if screen.as_json:
        screen.document(found.document())
    else:
        doubtful(screen, found)
        tell_failing(screen, failing)
    end(failing)
