"""The balance of notices: weekdays that rest are due by law or made up on weekends.

The balance covers the days that a notice, or all notices of one year, arrange. It does not cover the calendar year, because New
Year may reach into December. It holds for every notice since 2004; a notice of less than a whole year breaks it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from attrs import frozen

from ssflow.calendar.doors import positive, unfit
from ssflow.calendar.notices import FIRST_YEAR, LAST_YEAR, SATURDAY, Notice, Rest
from ssflow.calendar.statutory import statutory_rows, worked_holidays
from ssflow.doors import each_of
from ssflow.text import NO_TEXT, Text

SINCE = 2004  # the first year whose notice was read
# What separate acts gave beyond the regulation: 3 September 2015 (国发明电〔2015〕1号); 31 January 2020 and, no longer
# worked, 1 February 2020 (国办发明电〔2020〕1号).
_GRANTED = {2015: 1, 2020: 2}


@frozen
class Balance:
    """The days of a year's arrangement: weekdays that ``rest``, weekend days that are ``worked``, days ``owed`` by law.

    Up to ``granted`` further days may rest without being made up.
    """

    year: int
    rest: int
    worked: int
    owed: int
    granted: int

    @property
    def missing_work(self) -> int:
        """The number of make-up working days that are missing."""
        return max(self.rest - self.worked - self.owed - self.granted, 0)

    @property
    def missing_rest(self) -> int:
        """The number of rest days that are missing, which is also that of superfluous make-up days."""
        return max(self.owed + self.worked - self.rest, 0)

    @property
    def is_even(self) -> bool:
        """Whether the days add up."""
        return not (self.missing_work or self.missing_rest)

    def explain(self) -> Text:
        """Return the figures, and what is missing.

        >>> print(Balance(2027, 20, 0, 13, 0).explain().say("en"))
        20 weekdays rest, 0 weekend days are worked, 13 days are due by law: 7 make-up days are missing

        """
        n = self.granted
        granted = Text(f"，另给{n}天以内", f" and up to {n} granted besides") if n else NO_TEXT
        figures = Text(
            f"平日放假{self.rest}天，周末上班{self.worked}天，法定节假日{self.owed}天{granted.zh}",
            f"{_of(self.rest, 'weekday rests', 'weekdays rest')}, "
            f"{_of(self.worked, 'weekend day is', 'weekend days are')} worked, {self.owed} days are due by law{granted.en}",
        )
        return Text.join([figures, self.verdict()], "：", ": ")

    def verdict(self) -> Text:
        """Return what is missing."""
        if n := self.missing_work:
            return Text(f"缺{n}个调休上班日", f"{_of(n, 'make-up day is', 'make-up days are')} missing")
        if n := self.missing_rest:
            return Text(
                f"缺{n}个放假日，或者多{n}个调休上班日",
                f"{_of(n, 'rest day is', 'rest days are')} missing, or as many make-up days are too many",
            )
        return Text("相符", "they agree")


def balance(year: int, notices: Iterable[Notice]) -> Balance:
    """Return the balance of the national notices of a year, of which the latest decides each day.

    Notices of other years and of places are left out, so the notices of a calendar can be given as they are.

    Raises:
        InputError: ``year`` is not a year of a calendar, or ``notices`` are not notices.

    """
    if positive("year", year, "年份", "a year") not in range(FIRST_YEAR, LAST_YEAR + 1):
        raise unfit(
            "year",
            year,
            f"{FIRST_YEAR}至{LAST_YEAR}年之间的年份",
            f"a year from {FIRST_YEAR} to {LAST_YEAR}",
        )
    given = [n for n in each_of("notices", notices, Notice) if n.is_national and n.year == year]
    return _sums(year, sorted(given, key=lambda notice: notice.known_by))


def _sums(year: int, notices: Iterable[Notice]) -> Balance:
    said: dict[date, Rest | None] = {}
    for notice in notices:
        said.update(notice.days())
    rests = {day: rest for day, rest in said.items() if rest and day.weekday() < SATURDAY}
    extra = sum(rest.extra for rest in rests.values())
    return Balance(
        year=year,
        rest=len(rests),
        worked=sum(rest is None and day.weekday() >= SATURDAY for day, rest in said.items()),
        owed=len(statutory_rows(year)),
        granted=max(extra, _GRANTED.get(year, 0)),
    )


def lacks(notice: Notice) -> Iterator[Text]:
    """Yield what a national notice lacks of a whole year: statutory holidays on which offices work, days that do not add up.

    Each is a separate clause; a whole year lacks nothing.
    """
    for day, name in worked_holidays(notice):
        yield Text(f"{day}（{name.zh}）未放假", f"{day} ({name.en}) would be worked")
    sums = _sums(notice.year, [notice])
    if notice.year < SINCE or sums.is_even:
        return
    for day in notice.work:
        if day.weekday() < SATURDAY:  # 3 February 2020, when work began anew, does no harm: the days add up
            yield Text(
                f"{day}不是周末，不能作为调休上班日", f"{day} is not a weekend day, so it cannot be a make-up day"
            )
    yield sums.explain()


def _of(n: int, one: str, many: str) -> str:
    return f"{n} {one if n == 1 else many}"
