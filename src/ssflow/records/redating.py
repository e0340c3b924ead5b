"""The re-dating of open terms by the calendar and the rulebook of today, and the effects of time that came too early by these.

A new due day is worked out from its inputs, never from the old day: the start, the stops and the figure, which is looked up again with the
facts of the time. A recorded effect of time is not undone. It is reported, because a person has to decide what to do about it.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from attrs import frozen

from ssflow.calendar.clock import instant_of
from ssflow.case import Case, Event, EventKind, Happening, Legislation, Obligation, redate
from ssflow.case.clocks import owner_of
from ssflow.case.events import happening_title
from ssflow.case.legislation import CaseLaw
from ssflow.records.history import observed
from ssflow.records.log import Group, Log
from ssflow.records.play import Played, play
from ssflow.records.rejudge import differences
from ssflow.records.rounds import Round
from ssflow.text import Lang, Text


@frozen(kw_only=True)
class Early:
    """A recorded lapse or overdue term that came too early by the present law: the case, its kind and title, and the recorded day ``on``.

    ``now`` is the day on which it comes by the present law; None if it has not come by the day of the re-dating, or never comes.
    """

    case: str
    kind: EventKind
    title: Text
    on: date
    now: date | None

    @property
    def text(self) -> Text:
        """The happening that came too early and the day on which it comes now, in words."""
        kind = self.kind.value
        now = Text(f"现为{self.now}", f"now {self.now}") if self.now else Text("现尚未发生", "now not yet")
        return Text(
            f"{self.case}：{self.on}已记{kind.zh}“{self.title.zh}”，{now.zh}",
            f'{self.case}: {kind.en} "{self.title.en}" is recorded on {self.on}, {now.en}',
        )

    def say(self, lang: Lang) -> str:
        """Return the text in one language."""
        return self.text.say(lang)


@frozen
class Redating(Round[Event]):
    """The result of a round of re-dating, with the happenings that came too ``early``, which a person has to look at."""

    early: tuple[Early, ...] = ()


def dated_anew(
    group: Group, id_: str, on: date | datetime, law: Legislation
) -> tuple[tuple[Event, ...], tuple[Early, ...]]:
    """Return the event that re-dates a case, or none if no day moves, and the happenings that came too early in it."""
    log = group[id_]
    case, bearing = log.case, law.in_case(log.case)
    seen = any(one.kind in (EventKind.lapse, EventKind.overdue) for one in observed(case.process, log.events))
    moved = [o for o in case.obligations if not o.overdue and _is_remeasured(o, case, bearing)]
    if not (seen or moved):
        return redate(case, on, law), ()
    reached = [log.case.last for log in group.values() if log.case.last is not None]
    through = max((on, *reached), key=lambda moment: instant_of(moment, law.calendar.zone))
    played = play(group, through, law, anew=True)
    by_law = played.cases[id_]
    measured = {o.clock.name: _measured(o, by_law) for o in moved}
    events = () if case.is_closed else redate(case, on, law, measured)
    return events, tuple(_early(log, played))


def _is_remeasured(o: Obligation, case: Case, law: CaseLaw) -> bool:
    """Return whether the rulebook has another span for a clock than the recorded one; never for a last day that an act sets."""
    if not o.spans or o.starts is None or case.process.setters(o.clock):
        return False
    value = law.find(o.clock, o.starts, case.facts, owner_of(o.clock))
    return value is None or value.amount != o.spans[0]


def _measured(o: Obligation, by_law: Case) -> Obligation:
    """Return the obligation as the present rulebook measures it, if its clock started and was stopped as recorded; else unchanged."""
    now = by_law.obligation(o.clock.name) if by_law.process is o.clock.owner else None
    same = now is not None and (now.starts, now.began, now.tolled) == (o.starts, o.began, o.tolled) and now.is_timed
    return now if now is not None and same and not now.overdue else o


def _early(log: Log, played: Played) -> Iterator[Early]:
    for version, (gone, come) in differences(log, played.happened[log.case.id]).items():
        process = log.case.process.at(version)
        for one in gone:
            if one.kind not in (EventKind.lapse, EventKind.overdue):
                continue
            now = _next(one, come)
            if now is None or now > one.on:
                title = happening_title(process, one)
                yield Early(case=log.case.id, kind=one.kind, title=title, on=one.on, now=now)


def _next(one: Happening, come: tuple[Happening, ...]) -> date | None:
    days = [other.on for other in come if (other.kind, other.activity) == (one.kind, one.activity)]
    return min(days, default=None)
