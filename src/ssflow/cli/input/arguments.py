"""What people type, as typed values: days, instants, spans, places. Every refusal says what to write instead."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Generic, TypeVar

import click

from ssflow.calendar import Span, Tolled
from ssflow.cli.input.language import default_lang
from ssflow.errors import InputError
from ssflow.regions import region_name
from ssflow.text import Text

T = TypeVar("T")

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(_DAY.pattern + "[T ].+")


class UnreadableError(ValueError):
    """Something that was typed cannot be read; ``text`` says in both languages what to write instead."""

    def __init__(self, zh: str, en: str) -> None:
        self.text = Text(zh, en)
        super().__init__(en)


class Given(click.ParamType[T], Generic[T]):
    """A kind of argument: its name in the help, and the function that reads it."""

    def __init__(self, name: str, read: Callable[[str], T]) -> None:
        self.name = name
        self.read = read

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> T:
        """The value that was written; refused, if it cannot be read, in the language that the command is asked to speak."""
        try:
            return self.read(value)
        except UnreadableError as error:
            lang = (ctx.params.get("lang") if ctx else None) or default_lang()
            self.fail(error.text.say(lang), param, ctx)


def read_day(text: str) -> date:
    """A day of the calendar: ``2026-09-21``."""
    day = _day(text)
    if day is None:
        raise UnreadableError(
            f"“{text}”不是日期；请写成2026-09-21的形式", f"{text!r} is not a day; write it like 2026-09-21"
        )
    return day


def read_year(text: str) -> int:
    """A year: ``2026``."""
    if not re.fullmatch("[0-9]{4}", text) or text == "0000":
        raise UnreadableError(f"“{text}”不是年份；请写成2026的形式", f"{text!r} is not a year; write it like 2026")
    return int(text)


def read_when(text: str) -> date | datetime:
    """A day, or an instant with its time zone: ``2026-09-21T10:00+08:00``."""
    when = _day(text) or _instant(text)
    if when is None:
        raise UnreadableError(
            f"“{text}”既不是日期也不是时刻；请写成2026-09-21或2026-09-21T10:00+08:00的形式",
            f"{text!r} is neither a day nor an instant; write it like 2026-09-21 or 2026-09-21T10:00+08:00",
        )
    if isinstance(when, datetime) and when.tzinfo is None:
        raise UnreadableError(
            f"“{text}”没有时区，不知道是哪一刻；北京时间请写{text}+08:00，只要日期请写{when.date()}",
            f"{text!r} has no time zone, so it names no instant; "
            f"for Beijing time write {text}+08:00, for the day alone {when.date()}",
        )
    return when


def read_span(text: str) -> Span:
    """A span of time: ``20 workdays``, ``15个工作日``."""
    try:
        return Span.parse(text)
    except InputError as error:
        raise UnreadableError(error.say("zh"), error.say("en")) from error


def read_region(text: str) -> str:
    """The code of a place; raises UnknownError if no place has it."""
    region_name(text)
    return text


def read_tolled(text: str) -> Tolled:
    """Days on which a clock stood still: ``START..END``, the clock running again on END; ``START..`` without an end."""
    first, dots, last = text.partition("..")
    stopped, resumed = _day(first), _day(last)
    if not dots or stopped is None or (last and resumed is None):
        raise UnreadableError(
            f"“{text}”不是停止计算的区间；请写停止日..恢复日，例如2026-09-11..2026-09-16，尚未恢复写2026-09-11..",
            f"{text!r} is no stopped interval; write the day it stopped, two dots and the day it ran again: "
            "2026-09-11..2026-09-16, or 2026-09-11.. if it still stands",
        )
    return stopped, resumed


def read_pair(text: str) -> tuple[str, str]:
    """A name and what it is given: ``issuing=440100``."""
    name, _, value = text.partition("=")
    if not (name and value):
        # What was typed is not repeated: it may be personal.
        raise UnreadableError(
            "应写成名称=值的形式，例如reason=lost", "write a name, an equals sign and a value, for example reason=lost"
        )
    return name, value


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if _DAY.fullmatch(text) else None
    except ValueError:
        return None


def _instant(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text) if _INSTANT.fullmatch(text) else None
    except ValueError:
        return None


YEAR, DAY, WHEN = Given("year", read_year), Given("day", read_day), Given("day or instant", read_when)
SPAN, TOLLED = Given("span", read_span), Given("start..end", read_tolled)
REGION, PAIR = Given("code", read_region), Given("name=value", read_pair)
