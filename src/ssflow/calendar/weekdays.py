"""The days of the week by their names, Monday first."""

from __future__ import annotations

from datetime import date

from ssflow.text import Text


def _named(zh: str, en: str) -> tuple[Text, ...]:
    return tuple(Text(*names) for names in zip(zh.split(), en.split(), strict=True))


WEEKDAYS = _named("周一 周二 周三 周四 周五 周六 周日", "Mon Tue Wed Thu Fri Sat Sun")
NARROW = _named("一 二 三 四 五 六 日", "Mo Tu We Th Fr Sa Su")  # as wide as a number, for the heads of columns


def weekday_of(day: date) -> Text:
    """The day of the week."""
    return WEEKDAYS[day.weekday()]


def with_weekday(day: date) -> Text:
    """A day, and behind it the day of the week."""
    name = weekday_of(day)
    return Text(f"{day}（{name.zh}）", f"{day} ({name.en})")
