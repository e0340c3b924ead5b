"""The checks of arguments about cases: each raises InputError, which names the argument, its value and what is required."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, cast

from ssflow.doors import is_no_instant
from ssflow.errors import InputError
from ssflow.persons.naming import check_case_id
from ssflow.process import Activity, Deed, Role

_LONGEST_KEY = 255


def check_deed(name: str, deed: object) -> None:
    """Refuse anything but an activity with its data."""
    if type(deed) is Deed:
        return
    if isinstance(deed, Activity):
        data = f"{deed.data.__name__}(...)" if deed.data else ""
        raise InputError.of(
            name,
            f"这是环节本身；请连同材料写成{deed!r}({data})",
            f"this is the activity itself; call it with its data: {deed!r}({data})",
        )
    _check(
        name,
        deed,
        Deed,
        "环节及其材料，例如CardReplacement.accept()",
        "an activity with its data is required, such as CardReplacement.accept()",
    )


def check_role(name: str, role: object) -> None:
    """Refuse anything but a role; the name of a role is refused too."""
    if type(role) is Role:
        return
    _check(
        name,
        role,
        Role,
        "程序中的主体，例如CardReplacement.holder",
        "a role of the procedure is required, such as CardReplacement.holder",
    )


def check_moment(name: str, moment: object) -> None:
    """Refuse anything but a day, or an instant with its time zone."""
    if type(moment) is date:
        return
    _check(
        name,
        moment,
        date,
        "日期或带时区的时刻，例如date(2026, 9, 21)",
        "a day or an instant with a zone is required, such as date(2026, 9, 21)",
    )
    if isinstance(moment, datetime) and moment.utcoffset() is None:
        raise InputError.of(
            name,
            f"{moment!r}没有时区，无法确定是哪一时刻；请写明时区，例如tzinfo=zoneinfo.ZoneInfo('Asia/Shanghai')",
            f"{moment!r} is naive: give it a time zone, for example tzinfo=zoneinfo.ZoneInfo('Asia/Shanghai')",
        )


def check_text(name: str, text: object) -> None:
    """Refuse anything but a text that can be stored, such as an id, a party or a reason."""
    if type(text) is str and text.isascii():  # ASCII has no half of a character
        return
    _check(name, text, str, "文本", "a text is required")
    try:
        str(text).encode()
    except UnicodeEncodeError as error:
        raise InputError.of(
            name,
            f"第{error.start + 1}个字符不完整，无法存储；请核对来源数据的编码",
            f"character {error.start + 1} is half of one and cannot be stored; check how the text was decoded",
        ) from error


def check_store(name: str, store: object) -> None:
    """Refuse an object without the methods of a store, and a class; an object that passes the calls on to another is a store."""
    methods = (
        "append",
        "traces",
        "snapshots",
        "linking",
        "rows",
        "versions",
        "obligations",
        "request",
        "failures",
        "fail",
        "recover",
    )
    missing = [method for method in methods if not callable(getattr(store, method, None))]
    if missing or isinstance(store, type):
        raise InputError.of(
            name,
            f"须为存储，例如SQLiteStore('cases.db')，须有方法{'、'.join(methods)}；实际为{store!r}",
            f"a store is required, such as SQLiteStore('cases.db'), with the methods {', '.join(methods)}, not {store!r}",
        )


def check_key(name: str, key: object) -> None:
    """Refuse a key that is not one to `_LONGEST_KEY` visible characters."""
    check_text(name, key)
    if not (str(key).isprintable() and str(key).strip() and len(str(key)) <= _LONGEST_KEY):
        raise InputError.of(
            name,
            f"须为1至{_LONGEST_KEY}个可见字符，例如请求的UUID；实际为{str(key)[:40]!r}",
            f"1 to {_LONGEST_KEY} visible characters are required, such as the UUID of the request, not {str(key)[:40]!r}",
        )


def check_new_id(name: str, case: object) -> None:
    """Refuse an id that a new case may not have; an empty id is allowed, and then one is made."""
    if not isinstance(case, str) or case:
        check_case_id(name, case)


def check_number(name: str, number: object, least: int = 0) -> None:
    """Refuse anything but a whole number of at least ``least``, of an event or a version; True is not a number."""
    if isinstance(number, bool) or not isinstance(number, int) or number < least:
        raise InputError.of(
            name,
            f"须为事件的序号，例如2；实际为{number!r}",
            f"the number of an event is required, such as 2, not {number!r}",
        )


def check_beside(before: object, after: object) -> None:
    """Refuse anything but the number of one event, before or after which an act happened; both may be None."""
    for name, number in (("before", before), ("after", after)):
        if number is not None:
            check_number(name, number, least=1)
    if before is not None and after is not None:
        raise InputError.of(
            "before",
            "before与after只能写一个；请去掉其中之一",
            "an act comes either before an event or after one; leave out before or after",
        )


def check_places(name: str, places: object) -> None:
    """Refuse anything but a region code, or region codes by the names of places."""
    if type(places) is str:
        return
    codes = places.items() if type(places) is dict or isinstance(places, Mapping) else [("", places)]
    if not all(isinstance(part, str) for pair in codes for part in pair):
        raise InputError.of(
            name,
            f"须为行政区划代码，例如places='440100'，或按地点名称给出代码；实际为{places!r}",
            f"a region code is required, such as places='440100', or codes by the names of the places, not {places!r}",
        )


def ids_of(links: Iterable[str], name: str = "links") -> tuple[str, ...]:
    """Return the ids of related cases; raises InputError for a text alone, which would count as the list of its letters."""
    given: object = links
    if type(given) is tuple and not given:
        return given
    ids = tuple(given) if isinstance(given, Iterable) and not isinstance(given, str) else (None,)
    if not all(isinstance(id_, str) for id_ in ids):
        raise InputError.of(
            name,
            f"须为办件编号的列表，例如{name}=['loss-1']；实际为{links!r}",
            f"a list of ids of cases is required, such as {name}=['loss-1'], not {links!r}",
        )
    return cast("tuple[str, ...]", ids)


def _check(name: str, given: object, wanted: type[Any], zh: str, en: str) -> None:
    if type(given) is not wanted and (not isinstance(given, wanted) or is_no_instant(given)):
        raise InputError.of(name, f"须为{zh}；实际为{given!r}", f"{en}, not {given!r}")
