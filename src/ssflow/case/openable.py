"""The check that a case can have begun: the procedure existed on that day, and so did the places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ssflow.case.case import Case
from ssflow.case.grounds import Ground, GroundKind
from ssflow.regions import NATION, absence
from ssflow.rules import Rulebook
from ssflow.text import Text


def grounds_of_opening(case: Case, day: date, book: Rulebook) -> Iterator[Ground]:
    """Yield the grounds against opening a case on a day: the procedure or a place of the case did not exist then."""
    began = book.beginning
    if began and day < began.since:
        title = case.process.title
        reason = Text(
            f"{day}尚无此项业务：{title.zh}最早始于{began.since}，请核对日期",
            f"there was no such procedure on {day}: {title.en} began on {began.since} at the earliest; check the day",
        )
        yield Ground(GroundKind.order, "beginning", reason, (began.cite,), book.laws)
    for place in case.process.places:
        if gone := absence(case.places.get(place.name, NATION), day):
            yield Ground(GroundKind.order, place.name, Text.join([place.title, gone], "：", ": "))
