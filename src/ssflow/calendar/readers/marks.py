"""The meaning of an event for its days: they rest, they are worked, or neither.

Apple's calendar of Chinese holidays marks events with ``X-APPLE-SPECIAL-DAY``, and so does this package's export. Others use only
words: 春节（休） and 春节（班）, 春节 假期 第1天/共9天 and 春节 补班 第1天/共2天 (lanceliao/china-holiday-calender), 春节假期 and
上班(补春节假期) (holiday-cn). Where both words are found, the named holiday is made up for, so the day is worked.
春节调休 alone says neither; publishers that use it add a category: Business Day (baranwang/chinese-holidays-calendar).
"""

from __future__ import annotations

import re
from typing import Literal

Said = Literal["rest", "work", "nothing", "unclear"]
MARK = "X-APPLE-SPECIAL-DAY"
REST_MARK = "WORK-HOLIDAY"
WORK_MARK = "ALTERNATE-WORKDAY"

_MARKS: dict[str, Said] = {REST_MARK: "rest", WORK_MARK: "work"}
_FORECAST = re.compile(r"暂定|\bprovisional\b", re.IGNORECASE)
# These leave a day as it is: a half holiday is for women or youths, not for offices.
_ASIDE = re.compile(r"不放假|不调?休|不补班|放假半天|半天假?")
_WORK = re.compile(
    r"(?<!不)上班|[补補]班|加班"
    r"|(?<!\w)班(?!\w)|(?<=[节旦明午秋庆])班(?!\w)"  # not 值班, 培训班
    r"|(?<!non-)(?<!non )(?<!\d )\bwork(?:(?:ing)?[ -]?day)?\b|\bbusiness day\b",  # not Workers' Day, not 20 working days
    re.IGNORECASE,
)
_REST = re.compile(
    r"放假|假期|假日|休假|休息|公休|[补補][休假]"
    r"|(?<!\w)休(?!\w)|(?<=[节旦明午秋庆])休(?!\w)"  # not 退休, nor 调休 alone, which is used for either
    r"|(?<!no )(?<!not a )\b(?:public )?holiday\b|\b(?:day off|rest|non-?working(?: day)?)\b",
    re.IGNORECASE,
)
_TRACE = re.compile("[班休假]")
_COUNTER = re.compile(r"第\s*\d+\s*天|共\s*\d+\s*天")
_EMPTY = re.compile(r"[（(\[【]\s*[）)\]】]")
_EDGES = " \t·|｜/-—:：,，"


def said(summary: str, mark: str = "", categories: str = "") -> Said:
    """Return the meaning of an event by its mark, else by the words of its summary, else by its categories.

    >>> said("清明", "WORK-HOLIDAY"), said("上班(补春节假期)"), said("春节（休）"), said("立春"), said("春节调休")
    ('rest', 'work', 'rest', 'nothing', 'unclear')

    """
    meaning = _MARKS.get(mark.upper()) or _meant(summary)
    by_category = _meant(categories) if meaning == "unclear" else "nothing"
    return meaning if by_category == "nothing" else by_category


def _meant(text: str) -> Said:
    if _FORECAST.search(text):
        return "nothing"
    words = _ASIDE.sub("", text)
    if _WORK.search(words):
        return "work"
    if _REST.search(words):
        return "rest"
    return "unclear" if _TRACE.search(words) else "nothing"


def holiday_in(summary: str) -> str:
    """Return the name of the holiday without the words that say that it rests.

    >>> holiday_in("春节 假期 第1天/共9天"), holiday_in("国庆节、中秋节（休）"), holiday_in("放假")
    ('春节', '国庆节、中秋节', '假期')

    """
    return _EMPTY.sub("", _COUNTER.sub("", _REST.sub("", summary))).strip(_EDGES) or "假期"
