"""A scenario is made of a log: what made the log is found again, also where one act forestalls another."""

from datetime import date, time, timedelta
from itertools import pairwise
from random import Random
from statistics import fmean

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssflow.errors import InputError
from ssflow.logs import Entry, EventLog, LogCheck, check_log, read_log
from ssflow.logs.survival import incidence
from ssflow.simulation import Arrivals, Duration, Hours, Practice, Scenario, Serves, Station, default_scenario, simulate

CARD = "card_replacement"
CASES = 400


@pytest.fixture(scope="module")
def checked() -> LogCheck:
    busy = Arrivals(cases=CASES, weekdays=[3, 1, 1, 1, 1, 1, 1])
    return check_log(simulate(evolve(default_scenario(CARD), arrivals=busy), runs=1).log(), CARD)


@pytest.fixture(scope="module")
def fitted(checked: LogCheck) -> Scenario:
    return checked.fit()


def practice(scenario: Scenario, state: str, by: str) -> Practice:
    return next(one for one in scenario.practices if (one.state, one.by) == (state, by))


def test_durations_and_shares_are_found_again(fitted: Scenario) -> None:
    """The making of a card takes four working days in the middle; of a hundred checked, two are refused and seven sent back."""
    making = practice(fitted, "making", "issuer").takes
    assert making.unit == "workdays"
    assert 3.6 < making.length(0.5) < 4.4
    checking = practice(fitted, "checking", "office")
    whole = sum(checking.acts.values())
    assert checking.acts["accept"] / whole == pytest.approx(0.91, abs=0.05)
    assert checking.acts["send_back"] / whole == pytest.approx(0.07, abs=0.04)
    assert practice(fitted, "returned", "holder").takes.unit == "days"


