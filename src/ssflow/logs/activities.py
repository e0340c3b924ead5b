"""What the words of a log mean in a procedure: activities, lapses, and terms that ran out, by code, title or part of a title."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ssflow.doors import check_kind
from ssflow.errors import Fault, InputError, SsflowError, UnknownError
from ssflow.logs.log import EventLog
from ssflow.naming import Name, is_called, named
from ssflow.process import Activity, Process, Role, Term

Meaning = Activity[Any] | Term | None


def meanings(log: EventLog, process: type[Process], given: Mapping[str, str]) -> dict[str, Meaning]:
    """What each activity of a log is in a procedure: an activity, the term that ran out, or None for what is left out.

    ``given`` says it where the words of the log are not those of the procedure: ``{"初审": "accept"}``; the empty text leaves out.

    Raises:
        InputError: words of the log are not known, or fit several things, or a word that was given is not in it; all are listed.

    """
    check_kind("activities", given, Mapping)
    for word, meant in given.items():
        check_kind("activities", word, str)
        check_kind(f"activities.{word}", meant, str)
    found: dict[str, Meaning] = {}
    names, words = _names(process), list(dict.fromkeys(entry.activity for entry in log.entries))
    unsaid = [word for word in given if word not in words]
    faults = [Fault(f"activities.{word}", UnknownError("activity", word, words).text) for word in unsaid]
    for word in words:
        meant = given.get(word, word)
        try:
            found[word] = named("activity", meant, names) if meant else None
        except SsflowError as error:
            faults.append(Fault(f"activities.{word}", error.text))
    if faults:
        raise InputError(*faults)
    return found


def role_of(process: type[Process], resource: str) -> Role | None:
    """The role that a resource of a log is by its code or its whole title; None for anybody else, such as a clerk by name."""
    return next((role for role in process.roles if is_called(resource, Name(role, role.name, role.title))), None)


def _names(process: type[Process]) -> list[Name[Meaning]]:
    """What a log may contain. Parts of titles are first looked for among what somebody does."""
    terms = [clock for clock in process.clocks if isinstance(clock, Term)]
    parts = [Name[Meaning](a, a.name, a.title, likely=a.by is not None) for a in process.activities]
    return [*parts, *(Name[Meaning](term, term.name, term.title, likely=False) for term in terms)]
