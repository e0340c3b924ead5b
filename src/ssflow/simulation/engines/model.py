"""A scenario made ready to be played: its chart, what is done where in practice, how long things take and when anybody is at work."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from attrs import define, field, frozen

from ssflow.calendar import WorkCalendar
from ssflow.case import Case
from ssflow.errors import Fault, InputError
from ssflow.process import Role, Term
from ssflow.simulation.chart.chart import REFUSED, Chart, distinct
from ssflow.simulation.chart.kernel import DAY_MINUTES, Kernel, minute_of_day
from ssflow.simulation.engines.arriving import Schedule, schedule_of
from ssflow.simulation.engines.capacity import Capacity, Service
from ssflow.simulation.engines.continuing import Continuing, continuing_of
from ssflow.simulation.engines.divided import WHOLE, Divided
from ssflow.simulation.engines.draws import Stream, share_of
from ssflow.simulation.engines.outlook import Outlook
from ssflow.simulation.engines.timetable import Timetable
from ssflow.simulation.numbers import Bits, Flags, Numbers
from ssflow.simulation.scenario.durations import Duration
from ssflow.simulation.scenario.practices import Conduct, conducts_of
from ssflow.simulation.scenario.profiles import MAIN
from ssflow.simulation.scenario.scenario import Scenario
from ssflow.simulation.scenario.stations import Station, serving
from ssflow.text import NO_TEXT, Text

MOST_ACTS = 10  # between which a role chooses in one state


@frozen(eq=False)
class Selector:
    """What a role does in a state, ready to be drawn.

    ``moves`` are the numbers of its acts in the chart, ``lengths`` and ``timetables`` how long each takes and when the role that does it is at
    work, ``asked`` the timetables by which they are asked for: those of stations, where one serves them; ``once`` a bit for each act that
    is done once. ``bounds`` divide the draws among the acts, in a row for each set of acts that are to be hoped for. ``services`` are the
    numbers of the services of stations by which its acts are done, -1 for those that none serves.
    """

    number: int
    conduct: Conduct
    moves: tuple[int, ...]
    lengths: tuple[int, ...]
    timetables: tuple[int, ...]
    asked: tuple[int, ...]
    once: int
    bounds: Numbers
    services: tuple[int, ...]

    move_of: Numbers = field(init=False)  # the same by place, with the number for doing nothing at the end
    bit_of: Numbers = field(init=False)
    table_of: Numbers = field(init=False)
    length_of: Numbers = field(init=False)
    service_of: Numbers = field(init=False)
    _rows: list[list[int]] = field(init=False)  # the bounds as plain numbers

    def __attrs_post_init__(self) -> None:
        columns: dict[str, list[int]] = {
            "move_of": [*self.moves, -1],
            "bit_of": [1 << place for place in range(len(self.moves) + 1)],
            "table_of": [*self.asked, self.asked[0]],
            "length_of": [*self.lengths, self.lengths[0]],
            "service_of": [*self.services, -1],
        }
        for name, values in columns.items():
            object.__setattr__(self, name, np.array(values, dtype=np.int32))
        object.__setattr__(self, "_rows", self.bounds.tolist())

    def place(self, mask: int, shares: Numbers) -> Numbers:
        """Which act is drawn, given the set of acts that are to be hoped for; the number of acts if none is."""
        found = np.zeros(len(shares), dtype=np.int8)
        for bound in self._rows[mask]:
            if bound < WHOLE:  # no share lies beyond
                found += bound <= shares
        return found

    def may_idle(self, mask: int) -> bool:
        """Whether it may be drawn to do nothing, given the set of acts that are to be hoped for."""
        return self._rows[mask][-1] < WHOLE

    def lost(self, mask: int) -> Flags:
        """By place, whether an act is none of those that are to be hoped for; doing nothing always is to be."""
        return np.array([not mask >> place & 1 for place in range(len(self.moves))] + [False])

    @property
    def is_served(self) -> bool:
        """Whether a station serves one of its acts."""
        return any(service >= 0 for service in self.services)

    @classmethod
    def bounds_of(cls, conduct: Conduct) -> Numbers:
        """For each set of acts where the share of each act ends among the 2**32 draws; what is left is idle."""
        n = len(conduct.acts)
        rows = []
        for mask in range(1 << n):
            there = [bool(mask >> place & 1) for place in range(n)]
            weights = [weight if here else 0.0 for weight, here in zip(conduct.weights, there, strict=True)]
            alone = not any(here and not named for here, named in zip(there, conduct.named, strict=True))
            total = sum(weights) + conduct.idle + (conduct.others if alone else 0.0)
            reached, row = 0.0, []
            for weight in weights:
                reached += weight
                row.append(int(reached / total * WHOLE) if total else 0)
            rows.append(row)
        return np.array(rows, dtype=np.int64)

    def mask(self, moves: frozenset[int]) -> int:
        """The bits of those of its acts that are among some."""
        return sum(1 << place for place, move in enumerate(self.moves) if move in moves)


@frozen(eq=False)
class _Variant:
    """What is done where and when in the cases of some profiles: those of one place that go to the same stations."""

    key: object
    opening: int
    selectors: list[Selector]


@define(eq=False)
class Model:
    """A scenario made ready; one serves all runs and workers.

    Days are counted from the ``origin``, the start of the scenario or the oldest day that matters to its open cases; ``first`` is the
    number of the start.
    """

    scenario: Scenario
    kernel: Kernel = field(init=False)
    chart: Chart = field(init=False)
    outlook: Outlook = field(init=False)
    roles: tuple[Role, ...] = field(init=False)
    timetables: list[Timetable] = field(factory=list, init=False)
    selectors: list[Selector] = field(factory=list, init=False)  # those of the first variant
    kind_of: list[int] = field(init=False)  # by profile the kind of its cases in the chart
    variant_of: list[int] = field(init=False)  # by profile the variant of what is done where
    capacities: list[Capacity] = field(factory=list, init=False)
    services: list[Service] = field(factory=list, init=False)
    selector_at: Numbers = field(init=False)  # by state and role; -1 where the role does nothing
    minutes: Numbers = field(init=False)  # the lengths that are equally likely, a row for each duration
    schedule: Schedule = field(init=False)
    first: int = field(init=False)
    continuing: Continuing = field(init=False)
    shares_of_kinds: Divided = field(init=False)
    _regions: dict[WorkCalendar, int] = field(factory=dict, init=False)
    _lengths: dict[tuple[Duration, int], int] = field(factory=dict, init=False)
    _stations: dict[int, int] = field(factory=dict, init=False)
    _variants: list[_Variant] = field(factory=list, init=False)
    end: int = field(init=False)  # the first minute after the simulation
    _offices: dict[tuple[object, ...], Numbers] = field(factory=dict, init=False)

    def __attrs_post_init__(self) -> None:
        scenario = self.scenario
        process = scenario.definition
        self.first = scenario.days_before
        self.end = self.days * DAY_MINUTES
        self.kernel = Kernel(scenario.law, scenario.start - timedelta(days=self.first))
        self._check_zone()
        kinds, self.kind_of = distinct(scenario.kinds())
        self.chart = Chart(self.kernel, process, kinds, self.days)
        conducts = conducts_of(process, scenario.practices)
        self.outlook = Outlook(self.chart, conducts)
        self.continuing = continuing_of(scenario, self.chart, self.outlook, self.kind_of)
        self.roles = process.roles
        everyday = np.ones(self.days, dtype=np.bool_)
        self.timetables.append(Timetable.of(everyday, *map(minute_of_day, scenario.hours.person)))
        opening = self._office("", self.chart.kinds[0].company.main)
        self.selector_at = np.full((len(process.states), len(self.roles)), -1, dtype=np.int64)
        chosen = [
            (state, role, conducts[each.name, who.name])
            for state, each in enumerate(process.states)
            for role, who in enumerate(self.roles)
            if (each.name, who.name) in conducts
        ]
        for number, (state, role, _) in enumerate(chosen):
            self.selector_at[state, role] = number
        self.variant_of = [self._variant(number, [one for *_, one in chosen]) for number in range(len(self.kind_of))]
        self.selectors = self._variants[0].selectors
        lengths = [duration.minutes(of_day) for duration, of_day in self._lengths]
        self.minutes = np.stack(lengths) if lengths else np.ones((1, 1), dtype=np.int32)
        self.schedule = schedule_of(
            scenario.arrivals, scenario.start, self.timetables[opening], self.first, self.continuing.number
        )
        shares = np.cumsum([profile.share for profile in scenario.profiles])
        self.shares_of_kinds = Divided.of(np.floor(shares / shares[-1] * WHOLE).astype(np.int64))

    @property
    def origin(self) -> date:
        """The day from which days are counted."""
        return self.kernel.start

    @property
    def days(self) -> int:
        """How many days there are from the origin on."""
        return self.first + self.scenario.days

    def opening_timetable(self, variant: int) -> int:
        """When cases of a variant can be opened: while the offices of their first place are open."""
        return self._variants[variant].opening

    def selector(self, variant: int, number: int) -> Selector:
        """What a role does in a state in the cases of a variant, ready to be drawn."""
        return self._variants[variant].selectors[number]

    def profiles_of(self, run: int, cases: Numbers, luck: Bits) -> Numbers:
        """The profile of each case of a run: that of an open case, or by its luck."""
        drawn = self.shares_of_kinds.part(share_of(self.stream_of_kinds(run).drawn(luck)))
        return self.continuing.of(self.continuing.profile, cases, drawn)

    def first_states(self, cases: Numbers) -> Numbers:
        """The state in which each case begins; -1 if it is not opened."""
        nodes = self.continuing.of(self.continuing.node, cases, np.zeros_like(cases))
        return np.array(self.chart.states).take(nodes)

    def before_stations(self) -> frozenset[int]:
        """The states from which a case may yet come to a station."""
        states = self.chart.process.states
        found = {self.chart.process.state(service.state) for service in self.services}
        moves = [row for a in self.chart.process.activities for row in a.transitions if row.source is not None]
        while more := {row.source for row in moves if row.target in found and row.source is not None} - found:
            found |= more
        return frozenset(states.index(state) for state in found)

    def role_of(self, selector: Selector) -> int:
        """The place of the role of a selector among the roles."""
        return next(i for i, role in enumerate(self.roles) if role.name == selector.conduct.role)

    def stream(self, run: int, selector: Selector) -> Stream:
        """The draws of a run by which a role chooses in a state."""
        return Stream.of(self.scenario.seed, run, "practice", selector.conduct.state, selector.conduct.role)

    def stream_of_kinds(self, run: int) -> Stream:
        """The draws of a run that tell of what kind each case is."""
        return Stream.of(self.scenario.seed, run, "profile")

    def office_of(self, case: Case, owed_by: str) -> Numbers:
        """The working days before each day of the offices of the role that a clock of a case binds."""
        key = (case.id, tuple(case.places.items()), owed_by)
        found = self._offices.get(key)
        if found is None:
            with self.chart.lock:
                found = self._offices[key] = self.timetables[self._office(owed_by, case)].before
        return found

    def check(self) -> None:
        """Refuse a scenario in which cases would come to a state in which nothing is ever done again.

        Raises:
            InputError: it names the states, and what is intended in vain.

        """
        if faults := tuple(dict.fromkeys(self._faults())):
            raise InputError(*faults)

    def _faults(self) -> Iterator[Fault]:
        for capacity in self.capacities:
            if not capacity.numbers.any():
                where = f"station[{self.scenario.stations.index(capacity.station)}]"
                yield Fault(where, Text("在此期间从不办公", "it is not open on any day of the simulation"))
        for node, state in enumerate(list(self.chart.states)):
            kind = self.chart.kinds[self.chart.kind_of[node]]
            if state < 0 and not self.outlook.successors(node):
                unmet = self._unmet(node, (self.chart.opening(self.chart.kind_of[node]),))
                yield Fault(
                    "profile",
                    Text(f"“{kind.name}”类办件无法登记{unmet.zh}", f"no case of {kind.name} can be opened{unmet.en}"),
                )
        for node in self.outlook.stuck(self.continuing.node.tolist()):
            stuck = self.chart.process.states[self.chart.states[node]]
            intended = self.outlook.intended(node)
            names = dict.fromkeys(self.chart.doings[move].activity.name for move in intended)
            zh, en = "、".join(names) or "无", ", ".join(names) or "nothing"
            name = self.chart.kinds[self.chart.kind_of[node]].name
            unmet = self._unmet(node, intended)
            yield Fault(
                "practice",
                Text(
                    f"“{name}”类办件到“{stuck.zh}”（{stuck.name}）后再无进展：拟办{zh}，均不能办理，也没有失效期使其办结{unmet.zh}；"
                    "请补充做法或材料",
                    f'cases of {name} stay at "{stuck.en}" ({stuck.name}) for ever: the practice there is {en}, none of it is ever '
                    f"possible, and no lapse ends it{unmet.en}; add a practice, or the data of an activity",
                ),
            )

    def _unmet(self, node: int, moves: tuple[int, ...]) -> Text:
        """Why acts are refused in a standing."""
        edges = [self.chart.edge(node, move, 0) for move in moves]
        grounds = [g.reason for edge in edges if edge <= REFUSED for g in self.chart.refusals[REFUSED - edge].grounds]
        if not grounds:
            return NO_TEXT
        told = Text.join(list(dict.fromkeys(grounds)))
        return Text(f"（{told.zh}）", f" ({told.en})")

    def _check_zone(self) -> None:
        zone, days = self.kernel.law.calendar.zone, self.days
        offsets = {self.kernel.instant(day * DAY_MINUTES).utcoffset() for day in range(0, days, 7)}
        if len(offsets) > 1:
            raise InputError.of(
                "law",
                f"时区{zone}在此期间实行夏时制，不能按分钟计算；请用没有夏时制的时区",
                f"clocks in {zone} change during the simulation, so minutes cannot be counted; use a zone without summer time",
            )

    def _variant(self, profile: int, conducts: Sequence[Conduct]) -> int:
        """The number of the variant of a profile: its place, and the stations that serve it, say what is done where and when."""
        name, main = self.scenario.profiles[profile].id, self.chart.kinds[self.kind_of[profile]].company.main
        stations = self.scenario.stations
        served = [tuple(serving(stations, name, conduct, act) for act in conduct.acts) for conduct in conducts]
        key = (tuple(main.places.items()), tuple(served))
        found = next((number for number, one in enumerate(self._variants) if one.key == key), None)
        if found is not None:
            return found
        number = len(self._variants)
        made = _Variant(key, self._office("", main), [])
        for conduct, by in zip(conducts, served, strict=True):
            made.selectors.append(self._selector(conduct, by, main, (number, len(made.selectors))))
        self._variants.append(made)
        return number

    def _selector(self, conduct: Conduct, by: tuple[int, ...], main: Case, at: tuple[int, int]) -> Selector:
        if len(conduct.acts) > MOST_ACTS:
            raise InputError.of(
                "practice",
                f"{conduct.role}在{conduct.state}有{len(conduct.acts)}个可选的环节，最多{MOST_ACTS}个；请在acts中写明",
                f"the {conduct.role} has {len(conduct.acts)} activities at {conduct.state}, more than {MOST_ACTS}; name those that matter in acts",
            )
        stations = [None if station < 0 else self._station(station, conduct.role, main) for station in by]
        tables = [
            one.table if one and one.has_clerks else 0 if duration.unit == "days" else self._office(conduct.role, main)
            for duration, one in zip(conduct.takes, stations, strict=True)
        ]
        lengths = [
            self._lengths.setdefault((duration, self.timetables[table].length), len(self._lengths))
            for duration, table in zip(conduct.takes, tables, strict=True)
        ]
        once = sum(1 << place for place, is_once in enumerate(conduct.once) if is_once)
        moves = tuple(self.chart.place(act, conduct.role) for act in conduct.acts)
        asked = tuple(one.table if one else own for one, own in zip(stations, tables, strict=True))
        variant, number = at
        services = []
        for place, (act, one, table) in enumerate(zip(conduct.acts, stations, tables, strict=True)):
            services.append(-1 if one is None else len(self.services))
            if one is not None:
                made = Service(len(self.services), number, place, one.number, table, variant, conduct.state, act)
                self.services.append(made)
        bounds = Selector.bounds_of(conduct)
        return Selector(number, conduct, moves, tuple(lengths), tuple(tables), asked, once, bounds, tuple(services))

    def _station(self, number: int, role: str, main: Case) -> Capacity:
        """A station made ready, as a role first needs it."""
        if number not in self._stations:
            self._stations[number] = len(self.capacities)
            self.capacities.append(self._capacity(self.scenario.stations[number], role, main))
        return self.capacities[self._stations[number]]

    def _capacity(self, station: Station, role: str, main: Case) -> Capacity:
        calendar = self.kernel.calendar_of(main, role)
        days = [self.kernel.day(number) for number in range(self.days)]
        worked = self._worked(calendar)
        numbers = [station.number_on(day, worked=bool(at)) for day, at in zip(days, worked, strict=True)]
        timetable = Timetable.of(
            np.array(numbers) > 0, *map(minute_of_day, station.hours or self.scenario.hours.office)
        )
        ranks = [
            station.first.index(p.id) if p.id in station.first else len(station.first) for p in self.scenario.profiles
        ]
        self.timetables.append(timetable)
        table = len(self.timetables) - 1
        terms = tuple(self._terms()) if station.order == "due" else ()
        return Capacity(len(self.capacities), station, table, timetable, np.array(numbers), np.array(ranks), terms)

    def _terms(self) -> Iterator[int]:
        """The slots of the terms of the simulated case."""
        for slot, (case, clock) in enumerate(self.chart.slots):
            if case == MAIN and isinstance(self.chart.process.clock(clock), Term):
                yield slot

    def _worked(self, calendar: WorkCalendar) -> Flags:
        days: Any = np.datetime64(self.origin) + np.arange(self.days)
        worked: Flags = calendar.is_workday(days)
        return worked

    def _office(self, role: str, case: Case) -> int:
        calendar = self.kernel.calendar_of(case, role)
        if calendar not in self._regions:
            self._regions[calendar] = len(self.timetables)
            self.timetables.append(
                Timetable.of(self._worked(calendar), *map(minute_of_day, self.scenario.hours.office))
            )
        return self._regions[calendar]
