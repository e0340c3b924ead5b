"""The authority of the host: it is asked whether somebody may do something, before anything is judged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from attrs import frozen

from ssflow.case.attempts import Attempt
from ssflow.case.case import Case
from ssflow.case.grounds import Ground, GroundKind
from ssflow.errors import InputError, RefusedError
from ssflow.process import Activity, Process, Role
from ssflow.records.corrections import Correction
from ssflow.records.opening import Opening
from ssflow.text import Text


@frozen(kw_only=True)
class Asked:
    """A request, as the host is asked about it.

    ``case`` is the case in its present state, before its first event if it is to be opened. ``activity`` is None if an event is struck out, or
    if effects of time are recorded or taken back; ``by`` and ``on`` are None if a correction leaves them as they were. ``replaces`` is the
    number of the event that is corrected, ``corrector`` the role that corrects, None if it is the role that acted. ``command`` is the kind of
    request: ``open``, ``do`` (late entries too), ``correct``, ``retract`` (effects of time after ``on`` are taken back), ``advance`` or
    ``sweep`` (effects of time up to ``on`` are recorded), ``redate`` (the case is dated again), ``reveal`` (personal data is looked at without
    masks), ``upgrade`` (the case is upgraded to the version ``to`` of its procedure), or, for its record, ``held``, ``released``, ``erased``
    or ``removed``. For ``advance``, ``sweep`` and ``redate`` an actor is named.
    """

    command: str
    case: Case
    activity: Activity[Any] | None
    by: Role | None
    on: date | datetime | None
    party: str
    actor: str
    replaces: int | None = None
    corrector: Role | None = None
    to: type[Process] | None = None

    @classmethod
    def to_do(cls, case: Case, what: Attempt | Opening, on: date | datetime) -> Asked:
        """Return the request to do something in a case, or to open it."""
        command = "do" if case.version else "open"
        return cls(
            command=command,
            case=case,
            activity=what.deed.activity,
            by=what.by,
            on=on,
            party=what.party,
            actor=what.actor,
        )

    @classmethod
    def to_correct(cls, case: Case, what: Correction) -> Asked:
        """Return the request to correct an event of a case."""
        return cls(
            command="correct",
            case=case,
            activity=what.activity,
            by=what.by,
            on=what.on,
            party=what.party,
            actor=what.actor,
            replaces=what.replaces,
            corrector=what.corrector,
        )

    @classmethod
    def to_pass_time(cls, command: str, case: Case, on: date | datetime, actor: str) -> Asked:
        """Return the request to record the effects of time in a case up to a moment, or to re-date the case."""
        return cls(command=command, case=case, activity=None, by=None, on=on, party="", actor=actor)

    @classmethod
    def to_retract(cls, case: Case, after: date | datetime, actor: str) -> Asked:
        """Return the request to take back recorded effects of time in a case after a moment."""
        return cls(command="retract", case=case, activity=None, by=None, on=after, party="", actor=actor)

    @classmethod
    def to_upgrade(cls, case: Case, to: type[Process], on: date | datetime, actor: str) -> Asked:
        """Return the request to upgrade a case to a newer version of its procedure."""
        return cls(command="upgrade", case=case, activity=None, by=None, on=on, party="", actor=actor, to=to)

    @classmethod
    def to_reveal(cls, case: Case, by: Role | None, on: datetime, party: str, actor: str) -> Asked:
        """Return the request to look at the personal data of a case without masks."""
        return cls(command="reveal", case=case, activity=None, by=by, on=on, party=party, actor=actor)

    @classmethod
    def to_order(cls, command: str, case: Case, on: datetime, actor: str) -> Asked:
        """Return the request to hold, release, erase or remove the record of a case."""
        return cls(command=command, case=case, activity=None, by=None, on=on, party="", actor=actor)


Authorise = Callable[[Asked], Text | None]


def everybody(_: Asked) -> Text | None:
    """Return None, so that nobody is refused: the host checks before it calls."""
    return None


def check_authority(authorise: Authorise, asked: Asked) -> None:
    """Ask the host about a request, and refuse it with the reason that the host gives.

    Raises:
        RefusedError: the host refuses the request.
        InputError: the answer of the host is neither a reason nor None.

    """
    reason = authorise(asked)
    if reason is not None and not isinstance(reason, Text):
        raise InputError.of(
            "authorise",
            f"不予办理的须返回理由Text(...)，准许的须返回None；实际为{type(reason).__name__}",
            f"the answer is a reason to refuse, Text(...), or None to allow it, not {type(reason).__name__}",
        )
    if reason is not None:
        title = asked.activity.title if asked.activity else asked.case.process.title
        raise RefusedError(title, [Ground(GroundKind.role, "authority", reason)])
