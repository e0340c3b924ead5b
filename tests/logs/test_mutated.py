"""Whatever has become of a log, the check answers: what came before is as it was, and nothing is where the kernel does not lead."""

from datetime import timedelta
from functools import cache

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from ssflow.case import EventKind
from ssflow.logs import Entry, EventLog, Replayed, check_log, read_log
from ssflow.logs.log import PROFILE
from ssflow.records import fold
from ssflow.simulation import simulate
from ssflow.tables import Table

PROCEDURES = ("card_replacement", "medical_transfer", "loss_report", "temporary_card", "treatment_elsewhere")
CHANGES = ("drop", "repeat", "swap", "late", "early", "other", "role")


@cache
def simulated(process: str) -> tuple[tuple[Entry, ...], ...]:
    run = simulate(process, cases=12, runs=1)
    log = run.log()
    kinds = run.cases["profile"][log["case:concept:name"]]
    return tuple(entries for _, entries in read_log(Table({**log.columns, PROFILE: kinds})).traces())


def mutated(
    entries: tuple[Entry, ...], at: int, how: str, words: list[str], roles: list[str], choose: int
) -> tuple[list[Entry], int]:
    """A trace with one thing changed, and how many entries stand before it."""
    rows, entry = list(entries), entries[at]
    match how:
        case "drop":
            del rows[at]
        case "repeat":
            rows.insert(at, entry)
            return rows, at + 1
        case "swap" if at:
            one, other = rows[at - 1], rows[at]
            rows[at - 1 : at + 1] = [evolve(other, time=one.time), evolve(one, time=other.time)]
            return rows, at - 1
        case "late":
            rows = [*rows[:at], *(evolve(row, time=row.time + timedelta(days=400)) for row in rows[at:])]
        case "early":
            rows = [*(evolve(row, time=row.time - timedelta(days=30)) for row in rows[: at + 1]), *rows[at + 1 :]]
            return rows, 0
        case "other":
            rows[at] = evolve(entry, activity=words[choose % len(words)])
        case "role":
            rows[at] = evolve(entry, resource=roles[choose % len(roles)])
    return rows, at


@pytest.mark.parametrize("process", PROCEDURES)
@settings(max_examples=settings.default.max_examples // 3)
@given(data=st.data())
def test_a_log_with_one_thing_changed_is_checked(process: str, data: st.DataObject) -> None:
    """Nothing before the change deviates; the events of the replay are a history of the kernel's; every deviation has its reason."""
    entries = data.draw(st.sampled_from(simulated(process)))
    found = check_log(EventLog(entries), process)
    assert found.fits
    parts = found.scenario.definition
    words, roles = [a.name for a in parts.activities if a.by and not a.triggered], [role.name for role in parts.roles]
    known = [word for word in words if all(word in kind.deeds for kind in found.scenario.kinds())]
    at, how = data.draw(st.integers(0, len(entries) - 1)), data.draw(st.sampled_from(CHANGES))
    rows, before = mutated(entries, at, how, known, roles, data.draw(st.integers(0, 50)))
    one: Replayed
    for one in check_log(EventLog(rows), process).replays:
        assert all(deviation.number > before for deviation in one.deviations)
        assert all(deviation.grounds and deviation.say("zh") != deviation.say("en") for deviation in one.deviations)
        acts = sum(event.kind is EventKind.act for event in one.events)
        supposed = sum(len(deviation.supposed) for deviation in one.deviations)
        assert acts <= one.entries + supposed
        if one.events:
            assert fold(parts, one.events).state == one.case.state
