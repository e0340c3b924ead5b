"""Offices of several places in one scenario: stations of their own, a works that all share, and each place's own law and calendar."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssflow.errors import DataError, InputError
from ssflow.simulation import Arrivals, Duration, Scenario, Serves, Station, default_scenario, load_scenario, simulate
from ssflow.simulation.engines.model import Model
from tests.simulation.test_engines import assert_equal

CARD = default_scenario("card_replacement")
START = date(2026, 3, 2)
HANDS_ON = Duration("lognormal", [1.2, 0.6], "workhours")
PRACTICES = [evolve(p, takes=HANDS_ON) if (p.state, p.by) == ("checking", "office") else p for p in CARD.practices]


def offices(places: list[str], clerks: list[int], works: int, **parts: Any) -> Scenario:
    """As many offices as places, with counters of so many clerks (none: no counter), and a works that prints for all of them."""
    damaged = next(profile for profile in CARD.profiles if not profile.before)
    profiles = [evolve(damaged, id=f"office-{n}", share=1 + n, places=place) for n, place in enumerate(places)]
    counters = [
        Station(
            id=f"counter-{n}", serves=[Serves(state="checking", by="office", profiles=[f"office-{n}"])], clerks=number
        )
        for n, number in enumerate(clerks)
        if number
    ]
    shared = Station(id="works", serves=[Serves(state="making")], per_day=works)
    arrivals = Arrivals(cases=120, through=START + timedelta(days=45))
    stations = [*counters, shared]
    return evolve(
        CARD, profiles=profiles, practices=PRACTICES, stations=stations, arrivals=arrivals, follow=120, **parts
    )


@settings(max_examples=4)
@given(
    st.lists(st.sampled_from(["440100", "450100", "110000", "540100"]), min_size=2, max_size=4),
    st.lists(st.integers(0, 3), min_size=4, max_size=4),
    st.integers(1, 3),
    st.integers(0, 1000),
)
def test_both_engines_tell_the_same(places: list[str], clerks: list[int], works: int, seed: int) -> None:
    """Whatever the places and their holidays, with counters and without: the same timelines and last days, case by case."""
    few = Arrivals(cases=24, through=START + timedelta(days=9))
    assert_equal(evolve(offices(places, clerks[: len(places)], works, seed=seed), arrivals=few), 24)


def test_an_office_has_its_own_counter_and_all_share_the_works() -> None:
    """Each case is checked at the counter of its office and made at the one works, under the law and on the working days of its place."""
    run = simulate(offices(["440100", "450100", "110000"], [1, 1, 0], 4), runs=1)
    profiles, log = run.cases["profile"], run.log()
    here = np.isin(log["concept:name"], ["accept", "send_back", "refuse"])
    at = {
        (profiles[case], who)
        for case, who in zip(log["case:concept:name"][here].tolist(), log["org:resource"][here].tolist(), strict=True)
    }
    assert at == {("office-0", "counter-0"), ("office-1", "counter-1"), ("office-2", "office")}
    made = log["org:resource"][np.isin(log["concept:name"], ["finish", "post"])]
    assert set(made.tolist()) == {"works"}
    in_order = [station.id for station in run.scenario.stations]
    assert run.stations()["station"] == in_order == ["counter-0", "counter-1", "works"]
    assert [one for one in run.queues().columns if "_" not in one] == ["day", *in_order]
    case = int(np.flatnonzero(profiles == "office-1")[0])
    assert run.case(case).case.places == {"issuing": "450100"}
    places = {dict(face.places)["issuing"] for face in run.model.chart.faces if face.clock == "production"}
    assert places == {"440100", "450100", "110000"}


def test_a_shared_works_makes_offices_wait_for_one_another() -> None:
    """An office is slower where others print at the works too; its counter has the same to do."""
    alone = offices(["440100", "110000"], [2, 2], 30)
    crowded = evolve(alone, stations=[*alone.stations[:2], evolve(alone.stations[2], per_day=2)])
    one, other = (simulate(scenario, runs=2) for scenario in (alone, crowded))
    quiet, busy = ({row["station"]: row for row in run.stations().rows()} for run in (one, other))
    assert busy["works"]["wait"] > 10 * quiet["works"]["wait"]
    assert all(busy[name]["joined"] == quiet[name]["joined"] for name in ("counter-0", "counter-1"))
    for place in ("office-0", "office-1"):
        slow, quick = (np.nanmedian(_days(run, place)) for run in (other, one))
        assert slow > quick


def _days(run: Any, profile: str) -> np.ndarray:
    here = (run.cases["profile"] == profile) & ~np.isnat(run.cases["closed"])
    return (run.cases["closed"][here] - run.cases["opened"][here]).astype(float)


def test_offices_of_one_place_share_its_chart() -> None:
    """The kernel is asked about a place once, however many offices are there; each has stations of its own all the same."""
    one = Model(offices(["440100"], [1], 9))
    many = Model(offices(["440100"] * 12, [1] * 12, 9))
    assert len(many.chart.kinds) == 1 and len(set(many.variant_of)) == 12
    assert len(many.capacities) == 13 and many.chart.questions == one.chart.questions


def test_a_file_has_offices(tmp_path: Path) -> None:
    """As the Python value has them; a place that is none, a profile that is none, and two counters for one office are told with their paths."""
    text = (Path(__file__).parents[2] / "src/ssflow/simulation/scenarios/card_replacement.toml").read_text("utf-8")
    named = text.replace('opens = "apply"\n', 'opens = "apply"\nplaces = "450100"\n', 1)
    counter = """
[[station]]
id = "counter"
serves = [{ state = "making", profiles = ["PROFILE"] }]
per_day = 9
"""
    first = CARD.profiles[0].id
    path = tmp_path / "mine.toml"
    path.write_text(named + counter.replace("PROFILE", first), encoding="utf-8")
    scenario = load_scenario(path)
    assert scenario.profiles[0].places == "450100" and scenario.stations[0].serves[0].profiles == (first,)
    assert simulate(scenario, cases=50, runs=1).stations()["joined"][0] > 0
    wrong = named.replace("450100", "999999") + counter.replace("PROFILE", "nobody")
    path.write_text(wrong, encoding="utf-8")
    with pytest.raises(DataError) as caught:
        load_scenario(path)
    paths = [fault.path for fault in caught.value.faults]
    assert "station[0].serves[0].profiles" in paths and any(path.startswith("profile[0].places") for path in paths)
    two = offices(["440100", "110000"], [1, 1], 9)
    with pytest.raises(InputError, match="counter-0 and counter-2 serve accept"):
        evolve(two, stations=[*two.stations, evolve(two.stations[0], id="counter-2")])


def test_a_clerk_more_moves_nobody_elses_luck() -> None:
    """The same people come to the same offices, whatever clerks these have."""
    two, more = (simulate(offices(["440100", "110000"], [2, n], 9), runs=1).cases for n in (2, 3))
    assert two["profile"].tolist() == more["profile"].tolist() and two["opened"].tolist() == more["opened"].tolist()
