"""The account of a deadline: as numbered lines, as a table, and as a small calendar picture."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from functools import cached_property
from html import escape

from attrs import field, frozen

from ssflow.calendar.account.looks import Cell, Look
from ssflow.calendar.account.steps import Step, steps_of
from ssflow.calendar.account.tally import PARTS, Part, TalliedDay, tally
from ssflow.calendar.deadline import Deadline
from ssflow.calendar.kinds import DayKind
from ssflow.calendar.spans import spans_text
from ssflow.calendar.weekdays import weekday_of, with_weekday
from ssflow.doors import check_lang, checked
from ssflow.text import Lang, Text, markdown_table

_COLUMNS = Text("日期 星期 工作日历 计算 序号 依据", "day weekday calendar count number basis")
_PICTURED = timedelta(days=366)  # a longer period is drawn by its last month only
_LOOKS: dict[Part, Look] = {"start": "start", "due": "due", "stopped": "stopped"}
_RESTS: dict[DayKind, Look] = {DayKind.STATUTORY: "statutory", DayKind.EXTRA: "extra", DayKind.SWAPPED: "rest"}
_WORKED, _RESTED, _BEGUN = Text("班", "w"), Text("休", "r"), Text("起", "·")


@frozen
class Explanation:
    """The account of how a due day was found. ``lang`` is the language in which it is printed and shown in a notebook."""

    deadline: Deadline
    lang: Lang = field(default="zh", validator=checked(check_lang))
    steps: tuple[Step, ...] = field(init=False)

    @steps.default
    def _steps(self) -> tuple[Step, ...]:
        return tuple(steps_of(self.deadline))

    @cached_property
    def days(self) -> tuple[TalliedDay, ...]:
        """Every day of the period and its part in the count."""
        return tuple(tally(self.deadline))

    def say(self, lang: Lang) -> str:
        """Return the account as numbered lines in one language."""
        return "\n".join(f"{i}. {step.say(lang)}" for i, step in enumerate(self.steps, 1))

    def __str__(self) -> str:
        return self.say(self.lang)

    def rows(self, lang: Lang) -> list[dict[str, str]]:
        """Return the days of the period as rows of a table, fit for ``pandas.DataFrame``; the keys are the headings."""
        return [dict(zip(_COLUMNS.say(lang).split(), _row(day, lang), strict=True)) for day in self.days]

    def to_markdown(self, lang: Lang) -> str:
        """Return the days of the period as a table in Markdown."""
        return markdown_table(_COLUMNS.say(lang).split(), (row.values() for row in self.rows(lang)))

    def picture(self, lang: Lang) -> str:
        """Return the period as a calendar, an ``<svg>``; if it is longer than a year, only its last month."""
        from ssflow.calendar.account.picture import draw

        first, last = self.days[0].day.date, self.days[-1].day.date
        if self.deadline.span.before:
            first, last = last, first
        if last - first > _PICTURED:
            first = date(last.year, last.month, 1)
        cells = {day.day.date: _cell(day, lang) for day in self.days}
        firm = {day.day.date: day.day.firm for day in self.days}
        return draw(first, last, cells.__getitem__, lang, is_firm=firm.__getitem__)

    def _repr_html_(self) -> str:
        steps = "".join(f"<li>{escape(step.say(self.lang))}</li>" for step in self.steps)
        return f"<div>{self._answer()}<ol>{steps}</ol>{self.picture(self.lang)}</div>"

    def _answer(self) -> str:
        """Return the headline of the picture: the last day and its weekday in large letters, then its status and the span."""
        found = self.deadline
        span = spans_text(one.span for one in reversed(list(_chain(found)))).say(self.lang)
        large = with_weekday(found.due).say(self.lang) if found.due else found.status.value.say(self.lang)
        sure = [found.status.value.say(self.lang)] if found.due else []
        if found.otherwise:
            sure.append(
                Text(f"另一种算法为{found.otherwise}", f"by the other reading {found.otherwise}").say(self.lang)
            )
        small = Text("，", ", ").say(self.lang).join([*sure, span])
        return f'<p style="margin:0"><strong style="font-size:2em">{large}</strong> {escape(small)}</p>'


def _chain(found: Deadline | None) -> Iterator[Deadline]:
    """Yield a deadline after the deadlines that it extends."""
    while found is not None:
        yield found
        found = found.extends


def _row(tallied: TalliedDay, lang: Lang) -> list[str]:
    day = tallied.day
    weekday = weekday_of(day.date).say(lang)
    kind = (day.name or day.kind.value).say(lang)
    number = "" if tallied.number is None else str(tallied.number)
    return [str(day.date), weekday, kind, PARTS[tallied.part].say(lang), number, str(day.notice or "")]


def _cell(tallied: TalliedDay, lang: Lang) -> Cell:
    day, number = tallied.day, "" if tallied.number is None else str(tallied.number)
    look = _LOOKS.get(tallied.part) or _look(tallied)
    mark = _WORKED if day.kind is DayKind.MAKEUP else _RESTED if look in ("statutory", "rest", "extra") else None
    label = f"{mark.say(lang) if mark else ''}{number}" or (_BEGUN.say(lang) if look == "start" else "")
    return Cell(look, label, "，".join(_row(tallied, lang)[:4]) if lang == "zh" else ", ".join(_row(tallied, lang)[:4]))


def _look(tallied: TalliedDay) -> Look:
    day = tallied.day
    if tallied.part == "counted":
        return "makeup" if day.kind is DayKind.MAKEUP else "counted"
    if day.kind is DayKind.WEEKEND:
        return "rest" if day.name else "weekend"
    return _RESTS.get(day.kind, "plain")
