"""Corrections, as drafts whose effect on the case is still to be worked out.

Nothing is edited: a draft becomes an event that says what is to count, and why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any

from attrs import field, frozen
from attrs.validators import optional

from ssflow.calendar import WorkCalendar
from ssflow.calendar.clock import recorded
from ssflow.case.attempts import check_links, check_owner
from ssflow.case.case import Case
from ssflow.case.doors import (
    check_beside,
    check_deed,
    check_moment,
    check_number,
    check_places,
    check_role,
    check_text,
    ids_of,
)
from ssflow.case.events import Event, EventKind, LinkRef, happening_title
from ssflow.case.grounds import Ground, GroundKind
from ssflow.doors import checked
from ssflow.errors import Fault, InputError, RefusedError, UnknownError
from ssflow.persons.naming import check_party
from ssflow.process import Activity, Deed, Process, Role
from ssflow.process.parts import any_of
from ssflow.process.versions import counterpart
from ssflow.records.entries import check_order, check_reason, link_to, version_of
from ssflow.records.history import history, named_by_acts, places_of, root_of, version_before
from ssflow.records.log import Log
from ssflow.records.places import named_places
from ssflow.slots import changed
from ssflow.text import Text

_DONE = (EventKind.act, EventKind.late, EventKind.redated)


def _unlinked(unlinks: Iterable[str]) -> tuple[str, ...]:
    return ids_of(unlinks, "unlinks")


@frozen
class Correction:
    """A correction: the deed that is to count instead of event number ``replaces``, or None to strike the event out.

    ``case`` is the case of the event, which `Cases.correct_together` needs. ``by``, ``on`` and ``party`` stay as they were if they are left out.
    If only the day is known, ``before`` or ``after`` names the event of that day before or after which the act happened. ``links`` adds related
    cases that were not named, ``unlinks`` takes away those that were named by mistake. ``places``, in a correction of the opening, are the right
    places of the case; those that a mapping leaves out stay. ``corrector`` is the role that corrects; if it is left out, the role that acted
    corrects its own act, for the same party. ``actor`` is the person who types it, ``reason`` says why.

    Raises:
        InputError: the reason is missing, a part is of another kind than is required, or both ``before`` and ``after`` are given.

    """

    replaces: int = field(validator=checked(check_number))
    deed: Deed[Any] | None = field(validator=optional(checked(check_deed)))
    reason: str = field(kw_only=True, validator=checked(check_reason))
    by: Role | None = field(default=None, kw_only=True, validator=optional(checked(check_role)))
    on: date | datetime | None = field(default=None, kw_only=True, validator=optional(checked(check_moment)))
    party: str = field(default="", kw_only=True, validator=checked(check_party))
    actor: str = field(default="", kw_only=True, validator=checked(check_party))
    corrector: Role | None = field(default=None, kw_only=True, validator=optional(checked(check_role)))
    before: int | None = field(default=None, kw_only=True)
    after: int | None = field(default=None, kw_only=True)
    case: str = field(default="", kw_only=True, validator=checked(check_text))
    links: tuple[str, ...] = field(default=(), kw_only=True, converter=ids_of)
    unlinks: tuple[str, ...] = field(default=(), kw_only=True, converter=_unlinked)
    places: Mapping[str, str] | str | None = field(
        default=None, kw_only=True, validator=optional(checked(check_places))
    )

    def __attrs_post_init__(self) -> None:
        check_beside(self.before, self.after)
        if both := [case for case in self.unlinks if case in self.links]:
            raise InputError.of(
                "unlinks",
                f"办件{both[0]}既增加又去掉；请去掉其中之一",
                f"{both[0]} is added and taken away; leave out one of them",
            )

    @property
    def activity(self) -> Activity[Any] | None:
        """The activity that is to count; None if the event is struck out."""
        return self.deed.activity if self.deed else None

    def check_against(self, log: Log) -> None:
        """Refuse a correction that does not fit the log of the case; raises as `corrected` does."""
        case = log.case
        check_links(self.links, case.id)
        if not 1 <= self.replaces <= case.version:
            raise UnknownError("event", str(self.replaces), [str(event.version) for event in log.events])
        if self.deed is None:
            self._check_strike_out(log)
            return
        if log.events[root_of(log.events, self.replaces) - 1].kind is EventKind.upgraded:
            raise InputError.of(
                "replaces",
                f"事件{self.replaces}是升版，只能撤销，不能由办理取代；当日的办理请另行录入",
                f"event {self.replaces} is an upgrade, which can only be struck out; enter what was done that day as an act of its own",
            )
        if self.deed.is_blank:
            raise InputError.of("data", *self.deed.wanted)

    def check_parts(self, process: type[Process]) -> None:
        """Refuse an activity or a role that the case's version of the time does not have; raises InputError."""
        if self.deed is not None:
            check_owner(process, "deed", self.deed.activity, process.activities)
        if self.by is not None:
            check_owner(process, "by", self.by, process.roles)

    def check_capacity(self, case: Case, effective: Event) -> None:
        """Refuse a role that may not correct the act, by the version of the act; raises RefusedError."""
        process = case.process.at(effective.process_version)
        may = process.correctors()
        if self.corrector is not None:
            check_owner(process, "corrector", self.corrector, process.roles)
        elif not effective.by or effective.by in [role.name for role in may] or self._is_own(case, effective):
            return
        if self.corrector not in may:
            reason = Text(
                "只能由原主体更正本人的办理，不得改换主体和当事人",
                "the role that acted corrects its own act, for the same party; nobody may correct an act of others",
            )
            if may:
                who = any_of(may)
                reason = Text(
                    f"他人的办理只能由{who.zh}更正（corrector）；本人的办理由原主体更正，不得改换主体和当事人",
                    f"only the {who.en} may correct an act of others (corrector); the role that acted corrects its own act, "
                    "for the same party",
                )
            raise RefusedError(EventKind.correction.value, [Ground(GroundKind.role, "correction", reason)])

    def _is_own(self, case: Case, effective: Event) -> bool:
        same_role = self.by is None or self.by.name == effective.by
        role = counterpart(case.process.at(effective.process_version).role(effective.by), case.process)
        return same_role and self.party in ("", case.parties.get(role.name if role else "", self.party))

    def _check_strike_out(self, log: Log) -> None:
        """Refuse to strike out an event that is not an act that counts, and arguments that mean nothing for a struck-out event."""
        root = root_of(log.events, self.replaces)
        if root == 1:
            raise InputError.of(
                "deed",
                "登记办件的环节不能撤销；请改为撤回或者办结",
                "the opening cannot be struck out; withdraw or close the case instead",
            )
        if root not in {entry.root for entry in history(log.case.process, log.events)}:
            raise InputError.of(
                "replaces",
                f"事件{self.replaces}不是现在有效的办理；失效和逾期由办理推得，请更正所依据的办理，或者用retract撤回",
                f"event {self.replaces} is not an act that counts; lapses and overdue terms follow from the acts: "
                "correct the act on which it rests, or retract",
            )
        idle = [
            name
            for name in ("by", "on", "party", "before", "after", "links", "unlinks", "places")
            if getattr(self, name)
        ]
        if idle:
            text = Text(
                "撤销的事件不再有主体、日期、先后、当事人、关联办件和地点；请去掉",
                "a struck-out event has no role, day, order, party, related case or place; leave this out",
            )
            raise InputError(*(Fault(name, text) for name in idle))
        if log.events[root - 1].kind is EventKind.upgraded:
            _check_nothing_done_since(log, root)


