"""The names of the days of the week, Monday first."""

from __future__ import annotations

from datetime import date

from ssflow.text import Text


def _named(zh: str, en: str) -> tuple[Text, ...]:
    return tuple(Text(*names) for names in zip(zh.split(), en.split(), strict=True))


WEEKDAYS = _named("周一 周二 周三 周四 周五 周六 周日", "Mon Tue Wed Thu Fri Sat Sun")
NARROW = _named("一 二 三 四 五 六 日", "Mo Tu We Th Fr Sa Su")  # as narrow as a number, for the heads of columns


def weekday_of(day: date) -> Text:
    """Return the name of the day of the week."""
    return WEEKDAYS[day.weekday()]


def with_weekday(day: date) -> Text:
    """Return a day, followed by the day of the week."""
    name = weekday_of(day)
    return Text(f"{day}（{name.zh}）", f"{day} ({name.en})")
