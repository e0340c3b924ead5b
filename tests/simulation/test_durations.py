"""Lengths of time and when they are over: known means and quantiles, and working minutes on the calendar."""

from statistics import NormalDist

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.errors import InputError
from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.timetable import Timetable
from ssflow.simulation.numbers import NEVER
from ssflow.simulation.scenario.durations import PARTS, Duration

MEANS = {
    ("fixed", (2,)): 2,
    ("uniform", (1, 3)): 2,
    ("triangular", (0, 1, 5)): 2,
    ("exponential", (4,)): 4,
    ("lognormal", (2, 0.5)): 2 * np.exp(0.125),
    ("normal", (12, 3)): 12,
    ("geometric", (3,)): 3,
    ("quantiles", (1, 2, 5)): (1.5 + 3.5) / 2,
    ("empirical", (1, 1, 4)): 2,
}


@pytest.mark.parametrize(("shape", "of"), MEANS)
def test_a_length_has_its_mean(shape: str, of: tuple[float, ...]) -> None:
    """The table of equally likely lengths has the mean of its distribution, but for the rounding to whole minutes."""
    minutes = Duration(shape, of, "workdays").minutes(480)
    assert len(minutes) == PARTS
    assert minutes.mean() / 480 == pytest.approx(MEANS[shape, of], rel=2e-3)


def test_quantiles_are_those_of_the_distribution() -> None:
    """The P99 of a lognormal length is where mathematics has it."""
    minutes = np.sort(Duration("lognormal", [1, 0.5], "days").minutes(1440))
    assert minutes[int(0.99 * PARTS)] / 1440 == pytest.approx(np.exp(0.5 * NormalDist().inv_cdf(0.99)), rel=2e-3)


def test_units() -> None:
    """A working hour has sixty minutes, a day those that somebody is at work."""
    assert Duration("fixed", 2, "workhours").minutes(480)[0] == 120
    assert Duration("fixed", 2, "workdays").minutes(420)[0] == 840
    assert Duration("fixed", 0, "days").minutes(840)[0] == 1  # nothing takes no time


@pytest.mark.parametrize(
    ("shape", "of", "unit", "path"),
    [
        ("lognormal", [1], "days", "of"),
        ("fixed", [-1], "days", "of"),
        ("uniform", [3, 1], "days", "of"),
        ("geometric", [0.5], "days", "of"),
        ("quantiles", [1], "days", "of"),
        ("gaussian", [1], "days", "shape"),
        ("fixed", [1], "weeks", "unit"),
        ("fixed", "1", "days", "of"),
        ("fixed", [float("nan")], "days", "of"),
        ("lognormal", [0, 1], "days", "of"),
    ],
)
def test_what_is_no_length_is_refused(shape: str, of: object, unit: str, path: str) -> None:
    """A fault names the part, in both languages."""
    with pytest.raises(InputError) as caught:
        Duration(shape, of, unit)
    assert caught.value.faults[0].path == path
    assert caught.value.say("zh") != caught.value.say("en")


WEEK = Timetable.of(np.array([True, True, False, False, True] * 4), 9 * 60, 17 * 60)


def counted(moment: int, minutes: int) -> int:
    """The same minute by minute."""
    for minute in range(moment, 20 * DAY_MINUTES):
        worked = WEEK.before[minute // DAY_MINUTES + 1] > WEEK.before[minute // DAY_MINUTES]
        if worked and WEEK.opens <= minute % DAY_MINUTES < WEEK.closes:
            if not minutes:
                return minute
            minutes -= 1
    return NEVER


@given(st.integers(0, 5 * DAY_MINUTES), st.integers(0, 4 * 480))
def test_working_minutes_are_counted_off(moment: int, minutes: int) -> None:
    """Only minutes at work count; what ends as an office closes is met when it opens again; columns and single moments agree."""
    assert WEEK.one_after(moment, minutes) == counted(moment, minutes)
    assert WEEK.after(np.array([moment]), np.array([minutes])).tolist() == [WEEK.one_after(moment, minutes)]


def test_beyond_the_last_day_is_never() -> None:
    """What would be over after the last day of the table is never over."""
    assert WEEK.one_after(0, 12 * 480) == NEVER == WEEK.after(np.array([0]), 12 * 480)[0]
