"""``ssflow case``: cases in a database."""

from __future__ import annotations

from ssflow.cli.input.speaking import Commands, Group, command, lang_option
from ssflow.text import Text

# Each is imported when it is called: a plan needs most procedures, a list none.
_COMMANDS = {
    "open": "ssflow.cli.commands.acting:open_",
    "do": "ssflow.cli.commands.acting:do",
    "enter-late": "ssflow.cli.commands.together:enter_late",
    "correct": "ssflow.cli.commands.correcting:correct",
    "correct-together": "ssflow.cli.commands.together:correct_together",
    "retract": "ssflow.cli.commands.correcting:retract",
    "show": "ssflow.cli.commands.looking:show_case",
    "options": "ssflow.cli.commands.looking:options",
    "list": "ssflow.cli.commands.listing:list_cases",
    "plan": "ssflow.cli.commands.planning:plan",
    "overdue": "ssflow.cli.commands.passing:overdue",
    "advance": "ssflow.cli.commands.passing:advance",
    "redate": "ssflow.cli.commands.amending:redate",
    "upgrade": "ssflow.cli.commands.amending:upgrade",
    "backup": "ssflow.cli.commands.keeping:backup",
}


@command(
    "case",
    Text("登记、办理、查看办件", "Open cases, act in them, show them"),
    "在一个数据库里登记办件、办理、查看。",
    Group,
)
@lang_option
def case() -> None:
    """Open cases, act in them and look at them, in a database."""


case.commands = Commands(_COMMANDS)
