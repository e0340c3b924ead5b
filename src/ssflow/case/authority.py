"""Whom the host lets do something: its own answer, asked before anything is judged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from attrs import frozen

from ssflow.case.case import Case
from ssflow.case.grounds import Ground, GroundKind
from ssflow.errors import RefusedError
from ssflow.process import Activity, Role
from ssflow.text import Text


@frozen(kw_only=True)
class Asked:
    """What somebody asks to do, as the host is asked about it.

    ``case`` is the case as it stands, before its first event if it is to be opened. ``activity`` is what is to be done, None where
    an event is struck out; ``by`` and ``on`` are None where a correction leaves them as they were. ``replaces`` is the
    number of the event that is corrected.
    """

    case: Case
    activity: Activity[Any] | None
    by: Role | None
    on: date | datetime | None
    party: str
    actor: str
    replaces: int | None = None


Authorise = Callable[[Asked], Text | None]


def everybody(_: Asked) -> Text | None:
    """Refuse nobody: the host has asked before it calls."""
    return None


def check_authority(authorise: Authorise, asked: Asked) -> None:
    """Refuse what the host refuses, with the reason that it gives; raises RefusedError."""
    if (reason := authorise(asked)) is not None:
        title = asked.activity.title if asked.activity else asked.case.process.title
        raise RefusedError(title, [Ground(GroundKind.role, "authority", reason)])
