"""Two figures that the same case could meet are found, by whatever they cross; held against trying every case."""

import sys
from datetime import date, timedelta
from itertools import combinations, product

from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import workdays
from ssflow.regions import pairs_of
from ssflow.rules import Rulebook, Value
from ssflow.rules.ambiguity import ambiguities, crossing_pairs
from ssflow.rules.values import When

KEYS = {"a": ("1", "2", "3"), "b": ("1", "2"), "c": ("1", "2")}
DAYS = [date(2020, 1, 1) + timedelta(days=k) for k in range(6)]
names = {key: st.lists(st.sampled_from(known), min_size=1, unique=True) for key, known in KEYS.items()}


@st.composite
def figures(draw: st.DrawFn) -> Value:
    """A figure of a few days for a few cases."""
    since, until = sorted((draw(st.sampled_from(DAYS)), draw(st.sampled_from(DAYS))))
    when = draw(st.fixed_dictionaries({}, optional=names))
    return Value(
        parameter=draw(st.sampled_from("xy")),
        amount=workdays(draw(st.integers(1, 9))),
        since=since,
        until=draw(st.sampled_from([until, None])),
        when=tuple(when.items()),
        cites=(),
        text="",
        confidence=draw(st.sampled_from(["single", "guide"])),
    )


@given(st.lists(figures(), max_size=6))
def test_ambiguous_is_what_a_case_could_meet_twice(values: list[Value]) -> None:
    """Of every two figures of one parameter and grade: the same cases from the same day, or cases that overlap while neither
    lies inside the other's, on a day on which both are in force.
    """
    expected = any(ambiguous(one, other) for one, other in combinations(values, 2))

    assert bool(list(ambiguities(values))) == expected


def of_days(first: int, last: int | None, when: When) -> Value:
    """A figure from one of the days to another, or to no end."""
    until = None if last is None else DAYS[last]
    return Value(
        parameter="x",
        amount=workdays(1),
        since=DAYS[first],
        until=until,
        when=when,
        cites=(),
        text="",
        confidence="single",
    )


TIMES = [(first, last) for first in range(3) for last in (None, *range(first, 3))]
HISTORIES = [
    [],
    *([time] for time in TIMES),
    *([one, other] for one, other in combinations(TIMES, 2) if one[0] != other[0]),
]


def test_histories_for_crossing_cases_may_take_turns() -> None:
    """Figures for cases that cross are ambiguous if on some day one of each history is in force; the later to begin is named.

    Tried with every two histories of up to two figures within three days.
    """
    for one, other in product(HISTORIES, repeat=2):
        mine = [of_days(*time, when=(("a", ("1",)),)) for time in one]
        theirs = [of_days(*time, when=(("b", ("1",)),)) for time in other]
        days = [day for day in DAYS if any(v.in_force(day) for v in mine) and any(v.in_force(day) for v in theirs)]

        assert [value.since for value, _ in ambiguities([*mine, *theirs])] == days[:1], (one, other)


def ambiguous(one: Value, other: Value) -> bool:
    """By the definition."""
    if (one.parameter, one.is_fallback) != (other.parameter, other.is_fallback):
        return False
    if one.when == other.when:
        return one.since == other.since
    mine, theirs = set(fitting(one)), set(fitting(other))
    together = any(one.in_force(day) and other.in_force(day) for day in DAYS)
    return together and bool(mine & theirs) and not mine <= theirs and not theirs <= mine


def fitting(value: Value) -> list[tuple[str, ...]]:
    cases = [(a, b, c) for a in (*KEYS["a"], "") for b in (*KEYS["b"], "") for c in (*KEYS["c"], "")]
    return [case for case in cases if value.fits(dict(zip("abc", case, strict=True)))]


PLACES = ["440000", "440100", "440106", "440300", "500000", "500103", "510000", "510100", "510104"]
AREAS = sorted({"+".join(sorted((one, other))) for one in PLACES for other in PLACES})


@given(st.sets(st.sampled_from(AREAS), max_size=8))
def test_pairs_that_cross_are_those_that_two_places_meet(areas: set[str]) -> None:
    """Two pairs of places cross if some two places come under both, and each pair takes in two places that the other does not."""
    within = {area: {two for two in AREAS if area in pairs_of(*two.split("+"))} for area in areas}
    expected = {
        (one, other)
        for one, other in combinations(sorted(areas), 2)
        if within[one] & within[other] and within[one] - within[other] and within[other] - within[one]
    }

    assert crossing_pairs(areas) == expected


def test_a_pair_inside_a_pair_of_one_province_crosses_nothing() -> None:
    """What a city and its province have agreed, and what its district and the province have, is one within the other."""
    assert crossing_pairs(["440000+440100", "440000+440106"]) == set()
    assert crossing_pairs(["440000+440106", "440100+440100"]) == {("440000+440106", "440100+440100")}


def calls(n: int) -> int:
    """How many calls it takes to look through a history of ``n`` figures, of two kinds of cases in turn, and find one of them."""
    kinds = ((("a", ("1",)),), (("a", ("2",)), ("b", ("1",))))
    history = [
        Value(
            parameter="x",
            amount=workdays(1),
            since=date.fromordinal(700000 + k),
            when=kinds[k % 2],
            cites=(),
            text="",
            confidence="single",
        )
        for k in range(n)
    ]
    made = 0

    def count(frame: object, event: str, argument: object) -> None:
        nonlocal made
        made += event in ("call", "c_call")

    sys.setprofile(count)
    try:
        faults = list(ambiguities(history))
        found = Rulebook("x", tuple(history), KEYS).find("x", date(2500, 1, 1), keys={"a": "2", "b": "1"})
    finally:
        sys.setprofile(None)
    assert (faults, found) == ([], history[-1])
    return made


def test_the_work_grows_with_the_figures() -> None:
    """Of four times as long a history there is four times as much to look at, not sixteen times."""
    assert calls(4000) < 6 * calls(1000)
