"""Two engines, one set of draws: the kernel case by case and the columns tell the same, event by event and day by day."""

import sys
from datetime import date, time, timedelta

import numpy as np
import pytest
from attrs import evolve, fields
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ssflow import machines
from ssflow.errors import InputError, MissingExtraError
from ssflow.simulation import simulate
from ssflow.simulation.engines.columns.engine import ColumnEngine
from ssflow.simulation.engines.compiled import engine
from ssflow.simulation.engines.compiled.engine import CompiledEngine
from ssflow.simulation.engines.event.engine import EventEngine
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.playing import Player, Task
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.scenario.arrivals import Arrivals
from ssflow.simulation.scenario.durations import Duration
from ssflow.simulation.scenario.loading import default_scenario, default_scenarios
from ssflow.simulation.scenario.practices import Practice, conducts_of
from ssflow.simulation.scenario.scenario import Hours, Scenario
from ssflow.simulation.scenario.stations import Serves, Station
from tests.simulation.worked import profiles_of

ENGINES = (ColumnEngine, CompiledEngine, EventEngine)


def played(kind: type, model: Model, cases: int, run: int = 0) -> tuple[Tally, Outcomes, Log]:
    """Columns and machine code are told when stations take up whom, as it was found for all cases; the kernel's cases wait for one another."""
    tally, outcomes, log = Tally(model), Outcomes(model, cases), Log(with_dues=True)
    told = {}
    if model.capacities and kind is not EventEngine:
        told["starts"] = Player(model, "columns" if kind is ColumnEngine else "compiled").starts(run)
    kind(model, run, tally, outcomes, log, **told).play(np.arange(cases))
    return tally, outcomes, log


def assert_equal(scenario: Scenario, cases: int, run: int = 0) -> Tally:
    """The same events, last days, outcomes and counts; each engine finds its own chart, so none leans on the other's."""
    models = [Model(scenario) for _ in ENGINES]
    models[0].check()
    (one, ours, log), *others = (
        played(engine, model, cases, run) for engine, model in zip(ENGINES, models, strict=True)
    )
    for model, (other, theirs, told) in zip(models[1:], others, strict=True):
        names = ("case", "move", "minute", "state", "dues")
        for name, mine, its in zip(names, log.columns(), told.columns(), strict=True):
            assert mine.tolist() == its.tolist(), name
        for name in ("profile", "opened", "closed", "state", "late"):
            assert getattr(ours, name).tolist() == getattr(theirs, name).tolist(), name
        for attribute in fields(Tally):
            if attribute.name in ("model", "waits", "waited", "shown"):
                continue
            assert np.array_equal(getattr(one, attribute.name), getattr(other, attribute.name)), attribute.name
        assert named(models[0], one) == named(model, other)
    assert one.number_opened == one.number_closed + one.backlog[:, -1].sum()
    return one


def named(model: Model, tally: Tally) -> dict:
    """What is counted by numbers that depend on what was found first, by names."""
    chart = model.chart
    refusals = {number: (r.state, r.activity, r.names) for number, r in enumerate(chart.refusals)}
    found = {("waits", refusals[i]): n for i, n in enumerate(tally.waits.tolist()) if n}
    found |= {("waited", refusals[i]): n for i, n in enumerate(tally.waited.tolist()) if n}
    return found | {("shown", chart.faces[i]): n for i, n in enumerate(tally.shown.tolist()) if n}


@pytest.mark.parametrize("process", default_scenarios())
def test_both_engines_tell_the_same(process: str) -> None:
    """Of every procedure, under the scenario that comes with it: every act is the kernel's, and every last day."""
    tally = assert_equal(default_scenario(process), 25)
    assert tally.events > 25


@pytest.mark.parametrize("process", machines.names())
def test_every_worked_case_is_played_alike(process: str) -> None:
    """At its own place, from its own day on, with its own data: also terms in hours, extended ones and such as stood still."""
    played = 0
    for profile, places, start in profiles_of(process):
        scenario = Scenario(
            process=process,
            places=dict(places),
            start=start,
            arrivals=Arrivals(cases=3, through=start + timedelta(days=3), on="days"),
            profiles=[profile],
            practices=[Practice(takes=Duration("exponential", 3, "workdays"))],
            follow=200,
        )
        try:
            Model(scenario).check()
        except InputError:  # a worked case that is about a refusal
            continue
        tally = assert_equal(scenario, 3)
        played += tally.events
    assert played


