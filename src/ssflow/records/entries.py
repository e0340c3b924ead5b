"""Late entries: acts of the past, as drafts whose effect on the case is still to be worked out."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from attrs import field, frozen

from ssflow.calendar.clock import recorded
from ssflow.case.attempts import Attempt
from ssflow.case.case import Case
from ssflow.case.doors import check_beside, check_deed, check_moment, check_role, check_text, ids_of
from ssflow.case.events import Event, EventKind, LinkRef
from ssflow.case.moments import is_before
from ssflow.doors import checked
from ssflow.errors import InputError
from ssflow.persons.naming import check_party
from ssflow.process import Activity, Deed, Process, Role
from ssflow.records.history import acts_of, history, root_of, version_before
from ssflow.records.log import Log
from ssflow.slots import changed


@frozen
class Late:
    """An act that is entered after later acts of its case.

    ``on`` is the day or the instant on which it happened; if only the day is known, ``before`` or ``after`` may name the
    number of the event of that day before or after which it happened.

    Raises:
        InputError: a part is of another kind than is required, or both ``before`` and ``after`` are given.

    """

    deed: Deed[Any] = field(validator=checked(check_deed))
    by: Role = field(kw_only=True, validator=checked(check_role))
    on: date | datetime = field(kw_only=True, validator=checked(check_moment))
    party: str = field(default="", kw_only=True, validator=checked(check_party))
    links: tuple[str, ...] = field(default=(), kw_only=True, converter=ids_of)
    before: int | None = field(default=None, kw_only=True)
    after: int | None = field(default=None, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_beside(self.before, self.after)


def entered(
    log: Log, attempt: Attempt, named: tuple[str, ...] = (), *, before: int | None = None, after: int | None = None
) -> Event:
    """Return the draft of an act in a case that has later entries, or whose related cases have; ``named`` are those that the act itself names.

    An act that comes before another act of the case, or before its upgrade, is a late entry. It belongs to the version that the case was
    under at the time.

    Raises:
        InputError: ``before`` or ``after`` is not an act of that day, or the instants say another order; or as `decide`.

    """
    case = log.case
    attempt.check_complete()
    process = version_of(attempt.activity, case.process)
    calendar = attempt.law.calendar
    draft = Event(
        case=case.id,
        version=len(log.events) + 1,
        process=process.name,
        process_version=process.version,
        kind=EventKind.act,
        activity=attempt.activity.name,
        on=calendar.civil_day(attempt.on),
        at=recorded(attempt.on, calendar.zone),
        by=attempt.by.name,
        party=attempt.party,
        actor=attempt.actor,
        data=attempt.deed.data,
        target="",
        places=tuple(sorted(case.places.items())) if case.version == 0 else (),
        links=tuple(map(link_to, attempt.links)),
        named=named,
        reason=attempt.reason,
        before=before,
        after=after,
    )
    check_order(log, draft)
    attempt.check_against(case.process.at(version_before(case.process, log.events, draft)), case.id)
    precedes = before is not None or process is not case.process  # an act before an upgrade is late too
    is_late = precedes or any(is_before(draft, act) for act in acts_of(case.process, log.events))
    return changed(draft, kind=EventKind.late) if is_late else draft


def link_to(case: Case) -> LinkRef:
    """Return the reference to a case as it is now."""
    return LinkRef(case=case.id, process=case.process.name, version=case.version)


def check_order(log: Log, draft: Event) -> None:
    """Refuse a place beside an event that is no act of that day, and one that known instants speak against; raises InputError."""
    beside = draft.after if draft.before is None else draft.before
    if beside is None:
        return
    name = "after" if draft.before is None else "before"
    trace = (*log.events, draft)
    entries, root = history(log.case.process, trace), root_of(trace, draft.version)
    days = {entry.root: entry.event.on for entry in entries if entry.root != root}
    if days.get(beside) != draft.on:
        raise InputError.of(
            name,
            f"须为当日已记录的办理的序号；第{beside}号不是",
            f"the number of an act of that day is required; {beside} is not one",
        )
    place = next(number for number, entry in enumerate(entries) if entry.root == root)
    earlier, later = entries[:place], entries[place + 1 :]
    if any(is_before(draft, one.event) for one in earlier) or any(is_before(one.event, draft) for one in later):
        raise InputError.of(
            name,
            f"已记录的时刻表明先后不是这样；请去掉{name}，或者更正时刻",
            f"the instants that are on record say another order; leave out {name}, or correct the instant",
        )


def version_of(activity: Activity[Any], process: type[Process]) -> type[Process]:
    """Return the version of a procedure that has an activity; for an activity of another procedure, which is refused later, ``process``."""
    owner = activity.owner
    return owner if owner is not None and owner in process.versions() else process


def check_reason(name: str, reason: object) -> None:
    """Refuse a reason that is empty; raises InputError."""
    check_text(name, reason)
    if not str(reason).strip():
        raise InputError.of(
            name,
            "须写明理由，例如reason='...'",
            "a reason is required; give reason='...'",
        )
