"""A simulation that begins with the open cases of a store: each stands where it stands, and is late when its own term says so."""

from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from ssflow.errors import InputError
from ssflow.simulation.engines.model import Model
from ssflow.simulation.scenario.arrivals import Arrivals
from ssflow.simulation.scenario.open_cases import read_open_cases
from ssflow.simulation.scenario.scenario import Scenario
from tests.simulation.open_cases import begun
from tests.simulation.test_engines import assert_equal, crowded, scenarios


@st.composite
def with_open_cases(draw: st.DrawFn, of: st.SearchStrategy[Scenario]) -> tuple[Scenario, object]:
    """Any scenario, with the open cases of a store in which acts were recorded at random, and with other cases or none."""
    scenario = draw(of)
    cases = begun(scenario, draw, 6, draw(st.sampled_from((3, 40, 300))))
    assume(any(not row.closed and row.process == scenario.process for row in cases.rows()))
    arrivals = draw(st.sampled_from((scenario.arrivals, Arrivals(cases=0))))
    found = read_open_cases(cases, scenario.definition)
    return evolve(scenario, open_cases=found, arrivals=arrivals), cases


@settings(max_examples=settings.default.max_examples * 2 // 5)
@given(with_open_cases(scenarios() | crowded()))
def test_both_engines_go_on_alike(made) -> None:
    """The kernel from the recorded state, and columns: event by event, last day by last day, count by count."""
    scenario, _ = made
    try:
        Model(scenario).check()
    except InputError:
        assume(False)
    model = Model(scenario)
    assert_equal(scenario, model.schedule.count(scenario.seed, 0))
