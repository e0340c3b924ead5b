"""What is about to be done in an open case is drawn on the condition that it has not been done yet."""

from collections import Counter
from collections.abc import Sequence
from datetime import date

import numpy as np
import pytest
from attrs import evolve

from ssflow.calendar import WorkCalendar
from ssflow.records import Cases
from ssflow.simulation import Arrivals, Duration, Practice, Serves, Station, simulate
from ssflow.simulation.scenario.durations import Shape
from ssflow.simulation.scenario.open_cases import read_open_cases
from ssflow.simulation.scenario.scenario import Scenario
from tests.simulation.open_cases import OFFICE, REPLACEMENT, moment, record, store_of

HOLDER, MONDAY = REPLACEMENT.definition.holder, date(2026, 3, 2)
NUMBER = 200
PAYS = Practice(state="checking", by="holder", acts={"pay": 1}, takes=Duration("fixed", 50, "days"))


def applied(*, paid: bool, accepted: bool) -> Cases:
    """One application of the first minute of a Thursday in the office, three days at work before the Monday on which simulations begin."""
    cases, kind, on = store_of(REPLACEMENT), REPLACEMENT.kinds()[0], moment(date(2026, 2, 26))
    cases.open(kind.opening, by=HOLDER, on=on, places="440100", case="card")
    if paid:
        record(cases, "card", kind.deeds["pay"], HOLDER, on)
    if accepted:
        record(cases, "card", REPLACEMENT.definition.accept(), OFFICE, on)
    return cases


def scenario_of(cases: Cases, practices: Sequence[Practice], stations: Sequence[Station] = ()) -> Scenario:
    """A case of a store many times over, and what is done in it, elsewhere as in the scenario that comes along."""
    (one,) = read_open_cases(cases, REPLACEMENT.definition)
    own = [(practice.state, practice.by) for practice in practices]
    return evolve(
        REPLACEMENT,
        start=MONDAY,
        arrivals=Arrivals(cases=0),
        open_cases=(one,) * NUMBER,
        profiles=REPLACEMENT.profiles[:1],
        practices=[*practices, *(one for one in REPLACEMENT.practices if (one.state, one.by) not in own)],
        stations=stations,
        follow=200,
    )


def firsts(scenario: Scenario) -> list[tuple[str, str]]:
    """The first thing that somebody does in each case: that a term has passed is nobody's act."""
    log = simulate(scenario, runs=1).log()
    acts = [(row, case) for row, case in enumerate(log["case:concept:name"]) if log["org:resource"][row]]
    first = {case: row for row, case in reversed(acts)}
    return [(str(log["concept:name"][row]), str(log["time:timestamp"][row])) for row in first.values()]