def test_what_is_simulated_by_it_looks_like_the_log(checked: LogCheck, fitted: Scenario) -> None:
    """How long cases take and how they end, within a few of the margins of so small a log."""
    again = simulate(fitted, runs=4, seed=5)
    measures = {row["measure"]: row["value"] for row in again.summary().rows()}
    took = [(one.events[-1].on - one.events[0].on).days for one in checked.replays if one.case.is_closed]
    assert measures["days to close: P50"] == pytest.approx(sorted(took)[len(took) // 2], abs=3)
    used = sum(one.case.is_closed and one.events[-1].target == "in_use" for one in checked.replays) / len(took)
    assert measures['closed as "in use" (%)'] == pytest.approx(100 * used, abs=4)
    assert measures["cases opened"] == pytest.approx(CASES, rel=0.15)


def test_arrivals_keep_the_week(fitted: Scenario) -> None:
    """Three times as many on Mondays, on working days alone."""
    arrivals = fitted.arrivals
    others = fmean(arrivals.weekdays[1:5])
    assert arrivals.weekdays[0] / others == pytest.approx(3, rel=0.25)
    assert arrivals.on == "workdays"
    assert fitted.start >= date(2026, 3, 2)
    assert str(CASES) in fitted.note.en and str(CASES) in fitted.note.zh


def test_what_is_forestalled_is_not_lost() -> None:
    """Of two acts that race, each alone is rarer and quicker among those observed than it is; the estimate is not misled."""
    chance = Random(1)  # noqa: S311 - no secret
    observed = []
    for _ in range(4_000):
        ours, theirs = chance.expovariate(1 / 10), chance.expovariate(1 / 10)
        observed.append((ours, "act") if ours < theirs else (theirs, ""))
    seen = [length for length, act in observed if act]
    assert fmean(seen) < 6  # half of what is true
    found = incidence(observed)
    assert found.share("act") + found.left == pytest.approx(1)
    assert found.share("act") > 0.95
    fifth, sixth = found.parts(["act"], 10)[4:6]
    assert (fifth + sixth) / 2 == pytest.approx(10 * 0.693, rel=0.08)


@given(
    st.lists(st.tuples(st.floats(0, 1e4), st.sampled_from(["a", "b"])), min_size=1, max_size=60), st.integers(1, 128)
)
def test_a_table_keeps_the_mean(observed: list[tuple[float, str]], number: int) -> None:
    """However long the tail is: the mean of a fitted table is that of the sample, and its lengths go from the least to the most."""
    lengths = [length for length, _ in observed]
    table = incidence(observed).parts(["a", "b"], number)
    assert len(table) == number and fmean(table) == pytest.approx(fmean(lengths), rel=1e-9, abs=1e-9)
    assert all(one <= other * (1 + 1e-9) + 1e-9 for one, other in pairwise(table))
    assert min(lengths) - 1e-9 <= table[0] and table[-1] <= max(lengths) * (1 + 1e-9) + 1e-9


def test_a_long_tail_keeps_its_mean_when_it_is_played() -> None:
    """Of 200 that took a day each and one that took a hundred, cases of the simulation take a day and a half as the sample does, not more."""
    sample = [(1.0, "a")] * 200 + [(100.0, "a")]
    takes = Duration("empirical", incidence(sample).parts(["a"], 128), "workdays")
    mean = fmean(length for length, _ in sample)
    assert takes.mean == pytest.approx(mean, rel=1e-9)
    assert takes.minutes(480).mean() == pytest.approx(480 * mean, rel=0.002)  # whole minutes, rounded up


def test_the_estimate_is_the_textbooks() -> None:
    """By hand: of five, acts after 1 and 3, another act after 3, one forestalled after 2, one after 4."""
    found = incidence([(1, "a"), (2, ""), (3, "a"), (3, "b"), (4, "")])
    assert found.share("a") == pytest.approx(1 / 5 + 4 / 5 / 3)
    assert found.share("b") == pytest.approx(4 / 5 / 3)
    assert found.left == pytest.approx(4 / 5 / 3)


def test_days_without_hours_are_enough() -> None:
    """A log that knows days alone gives durations in whole days at work."""
    start = date(2026, 3, 2)
    entries = [
        Entry(case=str(n), activity=activity, time=start + timedelta(days=n % 5 + later))
        for n in range(30)
        for activity, later in (("apply", 0), ("pay", 0), ("accept", 7))
    ]
    fitted = check_log(EventLog(entries), CARD).fit()
    takes = practice(fitted, "checking", "office").takes
    assert takes.length(0.5) == 5 and takes.unit == "workdays"
    assert simulate(evolve(fitted, follow=30), runs=1).summary()["value"][0] > 0


def test_handling_times_are_those_from_start_to_completion() -> None:
    """Of what was begun on one working day and completed on another only the hours between at work count; of what was not begun, nothing."""
    log = read_log(simulate(CARD, cases=20, runs=1).log())
    accepted = [entry for entry in log.entries if entry.activity == "accept"]
    started = [evolve(entry, lifecycle="start", time=entry.time - timedelta(minutes=30)) for entry in accepted]
    handled = check_log(EventLog([*log.entries, *started]), CARD).handling()
    assert list(handled) == ["accept"]
    assert len(handled["accept"].of) == len(accepted) and handled["accept"].unit == "workhours"
    assert max(handled["accept"].of) == pytest.approx(0.5)
    summer = next(one for one in started if one.time.month in {7, 8})  # no holidays
    night = evolve(summer, time=summer.time - timedelta(days=7))
    (length,) = check_log(EventLog([*log.entries, night]), CARD).handling()["accept"].of
    assert length == pytest.approx(8 * 5 + 0.5, abs=8.6)  # five working days, or four over a day of rest


def test_hours_are_those_of_the_log() -> None:
    """An office that works from eight to twelve is not taken to work until five."""
    mornings = evolve(default_scenario(CARD), hours=Hours(office=(time(8), time(12))), arrivals=Arrivals(cases=150))
    fitted = check_log(simulate(mornings, runs=1).log(), CARD).fit()
    assert fitted.hours.office == (time(8), time(12))
    assert practice(fitted, "making", "issuer").takes.length(0.5) == pytest.approx(4, abs=0.8)


def test_queues_are_not_counted_twice() -> None:
    """A log of an office with a queue gives a scenario whose durations contain it, and which has no station."""
    office = Station(id="desk", serves=[Serves(acts=["accept"])], per_day=1)
    crowded = evolve(default_scenario(CARD), stations=[office], arrivals=Arrivals(cases=60, through=date(2026, 3, 20)))
    run = simulate(crowded, runs=1)
    fitted = check_log(run.log(), crowded).fit()
    assert not fitted.stations
    assert practice(fitted, "checking", "office").takes.length(0.5) > 5


def test_an_empty_log_makes_no_scenario() -> None:
    """Nothing was observed, and it says so."""
    with pytest.raises(InputError):
        check_log(EventLog(()), CARD).fit()
