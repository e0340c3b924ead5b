"""Putting right what was recorded wrongly: the log is not edited, an event says what counts instead."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import takewhile
from typing import Any

from attrs import evolve as changed
from attrs import field, frozen
from attrs.validators import optional

from ssflow.calendar.clock import recorded
from ssflow.case.advance import advance
from ssflow.case.attempts import Attempt, check_owner
from ssflow.case.case import Case, effective_trace, evolve, fold, root_of
from ssflow.case.doors import check_deed, check_moment, check_number, check_role, check_text, checked
from ssflow.case.events import Event, EventKind
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.judge import alongside, judge_alone
from ssflow.case.legislation import Legislation
from ssflow.errors import InputError, RefusedError, UnknownError
from ssflow.process import Activity, Deed, Role
from ssflow.text import Text


def _check_reason(name: str, reason: object) -> None:
    if not str(reason).strip():
        raise InputError.of(name, "更正须写明理由：reason='...'", "a correction says why it is made; give reason='...'")


@frozen
class Correction:
    """What is to count instead of event number ``replaces``: another deed, or none.

    What is not given (``by``, ``on``, ``party``) stays as it was; ``actor`` is who corrects. ``reason`` says why.

    Raises:
        InputError: the reason is missing, or a part is of another kind than is wanted.

    """

    replaces: int = field(validator=checked(check_number))
    deed: Deed[Any] | None = field(validator=optional(checked(check_deed)))
    reason: str = field(kw_only=True, validator=[checked(check_text), checked(_check_reason)])
    by: Role | None = field(default=None, kw_only=True, validator=optional(checked(check_role)))
    on: date | datetime | None = field(default=None, kw_only=True, validator=optional(checked(check_moment)))
    party: str = field(default="", kw_only=True, validator=checked(check_text))
    actor: str = field(default="", kw_only=True, validator=checked(check_text))

    @property
    def activity(self) -> Activity[Any] | None:
        """What is to count; None if the event is struck out."""
        return self.deed.activity if self.deed else None

    def check_against(self, case: Case) -> None:
        """Refuse what no definition allows, or no case; see `correct`."""
        if not 1 <= self.replaces <= case.version:
            raise UnknownError("event", str(self.replaces), [str(event.version) for event in case.trace])
        if self.deed is None:
            if root_of(case.trace, self.replaces) == 1:
                raise InputError.of(
                    "deed",
                    "开始办件的事项不能撤销；请改为撤回或者办结",
                    "the opening cannot be struck out; withdraw or close the case instead",
                )
            return
        if self.deed.is_blank:
            raise InputError.of("data", *self.deed.wanted)
        check_owner(case.process, "deed", self.deed.activity, case.process.activities)
        if self.by is not None:
            check_owner(case.process, "by", self.by, case.process.roles)


def correct(case: Case, correction: Correction, law: Legislation, links: Sequence[Case] = ()) -> Event:
    """The event that puts a correction on record.

    The acts are judged anew with it, each with its related cases as they then were, so a correction cannot make a history that could
    not have happened. A lapse or an overdue that was recorded too early is replaced by the act that came before it.

    Raises:
        RefusedError: the act, or one after it, would not have been allowed; all grounds are listed.
        UnknownError: the case has no such event.
        InputError: the opening would be struck out, or the deed or role is not one of this procedure's.

    """
    correction.check_against(case)
    root, activity = root_of(case.trace, correction.replaces), correction.activity
    standing = next(
        (e for e in effective_trace(case.trace) if root_of(case.trace, e.version) == root), case.trace[root - 1]
    )
    old = case.trace[root - 1]
    _check_related(case, old, activity, links)
    event = _stand_in(case, standing, correction, law)
    then, after = _replayed(case, event, law, links, moved=event.on != standing.on)
    _check_written(then, old, activity, event, law, links)
    _check_effects(case, after, law, links)
    chooses = activity is not None and (activity.is_opening or activity.renews is case.process.regime)
    return changed(
        event,
        target=after.state.name if after.state else "",
        closed=after.is_closed,
        obligations=after.obligations,
        regime=then.regime.name if chooses and then.regime else "",
        cites=tuple(map(str, activity.cites)) if activity else (),
        rulebook=law.of(case.process).digest,
        calendar=law.calendar.digest,
    )


def _stand_in(case: Case, standing: Event, correction: Correction, law: Legislation) -> Event:
    """The correcting event: what is not given stays as in the event that stands so far."""
    deed, on = correction.deed, correction.on
    role = correction.by.name if correction.by else standing.by
    if deed is not None and not role:
        raise InputError.of(
            "by",
            f"请写明“{deed.activity.zh}”由谁办理：事件{correction.replaces}不是任何人办理的",
            f"say by whom {deed.activity.name} was done: event {correction.replaces} was nobody's act",
        )
    return changed(
        standing,
        version=case.version + 1,
        kind=EventKind.correction,
        activity=deed.activity.name if deed else "",
        on=standing.on if on is None else law.calendar.civil_day(on),
        at=standing.at if on is None else recorded(on, law.calendar.zone),
        by=role,
        party=correction.party or standing.party,
        actor=correction.actor,
        data=deed.data if deed else None,
        source=case.state.name if case.state else "",
        places=(),
        replaces=correction.replaces,
        reason=correction.reason,
        recorded_at=None,
    )


def _replayed(
    case: Case, correction: Event | None, law: Legislation, links: Sequence[Case], *, moved: bool
) -> tuple[Case, Case]:
    """The case as the acts that count make it, each judged anew: right after the corrected act, and as time has left it since.

    Each keeps the regime that it recorded, but for a corrected one that has ``moved`` to another day.
    """
    scratch = then = Case.unopened(case.process, case.id, case.places)
    for event in effective_trace((*case.trace, correction) if correction else case.trace):
        attempt = Attempt(
            deed=Deed(case.process.activity(event.activity), event.data),
            by=case.process.role(event.by),
            on=event.at or event.on,
            law=law,
            links=tuple(_as_they_were(event, case, links, law)),
            party=event.party,
            alongside=event.kind is EventKind.act,  # what a related case did stands; nobody does it by a correction
            regime="" if moved and event is correction else event.regime,
        )
        for step in advance(scratch, attempt.on, law):
            scratch = evolve(scratch, step)
        scratch = evolve(scratch, judge_alone(scratch, attempt))
        then = scratch if event is correction else then
    for step in advance(scratch, case.last or date.min, law):
        scratch = evolve(scratch, step)
    return then, scratch


def _as_they_were(event: Event, case: Case, links: Sequence[Case], law: Legislation) -> Iterator[Case]:
    """The related cases that an event was decided with, as they stood at its moment.

    At the versions that it recorded; of an act whose day was put later, as they stood on that later day.
    """
    now = {link.id: link for link in links}
    recorded = case.trace[root_of(case.trace, event.replaces) - 1] if event.replaces else event
    for ref in event.links:
        if ref.case in now:
            link = now[ref.case]
            later = event.on > recorded.on
            seen = takewhile(
                lambda past: past.on <= event.on and not _refers_to(past, case.id, recorded.version),
                link.trace if later else link.trace[: ref.version],
            )
            if trace := tuple(seen):
                then = fold(link.process, trace)
                for step in advance(then, event.at or event.on, law):
                    then = evolve(then, step)
                yield then


def _check_related(case: Case, old: Event, activity: Activity[Any] | None, links: Sequence[Case]) -> None:
    """Refuse to pull the ground from under related cases.

    What also wrote to them is not undone or exchanged, nor put in the place of what did not; and an event on which one of them was
    decided stays. Of cases that refer to this one without its knowing nothing can be said here.
    """
    done = case.process.activity(old.activity) if old.kind in (EventKind.act, EventKind.lapse) else None
    wrote = done is not None and done.also is not None and any(_did(done.also, case.id, old.version, k) for k in links)
    would = activity is not None and activity.also is not None and any(k.process is activity.also.owner for k in links)
    written = done is not activity and (wrote or would)
    decided = [link.id for link in links if any(_rests_on(event, case.id, old.version, link) for event in link.trace)]
    if written or decided:
        raise _refused(case, done, ", ".join(decided or [link.case for link in case.links]))


def _check_written(
    then: Case, old: Event, activity: Activity[Any] | None, correction: Event, law: Legislation, links: Sequence[Case]
) -> None:
    """Refuse where the corrected act would now do something else in a related case than was recorded.

    ``then`` is the case right after the corrected act.
    """
    if activity is None or activity.also is None:
        return
    seen = {ref.case: ref.version for ref in old.links}
    for link in (link for link in links if link.process is activity.also.owner and link.id in seen):
        before = fold(link.process, link.trace[: seen[link.id]])
        would = bool(alongside(then, activity.also, correction.at or correction.on, law, before))
        if would != _did(activity.also, then.id, old.version, link):
            raise _refused(then, activity, link.id)


def _check_effects(case: Case, after: Case, law: Legislation, links: Sequence[Case]) -> None:
    """Refuse where acts and lapses that write to related cases would come or go with the correction.

    A history that could not have happened has no such effects to compare: the correction puts it right.
    """
    try:
        _, before = _replayed(case, None, law, links, moved=False)
    except RefusedError:
        return
    for link in links:
        was, would = ([e.activity for e in each.trace if _writes_to(each, e, link)] for each in (before, after))
        if was != would:
            raise _refused(case, None, link.id)


def _writes_to(case: Case, event: Event, link: Case) -> bool:
    done = case.process.activity(event.activity) if event.kind in (EventKind.act, EventKind.lapse) else None
    return done is not None and done.also is not None and done.also.owner is link.process


def _did(also: Activity[Any], case: str, version: int, link: Case) -> bool:
    """Whether a case, at this version of it, wrote an activity into a related one."""
    return any(
        event.activity == also.name and any(ref.case == case and ref.version == version for ref in event.links)
        for event in link.trace
    )


def _refers_to(event: Event, case: str, version: int) -> bool:
    """Whether an event was decided with a case as it was at this version or later."""
    return any(ref.case == case and ref.version >= version for ref in event.links)


def _refused(case: Case, done: Activity[Any] | None, related: str) -> RefusedError:
    reason = Text(
        f"该事件同时写入了关联办件，或关联办件据此办理（{related}），不能撤销、改为其他环节或使其所为不同",
        f"the event also wrote to related cases, or they rest on it ({related}): it cannot be undone, exchanged, or made to do "
        "something else there",
    )
    return RefusedError(done.title if done else case.process.title, [Ground(GroundKind.state, "related", reason)])


def _rests_on(event: Event, case: str, version: int, link: Case) -> bool:
    """Whether an act of a related case was decided with this case as the event of this version had left it, or later."""
    own = event.kind is EventKind.act and not link.process.activity(event.activity).alongside
    return own and _refers_to(event, case, version)