def _check_nothing_done_since(log: Log, root: int) -> None:
    """Refuse to strike out an upgrade after which something was done under the newer version, which the older one could not read."""
    process, upgrade = log.case.process, log.events[root - 1]
    counts = {entry.root for entry in history(process, log.events)}
    for event in log.events[root:]:
        is_done = (
            event.kind in _DONE or event.version in counts or (event.kind is EventKind.correction and event.activity)
        )
        if is_done and event.process_version >= upgrade.process_version:
            version, title = event.process_version, happening_title(process.at(event.process_version), event)
            reason = Text(
                f"其后第{event.version}号事件“{title.zh}”（{event.on}）已按第{version}版记录，旧版不能读取；请定义更新的一版，再升至该版",
                f'event {event.version}, "{title.en}" of {event.on}, was recorded under version {version}, which the older version '
                "cannot read: define a newer version, and upgrade to it",
            )
            raise RefusedError(EventKind.correction.value, [Ground(GroundKind.order, "later", reason)])


def corrected(log: Log, correction: Correction, calendar: WorkCalendar, links: Iterable[Case] = ()) -> Event:
    """Return the draft of a correction; parts that are left out stay as in the act that counts so far. Its day is one of the calendar.

    ``links`` are the related cases that it adds.

    Raises:
        UnknownError: the case has no such event.
        RefusedError: the role may not correct what was done.
        InputError: the opening, or an event that is not an act that counts, would be struck out; the procedure lacks the deed or role;
            or ``before`` or ``after`` is as in `entered`.

    """
    correction.check_against(log)
    case, root = log.case, root_of(log.events, correction.replaces)
    entries = {entry.root: entry.event for entry in history(case.process, log.events)}
    effective = entries.get(root, log.events[root - 1])
    correction.check_capacity(case, effective)
    deed, on = correction.deed, correction.on
    role = correction.by.name if correction.by else effective.by
    if deed is not None and not role:
        raise InputError.of(
            "by",
            f"请写明“{deed.activity.zh}”由谁办理：事件{correction.replaces}没有办理的主体",
            f"say by whom {deed.activity.name} was done: event {correction.replaces} is not the act of a role",
        )
    draft = changed(
        effective,
        version=len(log.events) + 1,
        kind=EventKind.correction,
        activity=deed.activity.name if deed else "",
        on=effective.on if on is None else calendar.civil_day(on),
        at=effective.at if on is None else recorded(on, calendar.zone),
        by=role,
        party=correction.party or effective.party,
        actor=correction.actor,
        data=deed.data if deed else None,
        source=case.state.name if case.state else "",
        places=_places(correction, log, root),
        links=_links(correction, log, effective, links),
        named=correction.links,
        unlinks=(),
        replaces=correction.replaces,
        corrector=correction.corrector.name if correction.corrector else "",
        reason=correction.reason,
        before=correction.before,
        after=correction.after,
        sets_aside=(),
        brings=(),
        recorded_at=None,
    )
    if deed is None:
        if effective.kind is EventKind.upgraded:  # the case is under the version before again
            process = case.process.at(version_before(case.process, log.events, draft))
            return changed(draft, process=process.name, process_version=process.version, maps=())
        return draft
    process, then = version_of(deed.activity, case.process), case.process.at(effective.process_version)
    # A role may have another name on the other side of an upgrade.
    by = draft.by if correction.by else _in_version(then, draft.by, process)
    corrector = _in_version(then, draft.corrector, process)
    draft = changed(draft, process=process.name, process_version=process.version, by=by, corrector=corrector)
    check_order(log, draft)
    correction.check_parts(case.process.at(version_before(case.process, log.events, draft)))
    return draft


