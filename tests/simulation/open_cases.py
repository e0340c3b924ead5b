"""Stores of cases that were really begun and left open."""

import contextlib
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from attrs import evolve
from hypothesis import strategies as st

from ssflow.calendar import WorkCalendar
from ssflow.calendar.clock import at
from ssflow.errors import RefusedError
from ssflow.process import Deed, Role
from ssflow.records import Cases
from ssflow.simulation import default_scenario
from ssflow.simulation.chart.chart import Kind
from ssflow.simulation.scenario.scenario import Scenario
from ssflow.store import MemoryStore, SQLiteStore

REPLACEMENT = default_scenario("card_replacement")
OFFICE = REPLACEMENT.definition.office


def moment(day: date, hour: int = 9) -> datetime:
    """An hour of a day in China."""
    return at(day, time(hour), WorkCalendar.china().zone)


def store_of(scenario: Scenario, file: Path | None = None) -> Cases:
    """An empty store, in a file or in memory, whose clock shows the first minute of a scenario."""
    return Cases(SQLiteStore(file) if file else MemoryStore(), scenario.law, now=lambda: moment(scenario.start, 0))


def opened(scenario: Scenario, kinds: Sequence[int], on: date) -> Cases:
    """A store with a case of each of some kinds, opened on one day."""
    cases, known = store_of(scenario), scenario.kinds()
    for number, kind in enumerate(kinds):
        assert open_one(cases, known[kind], number, moment(on))
    return cases


def begun(scenario: Scenario, draw: st.DrawFn, number: int, days: int) -> Cases:
    """Cases of a scenario's kinds, opened in the days before its start, in which acts are recorded as they are drawn."""
    first, cases = scenario.start - timedelta(days=days), store_of(scenario)
    for each in range(number):
        kind, now = draw(st.sampled_from(scenario.kinds())), moment(first + timedelta(draw(st.integers(0, days - 1))))
        main = open_one(cases, kind, each, now)
        for hours in draw(st.lists(st.sampled_from((1, 24, 24 * 8, 24 * 30)), max_size=5)) if main else ():
            now += timedelta(hours=hours)
            if now >= cases.now():
                break
            found = [o for o in cases.options(main, on=now) if o.is_open and o.activity.name in kind.deeds]
            if found:
                option = draw(st.sampled_from(found))
                record(cases, main, kind.deeds[option.activity.name], option.by, now)
    cases.advance(scenario.start - timedelta(days=1))
    return cases


def open_one(cases: Cases, kind: Kind, number: int, on: datetime) -> str:
    """Open a case of a kind with its related cases, and return its id; empty if it may not be opened."""
    names: dict[int, str] = {}
    try:
        for place, deed, by in kind.before:
            there = kind.company.cases[place]
            if place in names:
                cases.do(names[place], deed, by=by, on=on)
            else:
                names[place] = cases.open(deed, by=by, on=on, places=there.places, case=f"{there.id}-{number}").id
        return opening(cases, kind.opening, kind.opener, on, kind.company.main.places, f"case-{number}", names.values())
    except RefusedError:
        return ""


def opening(cases: Cases, deed: Deed[Any], by: Role, on: datetime, places: Any, case: str, links: Iterable[str]) -> str:
    """Open a case."""
    return cases.open(deed, by=by, on=on, places=places, case=case, links=tuple(links)).id


def record(cases: Cases, case: str, deed: Deed[Any], by: Role, on: datetime) -> None:
    """Do something in a case, if it may be done."""
    with contextlib.suppress(RefusedError):
        cases.do(case, deed, by=by, on=on)


def replacements(number: int, file: Path | None = None, **changes: object) -> Cases:
    """Replacements applied for by other persons than that of the worked case; every second is paid for and accepted."""
    cases = store_of(REPLACEMENT, file)
    apply, pay = REPLACEMENT.kinds()[0].opening, REPLACEMENT.kinds()[0].deeds["pay"]
    holder = REPLACEMENT.definition.holder
    person = evolve(apply.data.holder, number="440524188001010014")
    apply = evolve(apply, data=evolve(apply.data, holder=person, **changes))
    for each in range(number):
        on = moment(date(2026, 2, 2) + timedelta(days=each % 4))
        cases.open(apply, by=holder, on=on, places="440100", case=f"card-{each}")
        if each % 2:
            record(cases, f"card-{each}", pay, holder, on)
            record(cases, f"card-{each}", REPLACEMENT.definition.accept(), OFFICE, on + timedelta(hours=1))
    return cases
