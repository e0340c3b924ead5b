"""How sure an answer about some days is, and by whose days it was counted."""

from __future__ import annotations

from datetime import date

from ssflow.calendar import WorkCalendar
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.days import confidence, is_doubtful, notice_document
from ssflow.cli.output.reach import deciding, doubts, missing_years, view, view_document
from ssflow.documents import Document

Days = tuple[date, date]


def standing(screen: Screen, calendar: WorkCalendar, rests_on: Days | None) -> None:
    """Print why an answer is not firm, whose days were counted, and which regional notices bore on it.

    ``rests_on`` are the first and the last of the days on which the answer depends.
    """
    t = screen.t
    for doubt in doubts(calendar, *rests_on) if rests_on else ():
        screen.line(screen.say(doubt), "yellow")
    if not (calendar.place or calendar.known or calendar.body != "public"):
        return
    found = deciding(calendar, *rests_on) if rests_on else []
    named = [
        str(notice) + (t(f"（存疑：{doubt}）", f" (in doubt: {doubt})") if is_doubtful(notice) else "")
        for notice, doubt in ((notice, confidence(screen, notice)) for notice in found)
    ]
    whose = view(screen, calendar)
    if named:
        whose += t("：依", ": by ") + t("、", ", ").join(named)
    elif calendar.place:
        whose += t("：没有地方通知影响此结果", ": no regional notice bore on this")
    screen.line(whose)


def standing_document(calendar: WorkCalendar, rests_on: Days | None) -> Document:
    """The same as plain data."""
    return {
        **view_document(calendar),
        "regional_notices": [notice_document(notice) for notice in deciding(calendar, *rests_on)] if rests_on else [],
        "missing": missing_years(calendar, *rests_on) if rests_on else [],
    }
