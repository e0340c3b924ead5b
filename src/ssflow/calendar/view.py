"""A calendar view: the notices, the place, the body and the day of knowledge of a question."""

from __future__ import annotations

from datetime import date

from attrs import frozen

from ssflow.calendar.base_calendar import BaseCalendar
from ssflow.calendar.doors import one_of, unfit
from ssflow.calendar.notices import BODIES, Body, Notice
from ssflow.doors import check_day, check_kind
from ssflow.errors import InputError
from ssflow.regions import region_name


@frozen
class View:
    """The notices that count, the place and body they are asked for, and the day on which they were known (None: today)."""

    notices: tuple[Notice, ...]
    base_calendar: BaseCalendar
    place: str
    body: Body
    known: date | None

    @property
    def changes(self) -> tuple[date, ...]:
        """The days on which the knowledge for this place and body changed, in order."""
        own = [notice.known_by for notice in self.notices if notice.rank_in(self.place, self.body)]
        return tuple(sorted({*own, *self.base_calendar.changes}))

    @property
    def digest(self) -> str:
        """Twelve hex digits that identify all that decides the days: notices, place, body and day of knowledge."""
        from hashlib import sha256  # which many answers do without, and which takes its time to load

        said = [
            (n.id, n.year, n.places, n.bodies, n.group, n.annual_since, n.complete, n.known_from, [*map(str, n.days())])
            for n in self.notices
        ]
        seen = (said, self.base_calendar, self.place, self.body, self.known)
        return sha256(repr(seen).encode()).hexdigest()[:12]

    @property
    def in_force(self) -> list[Notice]:
        """The notices that apply here and were known, the one that prevails last."""
        ranked = [(rank, notice) for notice in self.notices if (rank := notice.rank_in(self.place, self.body))]
        known = self.known or date.max
        return [
            notice for _, notice in sorted(ranked, key=lambda pair: (*pair[0], pair[1].id)) if notice.known_by <= known
        ]


def check_view(view: View) -> None:
    """Refuse a view that can answer no question.

    Raises:
        InputError: a field is of another kind, or there are too few notices.
        UnknownError: no place has this code.

    """
    check_kind("base_calendar", view.base_calendar, BaseCalendar)
    _check_notices(view)
    check_kind("place", view.place, str)
    region_name(view.place)
    one_of("body", view.body, BODIES)
    if view.known is not None:
        check_day("known", view.known)


def _check_notices(view: View) -> None:
    """Refuse values that are not notices, and too few notices: China's days rest on those of at least one whole year."""
    given: object = view.notices
    if not isinstance(given, tuple) or not all(isinstance(notice, Notice) for notice in given):
        raise unfit("notices", given, "由通知（Notice）组成的元组", "a tuple of notices (Notice)")
    if view.base_calendar.is_chinese and not any(notice.is_national and notice.complete for notice in view.notices):
        raise InputError.of(
            "notices",
            "中国的日历至少要有一年完整的全国通知；请用WorkCalendar.china()，或补充通知",
            "a calendar of China needs the whole national notice of a year at least; take WorkCalendar.china(), or add one",
        )
