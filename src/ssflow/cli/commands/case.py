"""``ssflow case``: cases in a database file."""

from __future__ import annotations

from ssflow.cli.commands.acting import do, open_
from ssflow.cli.commands.amending import redate, upgrade
from ssflow.cli.commands.correcting import correct, retract
from ssflow.cli.commands.keeping import backup
from ssflow.cli.commands.listing import list_cases
from ssflow.cli.commands.looking import options, show_case
from ssflow.cli.commands.passing import advance, overdue
from ssflow.cli.commands.planning import plan
from ssflow.cli.input.speaking import Group, command, lang_option
from ssflow.text import Text


@command(
    "case",
    Text("登记、办理、查看办件", "Open cases, act in them, show them"),
    "在一个数据库文件里登记办件、办理、查看。",
    Group,
)
@lang_option
def case() -> None:
    """Open cases, act in them and look at them, in a database file."""


for one in (
    open_,
    do,
    correct,
    retract,
    show_case,
    options,
    list_cases,
    plan,
    overdue,
    advance,
    redate,
    upgrade,
    backup,
):
    case.add_command(one)