def _places(correction: Correction, log: Log, root: int) -> tuple[tuple[str, str], ...]:
    """Return the corrected places of a case; nothing if they stay."""
    if correction.places is None or correction.activity is None:
        return ()
    if root != 1:
        raise InputError.of(
            "places",
            "地点在登记时写明；请更正第1号事件",
            "the places of a case are those of its opening; correct event 1",
        )
    process = version_of(correction.activity, log.case.process)
    return tuple(sorted(named_places(process, correction.places, places_of(log.events)).items()))


def _links(correction: Correction, log: Log, effective: Event, more: Iterable[Case]) -> tuple[LinkRef, ...]:
    """Return the related cases of the corrected act; it has to name those that are taken away."""
    if correction.deed is None:
        return ()
    root = root_of(log.events, correction.replaces)
    named = [link.case for link in named_by_acts(log.case.process, log.events).get(root, ())]
    for case in correction.unlinks:
        if case not in named:
            raise InputError.of(
                "unlinks",
                f"事件{correction.replaces}没有写明办件{case}；其写明的办件：{'、'.join(named) or '无'}",
                f"event {correction.replaces} does not name case {case}; it names {', '.join(named) or 'none'}",
            )
    return (*(link for link in effective.links if link.case not in correction.unlinks), *map(link_to, more))


def _in_version(of: type[Process], role: str, to: type[Process]) -> str:
    """Return the name of a role in another version; unchanged if that version lacks the role, and then refused as unknown."""
    other = counterpart(of.role(role), to) if role else None
    return other.name if other else role
