"""pm4py, the usual tool for process mining, reads our logs and our nets, and finds that they fit. Waits for the group ``peers``."""

import warnings
from pathlib import Path

import pytest

from ssflow import machines
from ssflow.export import to_pnml
from ssflow.logs import EventLog, read_log
from ssflow.simulation import default_scenarios, simulate
from tests.logs.sizes import CASES


@pytest.fixture(scope="module")
def pm4py():
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return pytest.importorskip("pm4py", reason="pm4py is of the dependency group peers")


def closed(log: EventLog, process: str) -> EventLog:
    """The cases that have come to their end."""
    finals = {state.name for state in machines.get(process).states if state.final}
    ending = {a.name for a in machines.get(process).activities for row in a.transitions if row.target.name in finals}
    kept = [entry for _, entries in log.traces() if entries[-1].activity in ending for entry in entries]
    return EventLog(kept)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("process", default_scenarios())
def test_the_peer_finds_that_simulated_traces_fit(process: str, tmp_path: Path, pm4py) -> None:
    """Written as XES and as PNML, read by pm4py: the fitness of the traces is 1, by alignments."""
    run = simulate(process, cases=CASES, runs=1)
    log = read_log(run.log())
    log.write(tmp_path / "all.xes")
    theirs = pm4py.read_xes(str(tmp_path / "all.xes"), show_progress_bar=False)
    assert len(theirs) == len(log)
    assert theirs["case:concept:name"].nunique() == len(dict(log.traces()))
    ended = run.cases["case"][[str(s) in _finals(process) for s in run.cases["state"]]]
    kept = theirs[theirs["case:concept:name"].isin([str(n) for n in ended.tolist()])]
    (tmp_path / "net.pnml").write_text(to_pnml(machines.get(process)), encoding="utf-8")
    net, begin, end = pm4py.read_pnml(str(tmp_path / "net.pnml"))
    assert sum(begin.values()) == sum(end.values()) == 1
    if len(kept):
        found = pm4py.fitness_alignments(kept, net, begin, end, multi_processing=False)
        assert found["log_fitness"] == found["average_trace_fitness"] == 1.0


@pytest.mark.filterwarnings("ignore")
def test_what_the_peer_writes_is_read(tmp_path: Path, pm4py) -> None:
    """A log that pm4py has read and written again is the same log, as XES and as its data frame."""
    log = read_log(simulate("loss_report", cases=CASES, runs=1).log())
    log.write(tmp_path / "ours.xes")
    frame = pm4py.read_xes(str(tmp_path / "ours.xes"), show_progress_bar=False)
    pm4py.write_xes(frame, str(tmp_path / "theirs.xes"))
    told = [(entry.case, entry.activity, entry.time, entry.resource) for entry in log.entries]
    for again in (read_log(tmp_path / "theirs.xes"), read_log(frame)):
        assert sorted((e.case, e.activity, e.time, e.resource) for e in again.entries) == sorted(told)


@pytest.mark.filterwarnings("ignore")
def test_the_peer_finds_what_does_not_fit(tmp_path: Path, pm4py) -> None:
    """A trace with its first act taken away does not fit the net: the net says something."""
    log = closed(read_log(simulate("consultation", cases=CASES, runs=1).log()), "consultation")
    torn = EventLog([entry for _, entries in log.traces() for entry in entries[1:]])
    torn.write(tmp_path / "torn.xes")
    (tmp_path / "net.pnml").write_text(to_pnml(machines.get("consultation")), encoding="utf-8")
    theirs = pm4py.read_xes(str(tmp_path / "torn.xes"), show_progress_bar=False)
    net, begin, end = pm4py.read_pnml(str(tmp_path / "net.pnml"))
    assert pm4py.fitness_alignments(theirs, net, begin, end, multi_processing=False)["log_fitness"] < 1


def _finals(process: str) -> set[str]:
    return {state.name for state in machines.get(process).states if state.final}
