"""Which cases have to be looked at together: those that a case names, and those that name it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ssflow.case.case import Case

Get = Callable[[str], Case]
Linking = Callable[[str], tuple[str, ...]]


def near(
    case: Case, more: Iterable[str], *, get: Get, linking: Linking, pending: Callable[[], frozenset[str]]
) -> dict[str, Case]:
    """A case and all in which something may have happened that its next act meets.

    Those that it names, ``more`` and those that these name, however far; those that name it; and of those that name any of them the
    ``pending`` ones, in which time is about to do something.
    """
    known = {case.id: case}
    queue = [*(link.case for link in case.links), *more, *(linking(case.id) if case.version else ())]
    while queue:
        if (id_ := queue.pop()) not in known:
            known[id_] = get(id_)
            queue += [link.case for link in known[id_].links]
            queue += [other for other in linking(id_) if other in pending()]
    return known


def connected(ids: Iterable[str], *, get: Get, linking: Linking) -> dict[str, Case]:
    """All cases that are connected with some, in either direction: their pasts hang together."""
    known: dict[str, Case] = {}
    queue = list(ids)
    while queue:
        if (id_ := queue.pop()) not in known:
            known[id_] = get(id_)
            queue += [*(link.case for link in known[id_].links), *linking(id_)]
    return known
