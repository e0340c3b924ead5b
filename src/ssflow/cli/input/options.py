"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

import click

from ssflow.calendar import WorkCalendar
from ssflow.calendar.notices import BODIES, Body
from ssflow.cli.input.arguments import DAY, REGION, WHEN
from ssflow.cli.input.language import ENVIRONMENT, default_lang
from ssflow.cli.output.answer import Screen
from ssflow.text import LANGS

P = ParamSpec("P")
Command = Callable[..., None]


def speaks(function: Callable[Concatenate[Screen, P], None]) -> Command:
    """Give a command ``--lang`` and ``--json``; it is handed the screen to which it answers."""

    @click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
    @click.option(
        "--lang",
        type=click.Choice(LANGS),
        envvar=ENVIRONMENT,
        default=default_lang,
        is_eager=True,
        help="The language of the answer.",
    )
    @wraps(function)
    def command(lang: Any, as_json: bool, *args: P.args, **kwargs: P.kwargs) -> None:
        function(Screen(lang, as_json), *args, **kwargs)

    return command


day_option = click.option("--on", type=DAY, help="The day, YYYY-MM-DD; today in Beijing if left out.")
when_option = click.option(
    "--on", type=WHEN, help="The day of the act, or its instant with a time zone; today in Beijing if left out."
)
region_option = click.option("--region", type=REGION, default="", help="Six digits of GB/T 2260, e.g. 440100.")
strict_option = click.option("--strict", is_flag=True, help="No forecasts and no figures of unnamed places.")
no_forecast_option = click.option(
    "--strict", is_flag=True, help="No forecast: an error where the notices do not reach."
)
ics_option = click.option("--ics", is_flag=True, help="Print an iCalendar file (RFC 5545).")
by_option = click.option("--by", "role", metavar="ROLE", help="The role that acts.")
personal_option = click.option("--personal", is_flag=True, help="Show personal data unmasked.")
db_option = click.option(
    "--db",
    type=click.Path(path_type=Path),
    envvar="SSFLOW_DB",
    default="ssflow.db",
    show_default=True,
    help="The database file (SSFLOW_DB).",
)
body_option = click.option(
    "--body",
    type=click.Choice(BODIES),
    default="public",
    show_default=True,
    help="Public bodies or enterprises; some notices speak for one alone.",
)
as_of_option = click.option("--as-of", type=DAY, help="As it was known at the end of that day; as today if left out.")


def in_calendar(function: Callable[Concatenate[Screen, WorkCalendar, P], None]) -> Command:
    """Give a command that `speaks` also ``--region``, ``--body`` and ``--as-of``; it is handed the calendar they describe.

    In a command that takes ``no_forecast_option`` too, ``--strict`` makes that calendar refuse to forecast.
    """

    @wraps(function)
    def command(screen: Screen, region: str, body: Body, as_of: date | None, *args: P.args, **kwargs: P.kwargs) -> None:
        strict = kwargs.pop("strict", False)
        calendar = WorkCalendar.china().in_region(region, body)
        calendar = calendar.as_of(as_of) if as_of else calendar
        function(screen, calendar.strict() if strict else calendar, *args, **kwargs)

    named: Any = command  # click hands over everything by name, which the types of decorators cannot say
    return region_option(body_option(as_of_option(speaks(named))))
