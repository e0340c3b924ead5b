"""Days and notices as people read them, and as plain data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby

from ssflow.calendar import Day, DayKind, Notice
from ssflow.cli.output.answer import Screen
from ssflow.documents import Document, text_document
from ssflow.regions import region_name
from ssflow.sources import GRADES
from ssflow.text import Text

_WEEKDAYS = Text("一二三四五六日", "Mon Tue Wed Thu Fri Sat Sun")
_SURE = ("statute", "corroborated")
BODIES = {"public": Text("机关事业单位", "public bodies"), "enterprise": Text("企业", "enterprises")}


def weekday(day: date) -> Text:
    """The day of the week."""
    n = day.weekday()
    return Text(f"周{_WEEKDAYS.zh[n]}", _WEEKDAYS.en.split()[n])


def kind(day: Day) -> Text:
    """What a day is; a day that is forecast to rest does not rest by notice."""
    forecast = day.kind is DayKind.SWAPPED and day.notice is None
    return Text("补休日", "rest day in lieu") if forecast else day.kind.value


def is_special(day: Day) -> bool:
    """Whether a day is not as the week alone has it."""
    return day.kind is not DayKind.WORKDAY and not (day.kind is DayKind.WEEKEND and day.name is None)


def runs(days: Iterable[Day]) -> Iterator[list[Day]]:
    """The special days: rest days of one name and notice that follow one another, and each make-up day alone."""
    for special, run in groupby(days, key=_run_key):
        if special:
            yield list(run)


def _run_key(day: Day) -> tuple[object, ...]:
    if not is_special(day):
        return ()
    alone = day.date if day.is_workday else None
    return alone, day.name, day.notice, day.firm


def is_doubtful(notice: Notice) -> bool:
    """Whether fewer than two sources agree on a notice."""
    return notice.confidence not in _SURE


def publication(screen: Screen, notice: Notice) -> str:
    """When a notice was published, or since when it is taken as known."""
    t = screen.t
    if notice.known_from and not notice.assumed:
        return t(f"{notice.known_from}公布", f"published {notice.known_from}")
    by = notice.known_by
    return t(f"公布日未查到，视为{by}起已知", f"day of publication not found, taken as known from {by}")


def audience(screen: Screen, notice: Notice) -> str:
    """For whom a notice speaks; nothing if for the whole country."""
    t = screen.t
    places = [region_name(code) for code in notice.places]
    bodies = [screen.say(BODIES[body]) for body in notice.bodies]
    return t("，", ", ").join(filter(None, (t("、", ", ").join(places), t("、", ", ").join(bodies))))


def confidence(screen: Screen, notice: Notice) -> str:
    """How well a notice is attested."""
    return screen.say(GRADES[notice.confidence])


def notice_document(notice: Notice) -> Document:
    """What identifies a notice, and how sure it is."""
    return {
        "id": notice.id,
        "title": notice.title,
        "number": notice.number,
        "url": notice.url,
        "known_from": notice.known_from.isoformat() if notice.known_from else None,
        "evidence": text_document(notice.evidence),
        "confidence": notice.confidence,
        "places": list(notice.places),
        "bodies": list(notice.bodies),
    }


def day_document(day: Day) -> Document:
    """One day."""
    return {
        "date": day.date.isoformat(),
        "weekday": weekday(day.date).en,
        "kind": day.kind.name,
        "workday": day.is_workday,
        "name": text_document(day.name) if day.name else None,
        "notice": notice_document(day.notice) if day.notice else None,
        "firm": day.firm,
    }
