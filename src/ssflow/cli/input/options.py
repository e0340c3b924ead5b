"""The options that commands share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec

import click

from ssflow.calendar import WorkCalendar
from ssflow.calendar.notices import Body
from ssflow.cli.input.arguments import CASE, DAY, DB, FILE, NUMBER, PAIR, REGION, ROLE, TEXT, WHEN
from ssflow.cli.input.speaking import OneOf, lang_of, lang_option, option
from ssflow.cli.output.answer import Screen
from ssflow.views.notices import BODIES

P = ParamSpec("P")
Command = Callable[..., None]


def speaks(function: Callable[Concatenate[Screen, P], None]) -> Command:
    """Return a command with ``--lang`` and ``--json``, whose function receives the screen for its answer."""

    @option("--json", "as_json", is_flag=True, zh="输出一个JSON文档。", en="Print one JSON document.")
    @lang_option
    @wraps(function)
    def command(as_json: bool, *args: P.args, **kwargs: P.kwargs) -> None:
        function(Screen(lang_of(click.get_current_context()), as_json), *args, **kwargs)

    return command


day_option = option(
    "--on",
    type=DAY,
    zh="哪一天，如2026-09-21、2026年9月21日；不写则为北京时间今天。",
    en="The day, like 2026-09-21; today in Beijing if left out.",
)
when_option = option(
    "--on",
    type=WHEN,
    zh="办理的日期，或者带时区的时刻；不写则为北京时间今天。",
    en="The day of the act, or its instant with a time zone; today in Beijing if left out.",
)
look_option = option(
    "--on",
    type=WHEN,
    zh="截至哪一天零时或哪一时刻的情形；不写则为北京时间今天。",
    en="The day or the instant at which it is looked at, a day at its beginning; today in Beijing if left out.",
)
region_option = option(
    "--region",
    type=REGION,
    default="",
    zh="地名或六位行政区划代码，如广州、440100。",
    en="A place by its name or its six digits of GB/T 2260: 广州, 440100.",
)
place_option = option(
    "--place",
    "places",
    type=PAIR,
    multiple=True,
    zh="逐一写明地点，如 发卡地=广州；可以写多次。",
    en="A named place instead, e.g. issuing=440100; may be repeated.",
)
strict_option = option(
    "--strict",
    is_flag=True,
    zh="不作推算，不用未署地名的数值。",
    en="No forecasts and no figures of unnamed places.",
)
no_forecast_option = option(
    "--strict",
    is_flag=True,
    zh="不作推算，超出通知范围的报错。",
    en="No forecast: an error where the notices do not reach.",
)
ics_option = option(
    "--ics", is_flag=True, zh="输出iCalendar文件（RFC 5545）。", en="Print an iCalendar file (RFC 5545)."
)
plot_option = option(
    "--plot",
    "plot_file",
    type=FILE,
    zh="另存为图，文件名以.svg或.png结尾。",
    en="Write a picture too, into a file that ends in .svg or .png.",
)
by_option = option("--by", "role", type=ROLE, zh="由哪个主体办理。", en="The role that acts.")
personal_option = option("--personal", is_flag=True, zh="不遮盖个人信息。", en="Show personal data unmasked.")
actor_option = option(
    "--actor", type=TEXT, default="", zh="经办人，用本单位的编号。", en="Who types it, by your own reference."
)
link_option = option(
    "--link", "links", multiple=True, type=CASE, zh="关联办件；可以写多次。", en="A related case; may be repeated."
)
before_option = option(
    "--before",
    type=NUMBER,
    zh="只知日期时，发生在当日哪一项之前。",
    en="If only the day is known: the event of that day before which it happened.",
)
after_option = option(
    "--after",
    type=NUMBER,
    zh="只知日期时，发生在当日哪一项之后。",
    en="If only the day is known: the event of that day after which it happened.",
)
db_option = option(
    "--db",
    type=DB,
    envvar="SSFLOW_DB",
    default="ssflow.db",
    show_default=True,
    zh="数据库文件，或者postgresql://...（SSFLOW_DB）。",
    en="The database file, or postgresql://... (SSFLOW_DB).",
)
body_option = option(
    "--body",
    type=OneOf(BODIES),
    default="public",
    show_default=True,
    zh="机关事业单位或企业；有的通知只适用于其中之一。",
    en="Public bodies or enterprises; some notices speak for one alone.",
)
as_of_option = option(
    "--as-of",
    type=DAY,
    zh="截至该日终了时所知；不写则为今天所知。",
    en="As it was known at the end of that day; as today if left out.",
)


def in_calendar(function: Callable[Concatenate[Screen, WorkCalendar, P], None]) -> Command:
    """Return a command that `speaks` and has ``--region``, ``--body`` and ``--as-of``; its function receives the calendar that they describe.

    In a command that takes ``no_forecast_option`` too, ``--strict`` makes that calendar refuse to forecast.
    """

    @wraps(function)
    def command(screen: Screen, region: str, body: Body, as_of: date | None, *args: P.args, **kwargs: P.kwargs) -> None:
        strict = kwargs.pop("strict", False)
        calendar = WorkCalendar.china().in_region(region, body)
        calendar = calendar.as_of(as_of) if as_of else calendar
        function(screen, calendar.strict() if strict else calendar, *args, **kwargs)

    named: Any = command  # click passes all arguments by name, which the types of decorators cannot express
    return region_option(body_option(as_of_option(speaks(named))))
