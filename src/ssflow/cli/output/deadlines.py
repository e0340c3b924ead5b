"""A deadline as people read it, and as plain data."""

from __future__ import annotations

from datetime import date, datetime

from ssflow.calendar import Deadline, Span
from ssflow.calendar.counting import rests_on
from ssflow.calendar.spans import Unit
from ssflow.cli.output.answer import Screen, moment
from ssflow.cli.output.standing import standing, standing_document
from ssflow.documents import Document


def deadline_document(deadline: Deadline, start: date | datetime) -> Document:
    """What was asked, what comes of it, and on what that rests."""
    closes, span = deadline.closes(), deadline.span
    return {
        "span": str(span),
        "roll": span.roll,
        "before": span.before,
        "first_day": span.first_day,
        "month_end": span.month_end,
        "long_rests": span.long_rests,
        "tolling": span.tolling,
        "from": start.isoformat(),
        "tolled": [[s.isoformat(), r.isoformat() if r else None] for s, r in deadline.tolled],
        "due": deadline.due.isoformat() if deadline.due else None,
        "otherwise": deadline.otherwise.isoformat() if deadline.otherwise else None,
        "status": deadline.status.name,
        "closes": closes.isoformat() if closes else None,
        **standing_document(deadline.calendar, _rests_on(deadline)),
    }


def left_document(deadline: Deadline, on: date | datetime) -> Document:
    """What is left after a day."""
    return {"left": {"on": on.isoformat(), "n": deadline.remaining(on), "unit": _unit(deadline)}}


def tell_deadline(screen: Screen, deadline: Deadline, start: date | datetime) -> None:
    """Print what was asked, the last day, and on what it rests."""
    t, span, when = screen.t, screen.say(deadline.span.text), moment(start)
    if deadline.span.before:
        screen.line(t(f"{when}前{span}", f"{span} before {when}"))
    else:
        screen.line(t(f"自{when}起{span}", f"{span} from {when}"))
    screen.title(t(f"最后一日：{_last(screen, deadline)}", f"due: {_last(screen, deadline)}"))
    standing(screen, deadline.calendar, _rests_on(deadline))


def tell_left(screen: Screen, deadline: Deadline, on: date | datetime) -> None:
    """Print what is left after a day, or by how much it is too late."""
    t, n, when = screen.t, deadline.remaining(on), moment(on)
    if n == 0:
        screen.line(t(f"{when}之后不再剩余", f"left after {when}: nothing"))
        return
    length = screen.say(Span(abs(n), _unit(deadline)).text)
    if n > 0:
        screen.line(t(f"{when}之后还剩{length}", f"left after {when}: {length}"))
    else:
        screen.line(t(f"到{when}已超过{length}", f"overrun by {when}: {length}"), "red")


def _unit(deadline: Deadline) -> Unit:
    """In what the rest of a span is told: working days, hours, or calendar days."""
    return deadline.span.unit if deadline.span.unit in ("workdays", "hours") else "days"


def _last(screen: Screen, deadline: Deadline) -> str:
    closes = deadline.closes()
    if closes is None:
        return screen.t("停止计算中，暂无", "none yet, the clock is stopped")
    if deadline.span.unit == "hours":
        return f"{closes:%Y-%m-%d %H:%M}"
    sure = screen.say(deadline.status.value)
    or_else = screen.t(f"，或{deadline.otherwise}", f", or {deadline.otherwise}") if deadline.otherwise else ""
    return screen.t(f"{deadline.due}{or_else}（{sure}）", f"{deadline.due}{or_else} ({sure})")


def _rests_on(deadline: Deadline) -> tuple[date, date] | None:
    """The first and the last of the days on which the due day depends; none where rest days play no part."""
    due, unrolled, span = deadline.due, deadline.unrolled, deadline.span
    if due is None or unrolled is None or span.unit == "hours":
        return None
    return rests_on(span, deadline.calendar.civil_day(deadline.start), unrolled, due)
