"""Whom the host lets do something: its own answer, asked before anything is judged."""

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
from ssflow.records.entries import Correction
from ssflow.records.opening import Opening
from ssflow.text import Text


@frozen(kw_only=True)
class Asked:
    """What somebody asks to do, as the host is asked about it.

    ``case`` is the case in its present state, before its first event if it is to be opened. ``activity`` is what is to be done, None where an event
    is struck out, or what time did is recorded or taken back; ``by`` and ``on`` are None where a correction leaves them as they were. ``replaces`` is
    the number of the event that is corrected, ``corrector`` the role that corrects, None if it is the one that acted. ``command`` says what
    kind of thing it is: ``open``, ``do`` (late entries too), ``correct``, ``retract`` (what time did after ``on`` is taken back), ``advance``,
    ``sweep``, ``redate`` (what time has done in the case by ``on`` is recorded, or it is dated anew, and an actor is named), ``reveal`` (personal
    data is looked at without its masks), ``upgrade`` (the case goes over to the version ``to`` of its procedure); ``held``, ``released``,
    ``erased`` or ``removed`` where its record is disposed of.
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
        """To do something in a case, or to open it."""
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
        """To put an event of a case right."""
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
        """To record what time has done in a case by a moment, or to date it anew."""
        return cls(command=command, case=case, activity=None, by=None, on=on, party="", actor=actor)

    @classmethod
    def to_retract(cls, case: Case, after: date | datetime, actor: str) -> Asked:
        """To take back what time was recorded to have done in a case after a moment."""
        return cls(command="retract", case=case, activity=None, by=None, on=after, party="", actor=actor)

    @classmethod
    def to_upgrade(cls, case: Case, to: type[Process], on: date | datetime, actor: str) -> Asked:
        """To have a case go over to a newer version of its procedure."""
        return cls(command="upgrade", case=case, activity=None, by=None, on=on, party="", actor=actor, to=to)

    @classmethod
    def to_reveal(cls, case: Case, by: Role | None, on: datetime, party: str, actor: str) -> Asked:
        """To look at the personal data of a case without its masks."""
        return cls(command="reveal", case=case, activity=None, by=by, on=on, party=party, actor=actor)

    @classmethod
    def to_order(cls, command: str, case: Case, on: datetime, actor: str) -> Asked:
        """To hold, release, erase or remove the record of a case."""
        return cls(command=command, case=case, activity=None, by=None, on=on, party="", actor=actor)


Authorise = Callable[[Asked], Text | None]


def everybody(_: Asked) -> Text | None:
    """Refuse nobody: the host has asked before it calls."""
    return None


def check_authority(authorise: Authorise, asked: Asked) -> None:
    """Refuse what the host refuses, with the reason that it gives.

    Raises:
        RefusedError: the host refuses it.
        InputError: what it answers is neither a reason nor None.

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
