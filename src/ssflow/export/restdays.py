"""Holidays and make-up working days as entries of a calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from ssflow.calendar import Day, DayKind, Notice
from ssflow.calendar.notices import ONE_DAY
from ssflow.errors import InputError
from ssflow.export.entry import Entry, marked, midnight
from ssflow.text import Text

_REST = Text("{}（休）", "{} (rest)")
_WORK = Text("{}（班）", "{} (make-up working day)")
_MADE_UP = Text("调休（班）", "make-up working day")  # no notice says for which holiday
_FORECAST = Text("尚无放假通知，系推算", "no notice yet: a forecast")


def rest_days(days: Iterable[Day]) -> Iterator[Entry]:
    """Yield the entries of days, in order: one for consecutive days of one kind, name and notice.

    Ordinary working days and weekends are left out.

    Raises:
        InputError: one day is given twice and differs.

    """
    by_date: dict[date, Day] = {}
    for day in days:
        if by_date.setdefault(day.date, day) != day:
            raise InputError.of(
                "entries",
                f"{day.date}出现两次而内容不同；请只写同一日历的日子，另一日历的写在另一个文件里",
                f"{day.date} is given twice and differs; give the days of one calendar, those of another in a file of its own",
            )
    special = [by_date[date] for date in sorted(by_date) if not _is_plain(by_date[date])]
    for _, run in groupby(enumerate(special), key=lambda item: (_what(item[1]), item[1].date - item[0] * ONE_DAY)):
        yield _entry([day for _, day in run])


def _is_plain(day: Day) -> bool:
    return day.kind is DayKind.WORKDAY or (day.kind is DayKind.WEEKEND and day.name is None)


def _what(day: Day) -> tuple[object, ...]:
    return day.kind, day.name, day.notice, day.firm


def _entry(run: list[Day]) -> Entry:
    first, notice = run[0], run[0].notice
    kind, form = first.kind, _WORK if first.is_workday else _REST
    name = first.name or kind.value
    summary = Text(form.zh.format(name.zh), form.en.format(name.en))
    return Entry(
        uid=f"{first.date:%Y%m%d}-{kind.name.lower()}@ssflow",
        made=midnight(notice.known_by if notice else first.date),
        start=first.date,
        end=run[-1].date + ONE_DAY,
        summary=marked(_MADE_UP if first.is_workday and not first.name else summary, firm=first.firm),
        description=_source(notice) if notice else None if first.firm else _FORECAST,
        category=kind.value,
        firm=first.firm,
        url=notice.url if notice else "",
        works=first.is_workday if notice or first.firm else None,
    )


def _source(notice: Notice) -> Text:
    told = "\n".join(filter(None, (notice.title, notice.number, notice.url)))
    return Text(told, told)
