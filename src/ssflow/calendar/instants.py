"""Spans of hours: exact instants without rest days, with clocks that are stopped from midnight to midnight."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from ssflow.calendar.clock import instant_of
from ssflow.calendar.counting import Tolled
from ssflow.calendar.spans import Span

if TYPE_CHECKING:
    from pendulum import DateTime

_NOTHING = timedelta(0)


def end_of_hours(span: Span, began: DateTime, stops: Sequence[Tolled], zone: str | None) -> DateTime | None:
    """Return the instant at which a span of hours ends; None while its clock is stopped."""
    left = timedelta(hours=span.n)
    for stopped, resumed in stops:
        ran = max(_NOTHING, instant_of(stopped, zone) - began)
        if ran >= left:
            break
        if resumed is None:
            return None
        began = max(began, instant_of(resumed, zone))
        left = timedelta(hours=span.n) if span.tolling == "restart" else left - ran
    return began + left


def hours_left(span: Span, began: DateTime, on: DateTime, stops: Sequence[Tolled], zone: str | None) -> int:
    """Return the whole hours that a clock still has to run after an instant; negative once it has ended."""
    left = timedelta(hours=span.n)
    for stopped, resumed in stops:
        ran = max(_NOTHING, instant_of(stopped, zone) - began)
        if ran >= left or instant_of(stopped, zone) >= on:
            break
        began = max(began, instant_of(resumed, zone)) if resumed else on
        left = timedelta(hours=span.n) if span.tolling == "restart" else left - ran
    return int((left - max(_NOTHING, on - began)) // timedelta(hours=1))
