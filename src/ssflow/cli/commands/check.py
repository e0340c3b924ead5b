"""``ssflow check``: whether the procedures are sound and their rulebooks fit them."""

from __future__ import annotations

import click

from ssflow import machines
from ssflow.cli.input.options import speaks
from ssflow.cli.output.answer import Screen
from ssflow.process import faults_of_process
from ssflow.sheets import book_of


@click.command(short_help="Check the procedures · 检查程序")
@click.argument("names", metavar="[PROCESS]...", nargs=-1)
@speaks
def check(screen: Screen, names: tuple[str, ...]) -> None:
    """Check the procedures named, or all: sound by definition, every figure read, every start, role and law known.

    Exits with 1 if anything is wrong. An unsound definition already fails when it is loaded.
    """
    found = {
        name: faults_of_process(process := machines.get(name), book_of(process)) for name in names or machines.names()
    }
    if screen.as_json:
        screen.document({"faults": {name: [fault.say("en") for fault in faults] for name, faults in found.items()}})
    else:
        for name, faults in found.items():
            screen.line(f"{name}  " + (screen.t("有缺陷", "faulty") if faults else screen.t("无误", "sound")))
            for fault in faults:
                screen.line(f"- {fault.say(screen.lang)}", indent=2)
    if any(found.values()):
        raise click.exceptions.Exit(1)
