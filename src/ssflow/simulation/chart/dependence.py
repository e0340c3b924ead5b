"""The dependence of the kernel's answers on more than the standing of a case: on the figures in force, or on the day itself.

A test can learn the day of the act only by reading ``on``, because nothing below the stores asks for the time. So a move without a test that
reads it has one answer as long as the figures stay, and is asked about once in that period. Whether a test may read the day is found in its
code; whether it does so in a standing is found by running it and watching. Tests are pure, so a test that has not read the day once would
not read it on another day.

A standing has no dates. So a test that looks at the day on which something was done or ends cannot be answered for a standing, and is
refused by name. How often something was done is part of the standings of those procedures whose tests ask for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta
from types import FunctionType, MethodType
from typing import Any

from attrs import define, evolve

from ssflow.case import Case, Legislation
from ssflow.case.judge import rows_tried
from ssflow.case.sight import act_of
from ssflow.errors import DefinitionError, Fault, GuardError
from ssflow.process import Act, Activity, Clock, Deed, Position, Process, Role
from ssflow.process.guards import Condition
from ssflow.process.reading import COUNTS, DAYS, HELD, names_read, tests_of
from ssflow.regions import NATION, absence, widening
from ssflow.text import Text

_THE_DAY = "on"


def may_read_the_day(activity: Activity[Any]) -> bool:
    """Return whether a test of an activity may look at the day of the act."""
    return any(not isinstance(test, FunctionType) or _THE_DAY in names_read(test) for test in tests_of(activity))


def may_look_at_dates(activity: Activity[Any]) -> bool:
    """Return whether an activity or a test of it may depend on a day that no standing has, or on a count that is not kept."""
    return activity.withdraws is not None or any(
        not isinstance(test, FunctionType) or (DAYS | COUNTS) & names_read(test) for test in tests_of(activity)
    )


def reads_the_day(
    case: Case,
    links: Iterable[Case],
    deed: Deed[Any],
    on: date,
    law: Legislation,
    counted: Collection[Activity[Any]] = (),
    by: Role | None = None,
) -> bool:
    """Return whether a test of an act looks at its day in the present standing of a case, or may do so.

    ``counted`` are the activities whose number of times is part of the standings.

    Raises:
        DefinitionError: a test looks at a day on which something was done or ends, or needs a count that is not kept, or the act takes an
            extension back: no standing has these.

    """
    activity, bearing = deed.activity, law.in_case(case)
    _check_shortens_nothing(case.process, activity)
    if case.process.regime is not None and (case.state is None or activity.renews is case.process.regime):
        case = evolve(case, regime=bearing.regime_on(on))
        bearing = law.in_case(case)
    opened = [link for link in links if link.state is not None]
    act = act_of(
        case,
        activity,
        on,
        bearing,
        facts=case.process.fold(case.facts, deed.data),
        links=opened,
        role=by or activity.by,
    )
    seen = _Seen(counted)
    for row in rows_tried(case, activity):
        for condition in row.when.conditions if row.when else ():
            _watch(condition, act, seen)
            _check_told(case.process, condition, seen)
    return seen.the_day or (
        activity.renews is not None and activity.renews is case.process.regime and may_read_the_day(activity)
    )


def _watch(condition: Condition[Any], act: Act[Any], seen: _Seen) -> None:
    """Note what a test looks at; one that cannot be watched is taken to look at the day, and at every date that its code names."""
    watched: Any = _Watched(act, seen)
    try:
        condition.test(watched)
    except DefinitionError:
        raise
    except Exception:  # noqa: BLE001 - the kernel reports the fault when it is asked
        seen.the_day = True
        seen.untold = seen.untold or ("" if _is_faulty(condition, act) else "、".join(sorted(_dates_in(condition))))


def _is_faulty(condition: Condition[Any], act: Act[Any]) -> bool:
    """Return whether a test cannot be judged even when it is not watched."""
    try:
        condition.holds(act)
    except GuardError:
        return True
    return False


def _dates_in(condition: Condition[Any]) -> frozenset[str]:
    """Return the names in the code of a test by which dates are asked for; all such names if it has no code."""
    return DAYS & names_read(condition.test) if isinstance(condition.test, FunctionType) else DAYS


def check_effect(effect: Activity[Any]) -> None:
    """Refuse an effect in a related case if a test of it may look at a day that no standing has; raises DefinitionError."""
    owner = effect.owner
    for condition in (c for row in effect.transitions if row.when for c in row.when.conditions):
        if owner and (found := _dates_in(condition)):
            _check_told(owner, condition, _Seen((), untold="、".join(sorted(found))))


@define
class _Seen:
    """The record of what tests have looked at beyond a standing."""

    counted: Collection[Activity[Any]]
    the_day: bool = False
    untold: str = ""


class _Watched:
    """A wrapper of an act or a related case that notes whether its days are read."""

    def __init__(self, position: Position, seen: _Seen) -> None:
        self.position, self.seen = position, seen

    @property  # type: ignore[misc]  # a test that asks for its class gets the answer that it would get in the kernel
    def __class__(self) -> type[Any]:
        return type(self.position)

    @property
    def links(self) -> tuple[_Watched, ...]:
        return tuple(_Watched(link, self.seen) for link in getattr(self.position, "links", ()))

    def done(self, activity: Activity[Any]) -> date | None:
        self.seen.untold = f"done({activity!r})"
        return self.position.done(activity)

    def due(self, clock: Clock) -> date | None:
        found = self.position.due(clock)
        if found is not None:
            self.seen.untold = f"due({clock!r})"
        return found

    def overdue(self, clock: Clock) -> bool:
        return self.position.overdue(clock)

    def count(self, activity: Activity[Any]) -> int:
        self._check_counted("count", activity)
        return self.position.count(activity)

    def actor_of(self, activity: Activity[Any]) -> str:
        self._check_counted("actor_of", activity)
        return self.position.actor_of(activity)

    def _check_counted(self, ask: str, activity: Activity[Any]) -> None:
        if activity not in self.seen.counted:
            self.seen.untold = f"{ask}({activity!r})"

    def __getattr__(self, name: str) -> Any:
        if name == _THE_DAY:
            self.seen.the_day = True
        if name in HELD:
            self.seen.untold = name
        kind = type(self.position)
        part = getattr(kind, name, None)
        return MethodType(part, self) if isinstance(part, FunctionType) else getattr(self.position, name)


def _check_told(process: type[Process], condition: Condition[Any], seen: _Seen) -> None:
    if seen.untold:
        text = Text(
            f"条件要看{seen.untold}，即某日办理、某日届满，而模拟和推算上下限时不按每件的日期区分情形，无从判断；"
            "请改为按次数（count）或者是否逾期（overdue）判断，或者以期限计时，或者略去此环节（做法中的权重为0，bounds的without）",
            f"it looks at {seen.untold}, which turns on the days of a single case; neither simulations nor bounds tell cases apart by these: ask "
            "for the count, or whether a term is overdue, or let a clock run, or leave the activity out (by a weight of 0 in a practice, "
            "or by without= of bounds)",
        )
        raise DefinitionError(process.__name__, [Fault(condition.name, text)])


def _check_shortens_nothing(process: type[Process], activity: Activity[Any]) -> None:
    """Refuse an act that takes an extension back: whether the term has then run out depends on days that no standing has."""
    if activity.withdraws:
        text = Text(
            "撤销延长后期限是否已经届满，取决于每件的日期，而模拟和推算上下限时不按每件的日期区分情形，无从判断；"
            "请略去此环节（做法中的权重为0，bounds的without）",
            "whether a term has run out once its extension is taken back turns on the days of a single case; neither simulations nor "
            "bounds tell cases apart by these: leave the activity out (by a weight of 0 in a practice, or by without= of bounds)",
        )
        raise DefinitionError(process.__name__, [Fault(activity.name, text)])


def days_of_change(cases: Iterable[Case], law: Legislation, first: date, last: date) -> list[date]:
    """Return the days after the first, up to the last, on which the law that applies to some cases changes.

    On such a day a figure comes into force or ends, a procedure begins, or a place is made or abolished.
    """
    days: set[date] = set()
    for case in cases:
        book = law.of(case.process)
        for value in book.values:
            days |= {value.since} | ({value.until + timedelta(days=1)} if value.until else set())
        if began := book.beginning:
            days.add(began.since)
        for code in case.places.values():
            days |= set(_changes_of_place(code, first, last))
    return sorted(day for day in days if first < day <= last)


def _changes_of_place(code: str, first: date, last: date) -> Iterator[date]:
    """Yield the first days of the years in which a place is replaced or lies elsewhere; places are looked up by these days."""
    for year in range(first.year + 1, last.year + 1):
        new_year, eve = date(year, 1, 1), date(year - 1, 12, 31)
        if code != NATION and (_place(code, new_year) != _place(code, eve)):
            yield new_year


def _place(code: str, day: date) -> tuple[object, ...]:
    return widening(code, day), absence(code, day)
