"""The picture by which a warm-up is chosen shows the numbers of the result, their moving average, and what the scenario has chosen."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssflow import simulate
from ssflow.errors import InputError, UnknownError
from ssflow.pictures.warm_up import moving_average
from ssflow.simulation import Arrivals, Duration, Scenario, Serves, Simulation, Station, default_scenario
from ssflow.text import Text
from tests.pictures.seen import HAN, LANGS, data_of, heading_of, words_of

LAST = date(2026, 6, 30)


def scenario(warm_up: int) -> Scenario:
    """A counter with one clerk, who has more to do than he can while cases arrive, until the end of June."""
    cards = default_scenario("card_replacement")
    hands_on = Duration("fixed", [1], "workhours")
    practices = [
        evolve(one, takes=hands_on) if (one.state, one.by) == ("checking", "office") else one for one in cards.practices
    ]
    desk = Station(id="desk", title=Text("窗口", "the desk"), serves=[Serves(state="checking", by="office")], clerks=1)
    arrivals = Arrivals(cases=700, through=LAST)
    return evolve(cards, practices=practices, stations=[desk], arrivals=arrivals, warm_up=warm_up)


@pytest.fixture(scope="module")
def run() -> Simulation:
    return simulate(scenario(30), runs=3)


def test_the_moving_average_is_that_of_welch() -> None:
    """Around each value; near the first over as many as there are on both sides, on the last days none. Reckoned by hand."""
    assert moving_average([2, 4, 9, 1, 4, 7], 5) == [2, 5, 4, 5, None, None]
    assert moving_average([2, 4, 9], 1) == [2, 4, 9] and moving_average([2, 4, 9], 3) == [2, 5, None]


@given(st.integers(0, 10), st.integers(0, 40), st.integers(-99, 99), st.integers(-99, 99))
def test_the_moving_average_keeps_what_is_even(half: int, more: int, first: int, step: int) -> None:
    """A straight line is its own moving average, also near its beginning."""
    line = [first + step * place for place in range(2 * half + 1 + more)]
    assert moving_average(line, 2 * half + 1) == pytest.approx([*line[: len(line) - half], *[None] * half])


def test_the_numbers_are_those_of_the_result(run: Simulation) -> None:
    """Open cases, or the queue of a station, with their margins, up to the last day on which cases arrive."""
    for station, table, name in ((None, run.backlog(), "open"), ("desk", run.queues(), "desk")):
        drawn = run.plot.warm_up("en", station)
        rows = data_of(drawn, "average")
        assert [row["day"] for row in rows] == [str(day) for day in table["day"][: len(rows)]]
        assert rows[-1]["day"] == str(LAST)
        assert [row["mean"] for row in rows] == table[name][: len(rows)].tolist() == drawn.table["mean"].tolist()
        for row, margin in zip(rows, table[f"{name}_margin"], strict=False):
            assert (row["least"], row["most"]) == (max(0, row["mean"] - margin), row["mean"] + margin)
        usual = np.convolve(drawn.table["mean"], np.full(21, 1 / 21), "valid")
        assert [row["average"] for row in rows][10:-10] == pytest.approx(usual.tolist())
        assert [row["average"] for row in rows[-10:]] == [None] * 10 == drawn.table["average"][-10:]
    assert run.plot.warm_up("en", window=7).table["average"][-4] is not None


def test_the_warm_up_of_the_scenario_is_marked(run: Simulation) -> None:
    """From its first day to the day from which is counted, and it changes nothing of what is drawn; without one there is no mark."""
    drawn, without = run.plot.warm_up("en"), simulate(scenario(0), runs=3).plot.warm_up("en")
    (mark,) = data_of(drawn, "since", "until")
    assert (mark["since"], mark["until"]) == ("2026-03-02T00:00:00Z", "2026-04-01T00:00:00Z")
    assert "30 days; what arrives from 2026-04-01 on is counted" in heading_of(drawn)
    assert data_of(without, "until") == [] and "no warm-up" in heading_of(without)
    assert data_of(drawn, "average") == data_of(without, "average")


def test_it_is_drawn_in_both_languages(run: Simulation) -> None:
    """With its unit, its window and what the band is; one run has none, and a run shorter than the usual window is drawn as well."""
    for lang in LANGS:
        for station in (None, "desk"):
            drawn = run.plot.warm_up(lang, station)
            assert bool(HAN.search(words_of(drawn))) is (lang == "zh")
            assert ("21天" if lang == "zh" else "over 21 days") in heading_of(drawn)
            assert ("95%置信区间" if lang == "zh" else "95 % interval") in heading_of(drawn)
            assert ("件" if lang == "zh" else "cases") in drawn.title.say(lang)
            assert station is None or ("窗口" if lang == "zh" else "the desk") in drawn.title.say(lang)
    short = evolve(scenario(2), arrivals=Arrivals(cases=20, through=date(2026, 3, 7)))
    alone = simulate(short, runs=1).plot.warm_up("en")
    assert "over 5 days" in heading_of(alone) and "One run has no interval" in heading_of(alone)
    assert len(alone.table) == 6 and {row["least"] for row in data_of(alone, "least")} == {None}


def test_what_is_asked_wrongly_is_refused(run: Simulation) -> None:
    """A window that has no middle or is longer than cases arrive, and a station that is none."""
    for window in (0, -1, 8, 123):
        with pytest.raises(InputError, match="an odd number of days is required, at most the 121"):
            run.plot.warm_up("zh", window=window)
    with pytest.raises(UnknownError, match="deks"):
        run.plot.warm_up("zh", "deks")
    with pytest.raises(UnknownError, match="desk"):
        simulate("consultation", cases=3, runs=1).plot.warm_up("zh", "desk")
