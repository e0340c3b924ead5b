"""Which cases have to be looked at together: those that a case names, and those that name it."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ssflow.case.case import Case

Get = Callable[[str], Case]
Linking = Callable[[str], tuple[str, ...]]


def near(case: Case, more: Iterable[str], *, get: Get, linking: Linking) -> dict[str, Case]:
    """A case, those that it, ``more`` and these are related to, however far, and those that name it: what its next act may meet."""
    known = {case.id: case}
    named = linking(case.id) if case.version else ()
    queue = [*(link.case for link in case.links), *more, *named]
    while queue:
        if (id_ := queue.pop()) not in known:
            known[id_] = get(id_)
            queue += [link.case for link in known[id_].links]
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
