"""Threads, processes, Dask, and Dask that has lost a worker: the result of a simulation is the same."""

import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor, ThreadPoolExecutor
from datetime import date, timedelta
from multiprocessing import active_children, get_context
from pathlib import Path
from threading import Thread
from time import sleep
from typing import Any

import pytest
from attrs import evolve

from ssflow import Legislation, rulebook
from ssflow.errors import InputError
from ssflow.simulation import Arrivals, Scenario, Serves, Simulation, Station, default_scenario, simulate

CARD = default_scenario("card_replacement")
START = date(2026, 3, 2)
RUNS = 4


def scenarios() -> dict[str, Scenario]:
    """Cases that wait for nobody, under a reform; and cases that wait for one another, some of them in a warm-up."""
    figure = rulebook("card_replacement").find("production", START, "440100")
    reformed = rulebook("card_replacement").amended("production", "3 workdays", since=START, region=figure.region)
    arrivals = Arrivals(cases=700, through=START + timedelta(days=100))
    works = Station(id="works", serves=[Serves(state="making")], per_day=10)
    return {
        "reform": evolve(CARD, law=Legislation().with_rulebook(reformed), arrivals=arrivals),
        "stations": evolve(CARD, stations=[works], arrivals=arrivals, warm_up=20, follow=200),
    }


@pytest.fixture(scope="module")
def alone() -> dict[str, Simulation]:
    """Played by one thread."""
    return {name: simulate(scenario, runs=RUNS) for name, scenario in scenarios().items()}


@pytest.fixture(scope="module")
def pool() -> Iterator[Executor]:
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as executor:
        yield executor


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Two processes of Dask on this machine."""
    distributed = pytest.importorskip("distributed")
    local: dict[str, Any] = {"n_workers": 2, "threads_per_worker": 1, "dashboard_address": None}
    with distributed.LocalCluster(**local) as cluster, distributed.Client(cluster) as client:
        yield client


def assert_same(one: Simulation, other: Simulation) -> None:
    """Every number of every table, and every kept case."""
    assert one.digests == other.digests
    for table in ("summary", "late", "waits", "stations", "backlog"):
        assert list(getattr(one, table)().rows()) == list(getattr(other, table)().rows()), table
    for column in ("profile", "opened", "closed", "state", "production_late"):
        assert one.cases[column].astype(str).tolist() == other.cases[column].astype(str).tolist()


@pytest.mark.parametrize("name", ["reform", "stations"])
def test_threads_and_processes_find_the_same(alone: dict[str, Simulation], pool: Executor, name: str) -> None:
    """One thread, two, and two processes that share nothing with this one."""
    for workers in (2, pool):
        assert_same(simulate(scenarios()[name], runs=RUNS, workers=workers), alone[name])


def test_a_run_in_parts_is_put_together(
    alone: dict[str, Simulation], pool: Executor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Parts of one run come back from different processes and threads, and each case is in its place; so does the other engine play them."""
    from ssflow.simulation.engines import playing

    monkeypatch.setattr(playing, "PART", 300)
    monkeypatch.setattr(playing, "FIRST", 100)
    for name, scenario in scenarios().items():
        for workers in (2, pool):
            assert_same(simulate(scenario, runs=RUNS, workers=workers), alone[name])
    few = evolve(CARD, arrivals=Arrivals(cases=40))
    kernel = simulate(few, runs=1, workers=pool, engine="event", keep=False)
    assert kernel.digests == simulate(few, runs=1, keep=False).digests
    with pytest.raises(InputError, match="keep"):
        kernel.cases  # noqa: B018 - it is asked for


def test_more_runs_until_a_margin_is_reached(pool: Executor) -> None:
    """They are added elsewhere as they are here."""
    asked: dict[str, Any] = {"cases": 100, "runs": 10, "until": "days <= 2 days", "most_runs": 30}
    here, there = simulate(CARD, **asked), simulate(CARD, **asked, workers=pool)
    assert here.runs == there.runs > 10 and here.digests == there.digests


