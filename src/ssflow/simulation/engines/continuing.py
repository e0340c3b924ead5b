"""The open cases with which a simulation begins: each finds its place in the chart, and keeps its own dates.

A case of a store has the facts of its person, and a chart in which each person had standings of their own would have no end. What follows
turns on few of them: on those that conditions read and by which figures are chosen. So a case is taken for one of the first profile whose cases
come to its standing, as far as these tell; it goes on with the facts of that profile, and with its own clocks and days.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import Enum
from typing import Any

import numpy as np
from attrs import evolve, field, frozen

from ssflow.case import Case, Legislation, Obligation
from ssflow.errors import Fault, InputError
from ssflow.process.reading import names_read, tests_of
from ssflow.simulation.chart.chart import Chart
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company, Kernel, stands
from ssflow.simulation.chart.moves import Face
from ssflow.simulation.engines.outlook import Outlook
from ssflow.simulation.numbers import NEVER, NONE, Numbers
from ssflow.simulation.scenario.open_cases import OpenCase, named
from ssflow.simulation.scenario.scenario import Scenario
from ssflow.text import Text

Pairs = list[tuple[Numbers, Numbers]]


@frozen(eq=False)
class Continuing:
    """The open cases of a scenario on its first day, a column each; of clocks a row a slot, as `Clocks` has them."""

    companies: Sequence[Company]
    profile: Numbers
    node: Numbers
    opened: Numbers
    face: Numbers
    began: Numbers
    due: Numbers
    closes: Numbers
    overdue: Numbers
    provisional: Numbers
    stops: Sequence[Pairs]

    @property
    def number(self) -> int:
        """How many there are."""
        return len(self.companies)

    def of(self, column: Numbers, cases: Numbers, others: Numbers) -> Numbers:
        """What a column says of some cases, and something else of those that are not open as the simulation begins."""
        if not self.number:
            return others
        return np.where(cases < self.number, column.take(np.minimum(cases, self.number - 1)), others)


@frozen
class _Places:
    """Where open cases may stand: the standings that the cases of each profile reach, by what tells them apart."""

    chart: Chart
    law: Legislation
    names: frozenset[str]  # what conditions read
    known: dict[object, tuple[int, int]] = field(factory=dict)  # a profile and a standing

    def key(self, company: Company) -> tuple[object, ...]:
        """What tells the standing of a company, without what belongs to one person alone."""
        return tuple(
            (
                case.process,
                tuple(sorted(case.places.items())),
                case.state,
                case.came_from,
                case.regime,
                self._facts(case),
                tuple((o.clock.name, o.is_timed, o.overdue, o.waits_for, stands(o)) for o in case.obligations),
            )
            for case in company.cases
        )

    def _facts(self, case: Case) -> tuple[object, ...]:
        """The facts that matter: choices, numbers and yes or no as they are; of persons, days, sums and texts whether there is one."""
        names = self.names | set(self.law.of(case.process).keys)
        found = ((name, getattr(case.facts, name, None)) for name in sorted(names))
        return tuple((name, value if isinstance(value, Enum | int) else bool(value)) for name, value in found)


def continuing_of(scenario: Scenario, chart: Chart, outlook: Outlook, kind_of: Sequence[int]) -> Continuing:
    """The open cases of a scenario, ready to go on.

    Raises:
        InputError: no profile ever comes to where some of them stand, or time closes them before the first day; all are listed.

    """
    open_cases, kernel = scenario.open_cases, chart.kernel
    places = _places(scenario, chart, outlook, kind_of) if open_cases else None
    first = kernel.number(scenario.start) * DAY_MINUTES
    faults: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    found: list[tuple[OpenCase, int, Company]] = []
    for one in open_cases:
        at = places.known.get(places.key(one.company)) if places else None
        if at is None:
            faults["unknown", _told(one)].append(one.id)
            continue
        profile, node = at
        company = kernel.passing(_of_profile(one, chart.companies[node]), first).company
        if company.main.is_closed:
            faults["closed", company.main.state_name].append(one.id)
        found.append((one, profile, company))
    if faults:
        raise InputError(*(_fault(why, what, ids) for (why, what), ids in faults.items()))
    nodes = [chart.node_of(kind_of[profile], company) for _, profile, company in found]
    return _columns(chart, found, nodes)


def _places(scenario: Scenario, chart: Chart, outlook: Outlook, kind_of: Sequence[int]) -> _Places:
    processes = {case.process for kind in chart.kinds for case in kind.company.cases}
    tests = [test for process in processes for activity in process.activities for test in tests_of(activity)]
    places = _Places(chart, scenario.law, frozenset().union(*map(names_read, tests)))
    profile_of = {kind: profile for profile, kind in reversed(list(enumerate(kind_of)))}
    for profile, kind in sorted((profile, kind) for kind, profile in profile_of.items()):
        reached = [kind]  # the first standings are those of the kinds
        for node in reached:
            reached += dict.fromkeys(target for target, _ in outlook.successors(node) if target not in reached)
            if chart.states[node] >= 0:
                places.known.setdefault(places.key(chart.companies[node]), (profile, node))
    return places


def _of_profile(one: OpenCase, standing: Company) -> Company:
    """The company of a standing with the dates of an open case."""
    return Company(
        tuple(
            evolve(there, obligations=own.obligations, done=own.done, last=own.last, version=own.version)
            for there, own in zip(standing.cases, one.company.cases, strict=True)
        )
    )


def _told(one: OpenCase) -> str:
    state = one.case.state_name
    clocks = [o.clock.name + (" late" if o.overdue else " stopped" if stands(o) else "") for o in one.case.obligations]
    where = ", ".join(f"{name} {code}" for name, code in one.case.places.items())
    return f"{state}; {', '.join(clocks) or '-'}; {where}"


def _fault(why: str, what: str, ids: list[str]) -> Fault:
    if why == "closed":
        text = Text(
            f"{named(ids).zh}在开始日前期满终结（{what}）；请先在库中登记（advance）",
            f"{named(ids).en}: time closes them before the start ({what}); let time pass in the store first (advance)",
        )
    else:
        text = Text(
            f"{named(ids).zh}：{what}：没有一类办件按所列做法会到这一步；请补充类别（profile）、其材料或做法",
            f"{named(ids).en}: {what}: no profile comes there by the practices of the scenario; add a profile, its data, or a practice",
        )
    return Fault("open_cases", text)


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
    return Continuing(
        companies=[company for *_, company in found],
        profile=np.array(profiles, dtype=np.int32),
        node=np.array(nodes, dtype=np.int32),
        opened=np.array(opened, dtype=np.int32),
        face=face,
        began=began,
        due=due,
        closes=closes,
        overdue=overdue,
        provisional=provisional,
        stops=stops,
    )


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
