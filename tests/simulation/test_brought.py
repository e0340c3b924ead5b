"""Procedures of one's own are played as ours are: days that acts set, moves back, lapses that choose, acts that are counted."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from attrs import evolve

from ssflow.errors import DefinitionError, InputError, UnknownError
from ssflow.simulation import Arrivals, Duration, Practice, simulate
from ssflow.simulation.engines.columns.engine import ColumnEngine
from ssflow.simulation.engines.compiled.engine import CompiledEngine
from ssflow.simulation.engines.compiled.tables import Tables
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.tally import Tally
from tests.brought import SOON, package, scenario
from tests.simulation.print_office import PrintOffice
from tests.simulation.print_office import office as offices
from tests.simulation.test_engines import assert_equal, named

SLOW, OFTEN = (Practice(takes=Duration("exponential", mean, "workdays")) for mean in (30, 0.1))
AGAIN = {"stay": "note", "request": "send_back"}
NOBODY_OBJECTS = Practice(state="shown", by="anybody", acts={"object": 0}, takes=SOON.takes)
NOBODY_COMPLAINS = Practice(by="person", acts={"complain": 0, "contest": 0}, takes=SOON.takes)


@pytest.fixture(autouse=True)
def brought(tmp_path: Path) -> Iterator[None]:
    """The package is there while a test runs."""
    with package(tmp_path):
        yield


def test_a_procedure_of_ones_own_has_no_scenario() -> None:
    """None comes with it, and the error says how to give one."""
    with pytest.raises(
        UnknownError, match="no scenario comes with this procedure; read one of your own with load_scenario"
    ):
        simulate(next(iter(AGAIN)))


@pytest.mark.parametrize("speed", [SOON, SLOW, OFTEN], ids=["soon", "slow", "often"])
@pytest.mark.parametrize("name", AGAIN)
def test_both_engines_tell_the_same(name: str, speed: Practice) -> None:
    """Event by event and count by count, also of a clock that an act sets anew, whether or not it had run."""
    practice = evolve(speed, repeat=(AGAIN[name],) if speed is OFTEN else ())
    tally = assert_equal(scenario(name, practice), 20)
    assert tally.events > 40


@pytest.mark.parametrize("withdraws", [False, True])
def test_the_office_of_others_is_played_alike(tmp_path: Path, withdraws: bool) -> None:
    """With its stations so busy that cases wait, and with applicants who race the review."""
    (more := tmp_path / "more").mkdir()
    with package(more, print_office=PrintOffice):
        office = offices(withdraws=withdraws)
        stations = [evolve(station, per_day=3) for station in office.stations]
        arrivals = Arrivals(cases=60, through=office.start + timedelta(days=20))
        tally = assert_equal(evolve(office, stations=stations, arrivals=arrivals), 60)
    assert tally.number_closed == 60
    assert tally.queued.sum() > 0


@pytest.mark.parametrize("practice", [SOON, SLOW], ids=["soon", "slow"])
def test_a_lapse_chooses_alike(practice: Practice) -> None:
    """Whether a notice takes effect or is taken back."""
    tally = assert_equal(scenario("notice", practice, NOBODY_OBJECTS), 20)
    assert tally.number_closed == 20


@pytest.mark.parametrize("engine", ["columns", "event"])
def test_what_is_counted_without_end_is_named(engine) -> None:
    """Where conditions ask how often something was done, and nothing bounds that, it is said at once what to leave out."""
    with pytest.raises(InputError, match=r'how often "object" was done: .*acts = \{ name = 0 \}'):
        simulate(scenario("notice"), engine=engine, runs=2)
    assert simulate(scenario("notice", SOON, NOBODY_OBJECTS), engine=engine, runs=2)


def test_days_of_single_cases_are_refused() -> None:
    """A condition on the day of another act is named; without that act it is told that nobody checks what he drafted himself."""
    with pytest.raises(DefinitionError, match="reply_late: it looks at due"):
        simulate(scenario("petition"), runs=2)
    with pytest.raises(InputError, match="who checks is not who drafted"):
        simulate(scenario("petition", SOON, NOBODY_COMPLAINS), runs=2)


def test_what_another_thread_has_found_is_asked_for() -> None:
    """Threads share the answers of the chart, but not at once what these lead to: outcomes and refusals that tables do not know yet are asked for."""
    model = Model(scenario("request", evolve(OFTEN, repeat=("send_back",))))
    old, new = Tables(model), Tables(model)
    known = len(model.chart.outcomes)
    tallies = [Tally(model), Tally(model), Tally(model)]
    CompiledEngine(model, 0, tallies[0], tables=new).play(np.arange(20))
    assert len(model.chart.outcomes) > known
    CompiledEngine(model, 0, tallies[1], tables=old).play(np.arange(20))
    ColumnEngine(model, 0, tallies[2]).play(np.arange(20))
    assert len({str(named(model, tally)) for tally in tallies}) == 1
    assert len({(tally.events, tally.minutes, tally.late.tobytes()) for tally in tallies}) == 1