def test_terms_in_hours_are_played() -> None:
    """From the minute on, over days of rest and by the clock."""
    worked = {profile.id: (profile, places, start) for profile, places, start in profiles_of("loss_report")}
    profile, places, start = worked["shanghai-24-hours"]
    late = Practice(takes=Duration("fixed", 2, "days"))
    scenario = Scenario(
        process="loss_report",
        places=dict(places),
        start=start,
        arrivals=Arrivals(cases=5, through=start, on="days"),
        profiles=[profile],
        practices=[late],
        follow=10,
    )
    assert_equal(scenario, 5)
    model, log = Model(scenario), Log()
    ColumnEngine(model, 0, Tally(model), None, log).play(np.arange(5))
    _, move, minute, _ = log.columns()
    opened, lapsed = (minute[move == m] for m in (move[0], model.chart.clock_moves))
    assert (lapsed - opened).tolist() == [24 * 60] * 5


def test_many_cases_in_windows_are_the_cases_one_by_one() -> None:
    """A case goes its way whatever cases are played beside it, in whatever order."""
    model = Model(default_scenario("card_replacement"))
    tally, whole = Tally(model), Outcomes(model, 3_000)
    ColumnEngine(model, 2, tally, whole).play(np.arange(3_000))
    parts = Tally(model)
    for chosen in (np.arange(2_999, 999, -1), np.arange(1_000)):
        apart, some = Tally(model), Outcomes(model, 3_000)
        ColumnEngine(model, 2, apart, some).play(chosen)
        parts.add(apart)
        assert some.closed[chosen].tolist() == whole.closed[chosen].tolist()
    for attribute in fields(Tally):
        if attribute.name != "model":
            assert np.array_equal(getattr(parts, attribute.name), getattr(tally, attribute.name)), attribute.name


def test_events_are_handed_on_whenever_there_is_no_more_room(monkeypatch: pytest.MonkeyPatch) -> None:
    """Machine code writes events into an array; a case that does not fit is played once more when these have been handed on."""
    monkeypatch.setattr(engine, "ROWS", 5)
    assert_equal(evolve(default_scenario("card_replacement"), arrivals=Arrivals(cases=80)), 80)


def test_more_cases_come_than_there_was_room_for() -> None:
    """The memory of open cases and of queues grows; thousands wait here for one slow station, and nobody is forgotten."""
    works = Station(id="works", serves=[Serves(state="making", by="issuer")], per_day=4)
    arrivals = Arrivals(cases=3_000, through=date(2026, 3, 31))
    model = Model(evolve(default_scenario("card_replacement"), stations=[works], arrivals=arrivals))
    slow, quick = (Player(model, name).play(Task(0, 0, 3_000)) for name in ("columns", "compiled"))
    assert slow.queues.max() > 2_000
    for attribute in fields(Tally):
        if attribute.name != "model":
            assert np.array_equal(getattr(slow, attribute.name), getattr(quick, attribute.name)), attribute.name


