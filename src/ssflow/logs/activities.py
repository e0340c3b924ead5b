"""The meaning of a log's activity names in a procedure: activities, lapses and overdue terms, by code, title or part of a title."""

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
    """Return the meaning of each activity name of a log: an activity, a term that ran out, or None for a name that is left out.

    ``given`` maps names of the log that are not those of the procedure: ``{"初审": "accept"}``; an empty text leaves a name out.

    Raises:
        InputError: names of the log are not known or fit several activities, or a given name is not in the log; all are listed.

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
    """Return the role that a resource of a log names by its code or its whole title; None for anybody else, such as a named clerk."""
    return next((role for role in process.roles if is_called(resource, Name(role, role.name, role.title))), None)


def _names(process: type[Process]) -> list[Name[Meaning]]:
    """Return the names that a log may contain. Parts of titles are first looked for among activities of roles."""
    terms = [clock for clock in process.clocks if isinstance(clock, Term)]
    parts = [Name[Meaning](a, a.name, a.title, likely=a.by is not None) for a in process.activities]
    return [*parts, *(Name[Meaning](term, term.name, term.title, likely=False) for term in terms)]
