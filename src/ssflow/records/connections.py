"""The connections of cases: the cases that a case names, and the cases that name it, have to be judged together.

They are read in waves: all cases that some cases name, then all that these name. A look-up for each single case would cost ten times as much.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import chain

from ssflow.case.case import Case

Read = Callable[[Collection[str]], Mapping[str, Case]]
Linking = Callable[[Collection[str]], Mapping[str, tuple[str, ...]]]


def near(
    cases: Mapping[str, Case],
    more: Iterable[str],
    *,
    read: Read,
    linking: Linking,
    pending: Callable[[], frozenset[str]],
) -> dict[str, Case]:
    """Return some cases and all others in which something may have happened that matters to their next acts.

    These are the cases that they name, ``more`` and the cases that these name, at any distance; the cases that name them; and, of the cases
    that name any of these, the ``pending`` ones, in which time is about to do something.
    """
    known = dict(cases)
    recorded = [id_ for id_, case in cases.items() if case.version]
    naming = linking(recorded) if recorded else {}
    wave = dict.fromkeys((*_named(cases), *more, *chain(*naming.values())))
    soon: frozenset[str] | None = None  # asked for once, and only if a case names these
    while wave := {id_: None for id_ in wave if id_ not in known}:
        found = read(wave)
        known |= found
        beside = tuple(chain(*linking(wave).values()))
        soon = pending() if beside and soon is None else soon
        wave = dict.fromkeys((*_named(found), *(other for other in beside if other in (soon or ()))))
    return known


def connected(ids: Iterable[str], *, read: Read, linking: Linking) -> dict[str, Case]:
    """Return all cases that are connected with some cases, in either direction: their pasts depend on each other."""
    known: dict[str, Case] = {}
    wave = dict.fromkeys(ids)
    while wave := {id_: None for id_ in wave if id_ not in known}:
        found = read(wave)
        known |= found
        wave = dict.fromkeys((*_named(found), *chain(*linking(wave).values())))
    return known


def apart(cases: Mapping[str, Case]) -> tuple[dict[str, Case], ...]:
    """Return the cases in groups that do not name each other."""
    beside: dict[str, list[str]] = {id_: [] for id_ in cases}
    for id_, case in cases.items():
        for link in case.links:
            if link.case in beside:
                beside[id_].append(link.case)
                beside[link.case].append(id_)
    groups: list[dict[str, Case]] = []
    met: set[str] = set()
    for id_ in cases:
        group, queue = dict[str, Case](), [] if id_ in met else [id_]
        while queue:
            if (here := queue.pop()) not in group:
                group[here] = cases[here]
                queue += beside[here]
        met |= group.keys()
        groups += [group] if group else []
    return tuple(groups)


def _named(cases: Mapping[str, Case]) -> Iterator[str]:
    return (link.case for case in cases.values() for link in case.links)
