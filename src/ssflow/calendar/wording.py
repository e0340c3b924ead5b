"""Spans in words: reading what people write, and writing what the library shows.

A written span is read back as the same span. Bare 日 or 天 are refused: only the law that gives them says whether they are
working days or calendar days.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING
from unicodedata import normalize

from ssflow.calendar.doors import short
from ssflow.errors import InputError
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.calendar.spans import Unit

WORDS: dict[Unit, Text] = {
    "workdays": Text("个工作日", "working days"),
    "days": Text("个自然日", "days"),
    "weeks": Text("周", "weeks"),
    "half_months": Text("个半月", "half months"),
    "months": Text("个月", "months"),
    "month_ends": Text("个月末", "month ends"),
    "years": Text("年", "years"),
    "hours": Text("小时", "hours"),
}
_READ: dict[str, Unit] = {
    **dict.fromkeys(("工作日", "个工作日", "workday", "working day", "business day"), "workdays"),
    **dict.fromkeys(("自然日", "个自然日", "日历日", "个日历日", "day", "calendar day", "natural day"), "days"),
    **dict.fromkeys(("周", "星期", "个星期", "礼拜", "个礼拜", "week"), "weeks"),
    "half month": "half_months",
    **dict.fromkeys(("个月", "month"), "months"),
    **dict.fromkeys(("个月末", "month end"), "month_ends"),
    **dict.fromkeys(("年", "year"), "years"),
    **dict.fromkeys(("小时", "个小时", "hour"), "hours"),
}
_BARE = ("日", "天")
_HALVES: dict[str, tuple[int, Unit]] = {
    **dict.fromkeys(("半月", "半个月", "half a month", "half month"), (1, "half_months")),
    **dict.fromkeys(("半年", "half a year", "half year"), (6, "months")),
    **dict.fromkeys(("当月月末", "the end of the month"), (1, "month_ends")),
}
_AND_A_HALF = re.compile(r"(.+?)(?:个半月| and a half months?)")
_SPAN = re.compile(r"([0-9]+|[零〇一二两三四五六七八九十百]+) ?(.+)")
_RANGE = re.compile(r"([0-9]+|[零〇一二两三四五六七八九十百]+) ?(?:to|至|到|-|–|~) ?(.+)")
_WITHIN = re.compile(r" ?(?:之|以)?内$")  # terms as laws write them: 15个工作日内
_DIGITS = re.compile(r"[0-9]{1,18}")
_NUMERALS = re.compile(
    r"(?:([一二两三四五六七八九])百)?(?:([零〇])|([一二三四五六七八九])?(十))?([一二三四五六七八九])?"
)


def written(n: int, unit: Unit) -> Text:
    """Return a number of units in words: 20个工作日, 20 working days."""
    if unit == "half_months":
        whole = n // 2  # the number is odd; an even one would be months
        zh = f"{whole}个半月" if whole else "半个月"
        return Text(zh, f"{whole} and a half months" if whole else "half a month")
    if unit == "month_ends" and n == 1:
        return Text("当月月末", "the end of the month")
    words = WORDS[unit]
    return Text(f"{n}{words.zh}", f"{n} {words.en if n > 1 else words.en.removesuffix('s')}")


@lru_cache(maxsize=1024)
def ranged(text: str) -> tuple[int | None, str]:
    """Return the lower number of a range and the text of its end; None and the whole text where there is no range."""
    match = _RANGE.fullmatch(normalize("NFKC", text).strip())
    least = whole_number(match[1]) if match else None
    return (None, text) if match is None or least is None else (least, match[2])


@lru_cache(maxsize=1024)
def read(text: str) -> tuple[int, Unit]:
    """Return the number and the unit that a text names.

    Raises:
        InputError: ``text`` names none, or bare days.

    """
    plain = _WITHIN.sub("", re.sub(r"[\s_]+", " ", normalize("NFKC", text)).strip().lower())
    if plain in _HALVES:
        return _HALVES[plain]
    if (half := _AND_A_HALF.fullmatch(plain)) and (whole := whole_number(half[1])):
        return 2 * whole + 1, "half_months"
    match = _SPAN.fullmatch(plain)
    n = whole_number(match[1]) if match else None
    if match is None or n is None:
        raise unreadable(text)
    word = match[2].removesuffix("s") if match[2].isascii() else match[2].replace(" ", "")
    if word in _BARE:
        raise bare_days(text, n)
    if word == "月":
        raise InputError.of(
            "",
            f"“{text}”是月份还是月数？期间请写“{n}个月”",
            f"{text!r} names a month; for a span write '{n} months'",
        )
    if word not in _READ:
        raise unreadable(text)
    return n, _READ[word]


def bare_number(text: str) -> int | None:
    """Return the number of bare days that a text names, for a law that says which days these are; None if it names something else."""
    plain = normalize("NFKC", text).strip()
    return whole_number(plain[:-1].strip()) if plain.endswith(_BARE) else None


def bare_days(text: str, n: int) -> InputError:
    """Return the error that asks a user who wrote bare days which days are meant."""
    return InputError.of(
        "",
        f"“{text}”是工作日还是自然日？请写“{n}个工作日”或“{n}个自然日”；某部法律的“日”请用law.days({n}, on)",
        f"{text!r} may be working days or calendar days: write '{n} working days' or '{n} days', or ask the law that gives them: "
        f"law.days({n}, on)",
    )


def unreadable(text: object) -> InputError:
    """Return the error of a text that is not a span."""
    from ssflow.calendar.spans import UNITS

    said = short(text if isinstance(text, str) else repr(text))
    return InputError.of(
        "",
        f"“{said}”不是期间；请写数字和单位，例如“20个工作日”“15个自然日”“8周”“6个月”“1年”“24小时”",
        f"{said!r} is not a span; write a number and a unit ({', '.join(UNITS)}), for example '20 workdays'",
    )


def whole_number(word: str) -> int | None:
    """Return a whole number in digits, or below 1000 in Chinese numerals; None if the word is none."""
    word = word.strip()
    if _DIGITS.fullmatch(word):
        return int(word)
    match = _NUMERALS.fullmatch(word)
    if word == "两":
        return 2
    if not word or match is None:
        return None
    hundreds, zero, tens, ten, ones = match.groups()
    if bool(zero) != bool(hundreds and ones and not ten):  # 一百零五 is 105; 一百五 is 150 to some and 105 to others
        return None
    return 100 * _value(hundreds) + (10 * (_value(tens) or 1) if ten else 0) + _value(ones)


def _value(numeral: str | None) -> int:
    return 2 if numeral == "两" else "〇一二三四五六七八九".index(numeral) if numeral else 0
