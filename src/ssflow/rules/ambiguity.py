"""Ambiguity of figures: two figures that one case could meet, neither of them more particular.

Only figures with something in common are compared, so the work grows with their number and not with its square.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations_with_replacement, product

from ssflow.errors import Fault
from ssflow.regions import enclosing
from ssflow.rules.values import Value, When
from ssflow.text import Text

Found = tuple[Value, Fault]


def ambiguities(values: Iterable[Value]) -> Iterator[Found]:
    """Yield each fault with the later of the two figures."""
    groups: dict[tuple[str, str, bool], dict[When, list[Value]]] = defaultdict(lambda: defaultdict(list))
    between: dict[str, dict[str, list[Value]]] = defaultdict(lambda: defaultdict(list))
    for value in values:
        groups[value.parameter, value.region, value.is_fallback][value.when].append(value)
        if "+" in value.region:
            between[value.parameter][value.region].append(value)
    for histories in groups.values():
        for history in histories.values():
            yield from _twice(history)
        for when, crossing in sorted(_crossing(histories)):
            yield from _together(histories[when], histories[crossing])
    for areas in between.values():
        for area, other in sorted(crossing_pairs(areas)):
            yield from _between(areas[area], areas[other])


def _twice(history: list[Value]) -> Iterator[Found]:
    """Yield figures for the same cases that begin on the same day."""
    begun: dict[date, Value] = {}
    for value in history:
        if first := begun.get(value.since):
            one, other = first.amount_text, value.amount_text
            text = Text(
                f"自{value.since}起对同样的情形有两个数值（{one.zh}、{other.zh}）；请只留一个",
                f"two figures from {value.since} for the same cases ({one.en}, {other.en}); keep one",
            )
            yield value, Fault(_where(value), text)
        begun[value.since] = value


def _crossing(whens: Iterable[When]) -> set[tuple[When, When]]:
    """Return the pairs of conditions that overlap without one lying inside the other.

    Two conditions overlap if they have a name in common for each key that both have, so they are grouped by those names.
    """
    kinds: dict[tuple[str, ...], list[When]] = defaultdict(list)
    for when in whens:
        kinds[tuple(key for key, _ in when)].append(when)
    found: set[tuple[When, When]] = set()
    for one, other in combinations_with_replacement(sorted(kinds), 2):
        common = set(one) & set(other)
        theirs: dict[tuple[str, ...], list[When]] = defaultdict(list)
        for when in kinds[other]:
            for names in product(*(allowed for key, allowed in when if key in common)):
                theirs[names].append(when)
        for when in kinds[one]:
            for names in product(*(allowed for key, allowed in when if key in common)):
                found |= {
                    (min(when, that), max(when, that))
                    for that in theirs[names]
                    if not inside(when, that) and not inside(that, when)
                }
    return found


def inside(one: When, other: When) -> bool:
    """Return whether every case that fits one condition fits the other."""
    mine = dict(one)
    return all(key in mine and set(mine[key]) <= set(allowed) for key, allowed in other)


def _together(one: list[Value], other: list[Value]) -> Iterator[Found]:
    """Yield the first two figures, from two histories for crossing cases, that are in force on the same day."""
    for a, b in _first_overlap(one, other):
        text = Text(
            f"同一办件可能同时适用{a.amount_text.zh}（{a.when_text}）和{b.amount_text.zh}（{b.when_text}）；请为其中之一加上适用条件",
            f"a case may meet both {a.amount_text.en} ({a.when_text}) and {b.amount_text.en} ({b.when_text}); "
            "give one of them more keys",
        )
        yield b, Fault(_where(b), text)


def _first_overlap(one: list[Value], other: list[Value]) -> Iterator[tuple[Value, Value]]:
    """Yield the earlier and the later of the first two figures whose times overlap; nothing if no times do."""
    longest: dict[bool, Value] = {}  # for each history, the figure begun so far that ends last
    sided = [(value, True) for value in one] + [(value, False) for value in other]
    for value, side in sorted(sided, key=lambda pair: pair[0].since):
        against = longest.get(not side)
        if against and value.since <= (against.until or date.max):
            yield against, value
            return
        mine = longest.get(side)
        if mine is None or (mine.until or date.max) < (value.until or date.max):
            longest[side] = value


def crossing_pairs(areas: Iterable[str]) -> set[tuple[str, str]]:
    """Return the pairs of areas (500000+510100) that the same two places could meet, neither lying inside the other.

    >>> crossing_pairs(["500000+510100", "500103+510000", "500000+510000"])
    {('500000+510100', '500103+510000')}

    """
    inner: dict[tuple[str, str], set[str]] = defaultdict(set)  # keyed by a place around the one, and the other as it is
    for area in areas:
        for one, other in _both_ways(area):
            for around in enclosing(one)[1:-1]:
                inner[around, other].add(area)
    found = {
        (min(area, crossing), max(area, crossing))
        for area in areas
        for one, other in _both_ways(area)
        for around in enclosing(other)[1:-1]
        for crossing in inner[one, around]
    }
    return {(one, other) for one, other in found if not _lies_in(one, other) and not _lies_in(other, one)}


def _lies_in(one: str, other: str) -> bool:
    """Return whether any two places that meet the first pair also meet the second."""
    a, b = one.split("+")
    return any(c in enclosing(a) and d in enclosing(b) for c, d in _both_ways(other))


def _both_ways(area: str) -> set[tuple[str, str]]:
    one, other = area.split("+")
    return {(one, other), (other, one)}


def _between(one: list[Value], other: list[Value]) -> Iterator[Found]:
    if pair := next(((a, b) for a in one for b in other if a.meets(b)), None):
        a, b = pair
        text = Text(
            f"{a.region}的数值和{b.region}的数值适用于同样的两地，而没有哪一对在另一对之内",
            f"figures of {a.region} and of {b.region} bind the same places, neither inside the other",
        )
        yield b, Fault(b.parameter, text)


def _where(value: Value) -> str:
    return f"{value.parameter}.{value.region}" if value.region else value.parameter