def workdays(moments: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """The working days since the acceptance: the office hours of the day are a part of one."""
    calendar, there = WorkCalendar.china(), np.array(moments, dtype="datetime64[m]")
    whole = [calendar.count(date(2026, 2, 26), day) for day in there.astype("datetime64[D]").tolist()]
    opened = there.astype("datetime64[D]") + np.timedelta64(9, "h")
    return np.array(whole) + (there - opened).astype(np.float64) / 480


@pytest.mark.parametrize(
    ("shape", "of"),
    [("uniform", (0, 8)), ("exponential", (4,)), ("lognormal", (4, 0.4)), ("empirical", (1, 2, 5, 9))],
)
def test_a_length_is_drawn_of_those_that_are_not_over(shape: Shape, of: tuple[float, ...]) -> None:
    """After three working days in the making, the cards are ready as those of a distribution that lasted longer than three days."""
    takes = Duration(shape, of, "workdays")
    made = firsts(
        scenario_of(
            applied(paid=True, accepted=True), [Practice(state="making", by="issuer", acts={"finish": 1}, takes=takes)]
        )
    )
    assert {act for act, _ in made} == {"finish"}
    found = workdays([at for _, at in made])
    longer = takes.minutes(480) / 480
    longer = longer[longer >= 3]
    assert found.min() >= 3 - 1e-9
    assert found.max() <= longer.max() + 1
    for p in (
        0.25,
        0.5,
        0.75,
    ):  # a share of 200 lies within 0.14 of the truth in 9,999 of 10,000 samples; draws have places, so it does or not
        middle = np.quantile(longer, p) + 1e-6
        assert abs((found <= middle).mean() - (longer <= middle).mean()) < 0.14


def test_what_takes_so_long_always_is_over_on_the_day() -> None:
    """Five working days of which three are spent: two are left, from the first day on."""
    five = [Practice(state="making", by="issuer", acts={"finish": 1}, takes=Duration("fixed", 5, "workdays"))]
    made = firsts(scenario_of(applied(paid=True, accepted=True), five))
    assert set(made) == {("finish", "2026-03-04T09:00")}


def test_what_should_have_been_over_is_over_at_once() -> None:
    """No length that the practice knows is as long as what has been spent."""
    one = [Practice(state="making", by="issuer", acts={"finish": 1}, takes=Duration("fixed", 1, "workdays"))]
    made = firsts(scenario_of(applied(paid=True, accepted=True), one))
    assert set(made) == {("finish", "2026-03-02T09:00")}


def test_the_acts_that_are_left_share_the_chance() -> None:
    """Half are made within a day, half are failures that take nine: after three days there are none but failures. Nothing done becomes likelier too."""
    days = {"finish": Duration("fixed", 1, "workdays"), "fail": Duration("fixed", 9, "workdays")}
    either = Practice(state="making", by="issuer", acts={"finish": 1, "fail": 1}, takes=days["fail"], takes_for=days)
    cases = applied(paid=True, accepted=True)
    assert Counter(act for act, _ in firsts(scenario_of(cases, [either]))) == {"fail": NUMBER}
    idle = Practice(
        state="making", by="issuer", acts={"finish": 9}, idle=1, takes=Duration("uniform", [0, 4], "workdays")
    )
    done = len(firsts(scenario_of(cases, [idle])))
    wanted = NUMBER * 9 / 4 / (9 / 4 + 1)  # a quarter of nine tenths is left, and the tenth
    assert abs(done - wanted) < 4 * (wanted * (1 - wanted / NUMBER)) ** 0.5


def test_what_was_refused_may_have_been_ready_for_long() -> None:
    """The office has been ready to accept an application that nobody has paid for, and accepts as soon as that is done."""
    takes = Duration("fixed", 1, "workdays")
    office = Practice(state="checking", by="office", acts={"accept": 1}, takes=takes)
    unpaid = scenario_of(applied(paid=False, accepted=False), [office, PAYS])
    run = simulate(unpaid, runs=1)
    log = run.log()
    assert list(log["concept:name"][:2]) == ["pay", "accept"]
    paid, accepted = log["time:timestamp"][:2]
    assert accepted - paid < np.timedelta64(16, "h")  # a night at most, and no working day
    (wait,) = run.waits().rows()
    assert (wait["activity"], wait["waited"]) == ("accept", NUMBER)


def test_a_station_begins_with_none_of_the_work_done() -> None:
    """A store does not tell when a clerk took a case up: a job of a day takes a day, and the first is done on the second morning."""
    takes = Duration("fixed", 1, "workdays")
    office = Practice(state="checking", by="office", acts={"accept": 1}, takes=takes)
    desk = Station(id="desk", serves=[Serves(state="checking", by="office")], clerks=NUMBER)
    served = firsts(scenario_of(applied(paid=True, accepted=False), [office, PAYS], [desk]))
    assert set(served) == {("accept", "2026-03-03T09:00")}
    alone = firsts(scenario_of(applied(paid=True, accepted=False), [office, PAYS]))
    assert set(alone) == {("accept", "2026-03-02T09:00")}
