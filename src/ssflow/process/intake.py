"""The check that the data of activities, and the facts that guards look at, fit the facts of the procedure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from enum import Enum
from types import NoneType
from typing import TYPE_CHECKING, Annotated, Any, Final, Generic, Protocol, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from ssflow.converters import kinds_of
from ssflow.errors import Fault
from ssflow.process.guards import Act, Condition
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.activities import Activity
    from ssflow.process.process import Process

    Definition = type[Process]


@frozen
class OnRecord:
    """The mark of a field that need not be a fact, because it is recorded with its event: a remark, the wording of an answer."""


ON_RECORD: Final = OnRecord()


class WayIn(Enum):
    """The mark of an enumeration of the ways in which people come in: counters, sites, applications."""


def intake(process: Definition) -> Iterator[Fault]:
    """Yield a fault for data that neither sets a fact of its name and type nor says so, and for guards that look at missing facts."""
    facts = get_type_hints(process.facts)
    for activity in process.activities:
        if activity.data is None:
            continue
        hints = get_type_hints(activity.data, include_extras=True)
        for field in attrs.fields(activity.data):
            yield from _field(f"{activity.name}.{field.name}", field.name, hints[field.name], facts)
    for activity in process.activities:
        yield from _day_set(activity, facts)
    conditions = {c: None for a in process.activities for row in a.transitions if row.when for c in row.when.conditions}
    for condition in conditions:
        yield from _condition(condition, process)


def _day_set(activity: Activity[Any], facts: dict[str, Any]) -> Iterator[Fault]:
    """Yield a fault unless the last day that an act sets comes in with it, as a fact that is a day."""
    if activity.sets is None:
        return
    name = activity.sets.day
    hints = get_type_hints(activity.data) if activity.data else {}
    if name not in hints or not set(kinds_of(hints[name])) <= {date, NoneType} or name not in facts:
        yield Fault(
            activity.name,
            Text(
                f"所定的{name}须为随环节提供的日期，并为事实之一",
                f"the day that it sets, {name}, has to come in with it as a date, and to be a fact",
            ),
        )


def _field(path: str, name: str, hint: Any, facts: dict[str, Any]) -> Iterator[Fault]:
    notes = get_args(hint)[1:] if get_origin(hint) is Annotated else ()
    if name not in facts:
        if ON_RECORD not in notes:
            yield Fault(
                path,
                Text(
                    f"事实中没有{name}，此项会丢失；请在事实中加上，或注明只作记录：Annotated[..., ON_RECORD]",
                    f"the facts have no {name}, so what comes in is lost; add it to the facts, or say that it is only "
                    "recorded: Annotated[..., ON_RECORD]",
                ),
            )
        return
    given, taken = dict.fromkeys(kinds_of(hint)), dict.fromkeys(kinds_of(facts[name]))
    if not given.keys() <= taken.keys():
        zh, en = "或".join(map(_name, taken)), " or ".join(map(_name, taken))
        yield Fault(
            path,
            Text(
                f"类型为{'或'.join(map(_name, given))}，事实中的{name}为{zh}；请改为一致",
                f"is of type {' or '.join(map(_name, given))}, but the fact {name} of type {en}; give both the same",
            ),
        )


def _name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) and not get_args(kind) else str(kind)


def _condition(condition: Condition[Any], process: Definition) -> Iterator[Fault]:
    """Yield a fault for a guard made for facts that this procedure lacks."""
    wanted = _facts_of(condition)
    if wanted is None:
        return
    lacking = [name for name in _members(wanted) if name not in _members(process.facts)]
    if lacking:
        names = "、".join(lacking)
        yield Fault(
            condition.name,
            Text(
                f"条件是为{wanted.__name__}编写的，{process.facts.__name__}没有{names}",
                f"the guard is made for {wanted.__name__}; {process.facts.__name__} has no {', '.join(lacking)}",
            ),
        )


def _facts_of(condition: Condition[Any]) -> type | None:
    """Return the facts for which a guard says it is made: those of the ``Act`` that its test takes."""
    try:
        hints = get_type_hints(condition.test)
    except (AttributeError, NameError, TypeError):  # types that only the type checker can see, or no function
        return None
    for hint in hints.values():
        if get_origin(hint) is Act:
            (facts,) = get_args(hint)
            return facts if isinstance(facts, type) else None
    return None


def _members(cls: type) -> list[str]:
    """Return the names that a class, or a protocol, gives its values."""
    kinds = [kind for kind in cls.__mro__ if kind not in (object, Generic, Protocol)]
    names = dict.fromkeys(name for kind in kinds for name in (*vars(kind), *vars(kind).get("__annotations__", ())))
    return [name for name in names if not name.startswith("_")]