def test_machine_code_says_which_extra_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Numba is not installed; the other engines play on."""
    for name in [name for name in sys.modules if name.startswith("ssflow.simulation.engines.compiled")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "numba", None)
    with pytest.raises(
        MissingExtraError, match=r"engine='compiled' needs the extra compiled: pip install 'ssflow\[compiled\]'"
    ):
        simulate("card_replacement", cases=3, runs=1, engine="compiled")
    assert simulate("card_replacement", cases=3, runs=1)


def test_a_clock_that_is_stopped_on_its_rolled_last_day_has_run_out() -> None:
    """Its time was over on a day of rest before; so it is late, although it stands."""
    practices = [Practice(takes=Duration("fixed", 40, "workdays"))]
    scenario = evolve(
        default_scenario("remedy"),
        start=date(2025, 9, 1),
        arrivals=Arrivals(cases=6),
        practices=practices,
        follow=0,
        seed=0,
    )
    assert_equal(scenario, 6)
    model, log = Model(scenario), Log()
    ColumnEngine(model, 0, Tally(model), None, log).play(np.arange(6))
    _, move, _, state = log.columns()
    decision = model.chart.clock_moves + model.chart.slots.index(("case", "decision"))
    suspended = model.chart.process.states.index(model.chart.process.state("suspended"))
    assert state[move == decision].tolist() == [suspended]


PROCEDURES = (
    "card_replacement",
    "medical_transfer",
    "loss_report",
    "temporary_card",
    "remedy",
    "pension_transfer",
    "treatment_elsewhere",
)
UNITS = st.sampled_from(("workdays", "workhours", "days"))
LENGTHS = st.one_of(
    st.builds(Duration, st.just("fixed"), st.sampled_from((0, 1, 7, 30)), UNITS),
    st.builds(Duration, st.just("exponential"), st.sampled_from((0.2, 5, 60)), UNITS),
    st.builds(Duration, st.just("empirical"), st.lists(st.integers(0, 40), min_size=1, max_size=4), UNITS),
)


@st.composite
def scenarios(draw: st.DrawFn) -> Scenario:
    """Any practices for any procedure: who does what, and whether ever, is left to chance."""
    scenario = default_scenario(draw(st.sampled_from(PROCEDURES)))
    process = scenario.definition
    practices = [Practice(takes=draw(LENGTHS))]
    for state in draw(st.lists(st.sampled_from(process.states), max_size=3, unique=True)):
        acts = [a for a in process.activities if a.by and a.leaving(state) and not a.triggered]
        if acts:
            chosen = draw(st.lists(st.sampled_from(acts), min_size=1, unique=True))
            practices.append(
                Practice(
                    state=state.name,
                    acts={a.name: draw(st.sampled_from((0.1, 1, 5))) for a in chosen},
                    others=draw(st.sampled_from((0, 0.5))),
                    idle=draw(st.sampled_from((0, 0, 1))),
                    takes=draw(LENGTHS),
                    takes_for={chosen[0].name: draw(LENGTHS)},
                    repeat=tuple(a.name for a in chosen) if draw(st.booleans()) else (),
                )
            )
    hours = draw(
        st.sampled_from((Hours(), Hours(person=(time(0), time(23, 59))), Hours(office=(time(8), time(8, 30)))))
    )
    return evolve(
        scenario,
        start=draw(st.dates(date(2025, 9, 1), date(2026, 9, 1))),
        arrivals=Arrivals(cases=6, through=None, on=draw(st.sampled_from(("workdays", "days")))),
        practices=practices,
        hours=hours,
        follow=draw(st.sampled_from((0, 40, 400))),
        seed=draw(st.integers(0, 2**32)),
    )


@settings(max_examples=settings.default.max_examples * 2 // 5)
@given(scenarios())
def test_they_do_so_whatever_is_planned(scenario: Scenario) -> None:
    """Random practices, durations, hours and horizons, also such as nobody would make."""
    try:
        Model(scenario).check()
    except InputError:
        assume(False)
    assert_equal(scenario, 6)


@st.composite
def crowded(draw: st.DrawFn) -> Scenario:
    """The same with stations, at which too many cases come together: any number of clerks or cases, hours, days and orders."""
    scenario = draw(scenarios())
    conducts = conducts_of(scenario.definition, scenario.practices).values()
    places = sorted({(conduct.state, conduct.role) for conduct in conducts})
    contested = [(state, role) for state, role in places if sum(one == state for one, _ in places) > 1] or places
    wanted = st.one_of(st.sampled_from(contested), st.sampled_from(places))
    stations = []
    for number, (state, role) in enumerate(draw(st.lists(wanted, min_size=1, max_size=3, unique=True))):
        stations.append(
            Station(
                id=f"station {number}",
                serves=[Serves(state=state, by=role)],
                **{draw(st.sampled_from(("clerks", "per_day"))): draw(st.sampled_from((1, 2, 3)))},
                weekdays=draw(st.sampled_from(((1,) * 7, (1, 0.5, 0, 2, 1, 1, 0.4)))),
                dates={
                    scenario.start + timedelta(days=n): draw(st.integers(0, 2))
                    for n in draw(st.sets(st.integers(0, 9), max_size=2))
                },
                hours=draw(st.sampled_from((None, None, (time(0), time(23, 59)), (time(10), time(10, 20))))),
                order=draw(st.sampled_from(("arrival", "due"))),
                first=draw(st.lists(st.sampled_from([p.id for p in scenario.profiles]), max_size=1)),
            )
        )
    practices = [
        evolve(p, takes=at_work(p.takes), takes_for={a: at_work(d) for a, d in p.takes_for.items()})
        for p in scenario.practices
    ]
    through = scenario.start + timedelta(days=draw(st.sampled_from((0, 2, 30))))
    arrivals = Arrivals(cases=draw(st.sampled_from((6, 15))), through=through, on="days")
    return evolve(scenario, practices=practices, stations=stations, arrivals=arrivals)


def at_work(duration: Duration) -> Duration:
    return evolve(duration, unit="workhours") if duration.unit == "days" else duration


@settings(max_examples=settings.default.max_examples * 2 // 5)
@given(crowded())
def test_they_do_so_where_cases_wait_for_one_another(scenario: Scenario) -> None:
    """Whoever queues is taken up at the same minute, whatever races with the queue: found for all at once, or one after the other."""
    try:
        Model(scenario).check()
    except InputError:
        assume(False)
    assert_equal(scenario, scenario.arrivals.cases)
