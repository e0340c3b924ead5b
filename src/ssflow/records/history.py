"""What counts of the log of a case, in the order of law.

The log is in the order in which things were recorded and is never edited. The history is what it says has happened: the acts that
count, each at its moment, and the re-datings. Its order: the day; then the instant; an act of which only the day is known follows what that
day already holds, unless it says before or after which event it happened, and keeps that place.

What time did, and what acts did in related cases, follows from the history. What the log says of it was seen at some moment, and holds
until an event sets it aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from attrs import frozen

from ssflow.case.events import Event, EventKind, Happening
from ssflow.case.moments import is_before, later_of, moment_of
from ssflow.process import Process

_ACTS = (EventKind.act, EventKind.late)
_TIME_DID = (EventKind.lapse, EventKind.overdue)


@frozen
class Entry:
    """One thing that counts: an act, or a re-dating. ``root`` is the version under which it was first recorded."""

    root: int
    event: Event


def history(process: type[Process], trace: Sequence[Event]) -> tuple[Entry, ...]:
    """What counts of a log, in the order of law: each corrected act as corrected, what was struck out left out."""
    entries: list[Entry] = []
    for event in trace:
        if event.kind is EventKind.correction:
            _correct(entries, root_of(trace, event.version), event)
        elif event.kind is EventKind.redated or (event.kind in _ACTS and not is_effect(process, event)):
            _place(entries, Entry(event.version, event))
    return tuple(entries)


def acts_of(process: type[Process], trace: Sequence[Event]) -> tuple[Event, ...]:
    """The acts that count, in the order of law."""
    return tuple(entry.event for entry in history(process, trace) if entry.event.kind is not EventKind.redated)


def standing(process: type[Process], trace: Sequence[Event], version: int) -> Event | None:
    """The act that counts under the number of an event, as it was last corrected; None if there is none."""
    root = root_of(trace, version)
    found = (entry.event for entry in history(process, trace) if entry.root == root)
    return next((event for event in found if event.kind is not EventKind.redated), None)


def root_of(trace: Sequence[Event], version: int) -> int:
    """The version of the event at the beginning of a chain of corrections; of any other event its own."""
    while (replaces := trace[version - 1].replaces) is not None:
        version = replaces
    return version


def is_effect(process: type[Process], event: Event) -> bool:
    """Whether an event is what an act of a related case did here."""
    return event.kind is EventKind.act and process.activity(event.activity).alongside


def observed(process: type[Process], trace: Iterable[Event]) -> tuple[Happening, ...]:
    """What time and related cases are known to have done, as far as no event has set it aside."""
    seen: list[Happening] = []
    for event in trace:
        for gone in event.sets_aside:
            seen.remove(gone)
        if event.kind in _TIME_DID or is_effect(process, event):
            seen.append(Happening.of(event))
        seen += event.brings
    return tuple(seen)


def reached(process: type[Process], trace: Sequence[Event]) -> date | datetime | None:
    """The latest moment that is known to have passed: an instant if one is known on that day, else the day.

    A moment at which time was seen to do something has passed, even if that does not follow any more; unless it was taken back.
    """
    passed: list[Event | Happening] = [entry.event for entry in history(process, trace)]
    passed += observed(process, trace)
    for event in trace:
        if event.kind is EventKind.retraction:
            passed = [one for one in passed if Happening.of(one) not in event.sets_aside]
        elif event.kind in _TIME_DID:
            passed.append(event)
        passed += [one for one in event.brings if one.kind in _TIME_DID]
    last: date | datetime | None = None
    for one in passed:
        last = later_of(last, moment_of(one))
    return last


def _correct(entries: list[Entry], root: int, event: Event) -> None:
    found = next((number for number, entry in enumerate(entries) if entry.root == root), None)
    if found is None:  # it was struck out before, or takes the place of what time had done
        if event.activity:
            _place(entries, Entry(root, event))
        return
    old = entries.pop(found).event
    if event.activity and (event.on, event.at) == (old.on, old.at):
        entries.insert(found, Entry(root, event))
    elif event.activity:
        _place(entries, Entry(root, event))


def _place(entries: list[Entry], new: Entry) -> None:
    beside = new.event.after if new.event.before is None else new.event.before
    if beside is not None:
        for number, entry in enumerate(entries):
            if entry.root == beside:
                entries.insert(number + (new.event.after is not None), new)
                return
    day = len(entries)  # where the day of the new one begins: most often at the end
    while day and entries[day - 1].event.on >= new.event.on:
        day -= 1
    later = (number for number in range(day, len(entries)) if is_before(new.event, entries[number].event))
    entries.insert(next(later, len(entries)), new)
