"""The lean engine against the untouched machine of transitions; many threads on one machine."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from transitions import MachineError

from ssflow import machines
from ssflow.calendar import WorkCalendar
from ssflow.process import Act
from ssflow.process.engine import LeanMachine, PlainMachine, compiled, step
from ssflow.testing import data_strategy

PROCESSES = [machines.get(name) for name in machines.names()]
CAL = WorkCalendar.china()


def act_of(process, facts) -> Act:
    places = {place.name: "440100" for place in process.places}
    return Act(facts, facts, date(2026, 9, 21), lambda _: None, CAL, places)


def taken(process, state, activity, act, machine):
    """The transition a machine takes, or the name of what it raises."""
    try:
        return step(process, state, activity, lambda: act, machine)
    except MachineError:
        return None


@pytest.mark.parametrize("process", PROCESSES, ids=lambda process: process.name)
@given(data=st.data())
def test_lean_is_plain(process, data: st.DataObject) -> None:
    """For any state, activity and facts the lean engine takes the transition that the plain machine takes."""
    state = data.draw(st.sampled_from([None, *process.states]))
    activity = data.draw(st.sampled_from(process.activities))
    act = act_of(process, data.draw(data_strategy(process.facts)))

    assert taken(process, state, activity, act, LeanMachine) is taken(process, state, activity, act, PlainMachine)


def test_threads_share_a_machine() -> None:
    """Any number of threads step through one machine without disturbing each other; it is built once."""
    process = machines.get("loss_report")
    assert compiled(process) is compiled(process)
    act = act_of(process, process.facts())

    def walk(_: int) -> list[str]:
        rows = [
            step(process, None, process.report_temporarily, lambda: act),
            step(process, process.temporary, process.report_formally, lambda: act),
            step(process, process.releasing, process.release, lambda: act),
        ]
        return [row.target.name for row in rows]

    with ThreadPoolExecutor(8) as pool:
        walks = list(pool.map(walk, range(2000)))

    assert all(path == ["temporary", "formal", "released"] for path in walks)
