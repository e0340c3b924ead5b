"""The notes under the months of a year: its certainty, its rests and make-up days, its notices."""

from __future__ import annotations

from collections.abc import Iterator

from ssflow.calendar import Day, Notice
from ssflow.calendar.weekdays import weekday_of
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import table
from ssflow.cli.output.prose import Prose, prose
from ssflow.cli.output.yearsheet import YearSheet
from ssflow.regions import region_name
from ssflow.views.notices import audience, is_doubtful, notice_view, publication
from ssflow.views.reach import missing_years, nation_notice

_TABLE = 64  # columns that the table of rests needs


def sureness(screen: Screen, sheet: YearSheet) -> None:
    """Print how far the year is firm, and since when it is, or which notices are missing."""
    for sentence in _unsure(screen, sheet):
        screen.line(sentence, "yellow")
    if sheet.balance and nation_notice(sheet.calendar, sheet.year):
        whose = screen.t("按全国通知，", "by the notices of the country ") if sheet.calendar.place else ""
        screen.line(whose + screen.say(sheet.balance.explain()), "dim" if sheet.balance.is_even else "yellow")
    notice = nation_notice(sheet.calendar, sheet.year)
    if notice is None or missing_years(sheet.calendar, sheet.first, sheet.last):
        return
    t, told = screen.t, screen.say(publication(notice))
    if all(day.firm for day in sheet.days):
        screen.line(t(f"全年确定（通知：{told}）", f"the whole year is firm (notice: {told})"), "green")
    else:
        following = sheet.year + 1
        screen.line(
            t(
                f"确定至12月28日（通知：{told}）；末三日待{following}年的通知",
                f"firm through 28 December (notice: {told}); the notice of {following} may move the last three days",
            ),
            "green",
        )


def _unsure(screen: Screen, sheet: YearSheet) -> Iterator[str]:
    t, year, calendar = screen.t, sheet.year, sheet.calendar
    if missing_years(calendar, sheet.first, sheet.last):
        place = region_name(calendar.own_place)
        yield t(
            f"全年暂定：{place}每年有自己的假日，而其{year}年完整的通知未收录",
            f"provisional: {place} has days of its own every year, and no complete notice of them for {year} is known",
        )
    if nation_notice(calendar, year):
        return
    if sheet.lacking:
        yield t("全年暂定：", "provisional: ") + screen.say(sheet.lacking)
        return
    borrowed = next((notice.title for notice in sheet.notices if notice.is_national and notice.year == year), None)
    if borrowed:
        yield t(
            f"全年暂定：未收录{year}年的通知，取自{borrowed}",
            f"provisional: the notice of {year} is missing, taken from {borrowed}",
        )
    else:
        yield t(
            f"全年暂定：尚无{year}年的通知，按法定节假日推算",
            f"provisional: there is no notice of {year} yet, so its days are forecast from the statutory holidays",
        )


def rests(screen: Screen, sheet: YearSheet) -> None:
    """Print each run of rest days and each make-up day, with its festival and the number of its notice."""
    t = screen.t
    if not sheet.runs:
        return
    screen.heading(t("放假与调休", "Rests and make-up days"))
    rows = [_row(screen, sheet, run) for run in sheet.runs]
    if screen.width < _TABLE:
        for days, weekdays, *rest in rows:
            screen.line(screen.t("，", ", ").join([days, weekdays, *filter(None, map(str, rest))]))
        return
    shown = table(t("日期", "days"), t("星期", "weekday"), "", t("节日", "festival"), t("通知", "notice"), whole=3)
    for row in rows:
        shown.add_row(*row)
    screen.show(shown)


def _row(screen: Screen, sheet: YearSheet, run: list[Day]) -> tuple[str, str, Prose, str, Prose]:
    first, last = run[0], run[-1]
    name = sheet.festivals.get(first.date) if first.is_workday else first.name
    return (
        _span(screen, str(first.date), _shorter(first, last)),
        _span(screen, screen.say(weekday_of(first.date)), screen.say(weekday_of(last.date)) if last != first else ""),
        _what(screen, run),
        screen.say(name) if name else "",
        _number(screen, sheet, first),
    )


def _what(screen: Screen, run: list[Day]) -> Prose:
    if run[0].is_workday:
        return Prose(screen.t("上班", "work"), "bold yellow")
    n = len(run)
    return Prose(screen.t(f"休{n}天", f"rest {n} {'day' if n == 1 else 'days'}"), "red")


def _shorter(first: Day, last: Day) -> str:
    """Return the last day, without the year if the first day has it."""
    if last == first:
        return ""
    return f"{last.date:%m-%d}" if last.date.year == first.date.year else str(last.date)


def _span(screen: Screen, first: str, last: str) -> str:
    return first + (screen.t(f"至{last}", f" to {last}") if last else "")


def _number(screen: Screen, sheet: YearSheet, day: Day) -> Prose:
    if day.notice:
        number = f"[{sheet.notices.index(day.notice) + 1}]"
        return Prose(number, "yellow" if is_doubtful(day.notice) else "dim")
    if day.firm:
        return Prose(screen.t("放假办法", "regulation"), "dim")
    return Prose(screen.t("推算", "forecast"), "yellow")


def notices(screen: Screen, sheet: YearSheet) -> None:
    """Print the notices: the name of each, for whom it speaks, since when, where to read it; doubts in colour."""
    if not sheet.notices:
        return
    screen.heading(screen.t("通知", "Notices"))
    for number, notice in enumerate(sheet.notices, 1):
        screen.item(f"[{number}]", notice_prose(screen, notice), indent=0)


def contrary(screen: Screen, sheet: YearSheet) -> None:
    """Print the days on which a file that SSFLOW_NOTICES names contradicts our notice."""
    if not sheet.differences:
        return
    t = screen.t
    screen.heading(t("与SSFLOW_NOTICES所列文件不同之处", "Where a file in SSFLOW_NOTICES says the contrary"))
    for difference in sheet.differences:
        screen.item("?", screen.say(difference.text))
    year = sheet.year
    screen.line(
        t(
            f"以自带通知为准；核对后如要取代，请录入为{year}.toml",
            f"our notice is kept; once compared, write {year}.toml to let theirs take its place",
        ),
        "yellow",
    )


def notice_prose(screen: Screen, notice: Notice, *, evidence: bool = False) -> Prose:
    """Return a notice in a few lines; with ``evidence``, also how its day of publication is known."""
    t = screen.t
    for_whom, doubt = screen.say(audience(notice)), screen.say(notice_view(notice).doubt)
    known = screen.say(publication(notice)) + (t(f"，适用于{for_whom}", f", for {for_whom}") if for_whom else "")
    parts: list[str | tuple[str, str]] = [
        notice.title,
        f"  {notice.number}" if notice.number else "",
        "\n",
        (known, "dim"),
    ]
    if doubt:
        parts.append((t(f"；存疑：{doubt}", f"; in doubt: {doubt}"), "yellow"))
    if notice.url:
        parts += ["\n", (notice.url, "dim")]
    if evidence:
        parts += ["\n", (t(f"查证：{notice.evidence.zh}", f"evidence: {notice.evidence.en}"), "dim")]
    return prose(*parts)
