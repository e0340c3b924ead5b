"""What is said at a door of the calendar to somebody who gives something else than is wanted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from operator import index
from typing import Any

from ssflow.errors import InputError

_LONGEST = 60  # characters of what was given, so that an error stays a line


def unfit(path: str, given: object, zh: str, en: str) -> InputError:
    """The error of an argument: what is wanted, in both languages, and what was given."""
    said = _said(given)
    return InputError.of(path, f"须为{zh}，而不是{said}", f"{en} is wanted, not {said}")


def _said(given: object) -> str:
    said = repr(given)
    return said if len(said) <= _LONGEST else f"{said[:_LONGEST]}…"


def one_of(path: str, given: object, known: Collection[str]) -> None:
    """Refuse a word that is none of the known ones.

    Raises:
        InputError: it is none of them.

    """
    if not (isinstance(given, str) and given in known):
        said = _said(given)
        raise InputError.of(
            path, f"须为{'、'.join(known)}之一，而不是{said}", f"unknown {path} {said}; one of {', '.join(known)}"
        )


def positive(path: str, given: Any, zh: str, en: str) -> int:
    """A whole number of at least 1 of any package, as Python's own. ``zh`` and ``en`` say what it is.

    Raises:
        InputError: it is none.

    """
    whole = not isinstance(given, bool) and hasattr(given, "__index__")
    if not whole or (n := index(given)) < 1:
        said = _said(given)
        raise InputError.of(
            path, f"{zh}须为至少为1的整数，而不是{said}", f"{en} is a whole number of at least 1, not {said}"
        )
    return n


def several(path: str, given: Any) -> tuple[str, ...]:
    """One name or several, as a tuple; none if nothing is given.

    Raises:
        InputError: they are no names.

    """
    if given is None:
        return ()
    names = (given,) if isinstance(given, str) else tuple(given) if isinstance(given, Iterable) else ()
    if not names or not all(isinstance(name, str) for name in names):
        raise unfit(path, given, "一个或几个名称", "a name, or several")
    return names


def check_calendar(given: object) -> None:
    """Refuse what is no calendar.

    Raises:
        InputError: it is none.

    """
    from ssflow.calendar.workcalendar import WorkCalendar

    if not isinstance(given, WorkCalendar):
        raise unfit(
            "calendar", given, "工作日历，例如WorkCalendar.china()", "a calendar, such as WorkCalendar.china(),"
        )


def check_hours(given: object) -> None:
    """Refuse what are no hours of business; none may be given.

    Raises:
        InputError: they are something else.

    """
    from ssflow.calendar.officehours import OfficeHours

    if given is not None and not isinstance(given, OfficeHours):
        raise unfit(
            "hours", given, "办公时间，例如OfficeHours(time(9), time(17))", "OfficeHours(time(9), time(17)) or the like"
        )
