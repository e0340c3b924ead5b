"""Worked cases that a lawyer can read and write: TOML files of days, acts and their results.

A file names, for each case of its scenarios, the procedure it belongs to. A scenario has an ``id``, a bilingual ``title``, the region code
of all places of its cases (or their codes by name) and steps. A step either ``does`` an activity ``by`` a role ``on`` a day, or lets time
pass ``until`` a day. The result may be stated: the state (``then``), due days (``due``; ``"open"`` for a stopped clock, ``"untimed"`` for
no figure, or the activity a clock waits for), the names of the grounds of a refusal (``refused``), or the clocks that are ``overdue``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from attrs import evolve as changed
from attrs import field, frozen

from ssflow import machines
from ssflow.case import Attempt, Case, Event, Legislation, advance_together, decide, evolve
from ssflow.converters import misfits, read_toml, structure
from ssflow.doors import check_kind, each_of
from ssflow.errors import DataError, Fault, InputError, RefusedError, UnknownError
from ssflow.process import Process
from ssflow.records.places import check_places_of
from ssflow.testing.doors import law_of
from ssflow.testing.trials import Trial
from ssflow.text import Text


@frozen(kw_only=True)
class Step:
    """One step of a scenario."""

    case: str = ""
    on: date | datetime | None = None
    by: str = ""
    does: str = ""
    data: dict[str, Any] | None = None
    links: tuple[str, ...] = ()
    party: str = ""
    until: date | datetime | None = None
    then: str = ""
    due: dict[str, date | str] = field(factory=dict)
    refused: tuple[str, ...] = ()
    overdue: tuple[str, ...] = ()


@frozen(kw_only=True)
class Scenario:
    """A worked case; ``cases`` maps the names in its steps to procedures, of which the first is meant where none is named.

    Raises:
        InputError: the scenario has no case, or a field holds something other than its type says.

    """

    id: str
    title: Text
    cases: dict[str, str]
    region: str | dict[str, str]
    steps: tuple[Step, ...]

    def __attrs_post_init__(self) -> None:
        if faults := misfits(self):
            raise InputError(*faults)
        each_of("steps", self.steps, Step)
        for name, process in self.cases.items():
            check_kind("cases", name, str)
            check_kind(f"cases.{name}", process, str)
        if not self.cases:
            raise InputError.of(
                "cases",
                "没有办件；请写明办件所属的程序，例如cases = { loss = 'loss_report' }",
                "there is no case; say to which procedure each belongs, such as cases = { loss = 'loss_report' }",
            )

    def places_of(self, process: type[Process]) -> dict[str, str]:
        """Return the codes of the places that a procedure has."""
        region = self.region
        if isinstance(region, str):
            return {place.name: region for place in process.places}
        return {place.name: region[place.name] for place in process.places if place.name in region}

    def procedure_of(self, step: Step) -> type[Process]:
        """Return the procedure of the case that a step is about.

        Raises:
            UnknownError: the scenario has no case of this name, or there is no such procedure.

        """
        name = step.case or next(iter(self.cases))
        if name not in self.cases:
            raise UnknownError("case", name, self.cases)
        return machines.get(self.cases[name])

    def __str__(self) -> str:
        return self.id


def load_scenarios(path: Path) -> tuple[Scenario, ...]:
    """Return the scenarios of a file.

    Raises:
        DataError: the file is broken; the error says where.

    """
    check_kind("path", path, Path)
    raw = read_toml(path)
    cases, entries = raw.pop("cases", {path.stem: path.stem}), raw.pop("scenario", None)
    if raw:
        known = "cases、[[scenario]]", "cases and [[scenario]]"
        faults = (
            Fault(name, Text(f"没有这个字段；可用：{known[0]}", f"is unknown; there are {known[1]}")) for name in raw
        )
        raise DataError(path, *faults)
    if not entries or not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        zh, en = "须有案例；每个案例之上请写[[scenario]]", "worked cases are required; write [[scenario]] above each"
        raise DataError(path, Fault("scenario", Text(zh, en)))
    return tuple(structure({"cases": cases, **entry}, Scenario, path, str(entry.get("id"))) for entry in entries)


def run_scenario(scenario: Scenario, law: Legislation | None = None) -> dict[str, Case]:
    """Play a scenario and return its cases.

    Raises:
        AssertionError: the result differs from what the scenario states; the error names the step.

    """
    return _played(scenario, law).cases


def trials_of(scenario: Scenario, law: Legislation | None = None) -> tuple[Trial, ...]:
    """Return everything that a scenario tries, with the results; raises AssertionError like `run_scenario`."""
    return tuple(_played(scenario, law).trials)


def _played(scenario: Scenario, law: Legislation | None) -> _Play:
    check_kind("scenario", scenario, Scenario)
    play = _Play(scenario, law_of(law))
    for number, step in enumerate(scenario.steps, 1):
        for fault in play.faults(step):
            msg = f"{scenario.id}, step {number} ({step.on or step.until} {step.does}): {fault}"
            raise AssertionError(msg)
    return play


class _Play:
    def __init__(self, scenario: Scenario, law: Legislation) -> None:
        self.law = law
        self.scenario = f"scenario {scenario.id}"
        self.cases: dict[str, Case] = {}
        self.trials: list[Trial] = []
        for name, process in scenario.cases.items():
            definition = machines.get(process)
            places = scenario.places_of(definition)
            check_places_of(definition, places)
            self.cases[name] = Case.unopened(definition, name, places)
        self.check_places(scenario.region)
        self.first = next(iter(scenario.cases))

    def check_places(self, region: str | Mapping[str, str]) -> None:
        """Refuse codes for a place that no procedure of the scenario has; raises UnknownError."""
        known = {place.name: place for case in self.cases.values() for place in case.process.places}
        for name in region if isinstance(region, Mapping) else ():
            if name not in known:
                raise UnknownError("place", name, known)

    def named(self, name: str) -> Case:
        """Return the case that a step names; raises UnknownError if the scenario has none of this name."""
        if name not in self.cases:
            raise UnknownError("case", name, self.cases)
        return self.cases[name]

    def faults(self, step: Step) -> Iterator[str]:
        """Do a step, and yield where the result is not as stated."""
        name = step.case or self.first
        refused: tuple[str, ...] = ()
        try:
            self.take(self.act(name, step) if step.does else self.passing(step))
        except RefusedError as error:
            refused = tuple(ground.name for ground in error.grounds)
            if not step.refused:
                yield str(error)
                return
        if set(refused) != set(step.refused):
            yield f"refused on {sorted(refused)} instead of {sorted(step.refused)}"
        case = self.named(name)
        if step.then and (case.state is None or case.state.name != step.then):
            yield f"the case is in state {case.state and case.state.name}, not in {step.then}"
        for clock, due in step.due.items():
            if _due(case, clock) != due:
                yield f"{clock} is due {_due(case, clock)}, not {due}"
        late = {obligation.clock.name for obligation in case.obligations if obligation.overdue}
        if not set(step.overdue) <= late:
            yield f"overdue are {sorted(late)}, not {sorted(step.overdue)}"

    def act(self, name: str, step: Step) -> tuple[Event, ...]:
        """Return the events of the act of a step."""
        case = self.named(name)
        activity = case.process.activity(step.does)
        linked = dict.fromkeys((*(link.case for link in case.links), *step.links))
        data: Any = (
            None if activity.data is None else structure(step.data or {}, activity.data, self.scenario, step.does)
        )
        if step.on is None:
            raise InputError.of(
                "on", f"{step.does}没有日期；请写on = 2026-09-21", f"{step.does} has no day; write on = 2026-09-21"
            )
        role, links = case.process.role(step.by), tuple(map(self.named, linked))
        attempt = Attempt(deed=activity(data), by=role, on=step.on, law=self.law, links=links, party=step.party)
        self.trials.append(Trial(case, attempt))
        events = decide(case, attempt)
        self.trials[-1] = changed(self.trials[-1], events=events)
        return events

    def passing(self, step: Step) -> tuple[Event, ...]:
        """Return the events that time alone brings up to a step's ``until``."""
        if step.until is None:
            zh, en = "一步或者写does，或者写until", "a step does something or lets time pass until a day"
            raise InputError.of("until", zh, en)
        opened = [case for case in self.cases.values() if case.state is not None]
        events = advance_together(opened, step.until, self.law)
        self.trials += [Trial(case, None, tuple(e for e in events if e.case == case.id)) for case in opened]
        return events

    def take(self, events: tuple[Event, ...]) -> None:
        """Take the events into their cases."""
        for event in events:
            self.cases[event.case] = evolve(self.cases[event.case], event)


def _due(case: Case, clock: str) -> date | str:
    obligation = case.obligation(clock)
    if obligation is None:
        return "ended"
    if obligation.due:
        return obligation.due
    return obligation.waits_for.name if obligation.waits_for else ("open" if obligation.is_timed else "untimed")
