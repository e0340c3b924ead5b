"""``ssflow calendar``: a year, month by month, with the notices that made it so."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ssflow.calendar import WorkCalendar
from ssflow.cli.input.arguments import YEAR
from ssflow.cli.input.options import ics_option, in_calendar, plot_option
from ssflow.cli.input.speaking import command
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.icalendar import print_icalendar
from ssflow.cli.output.months import months
from ssflow.cli.output.plots import check_plot, plot
from ssflow.cli.output.yearnotes import contrary, notices, rests, sureness
from ssflow.cli.output.yearsheet import YearSheet
from ssflow.text import Text
from ssflow.views.reach import whose_days

if TYPE_CHECKING:
    from ssflow.pictures import Picture


@command(
    "calendar",
    Text("年历：工作日、放假、调休", "A year: working days, rests, make-up days"),
    "显示一年的放假和调休上班、工作日数、所依据的通知，以及是否确定。",
)
@click.argument("year", type=YEAR)
@ics_option
@plot_option
@in_calendar
def calendar(screen: Screen, calendar: WorkCalendar, year: int, ics: bool, plot_file: Path | None) -> None:
    """Show a year: its rests and make-up days, how many days are worked, which notices say so and how sure it is."""
    check_plot(plot_file)
    sheet, t = YearSheet(calendar, year), screen.t
    days = sheet.days

    def draw() -> Picture:
        from ssflow.pictures import year as picture_of_year

        return picture_of_year(calendar, year, screen.lang)

    if ics:
        title = t(
            f"{year}年放假安排（{screen.say(whose_days(calendar))}）",
            f"Holidays {year} ({screen.say(whose_days(calendar))})",
        )
        print_icalendar(screen, days, title)
        plot(screen, plot_file, draw, tell=False)
        return
    if screen.as_json:
        screen.document(sheet.document())
        plot(screen, plot_file, draw, tell=False)
        return
    rest = len(days) - sheet.workdays
    screen.title(t(f"{year}年", str(year)), screen.say(whose_days(calendar)))
    screen.line(t(f"工作日{sheet.workdays}天，休息日{rest}天", f"{sheet.workdays} working days, {rest} days of rest"))
    sureness(screen, sheet)
    months(screen, days)
    rests(screen, sheet)
    contrary(screen, sheet)
    notices(screen, sheet)
    plot(screen, plot_file, draw)
