"""The first check of a definition: everything in it is of its kind. A part is given as itself, never by its name in quotes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import NoneType
from typing import TYPE_CHECKING, Any

import attrs

from ssflow.doors import check_callable, check_kind, each_of
from ssflow.errors import Fault, InputError
from ssflow.process.activities import Activity
from ssflow.process.figures import Clock, Lapse, Regime, Term
from ssflow.process.guards import Guard
from ssflow.process.parts import Place, Role, Titled
from ssflow.process.states import State
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.process import Process

    Definition = type[Process]

Check = Callable[..., object]


def kinds(process: Definition) -> Iterator[Fault]:
    """Yield a fault for each thing of the wrong kind; the other checks take the right kinds for granted."""
    if type(process.version) is not int or process.version < 1:
        given = repr(process.version)
        yield Fault(
            "version", Text(f"须为从1起的整数；实际为{given}", f"a whole number from 1 is required, not {given}")
        )
    yield from _faults(each_of, "corrects", process.corrects, Role)
    for part in (part for part in vars(process).values() if isinstance(part, Titled)):
        for check, name, given, *wanted in _used_by(part):
            yield from _faults(check, f"{part.name}.{name}", given, *wanted)


def is_attrs(given: object) -> bool:
    """Return whether a value is an attrs class; an instance of one is not."""
    return isinstance(given, type) and attrs.has(given)


def _used_by(part: Titled) -> Iterator[tuple[Any, ...]]:
    """Yield what a part is made of: a check, the name of the argument, its value, and the kinds that the check wants."""
    yield check_kind, "zh", part.zh, str
    yield check_kind, "en", part.en, str
    match part:
        case State():
            yield each_of, "clocks", part.clocks, Clock
            yield each_of, "early", part.early, Clock
            yield each_of, "stops", part.stops, Clock
        case Activity():
            yield from _used_by_activity(part)
        case Role() | Regime():
            yield check_kind, "at", part.at, Place, NoneType
        case Term():
            yield from ((check_kind, "owed_by", role, Role) for role in part.owers)


def _used_by_activity(activity: Activity[Any]) -> Iterator[tuple[Any, ...]]:
    for row in activity.transitions:
        yield check_kind, "from", row.source, State, NoneType
        yield check_kind, "to", row.target, State
        yield check_kind, "when", row.when, Guard, NoneType
    yield check_kind, "after", activity.after, Lapse, NoneType
    if activity.after is None:
        yield from ((check_kind, "by", role, Role) for role in (activity.by, *activity.or_by))
    yield check_kind, "renews", activity.renews, Lapse, Term, Regime, NoneType
    yield _check_data, "data", activity.data
    yield check_kind, "upcasts", activity.upcasts, tuple
    if isinstance(activity.upcasts, tuple):
        yield from ((check_callable, "upcasts", upcast) for upcast in activity.upcasts)


def _check_data(name: str, given: object) -> None:
    if given is not None and not is_attrs(given):
        kind = given.__name__ if isinstance(given, type) else type(given).__name__
        raise InputError.of(name, f"须为冻结的attrs类；实际为{kind}", f"a frozen attrs class is required, not {kind}")


def _faults(check: Check, *arguments: object) -> tuple[Fault, ...]:
    """Return the faults that a check of arguments raises."""
    try:
        check(*arguments)
    except InputError as error:
        return error.faults
    return ()
