"""What several roles may do is done by each of them as it does it, and told of whoever did it."""

from datetime import date

import pytest
from attrs import evolve

from ssflow.analysis import bounds
from ssflow.errors import InputError
from ssflow.logs import check_log, read_log
from ssflow.simulation import Arrivals, Before, Duration, Practice, Profile, Scenario, Serves, Station, simulate
from tests.simulation.shared_desk import LAW
from tests.simulation.test_engines import assert_equal

pytestmark = pytest.mark.usefixtures("installed")


def days(number: float) -> Duration:
    return Duration("fixed", number, "workdays")


def scenario(**changes: object) -> Scenario:
    """The clerk checks within a week, the manager within a day."""
    parts = {
        "process": "shared_desk",
        "places": "440100",
        "start": date(2026, 3, 2),
        "arrivals": Arrivals(cases=40, through=date(2026, 4, 3)),
        "profiles": [Profile(id="usual", opens="ask", by="clerk")],
        "practices": [
            Practice(by="clerk", acts={"check": 1}, takes=days(5)),
            Practice(by="manager", acts={"check": 1}, takes=days(1)),
        ],
        "follow": 60,
        "law": LAW,
    }
    return Scenario(**{**parts, **changes})


def done(played: Scenario) -> set[tuple[str, str]]:
    """Which acts were done by whom, in a simulation."""
    log = simulate(played, runs=1).log().columns
    return set(zip(log["concept:name"].tolist(), log["org:resource"].tolist(), strict=True))


def test_whoever_comes_first_does_it() -> None:
    """The manager is quicker, although the definition names the clerk first; without the manager's practice the clerk does it."""
    clerk_alone = scenario().practices[:1]

    assert done(scenario()) == {("ask", "clerk"), ("check", "manager")}
    assert done(scenario(practices=clerk_alone)) == {("ask", "clerk"), ("check", "clerk")}


@pytest.mark.parametrize("stations", [(), (Station(id="desk", serves=[Serves()], clerks=1),)])
def test_both_engines_tell_so(stations: tuple[Station, ...]) -> None:
    """Both race, with and without a queue, and some requests are turned down."""
    racing = Duration("exponential", 8, "workhours")
    practices = [Practice(takes=racing), Practice(by="manager", acts={"check": 3, "refuse": 1}, takes=racing)]
    played = scenario(practices=practices, stations=stations)

    assert_equal(played, 40)
    assert {("check", "clerk"), ("check", "manager"), ("refuse", "manager")} <= done(evolve(played, stations=()))


def test_a_condition_may_turn_on_who_acts() -> None:
    """What the clerk may not do is not hoped for by the clerk, and is by the manager."""
    both = [Practice(takes=days(1), acts={"refuse": 1})]

    assert done(scenario(practices=both)) == {("ask", "clerk"), ("refuse", "manager")}
    with pytest.raises(InputError, match="the manager does it"):
        simulate(scenario(practices=[evolve(both[0], by="clerk")]), runs=1)


def test_who_opens_a_case_has_to_be_said() -> None:
    """Nobody is guessed: several may, so one is named, of those who may."""
    for by, wanted in (
        ("", "several roles may do it; name the one that does: person, clerk"),
        ("manager", "unknown role"),
    ):
        with pytest.raises(InputError, match=wanted) as caught:
            scenario(profiles=[Profile(id="usual", opens="ask", by=by)])
        assert [fault.path for fault in caught.value.faults] == ["profile[0].by"]
    first = Before(case="first", does="ask")
    with pytest.raises(InputError, match="name the one that does") as caught:
        scenario(profiles=[Profile(id="x", opens="ask", by="clerk", related={"first": "shared_desk"}, before=[first])])
    assert [fault.path for fault in caught.value.faults] == ["profile[0].before[0].by"]


def test_a_practice_names_a_role_that_may() -> None:
    """Any of them, and nobody else."""
    with pytest.raises(InputError, match="it is done by the clerk or manager, not by the person") as caught:
        scenario(practices=[Practice(by="person", acts={"check": 1}, takes=days(1))])
    assert "经办或者负责人办理，不能由个人办理" in caught.value.say("zh")


def test_a_log_is_fitted_to_whoever_did_it() -> None:
    """What was seen of the manager is the manager's practice."""
    log = simulate(scenario(), runs=1).log()
    fitted = check_log(read_log(log), scenario()).fit()
    managers = next(one for one in fitted.practices if (one.state, one.by) == ("waiting", "manager"))

    assert managers.acts == {"check": 1.0, "refuse": 0.0}
    assert managers.takes.mean == pytest.approx(1, abs=0.3)


def test_law_lets_any_of_them_do_it() -> None:
    """The end to which only the second of the roles may lead is found, and it is told who leads there."""
    found = bounds(scenario())

    assert set(found.table().columns["end"]) == {"passed", "refused"}
    assert "manager" in [by.en for by in found.way("refused").columns["by"]]