@pytest.mark.parametrize("name", ["reform", "stations"])
def test_dask_finds_the_same(alone: dict[str, Simulation], cluster: Any, name: str) -> None:
    """The executor of a client is an executor like any other."""
    assert_same(simulate(scenarios()[name], runs=RUNS, workers=cluster.get_executor()), alone[name])


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="processes are killed otherwise there")
def test_dask_finds_the_same_when_a_worker_is_killed(cluster: Any) -> None:
    """What a worker had in hand is played again by another: as nothing hangs on who plays it, nobody can tell from the result."""
    scenario = evolve(scenarios()["reform"], arrivals=Arrivals(cases=5_000))
    workers = cluster.run(os.getpid)
    killed: list[int] = []

    def kill_one(done: int, parts: int) -> None:
        if done == 2 < parts:
            killed.append(next(iter(workers.values())))
            os.kill(killed[0], signal.SIGKILL)

    bereft = simulate(scenario, runs=12, workers=cluster.get_executor(), on_progress=kill_one)
    cluster.wait_for_workers(2)
    assert killed and killed[0] not in cluster.run(os.getpid).values()
    assert_same(bereft, simulate(scenario, runs=12))


def test_any_law_is_sent_along(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also one that a function made on the spot finds, and one of which the other process, left to itself, would read other figures."""
    folder = Path(__file__).parents[2] / "src/ssflow/rules/data/card_replacement"
    (tmp_path / "card_replacement").mkdir()
    text = (folder / "440100.toml").read_text(encoding="utf-8").replace("7 workdays", "1 workday")
    (tmp_path / "card_replacement" / "440100.toml").write_text(text, encoding="utf-8")
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as other:
        with monkeypatch.context() as there:
            there.setenv("SSFLOW_RULES", str(tmp_path))
            found = other.submit(rulebook, "card_replacement").result()
        assert found.digest != rulebook("card_replacement").digest
        strict = Legislation().strict()
        for law in (Legislation(), strict, Legislation(rulebook=lambda name: rulebook(name))):  # noqa: PLW0108 - made here
            scenario = evolve(CARD, start=date(2024, 3, 1), law=law, arrivals=Arrivals(cases=30), follow=30)
            assert simulate(scenario, runs=1, workers=other).digests == simulate(scenario, runs=1).digests


def test_processes_with_another_definition_are_refused(pool: Executor, monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that has another version would find something else and nobody would know; so it does not begin."""
    from ssflow.simulation.engines import elsewhere

    monkeypatch.setattr(elsewhere, "version", lambda _: "25.9")
    with pytest.raises(InputError, match=r"25\.9") as caught:
        simulate(CARD, cases=3, runs=1, workers=pool)
    assert caught.value.faults[0].path == "workers" and caught.value.say("zh") != caught.value.say("en")


@pytest.mark.parametrize("kind", [ThreadPoolExecutor, ProcessPoolExecutor])
def test_an_executor_that_is_shut_down_is_named(kind: type[Executor]) -> None:
    """A pool whose ``with`` block has ended takes no work; the error says so, in both languages."""
    with kind(1) as ended:
        pass

    with pytest.raises(InputError, match="workers: the executor takes no work .* it is most likely shut down") as error:
        simulate(scenarios()["reform"], runs=RUNS, workers=ended)
    assert "它多半已经关闭" in error.value.say("zh")


def test_a_client_of_dask_that_is_closed_is_named(cluster: Any) -> None:
    """The executor of a closed client takes no work either."""
    distributed = pytest.importorskip("distributed")
    with distributed.Client(cluster.scheduler.address, set_as_default=False) as client:
        ended = client.get_executor()

    with pytest.raises(InputError, match="workers: "):
        simulate(scenarios()["reform"], runs=RUNS, workers=ended)


def test_a_process_that_is_killed_is_named() -> None:
    """A pool cannot go on without a process; the error says what to do, and a new pool has the same result."""
    others = active_children()
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:

        def kill() -> None:
            while not (processes := [one for one in active_children() if one not in others]):
                sleep(0.05)
            for process in processes:
                process.kill()

        killer = Thread(target=kill)
        killer.start()
        with pytest.raises(InputError, match=r"workers: .*make a new") as error:
            simulate(evolve(scenarios()["reform"], follow=400), runs=200, workers=pool)
        killer.join()
    assert "新建" in error.value.say("zh")
