"""What is said at a door of the calendar to somebody who gives something else than is required."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import index
from typing import TYPE_CHECKING, Any

from ssflow.doors import check_day, check_kind
from ssflow.errors import InputError
from ssflow.regions import region_name

if TYPE_CHECKING:
    from ssflow.calendar.workcalendar import WorkCalendar

_LONGEST = 60  # characters of what was given, so that an error stays a line


def unfit(path: str, given: object, zh: str, en: str) -> InputError:
    """The error of an argument: what is required, in both languages, and what was given."""
    said = short(repr(given))
    return InputError.of(path, f"须为{zh}，而不是{said}", f"{en} is required, not {said}")


def short(said: str) -> str:
    """What was given, or the beginning of it."""
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def one_of(path: str, given: object, known: Collection[str]) -> None:
    """Refuse a word that is none of the known ones.

    Raises:
        InputError: it is none of them.

    """
    if not (isinstance(given, str) and given in known):
        said = short(repr(given))
        raise InputError.of(
            path, f"须为{'、'.join(known)}之一，而不是{said}", f"one of {', '.join(known)} is required, not {said}"
        )


def positive(path: str, given: Any, zh: str, en: str) -> int:
    """A whole number of at least 1 of any package, as Python's own. ``zh`` and ``en`` say what it is.

    Raises:
        InputError: it is none.

    """
    try:
        n = 0 if isinstance(given, bool) else index(given)
    except TypeError:  # also of an array of numbers, which looks like one
        n = 0
    if n < 1:
        said = short(repr(given))
        raise InputError.of(
            path, f"{zh}须为至少为1的整数，而不是{said}", f"{en} is a whole number of at least 1, not {said}"
        )
    return n


def several(path: str, given: Any) -> tuple[str, ...]:
    """One name or several, as a tuple; none if nothing is given.

    Raises:
        InputError: they are not names.

    """
    if given is None:
        return ()
    names = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else ()
    if not names or not all(isinstance(name, str) for name in names):
        raise unfit(path, given, "一个或几个名称", "a name, or several")
    return names


def check_calendar(given: object) -> None:
    """Refuse what is not a calendar.

    Raises:
        InputError: it is none.

    """
    from ssflow.calendar.workcalendar import WorkCalendar

    if not isinstance(given, WorkCalendar):
        raise unfit(
            "calendar", given, "工作日历，例如WorkCalendar.china()", "a calendar, such as WorkCalendar.china(),"
        )


def check_view(calendar: WorkCalendar) -> None:
    """Refuse to make a calendar of what it cannot be made of.

    Raises:
        InputError: a field is of another kind, or there are too few notices.
        UnknownError: no place has this code.

    """
    from ssflow.calendar.base_calendar import BaseCalendar
    from ssflow.calendar.notices import BODIES

    check_kind("base_calendar", calendar.base_calendar, BaseCalendar)
    _check_notices(calendar, calendar.notices)
    check_kind("place", calendar.place, str)
    region_name(calendar.place)
    one_of("body", calendar.body, BODIES)
    if calendar.known is not None:
        check_day("known", calendar.known)
    check_kind("is_strict", calendar.is_strict, bool)


def _check_notices(calendar: WorkCalendar, given: object) -> None:
    """Refuse what are not notices, or too few: China's days rest on those of a whole year at least."""
    from ssflow.calendar.notices import Notice

    if not isinstance(given, tuple) or not all(isinstance(notice, Notice) for notice in given):
        raise unfit("notices", given, "由通知（Notice）组成的元组", "a tuple of notices (Notice)")
    if calendar.base_calendar.is_chinese and not any(notice.is_national and notice.complete for notice in given):
        raise InputError.of(
            "notices",
            "中国的日历至少要有一年完整的全国通知；请用WorkCalendar.china()，或补上通知",
            "a calendar of China needs the whole national notice of a year at least; take WorkCalendar.china(), or add one",
        )


def check_hours(given: object) -> None:
    """Refuse what are not hours of business; none may be given.

    Raises:
        InputError: they are something else.

    """
    from ssflow.calendar.officehours import OfficeHours

    if given is not None and not isinstance(given, OfficeHours):
        raise unfit(
            "hours", given, "办公时间，例如OfficeHours(time(9), time(17))", "OfficeHours(time(9), time(17)) or the like"
        )
