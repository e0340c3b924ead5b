"""Scopes: the cases that a figure is made for, and which of several figures each case meets.

A scope is a set of cases: for each key of a rulebook the names that they may have, ``None`` where the fact is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from ssflow.regions import pairs_of, widening
from ssflow.rules.values import Value, When

Scope = Mapping[str, frozenset[str | None]]


def areas(place: str, beside: str, day: date) -> tuple[str, ...]:
    """Return the areas whose figures bear on a place and the one beside it, as places were on a day: both together, then the narrowest first.

    Raises:
        UnknownError: no place has this code.

    """
    return (*pairs_of(place, beside, day), *widening(place, day))


def every_case(keys: Mapping[str, tuple[str, ...]], *, unknown: bool) -> Scope:
    """Return all cases of a rulebook with these keys; with ``unknown``, also those with an unknown fact."""
    return {key: frozenset((*names, None) if unknown else names) for key, names in keys.items()}


def narrowed(scope: Scope, when: When) -> Scope | None:
    """Return the cases of a scope that fit a figure; None if there are none."""
    inside = dict(scope)
    for key, allowed in when:
        inside[key] = inside.get(key, frozenset()) & frozenset(allowed)
        if not inside[key]:
            return None
    return inside


def without(scope: Scope, when: When) -> Iterator[Scope]:
    """Yield the cases of a scope that do not fit a figure, as scopes that do not overlap. Some cases of the scope have to fit it."""
    inside = dict(scope)
    for key, allowed in when:
        if outside := inside[key] - frozenset(allowed):
            yield {**inside, key: outside}
        inside[key] &= frozenset(allowed)


def by_figure(ordered: Iterable[Value], cases: Scope) -> Iterator[tuple[Value | None, Scope]]:
    """Yield the figure that each case meets, the first of several that fits; None where none fits.

    The scopes do not overlap, and together they are the cases.
    """
    left = [cases]
    for value in ordered:
        if not left:
            return
        others: list[Scope] = []
        for scope in left:
            inside = narrowed(scope, value.when)
            if inside is None:
                others.append(scope)
            else:
                yield value, inside
                others += without(scope, value.when)
        left = others
    yield from ((None, scope) for scope in left)
