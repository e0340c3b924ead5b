"""The open cases with which a simulation begins: each is given a standing of the chart, and keeps its own dates.

A case of a store has the facts of its own person, and a chart with standings for every person would have no end. What follows depends on few
facts: those that conditions read and those by which figures are chosen. So each case is matched by these to the first profile whose cases
reach its standing; it goes on with the facts of that profile, and with its own clocks and days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from ssflow.case import Case, Legislation, Obligation
from ssflow.errors import Fault, InputError
from ssflow.process import Done, Role
from ssflow.process.reading import names_read, tests_of
from ssflow.simulation.chart.chart import Chart
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company, Kernel, stands
from ssflow.simulation.chart.moves import Face
from ssflow.simulation.engines.outlook import Outlook
from ssflow.simulation.numbers import NEVER, NONE, Numbers
from ssflow.simulation.scenario.open_cases import OpenCase, named
from ssflow.simulation.scenario.practices import stays
from ssflow.simulation.scenario.scenario import Scenario
from ssflow.text import Text

Pairs = list[tuple[Numbers, Numbers]]


@frozen(eq=False)
class Continuing:
    """The open cases of a scenario on its first day, a column a case; what concerns clocks has a row a slot, as in `Clocks`.

    ``since`` has a row a role: the minute at which the role made its plan in the present state of the case. ``latest`` is the minute of the last
    act in the case or in a related one.
    """

    companies: Sequence[Company]
    profile: Numbers
    node: Numbers
    opened: Numbers
    since: Numbers
    latest: Numbers
    face: Numbers
    began: Numbers
    due: Numbers
    closes: Numbers
    overdue: Numbers
    provisional: Numbers
    stops: Sequence[Pairs]

    @property
    def number(self) -> int:
        """The number of the open cases."""
        return len(self.companies)

    def of(self, column: Numbers, cases: Numbers, others: Numbers) -> Numbers:
        """Return a column for some cases: its own values for those that are open when the simulation begins, and ``others`` for the rest."""
        if not self.number:
            return others
        return np.where(cases < self.number, column.take(np.minimum(cases, self.number - 1)), others)


Alike = tuple[object, ...]
Facts = tuple[tuple[str, object], ...]


@frozen
class _Places:
    """The standings that cases of the profiles reach, by the features and facts that tell them apart."""

    law: Legislation
    names: frozenset[str]  # the names that conditions read
    known: dict[Alike, dict[Facts, tuple[int, int]]] = field(factory=dict)  # the profile and the standing

    def add(self, company: Company, profile: int, node: int) -> None:
        """Note that cases of a profile reach a standing, unless those of an earlier profile do."""
        self.known.setdefault(_alike(company), {}).setdefault(self._facts(company), (profile, node))

    def of(self, company: Company) -> tuple[int, int] | None:
        """Return the profile and the standing of an open case; None if cases of no profile reach it."""
        return self.known.get(_alike(company), {}).get(self._facts(company))

    def missing(self, company: Company) -> Text:
        """Return the state of an open case that no profile reaches, and the facts in which the nearest profile differs."""
        main = company.main
        clocks = (o.clock.name + " stopped" * stands(o) + " late" * o.overdue for o in main.obligations)
        where = ", ".join([*clocks, *(f"{name} {code}" for name, code in main.places.items())])
        facts = self._facts(company)
        others = [[one for one in facts if one not in known] for known in self.known.get(_alike(company), {})]
        nearest = min(others, key=len, default=[])
        own = ", ".join(f"{name} = {getattr(value, 'name', value)}" for name, value in nearest)
        state = main.state.title if main.state else Text("", "")
        differs = (
            Text(f"；最接近的类别没有{own}", f"; the nearest profile does not have {own}") if own else Text("", "")
        )
        return Text(f"“{state.zh}”（{where}{differs.zh}）", f'"{state.en}" ({where}{differs.en})')

    def _facts(self, company: Company) -> Facts:
        """Return the facts that matter: choices, numbers and yes or no as they are; for persons, days, sums and texts only whether there is one."""
        found: list[tuple[str, object]] = []
        for number, case in enumerate(reversed(company.cases)):
            for name in sorted(self.names | set(self.law.of(case.process).keys)):
                value = getattr(case.facts, name, None)
                kept = value if isinstance(value, Enum | int) else bool(value)
                found.append((f"{case.process.name}.{name}" if number else name, kept))
        return tuple(found)


def _alike(company: Company) -> Alike:
    """Return what tells standings apart other than facts."""
    return tuple(
        (
            case.process,
            tuple(sorted(case.places.items())),
            case.state,
            case.came_from,
            case.regime,
            tuple((o.clock.name, o.is_timed, o.overdue, o.waits_for, stands(o)) for o in case.obligations),
        )
        for case in company.cases
    )


def continuing_of(scenario: Scenario, chart: Chart, outlook: Outlook, kind_of: Sequence[int]) -> Continuing:
    """Return the open cases of a scenario, ready to go on.

    Raises:
        InputError: no profile ever comes to the standing of some of them, or time closes them before the first day; all are listed.

    """
    open_cases, kernel = scenario.open_cases, chart.kernel
    places = _places(scenario, chart, outlook, kind_of)
    first = kernel.number(scenario.start) * DAY_MINUTES
    faults: defaultdict[Text, list[str]] = defaultdict(list)
    found: list[tuple[OpenCase, int, Company]] = []
    for one in open_cases:
        at = places.of(one.company)
        if at is None:
            faults[_strange(places.missing(one.company))].append(one.id)
            continue
        profile, node = at
        company = kernel.passing(_of_profile(one, chart.companies[node]), first).company
        if company.main.is_closed:
            faults[_CLOSED].append(one.id)
        found.append((one, profile, company))
    if faults:
        raise InputError(*(_fault(why, ids) for why, ids in faults.items()))
    nodes = [chart.node_of(kind_of[profile], company) for _, profile, company in found]
    return _columns(chart, found, nodes)


def _places(scenario: Scenario, chart: Chart, outlook: Outlook, kind_of: Sequence[int]) -> _Places:
    if not scenario.open_cases:
        return _Places(scenario.law, frozenset())
    processes = {case.process for kind in chart.kinds for case in kind.company.cases}
    tests = [test for process in processes for activity in process.activities for test in tests_of(activity)]
    places = _Places(scenario.law, frozenset().union(*map(names_read, tests)))
    profile_of = {kind: profile for profile, kind in reversed(list(enumerate(kind_of)))}
    for profile, kind in sorted((profile, kind) for kind, profile in profile_of.items()):
        reached = [kind]  # the first standings are those of the kinds
        for node in reached:
            reached += dict.fromkeys(target for target, _ in outlook.successors(node) if target not in reached)
            if chart.states[node] >= 0:
                places.add(chart.companies[node], profile, node)
    return places


def _of_profile(one: OpenCase, standing: Company) -> Company:
    """Return the company of a standing with the dates of an open case."""
    return Company(
        tuple(
            evolve(there, obligations=own.obligations, done=own.done, last=own.last, version=own.version)
            for there, own in zip(standing.cases, one.company.cases, strict=True)
        )
    )


_CLOSED = Text(
    "在开始日以前届满办结；请先在库中记录（advance）",
    "time closes them before the start; let time pass in the store first (advance)",
)


def _strange(where: Text) -> Text:
    return Text(
        f"处于{where.zh}，没有类别的办件按所列做法会到此状态；请补充类别（profile）、其材料或做法",
        f"at {where.en}, to which no profile comes by the practices of the scenario; add a profile, its data, or a practice",
    )


def _fault(why: Text, ids: list[str]) -> Fault:
    who = named(ids)
    return Fault("open_cases", Text(f"{who.zh}{why.zh}", f"{who.en}: {why.en}"))


def _columns(chart: Chart, found: Sequence[tuple[OpenCase, int, Company]], nodes: Sequence[int]) -> Continuing:
    kernel, slots, number = chart.kernel, len(chart.slots), len(found)
    face, began, due, closes, overdue, provisional = (np.full((slots, number), NONE, dtype=np.int32) for _ in range(6))
    stops: list[Pairs] = [[] for _ in range(slots)]
    for place, (_, _, company) in enumerate(found):
        for slot, case, o in _running(chart, company):
            face[slot, place] = chart.face(Face.of(case, o))
            began[slot, place] = _began(kernel, o)
            due[slot, place] = NONE if o.due is None else kernel.number(o.due)
            closes[slot, place] = _closes(kernel, o)
            overdue[slot, place] = o.overdue
            provisional[slot, place] = o.status is not None and o.status.name == "PROVISIONAL"
            for n, (out, back) in enumerate(o.tolled):
                if n == len(stops[slot]):
                    stops[slot].append((np.full(number, NONE, dtype=np.int32), np.full(number, NONE, dtype=np.int32)))
                stops[slot][n][0][place] = kernel.number(out)
                stops[slot][n][1][place] = NONE if back is None else kernel.number(back)
    opened = [_minute(kernel, one.opened) for one, *_ in found]
    profiles = [profile for _, profile, _ in found]
    since = [[_planned(kernel, one, role) for one, *_ in found] for role in chart.process.roles]
    latest = [
        max(_minutes(kernel, (done for each in one.company.cases for done in each.done.values()))) for one, *_ in found
    ]
    return Continuing(
        companies=[company for *_, company in found],
        profile=np.array(profiles, dtype=np.int32),
        node=np.array(nodes, dtype=np.int32),
        opened=np.array(opened, dtype=np.int32),
        since=np.array(since, dtype=np.int32).reshape(len(since), number),
        latest=np.array(latest, dtype=np.int32),
        face=face,
        began=began,
        due=due,
        closes=closes,
        overdue=overdue,
        provisional=provisional,
        stops=stops,
    )


def _planned(kernel: Kernel, one: OpenCase, role: Role) -> int:
    """Return the minute at which a role made its plan in an open case: when the case came to its state, or when the role last acted and left it there.

    An act that may lead to the state, and may also leave the case there, counts with the last time at which it was done.
    """
    case, state = one.case, one.case.state
    assert state is not None  # noqa: S101 - it is open
    ways = {
        a.name
        for a in case.process.activities
        if any(r.target is state and r.source is not state for r in a.transitions)
    }
    own = {a.name for a in case.process.activities if role in a.roles and a.leaving(state) and stays(a, state)}
    return max(_minutes(kernel, (done for name, done in case.done.items() if name in ways | own)))


def _minutes(kernel: Kernel, done: Iterable[Done]) -> Iterator[int]:
    return (_minute(kernel, one.last) for one in done)


def _running(chart: Chart, company: Company) -> Iterator[tuple[int, Case, Obligation]]:
    for case in company.cases:
        yield from ((chart.slots.index((case.id, o.clock.name)), case, o) for o in case.obligations if o.is_timed)


def _began(kernel: Kernel, o: Obligation) -> int:
    if o.began is not None:
        return kernel.minute(o.began)
    assert o.starts is not None  # noqa: S101 - its clock has started
    return kernel.number(o.starts) * DAY_MINUTES


def _closes(kernel: Kernel, o: Obligation) -> int:
    if o.closes is not None:
        return kernel.minute(o.closes)
    return NEVER if o.due is None else (kernel.number(o.due) + 1) * DAY_MINUTES


def _minute(kernel: Kernel, moment: Any) -> int:
    return kernel.minute(moment) if isinstance(moment, datetime) else kernel.number(moment) * DAY_MINUTES
