"""``ssflow check``: whether the procedures are sound and their rulebooks fit them."""

from __future__ import annotations

import click

from ssflow import machines
from ssflow.cli.input.arguments import PROCEDURE
from ssflow.cli.input.names import procedure
from ssflow.cli.input.options import speaks
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.process import faults_of_process
from ssflow.sheets import book_of
from ssflow.text import Text


@command(
    "check",
    Text("检查程序", "Check the procedures"),
    """检查列出的（或全部）程序：定义健全，数值都有部件读取，起算环节、主体和法规都存在。

    有缺陷时以1退出。定义本身不健全的，载入时就已报错。""",
)
@click.argument("names", nargs=-1, type=PROCEDURE)
@speaks
def check(screen: Screen, names: tuple[str, ...]) -> None:
    """Check the procedures named, or all: sound by definition, every figure read, every start, role and law known.

    Exits with 1 if anything is wrong. An unsound definition already fails when it is loaded.
    """
    found = {
        process.name: faults_of_process(process, book_of(process))
        for process in map(procedure, names or machines.names())
    }
    if screen.as_json:
        screen.document({"faults": found})
    else:
        for name, faults in found.items():
            screen.line(f"{name}  " + (screen.t("有缺陷", "faulty") if faults else screen.t("无误", "sound")))
            for fault in faults:
                screen.line(f"- {fault}", indent=2)
    if any(found.values()):
        raise click.exceptions.Exit(1)
