"""Whether a case can have begun: on a day on which there was such a procedure, in places that were places."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ssflow.case.case import Case
from ssflow.case.grounds import Ground, GroundKind
from ssflow.regions import NATION, absence
from ssflow.rules import Rulebook
from ssflow.text import Text


def grounds_of_opening(case: Case, day: date, book: Rulebook) -> Iterator[Ground]:
    """Why a case cannot be opened on a day: there was no such procedure, or a place of it was none."""
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
