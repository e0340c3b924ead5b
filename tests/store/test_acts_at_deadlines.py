"""Documents that arrive while a deadline fires: the order of law decides, whatever is recorded first. Never both, and never neither.

SSFLOW_TEST_RACES=large draws 25 orders of each situation.
"""

import os
import random
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime

import psycopg
import pytest

from ssflow import Cases, MemoryStore
from ssflow.case import Event, EventKind, Happening
from ssflow.errors import ConflictError, RefusedError
from ssflow.machines.loss_report import Report, Track
from ssflow.records import Store
from tests.store.commands import HOLDER, C, L, begin
from tests.store.sites import Site
from tests.store.turns import Turns

ORDERS = 25 if os.environ.get("SSFLOW_TEST_RACES") == "large" else 3
NOW = datetime(2026, 10, 20, 1, tzinfo=UTC)  # all that may lapse or fall overdue in the cases has
FORMALLY, FINISH = L.report_formally(Report(Track.bank, HOLDER)), C.finish()
# What is done in which case, by whom, on which day; how many lapses or overdue terms are then true of it.
SITUATIONS = {
    "a report on the last day before it lapses": ("loss-1", FORMALLY, L.holder, date(2026, 9, 23), 0),
    "a report after it has lapsed": ("loss-1", FORMALLY, L.holder, date(2026, 9, 25), 1),
    "a card made on the last day": ("card", FINISH, C.issuer, date(2026, 10, 8), 0),
    "a card made too late": ("card", FINISH, C.issuer, date(2026, 10, 12), 1),
}


def cases_of(store: Store) -> Cases:
    return Cases(store, now=lambda: NOW)


def arrive(cases: Cases, situation: str) -> str:
    """The document, as often as somebody else is quicker: what the office is told in the end."""
    case, deed, role, on, _ = SITUATIONS[situation]
    while True:
        try:
            cases.do(case, deed, by=role, on=on, actor="clerk", key="arrived")
        except ConflictError:
            continue
        except RefusedError:
            return "refused"
        return "done"


def true_now(trace: Sequence[Event]) -> Counter[Happening]:
    """The lapses and overdue terms that are on record and were not set aside."""
    found = Counter[Happening]()
    for event in trace:
        found.update(event.brings)
        found.subtract(event.sets_aside)
        if event.kind in (EventKind.lapse, EventKind.overdue):
            found[Happening.of(event)] += 1
    assert all(times in (0, 1) for times in found.values()), "never twice, and never taken back without having been"
    return +found


@pytest.mark.parametrize("situation", SITUATIONS)
def test_the_order_of_law_decides(site: Site, situation: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An act in time that meets a sweep keeps the case; one that is late finds it lapsed or overdue: in every order of their statements, and as
    where nobody else was at work.
    """
    monkeypatch.setattr(
        psycopg.Pipeline, "is_supported", lambda: False
    )  # each statement is carried out before the next
    case, *_, happened = SITUATIONS[situation]
    alone = MemoryStore()
    begin(alone)
    expected = arrive(cases_of(alone), situation)
    cases_of(alone).sweep()
    begin(site.store())
    site.keep()

    first = Counter[str]()
    for seed in range(ORDERS):
        site.restore()
        turns, told = Turns(random.Random(f"{situation} {seed}")), list[str]()  # noqa: S311
        with site.watched(turns.around) as open_store:

            def clerk(told: list[str] = told) -> None:
                told.append(arrive(cases_of(open_store()), situation))

            turns.run({"x": clerk, "y": lambda: cases_of(open_store()).sweep()})
        cases = cases_of(site.store())
        trace = cases.trace(case)
        kinds = [event.kind for event in trace if event.kind in (EventKind.lapse, EventKind.overdue) or event.actor]
        first["nothing" if not kinds else "the act" if kinds[0] is EventKind.act else "the deadline"] += 1

        assert told == [expected], turns.order
        assert sum(event.actor == "clerk" for event in trace) == (expected == "done")
        cases.sweep()
        assert sum(true_now(cases.trace(case)).values()) == happened, turns.order
        assert cases.get(case).state is cases_of(alone).get(case).state
        assert [o.overdue for o in cases.get(case).obligations] == [
            o.overdue for o in cases_of(alone).get(case).obligations
        ]
        assert cases.verify() == ()
    print(f"{type(site).__name__}, {situation}: {ORDERS} orders, {expected}; recorded first: {dict(first)}")
