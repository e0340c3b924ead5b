"""The effects of an upgrade to a newer version of a procedure in a case: the events, and the changes that they make."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime

from attrs import frozen

from ssflow.case import Case, Event, Ground, GroundKind, Legislation, advance_together, evolve
from ssflow.case.upgrading import Upgrade, check_day, upgrade
from ssflow.errors import RefusedError, SsflowError
from ssflow.process import Activity, Clock
from ssflow.process.table import table_of
from ssflow.process.versions import counterpart
from ssflow.records.contract import CaseRow
from ssflow.records.log import Log, fold
from ssflow.text import Lang, Text


@frozen(kw_only=True)
class DayChange:
    """A clock that ends, starts or has another last day, with its last day ``before`` and ``after`` the upgrade, None if it has none."""

    clock: Clock
    before: date | None
    after: date | None
    ends: bool = False

    @property
    def text(self) -> Text:
        """The change of the clock, in words."""
        zh, en = f"“{self.clock.zh}”", f'"{self.clock.en}"'
        before = Text(f"（原为{self.before}）", f" (it was {self.before})") if self.before else Text("", "")
        if self.ends:
            return Text(f"{zh}不再计算{before.zh}", f"{en} ends{before.en}")
        if self.after is None:
            return Text(f"{zh}没有届满日{before.zh}", f"{en} has no last day{before.en}")
        return Text(f"{zh}的最后一日为{self.after}{before.zh}", f"{en} until {self.after}{before.en}")


@frozen(kw_only=True)
class Prospect:
    """The prospect of an upgrade in a case: the ``events`` that would be recorded, or the ``grounds`` on which it would be refused.

    ``days`` are the clocks that would change; ``gained`` and ``lost`` are the activities that could newly, or no longer, be done in its state.
    """

    case: str
    events: tuple[Event, ...] = ()
    grounds: tuple[Ground, ...] = ()
    days: tuple[DayChange, ...] = ()
    gained: tuple[Activity[object], ...] = ()
    lost: tuple[Activity[object], ...] = ()

    @property
    def is_possible(self) -> bool:
        """Whether the case would be upgraded."""
        return not self.grounds

    def say(self, lang: Lang) -> str:
        """Return whether the case would be upgraded, why not, and what would change, in one language."""
        return Text(f"{self.case}：{self.text.zh}", f"{self.case}: {self.text.en}").say(lang)

    @property
    def text(self) -> Text:
        """The prospect in words, without the id of the case."""
        if self.grounds:
            why = Text.join([Text(ground.say("zh"), ground.say("en")) for ground in self.grounds], "；", "; ")
            return Text(f"不能升版：{why.zh}", f"cannot be upgraded: {why.en}")
        told = [change.text for change in self.days]
        for several, head in (
            (self.gained, Text("可以", "now possible")),
            (self.lost, Text("不再可以", "no longer possible")),
        ):
            if several:
                titles = Text.join([activity.title for activity in several], "、", ", ")
                told.append(Text(f"{head.zh}：{titles.zh}", f"{head.en}: {titles.en}"))
        return Text.join([Text("可以升版", "can be upgraded"), *told], "；", "; ")


def is_concerned(row: CaseRow, asked: Upgrade) -> bool:
    """Return whether a line is that of an open case of the procedure; its version is known only to the case itself."""
    names = {name for process in asked.to.versions() for name in (process.name, *process.former)}
    return row.process in names and not row.closed


def is_older(case: Case, asked: Upgrade) -> bool:
    """Return whether a case is under an older version."""
    return case.process in asked.to.versions()[1:]


def upgraded(
    group: Mapping[str, Case],
    id_: str,
    asked: Upgrade,
    on: date | datetime,
    law: Legislation,
    *,
    reason: str,
    actor: str = "",
) -> tuple[Event, ...]:
    """Return the events of an upgrade: the effects of time up to the day, in related cases too, and the upgrade itself.

    Raises:
        RefusedError: the case cannot be upgraded; every ground is listed.
        InputError: something has happened in it after that day.

    """
    events = advance_together(group.values(), on, law)
    case = group[id_]
    for event in (event for event in events if event.case == id_):
        case = evolve(case, event)
    check_day(case, on, law)
    return *events, upgrade(case, asked.to, asked.maps(case.process), on, law, reason=reason, actor=actor)


def prospect(
    group: Mapping[str, Case],
    log: Log,
    asked: Upgrade,
    on: date | datetime,
    law: Legislation,
    *,
    reason: str,
    actor: str,
) -> Prospect:
    """Return what an upgrade would do in a case."""
    id_ = log.case.id
    try:
        events = upgraded(group, id_, asked, on, law, reason=reason, actor=actor)
    except RefusedError as refused:
        return Prospect(case=id_, grounds=refused.grounds)
    except SsflowError as error:
        return unknown(id_, error)
    theirs = tuple(event for event in events if event.case == id_)
    case = log.case
    for event in theirs[:-1]:
        case = evolve(case, event)
    after = fold(asked.to, (*log.events, *theirs))
    could, can = _leaving(case), _leaving(after)
    return Prospect(
        case=id_,
        events=events,
        days=tuple(_days(case, after, asked)),
        gained=tuple(one for one in can if counterpart(one, case.process) not in could),
        lost=tuple(one for one in could if counterpart(one, asked.to) not in can),
    )


def unknown(case: str, error: Exception) -> Prospect:
    """Return the prospect of a case that could not be examined, with the error as its ground."""
    text = Text(error.say("zh"), error.say("en")) if isinstance(error, SsflowError) else Text(str(error), str(error))
    return Prospect(case=case, grounds=(Ground(GroundKind.guard, "case", text),))


def _leaving(case: Case) -> tuple[Activity[object], ...]:
    """Return the activities that leave the state of a case, whether or not their conditions are met."""
    moves = table_of(case.process, case.regime)
    return tuple(
        one for one in case.process.activities if one.by and not one.triggered and moves.leaving(case.state, one)
    )


def _days(case: Case, after: Case, asked: Upgrade) -> Iterator[DayChange]:
    """Yield the clocks that end, start, or get another last day."""
    carried: set[Clock] = set()
    for o in case.obligations:
        clock = asked.mapping[o.clock] if o.clock in asked.mapping else counterpart(o.clock, asked.to)
        now = next((one for one in after.obligations if one.clock is clock), None)
        if now is None:
            yield DayChange(clock=o.clock, before=o.due, after=None, ends=True)
        else:
            carried.add(now.clock)
            if now.due != o.due:
                yield DayChange(clock=now.clock, before=o.due, after=now.due)
    for o in after.obligations:
        if o.clock not in carried:
            yield DayChange(clock=o.clock, before=None, after=o.due)
