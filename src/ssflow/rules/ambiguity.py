"""What makes the figures of a rulebook ambiguous: two that the same case could meet, neither more particular.

Only figures that have something in common are compared, so that the work grows with their number and not with its square.
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
    """Each fault with the later of the two figures."""
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
    """Figures for the same cases that begin on the same day."""
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
    """Of the cases that figures are made for, those two of which overlap without one lying inside the other.

    They overlap if they have a name in common for each key that both have; so they are put together by those names.
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
                    if when != that and not inside(when, that) and not inside(that, when)
                }
    return found


def inside(one: When, other: When) -> bool:
    """Whether whatever fits the one fits the other."""
    mine = dict(one)
    return all(key in mine and set(mine[key]) <= set(allowed) for key, allowed in other)


def _together(one: list[Value], other: list[Value]) -> Iterator[Found]:
    """Of two histories for crossing cases the first two figures that are in force on the same day."""
    for a, b in _first_overlap(one, other):
        text = Text(
            f"同一办件可能同时适用{a.amount_text.zh}（{a.when_text}）和{b.amount_text.zh}（{b.when_text}）；请给其中之一加上适用条件",
            f"a case may meet both {a.amount_text.en} ({a.when_text}) and {b.amount_text.en} ({b.when_text}); "
            "give one of them more keys",
        )
        yield b, Fault(_where(b), text)


def _first_overlap(one: list[Value], other: list[Value]) -> Iterator[tuple[Value, Value]]:
    """The figure that begins first and the one that begins before it ends; nothing if they are never in force together."""
    longest: dict[bool, Value] = {}  # of each history the figure that ends last, of those that have begun
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
    """Of pairs of places (500000+510100) those two that the same two places could meet, neither made for places inside the other's.

    >>> crossing_pairs(["500000+510100", "500103+510000", "500000+510000"])
    {('500000+510100', '500103+510000')}

    """
    inner: dict[tuple[str, str], set[str]] = defaultdict(set)  # by a place around the one, and the other as it is
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
    """Whether whatever two places meet the one pair meet the other."""
    a, b = one.split("+")
    return any(c in enclosing(a) and d in enclosing(b) for c, d in _both_ways(other))


def _both_ways(area: str) -> set[tuple[str, str]]:
    one, other = area.split("+")
    return {(one, other), (other, one)}


def _between(one: list[Value], other: list[Value]) -> Iterator[Found]:
    a, b = next(((a, b) for a in one for b in other if a.meets(b)), (None, None))
    if a and b:
        text = Text(
            f"{a.region}的数值和{b.region}的数值适用于同样的两地，而哪一对都不在另一对之内",
            f"figures of {a.region} and of {b.region} bind the same places, neither inside the other",
        )
        yield b, Fault(b.parameter, text)


def _where(value: Value) -> str:
    return f"{value.parameter}.{value.region}" if value.region else value.parameter
