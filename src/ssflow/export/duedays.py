"""Deadlines as entries of a calendar."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

from attrs import fields

from ssflow.calendar import Deadline, DeadlineStatus
from ssflow.calendar.notices import ONE_DAY
from ssflow.errors import InputError
from ssflow.export.entry import Entry, marked, midnight, utc
from ssflow.text import Text

_DUE = Text("期限", "deadline")


def due_days(deadlines: Iterable[Deadline]) -> list[Entry]:
    """Return the entries of deadlines, in order; equal ones become one.

    Raises:
        InputError: a deadline is open, or one is given twice and ends on different days.

    """
    by_uid: dict[str, Deadline] = {}
    for deadline in deadlines:
        same = by_uid.setdefault(_uid(deadline), deadline)
        if (same.due, same.status) != (deadline.due, deadline.status):
            raise InputError.of(
                "entries",
                f"自{same.start}起的{same.span.text.zh}有两个届满日，{same.due}与{deadline.due}；请只写同一日历的期限",
                f"{same.span} from {same.start} end on {same.due} and on {deadline.due}; give the deadlines of one calendar",
            )
    entries = [_entry(uid, deadline) for uid, deadline in by_uid.items()]
    return sorted(entries, key=lambda entry: (entry.start.isoformat(), entry.uid))


def _entry(uid: str, deadline: Deadline) -> Entry:
    due, closes = deadline.due, deadline.closes() if deadline.span.unit == "hours" else None
    if due is None:
        raise InputError.of(
            "entries",
            f"自{deadline.start}起的{deadline.span.text.zh}已停止计算，没有届满日可写；恢复计算以前请不要列入",
            f"the clock of {deadline.span} from {deadline.start} is stopped, so there is no due day to enter; leave it out until it runs again",
        )
    account, span = deadline.explain(), deadline.span.text
    firm = deadline.status is DeadlineStatus.FIRM
    return Entry(
        uid=uid,
        made=midnight(deadline.calendar.civil_day(deadline.start)),
        start=utc(closes) if closes else due,
        end=None if closes else due + ONE_DAY,
        summary=marked(Text(f"{_DUE.zh}：{span.zh}", f"{_DUE.en}: {span.en}"), firm=firm),
        description=Text(account.say("zh"), account.say("en")),
        category=_DUE,
        firm=firm,
    )


def _uid(deadline: Deadline) -> str:
    """Return an id made from the question, which stays the same when the answer changes."""
    span, place = deadline.span, (deadline.calendar.place, deadline.calendar.body)
    asked = [(name, repr(value)) for f in fields(type(span)) if (value := getattr(span, name := f.name)) != f.default]
    stops = [f"{stopped} {resumed}" for stopped, resumed in deadline.tolled]
    return f"{sha256(repr((asked, str(deadline.start), stops, place)).encode()).hexdigest()[:16]}@ssflow"
