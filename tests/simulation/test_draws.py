"""Chance that is looked up: the same bits at the same place, whoever asks, and as even as chance is."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from ssflow.simulation.engines.divided import WHOLE, Divided
from ssflow.simulation.engines.draws import Stream, part_of, share_of
from ssflow.simulation.scenario.durations import PARTS


@given(st.text(), st.integers(0, 2**40), st.integers(0, 2**16 - 1))
def test_a_column_and_a_single_draw_are_one(name: str, case: int, visit: int) -> None:
    """What a column of cases draws is what each of them draws alone."""
    stream = Stream.of(1, 0, name)
    column = stream.bits(np.array([case, 0]), np.array([visit, 3], dtype=np.uint16))
    assert column.tolist() == [stream.one(case, visit), stream.one(0, 3)]
    assert stream.bits(np.array([case]), visit).tolist() == [stream.one(case, visit)]


def test_the_bits_are_known() -> None:
    """They are the same on every machine and with every version of NumPy; a change of them changes every result."""
    assert [Stream.of(1, 0, "plan").one(case, visit) for case, visit in ((0, 0), (1, 0), (0, 1))] == [
        15418840386416569372,
        17886531908631332154,
        6346968499020373480,
    ]


def test_streams_do_not_meet() -> None:
    """Seeds, runs, purposes, cases and visits each have their own bits: none is like another."""
    cases = np.arange(5_000)
    names = [(seed, run, purpose) for seed in (0, 1) for run in (0, 1, 11) for purpose in ("plan", "profile", "1")]
    bits = np.concatenate([Stream.of(*name).bits(cases, visit) for name in names for visit in (0, 1, 2)])
    assert len(np.unique(bits)) == len(bits)


def test_draws_are_even() -> None:
    """Shares and parts are evenly spread, along the cases and along the visits of one case, and know nothing of each other."""
    n = 1 << 18
    along_cases = Stream.of(7, 3, "even").bits(np.arange(n))
    along_visits = Stream.of(7, 3, "even").bits(np.full(n, 12), np.arange(n))
    for bits in (along_cases, along_visits):
        for numbers, top in ((share_of(bits), 1 << 32), (part_of(bits), PARTS)):
            counts = np.bincount(numbers * 64 // top, minlength=64)
            assert ((counts - n / 64) ** 2 / (n / 64)).sum() < 120  # chi squared of 63 degrees: one in 30,000 is above
        pairs = [(share_of(bits), part_of(bits)), (share_of(bits)[:-1], share_of(bits)[1:])]
        for one, other in pairs:
            assert abs(np.corrcoef(one.astype(float), other.astype(float))[0, 1]) < 5 / n**0.5
    assert abs(np.corrcoef(along_cases.astype(float), along_visits.astype(float))[0, 1]) < 5 / n**0.5


@given(st.lists(st.integers(0, WHOLE), min_size=1, max_size=40), st.lists(st.integers(0, WHOLE - 1), max_size=40))
def test_a_share_is_found_as_by_searching(bounds: list[int], shares: list[int]) -> None:
    """The part of a share is that of a search among the bounds, also at a bound, beside it and where parts are empty."""
    bounds.sort()
    drawn = np.array([*shares, *(min(max(b + n, 0), WHOLE - 1) for b in bounds for n in (-1, 0, 1))], dtype=np.int64)
    found = Divided.of(np.array(bounds, dtype=np.int64)).part(drawn)
    assert found.tolist() == np.searchsorted(bounds, drawn, side="right").tolist()
