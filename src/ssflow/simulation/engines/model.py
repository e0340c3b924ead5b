"""A scenario prepared for play: its chart, the practices, the lengths of work, and the timetables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, time, timedelta
from typing import Any

import numpy as np
from attrs import define, evolve, field

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
from ssflow.simulation.engines.selectors import Selector
from ssflow.simulation.engines.timetable import Timetable
from ssflow.simulation.numbers import NONE, Bits, Flags, Numbers
from ssflow.simulation.scenario.durations import Duration
from ssflow.simulation.scenario.practices import Conduct, conducts_of
from ssflow.simulation.scenario.profiles import MAIN
from ssflow.simulation.scenario.scenario import Scenario
from ssflow.simulation.scenario.stations import Station, serving
from ssflow.text import NO_TEXT, Text

MOST_ACTS = 10  # among which a role chooses in one state


@define(eq=False)
class Model:
    """A scenario prepared for play; one model serves all runs and workers.

    Days are numbered from the ``origin``: the start of the scenario, or the oldest day that matters to its open cases. ``first`` is the number
    of the start.
    """

    scenario: Scenario
    kernel: Kernel = field(init=False)
    chart: Chart = field(init=False)
    outlook: Outlook = field(init=False)
    roles: tuple[Role, ...] = field(init=False)
    timetables: list[Timetable] = field(factory=list, init=False)
    selectors: list[Selector] = field(init=False)
    kind_of: list[int] = field(init=False)  # by profile, the kind of its cases in the chart
    # By profile, the variant: cases of one variant have the same places and go to the same stations.
    variant_of: list[int] = field(init=False)
    opening_of: Numbers = field(init=False)  # by variant, the timetable of the offices that open its cases
    capacities: list[Capacity] = field(factory=list, init=False)
    services: list[Service] = field(factory=list, init=False)
    # By service, its selector, role and station, and the timetables by which it takes cases up and by which the work is done.
    selector_of: Numbers = field(init=False)
    role_of: Numbers = field(init=False)
    station_of: Numbers = field(init=False)
    taken_by: Numbers = field(init=False)
    done_by: Numbers = field(init=False)
    selector_at: Numbers = field(init=False)  # by state and role; -1 where the role does nothing
    minutes: Numbers = field(init=False)  # the equally likely lengths in working minutes, a row for each duration
    schedule: Schedule = field(init=False)
    first: int = field(init=False)
    continuing: Continuing = field(init=False)
    shares_of_kinds: Divided = field(init=False)
    _tables: dict[object, int] = field(factory=dict, init=False)
    _regions: dict[WorkCalendar, int] = field(factory=dict, init=False)
    _lengths: dict[tuple[Duration, int], int] = field(factory=dict, init=False)
    _stations: dict[int, int] = field(factory=dict, init=False)
    _variants: dict[object, int] = field(factory=dict, init=False)
    end: int = field(init=False)  # the first minute after the simulation
    _offices: dict[tuple[object, ...], int] = field(factory=dict, init=False)

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
        self._timetable(everyday, scenario.hours.person)
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
        self._set_variants([one for *_, one in chosen])
        lengths = [duration.minutes(of_day) for duration, of_day in self._lengths]
        self.minutes = np.stack(lengths) if lengths else np.ones((1, 1), dtype=np.int32)
        self.schedule = schedule_of(
            scenario.arrivals, scenario.start, self.timetables[opening], self.first, self.continuing.number
        )
        shares = np.cumsum([profile.share for profile in scenario.profiles])
        self.shares_of_kinds = Divided.of(np.floor(shares / shares[-1] * WHOLE).astype(np.int64))

    @property
    def origin(self) -> date:
        """The day with the number 0."""
        return self.kernel.start

    @property
    def days(self) -> int:
        """The number of days from the origin to the end of the simulation."""
        return self.first + self.scenario.days

    def profiles_of(self, run: int, cases: Numbers, luck: Bits) -> Numbers:
        """Return the profile of each case of a run: of an open case its own, of the others the one that is drawn."""
        if len(self.kind_of) == 1:
            drawn = np.zeros(len(cases), dtype=np.int32)
        else:
            drawn = self.shares_of_kinds.part(share_of(self.stream_of_kinds(run).drawn(luck)))
        return self.continuing.of(self.continuing.profile, cases, drawn)

    def first_states(self, cases: Numbers) -> Numbers:
        """Return the state in which each case begins; -1 for cases that have yet to be opened."""
        nodes = self.continuing.of(self.continuing.node, cases, np.zeros_like(cases))
        return np.array(self.chart.states).take(nodes)

    def stream(self, run: int, selector: Selector) -> Stream:
        """Return the draws of a run by which a role chooses in a state."""
        return Stream.of(self.scenario.seed, run, "practice", selector.conduct.state, selector.conduct.role)

    def stream_of_kinds(self, run: int) -> Stream:
        """Return the draws of a run that decide on the profile of each case."""
        return Stream.of(self.scenario.seed, run, "profile")

    def office_of(self, case: Case, owed_by: str) -> Numbers:
        """Return the number of working days before each day, for the offices of the role that a clock of a case binds."""
        return self.timetables[self.table_of(case, owed_by)].before

    def table_of(self, case: Case, owed_by: str) -> int:
        """Return the timetable of the offices of the role that a clock of a case binds."""
        key = (case.id, tuple(case.places.items()), owed_by)
        found = self._offices.get(key)
        if found is None:
            with self.chart.lock:
                found = self._offices[key] = self._office(owed_by, case)
        return found

    def check(self) -> None:
        """Refuse a scenario whose cases would come to a state in which nothing could ever be done again.

        Raises:
            InputError: it names the states and the acts that are intended there in vain.

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
                unmet = self.unmet(node, (self.chart.opening(self.chart.kind_of[node]),))
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
            unmet = self.unmet(node, intended)
            yield Fault(
                "practice",
                Text(
                    f"“{name}”类办件到“{stuck.zh}”（{stuck.name}）后再无进展：拟办{zh}，均不能办理，也没有失效期使其办结{unmet.zh}；"
                    "请补充做法或材料",
                    f'cases of {name} stay at "{stuck.en}" ({stuck.name}) for ever: the practice there is {en}, none of it is ever '
                    f"possible, and no lapse ends it{unmet.en}; add a practice, or the data of an activity",
                ),
            )

    def unmet(self, node: int, moves: tuple[int, ...]) -> Text:
        """Return the grounds on which moves are refused in a standing on day 0, each with its basis; empty if they are not refused."""
        edges = [self.chart.edge(node, move, 0) for move in moves]
        refusals = [self.chart.refusals[REFUSED - edge] for edge in edges if edge <= REFUSED]
        # Without the caveats, which the sheet of the procedure has.
        grounds = [evolve(ground, caveats=()) for refusal in refusals for ground in refusal.grounds]
        if not grounds:
            return NO_TEXT
        told = Text.join(list(dict.fromkeys(Text(ground.say("zh"), ground.say("en")) for ground in grounds)))
        return Text(f"；未满足的条件：{told.zh}", f"; not met: {told.en}")

    def _check_zone(self) -> None:
        zone, days = self.kernel.law.calendar.zone, self.days
        offsets = {self.kernel.instant(day * DAY_MINUTES).utcoffset() for day in range(0, days, 7)}
        if len(offsets) > 1:
            raise InputError.of(
                "law",
                f"时区{zone}在此期间实行夏时制，不能按分钟计算；请用没有夏时制的时区",
                f"clocks in {zone} change during the simulation, so minutes cannot be counted; use a zone without summer time",
            )

    def _set_variants(self, conducts: Sequence[Conduct]) -> None:
        """Set the variant of each profile. Cases of one variant have the same places and go to the same stations, so they share all tables."""
        stations, profiles = self.scenario.stations, self.scenario.profiles
        of_variant: list[list[list[tuple[int, int, int]]]] = []
        opening: list[int] = []
        self.variant_of = []
        for profile, kind in zip(profiles, self.kind_of, strict=True):
            main = self.chart.kinds[kind].company.main
            near = [n for n, one in enumerate(stations) if one.may_serve(profile.id)]
            by = [
                tuple(serving(stations, near, profile.id, conduct, act) for act in conduct.acts) for conduct in conducts
            ]
            key = (tuple(main.places.items()), tuple(by))
            variant = self._variants.setdefault(key, len(self._variants))
            self.variant_of.append(variant)
            if variant == len(opening):
                opening.append(self._office("", main))
                pairs = enumerate(zip(conducts, by, strict=True))
                of_variant.append(
                    [self._rows(conduct, served, main, (variant, number)) for number, (conduct, served) in pairs]
                )
        self.opening_of = np.array(opening)
        self.selector_of = np.array([one.selector for one in self.services], dtype=np.int32)
        roles = [self.roles.index(self.chart.process.role(conduct.role)) for conduct in conducts]
        self.role_of = np.array([roles[one.selector] for one in self.services], dtype=np.int32)
        self.station_of = np.array([one.station for one in self.services], dtype=np.int32)
        self.taken_by = np.array([self.capacities[one.station].table for one in self.services], dtype=np.int32)
        self.done_by = np.array([one.table for one in self.services], dtype=np.int32)
        self.selectors = [
            self._selector(number, conduct, np.array([rows[number] for rows in of_variant], dtype=np.int32))
            for number, conduct in enumerate(conducts)
        ]

    def _selector(self, number: int, conduct: Conduct, columns: Numbers) -> Selector:
        once = sum(1 << place for place, is_once in enumerate(conduct.once) if is_once)
        moves = tuple(self.chart.place(act, conduct.role) for act in conduct.acts)
        lengths, tables, services = (np.ascontiguousarray(columns[..., side]) for side in range(3))
        return Selector(number, conduct, moves, once, Selector.bounds_of(conduct), lengths, tables, services)

    def _rows(
        self, conduct: Conduct, by: tuple[int, ...], main: Case, at: tuple[int, int]
    ) -> list[tuple[int, int, int]]:
        """Return for each act of a role in a state, in cases of a variant, its length, timetable and service, and at the end a row for doing nothing."""
        if len(conduct.acts) > MOST_ACTS:
            raise InputError.of(
                "practice",
                f"{conduct.role}在{conduct.state}有{len(conduct.acts)}个可选的环节，最多{MOST_ACTS}个；请在acts中写明",
                f"the {conduct.role} has {len(conduct.acts)} activities at {conduct.state}, more than {MOST_ACTS}; name those that matter in acts",
            )
        variant, number = at
        rows = []
        for place, (act, duration, station) in enumerate(zip(conduct.acts, conduct.takes, by, strict=True)):
            one = None if station < 0 else self._station(station, conduct.role, main)
            table = 0 if duration.unit == "days" else self._office(conduct.role, main)
            if one and one.has_clerks:
                table = one.table
            length = self._lengths.setdefault((duration, self.timetables[table].length), len(self._lengths))
            if one is None:
                rows.append((length, table, NONE))
                continue
            rows.append((length, one.table, len(self.services)))
            made = Service(len(self.services), number, place, one.number, table, variant, conduct.state, act)
            self.services.append(made)
        return [*rows, (*rows[0][:2], NONE)]

    def _station(self, number: int, role: str, main: Case) -> Capacity:
        """Return the capacity of a station, prepared when a role first needs it."""
        if number not in self._stations:
            self._stations[number] = len(self.capacities)
            self.capacities.append(self._capacity(self.scenario.stations[number], role, main))
        return self.capacities[self._stations[number]]

    def _capacity(self, station: Station, role: str, main: Case) -> Capacity:
        calendar = self.kernel.calendar_of(main, role)
        days = [self.kernel.day(number) for number in range(self.days)]
        worked = self._worked(calendar)
        numbers = [station.number_on(day, worked=bool(at)) for day, at in zip(days, worked, strict=True)]
        table = self._timetable(np.array(numbers) > 0, station.hours or self.scenario.hours.office)
        ranks = [
            station.first.index(p.id) if p.id in station.first else len(station.first) for p in self.scenario.profiles
        ]
        terms = tuple(self._terms()) if station.order == "due" else ()
        timetable = self.timetables[table]
        return Capacity(len(self.capacities), station, table, timetable, np.array(numbers), np.array(ranks), terms)

    def _terms(self) -> Iterator[int]:
        """Yield the slots of the terms of the simulated case."""
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
            self._regions[calendar] = self._timetable(self._worked(calendar), self.scenario.hours.office)
        return self._regions[calendar]

    def _timetable(self, worked: Flags, hours: tuple[time, time]) -> int:
        """Return the number of a timetable; offices with the same days and hours share one, so that their cases are played together."""
        opens, closes = map(minute_of_day, hours)
        key = (worked.tobytes(), opens, closes)
        if key not in self._tables:
            self._tables[key] = len(self.timetables)
            self.timetables.append(Timetable.of(worked, opens, closes))
        return self._tables[key]
