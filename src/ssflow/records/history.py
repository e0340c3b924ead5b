"""The history of a case: the entries of its log that count, in the order of law. Each event is read by the version that it names.

The log is in the order of recording and is never edited. The history is what the log says has happened: the acts that count, each at its
moment, the re-datings and the upgrades to another version. It is ordered by day, then by instant; an act of which only the day is known
follows the entries that the day already has, unless it says before or after which event it happened, and it keeps that place.

Effects of time, and of acts of related cases, follow from the history. The log says which of them had been observed at some moment; such an
observation holds until an event sets it aside.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from attrs import frozen

from ssflow.case.events import Event, EventKind, Happening, LinkRef
from ssflow.case.moments import is_before, later_of, moment_of
from ssflow.process import Process

_ACTS = (EventKind.act, EventKind.late)
_NO_ACTS = (EventKind.redated, EventKind.upgraded)
_TIME_DID = (EventKind.lapse, EventKind.overdue)


@frozen
class Entry:
    """An entry that counts: an act, a re-dating or an upgrade. ``root`` is the version of the case under which it was first recorded."""

    root: int
    event: Event

    @property
    def is_act(self) -> bool:
        """Whether the entry is an act of the procedure."""
        return self.event.kind not in _NO_ACTS


def history(process: type[Process], trace: Sequence[Event]) -> tuple[Entry, ...]:
    """Return the entries of a log that count, in the order of law: corrected acts as corrected, without acts that were struck out."""
    entries: list[Entry] = []
    for event in trace:
        if event.kind is EventKind.correction:
            _correct(entries, root_of(trace, event.version), event)
        elif event.kind in _NO_ACTS or (event.kind in _ACTS and not is_effect(process, event)):
            _place(entries, Entry(event.version, event))
    return tuple(entries)


def acts_of(process: type[Process], trace: Sequence[Event]) -> tuple[Event, ...]:
    """Return the acts that count, in the order of law."""
    return tuple(entry.event for entry in history(process, trace) if entry.is_act)


def version_before(process: type[Process], trace: Sequence[Event], draft: Event) -> int:
    """Return the version of the procedure that a case is under at the place of an unrecorded event in the order of law."""
    version = trace[0].process_version if trace else draft.process_version
    root = root_of((*trace, draft), draft.version)
    for entry in history(process, (*trace, draft)):
        if entry.root == root:
            break
        if entry.event.kind is EventKind.upgraded:
            version = entry.event.process_version
    return version


def effective_act(process: type[Process], trace: Sequence[Event], version: int) -> Event | None:
    """Return the act that counts under the number of an event, as it was last corrected; None if there is none."""
    root = root_of(trace, version)
    return next((entry.event for entry in history(process, trace) if entry.root == root and entry.is_act), None)


def root_of(trace: Sequence[Event], version: int) -> int:
    """Return the version of the event at the beginning of a chain of corrections; for any other event, its own version."""
    while (replaces := trace[version - 1].replaces) is not None:
        version = replaces
    return version


def places_of(trace: Sequence[Event]) -> dict[str, str]:
    """Return the places with which a case was opened, as they were last corrected; its first event names them."""
    said = [event.places for event in trace if event.places and root_of(trace, event.version) == 1]
    return dict(said[-1]) if said else {}


def named_by_acts(process: type[Process], trace: Sequence[Event]) -> dict[int, tuple[LinkRef, ...]]:
    """Return the related cases that each act names, by its root: an event has in ``links`` also those that its case had before.

    An act names what it says itself, and what nothing before it in the log has named.
    """
    named: dict[int, tuple[LinkRef, ...]] = {}
    known: set[str] = set()
    for event in trace:
        root = root_of(trace, event.version)
        if event.kind is EventKind.correction or (event.kind in _ACTS and not is_effect(process, event)):
            before = {link.case for link in named.get(root, ())}
            named[root] = tuple(
                link
                for link in event.links
                if link.case in before or link.case in event.named or link.case not in known
            )
        known = (known | {link.case for link in event.links}).difference(event.unlinks)
    return named


def is_effect(process: type[Process], event: Event) -> bool:
    """Return whether an event is the effect of a related case's act."""
    return event.kind is EventKind.act and process.at(event.process_version).activity(event.activity).triggered


def observed(process: type[Process], trace: Iterable[Event]) -> tuple[Happening, ...]:
    """Return the observed effects of time and of related cases, without those that an event has set aside."""
    return tuple(happening for _, happening in observed_by_version(process, trace))


def observed_by_version(process: type[Process], trace: Iterable[Event]) -> tuple[tuple[int, Happening], ...]:
    """Return the observed effects, each with the version of the procedure under which it happened and by which it is named."""
    seen: list[tuple[int, Happening]] = []
    for event in trace:
        version = event.process_version
        for gone in event.sets_aside:
            seen.remove((version, gone))
        if event.kind in _TIME_DID or is_effect(process, event):
            seen.append((version, Happening.of(event)))
        seen += ((version, one) for one in event.brings)
    return tuple(seen)


def reached(process: type[Process], trace: Sequence[Event]) -> date | datetime | None:
    """Return the latest moment that a case is known to have reached: an instant if one is known on that day, else the day.

    The moment of an observed lapse or overdue term has passed even if the effect no longer follows, unless it was retracted.
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
    if found is None:  # it was struck out before, or replaces an effect of time
        if event.activity:
            _place(entries, Entry(root, event))
        return
    old = entries.pop(found).event
    stays = (event.on, event.at, event.before, event.after) == (old.on, old.at, None, None)
    if event.activity and stays:
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
    day = len(entries)  # where the day of the new entry begins: most often at the end
    while day and entries[day - 1].event.on >= new.event.on:
        day -= 1
    later = (number for number in range(day, len(entries)) if is_before(new.event, entries[number].event))
    entries.insert(next(later, len(entries)), new)
