"""Stores of cases that were really begun and left open."""

from datetime import datetime, time, timedelta

from hypothesis import strategies as st

from ssflow.calendar.clock import at
from ssflow.case import Case
from ssflow.errors import RefusedError
from ssflow.process import Deed
from ssflow.records import Cases
from ssflow.simulation.scenario.scenario import Scenario
from ssflow.store import MemoryStore


def begun(scenario: Scenario, draw: st.DrawFn, number: int, days: int) -> Cases:
    """Cases of a scenario's kinds, opened in the days before its start, in which acts are recorded as they are drawn."""
    first, zone = scenario.start - timedelta(days=days), scenario.law.calendar.zone
    now = [at(scenario.start, time(), zone)]
    cases = Cases(MemoryStore(), scenario.law, now=lambda: now[0])
    kinds = scenario.kinds()
    for each in range(number):
        kind = draw(st.sampled_from(kinds))
        moment = at(first + timedelta(days=draw(st.integers(0, days - 1))), time(9), zone)
        names = {}
        for place, deed, by in kind.before:
            there = kind.company.cases[place]
            names[place] = record(cases, names.get(place), deed, by, moment, there, f"{there.id}-{each}")
        links = tuple(names.values())
        main = record(cases, None, kind.opening, kind.opener, moment, kind.company.main, f"case-{each}", links)
        if main is None:
            continue
        for _ in range(draw(st.integers(0, 5))):
            moment += timedelta(hours=draw(st.sampled_from((1, 24, 24 * 8, 24 * 30))))
            if moment >= now[0]:
                break
            allowed = [o for o in cases.options(main, on=moment) if o.is_open and o.activity.name in kind.deeds]
            if not allowed:
                continue
            option = draw(st.sampled_from(allowed))
            record(cases, main, kind.deeds[option.activity.name], option.by, moment)
    cases.advance(scenario.start - timedelta(days=1))
    return cases


def record(
    cases: Cases, case: str | None, deed: Deed, by, moment: datetime, new: Case | None = None, id_: str = "", links=()
) -> str | None:
    """Do something in a case, or open one; None if it may not be opened."""
    try:
        if case is None:
            return cases.open(deed, by=by, on=moment, places=new.places, case=id_, links=links).id
        cases.do(case, deed, by=by, on=moment)
    except RefusedError:
        pass
    return case
