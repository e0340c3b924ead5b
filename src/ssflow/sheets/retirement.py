"""Retirement by month of birth and group: the table that an agency displays, computed from the figures in force."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import groupby

from attrs import field, frozen

from ssflow.calendar.clock import months_after
from ssflow.doors import check_day, check_kind
from ssflow.errors import InputError
from ssflow.machines.reckoning.columns import schedules
from ssflow.machines.reckoning.retirement_age import Group, Schedule, months_of_delay, retirement_age, retirement_day
from ssflow.rules import rulebook
from ssflow.sheets.words import Words
from ssflow.text import NO_TEXT, Lang, Text, markdown_table
from ssflow.views.plain import View

_BEFORE = 36  # months of birth before the reform that are listed too, because a reader may have retired already
_HEADING = Text("出生年份", "born in")


@frozen
class Retires(View):
    """The month of retirement of everybody in a group who was born in a month, and their age: ``years`` and ``months``.

    ``born`` and ``month`` are the first days of these months.
    """

    group: Group
    born: date
    years: int
    months: int
    month: date

    @property
    def age(self) -> Text:
        """The age at retirement."""
        more = Text(f"{self.months}个月", f" and {self.months} months") if self.months else NO_TEXT
        return Text(f"{self.years}周岁{more.zh}", f"{self.years} years{more.en}")

    @property
    def text(self) -> Text:
        """The group, the month of birth, the month of retirement and the age."""
        born, month = self.born, self.month
        return Text(
            f"{self.group.value.zh}，{born.year}年{born.month}月出生：{month.year}年{month.month}月退休，{self.age.zh}",
            f"{self.group.value.en}, born in {born:%Y-%m}: retire in {month:%Y-%m}, at {self.age.en}",
        )


@frozen
class RetirementTable(View):
    """The months of retirement by the law of a day, for every month of birth that the reform touches and for the three years before.

    By the law before the reform the age is the same for all months, so the table has no rows; `of` still answers.
    """

    on: date
    schedules: dict[Group, Schedule] = field(repr=False)
    rows: tuple[Retires, ...] = field(repr=False)

    def of(self, group: Group, born: date) -> Retires:
        """Return the row of a person, whether the table lists the month of birth or not.

        >>> print(retirement_table().of(Group.women_55, date(1972, 5, 20)).say("en"))
        women of the 55 group, born in 1972-05: retire in 2028-01, at 55 years and 8 months
        >>> print(retirement_table().of(Group.women_50, date(1972, 5, 20)).say("zh"))
        原法定退休年龄50周岁的女职工，1972年5月出生：2022年5月退休，50周岁

        """
        check_kind("group", group, Group)
        check_day("born", born)
        return _row(group, self.schedules[group], born.replace(day=1))

    @property
    def text(self) -> Text:
        """All rows, one a line."""
        return Text.join([row.text for row in self.rows], "\n", "\n")

    def to_markdown(self, lang: Lang) -> str:
        """Return a table for each group: a row for each year of birth, a column for each month."""
        words = Words(lang)
        parts = []
        for group, rows in groupby(self.rows, key=lambda row: row.group):
            listed = list(rows)
            parts += [f"### {words.say(group.value)}", _grid(listed, words), _ends(listed, words)]
        return "\n\n".join(parts)


def retirement_table(on: date | None = None) -> RetirementTable:
    """Return the months of retirement by the figures of a day; without a day, by those that were checked last.

    Raises:
        InputError: there were no ages on that day, or ``on`` is not a day.

    >>> len({row.group for row in retirement_table().rows})
    3

    """
    book = rulebook("retirement")
    if on is not None:
        check_day("on", on)
    day = on or book.last_checked
    if day is None:
        raise InputError.of("on", "规则文件没有核对日期；请写明日期", "no figure says when it was checked; give a day")
    found = schedules(book, day)
    rows = (_row(group, schedule, born) for group, schedule in found.items() for born in _births(schedule))
    return RetirementTable(day, found, tuple(rows))


def _row(group: Group, schedule: Schedule, born: date) -> Retires:
    years, months = retirement_age(schedule, born)
    return Retires(group, born, years, months, retirement_day(schedule, born))


def _births(schedule: Schedule) -> Iterator[date]:
    """Yield the months from January three years before the first month that the reform touches to the December after the last delay was reached."""
    first = months_after(schedule.since.replace(day=1), -schedule.age - _BEFORE)
    born = first.replace(month=1)
    while months_of_delay(schedule, born) < schedule.limit - schedule.age or born.month != 1:
        yield born
        born = months_after(born, 1)


def _grid(rows: list[Retires], words: Words) -> str:
    months = [words.t(f"{n}月", f"{date(2000, n, 1):%b}") for n in range(1, 13)]
    years = groupby(rows, key=lambda row: row.born.year)
    lines = ([str(year), *(_cell(row) for row in found)] for year, found in years)
    return markdown_table([words.say(_HEADING), *months], lines)


def _cell(row: Retires) -> str:
    return f"{row.month:%Y-%m}<br>{row.years}+{row.months}"


def _ends(rows: list[Retires], words: Words) -> str:
    first, last = rows[0], rows[-1]
    return words.t(
        f"{first.born.year - 1}年及以前出生的，满{first.age.zh}的当月；{last.born.year + 1}年及以后出生的，满{last.age.zh}的当月。",
        f"Born in {first.born.year - 1} or before: the month of {first.age.en}. Born in {last.born.year + 1} or later: that of {last.age.en}.",
    )
