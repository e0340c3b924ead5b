"""The scenario of a simulation, with everything that law does not say: who comes, when, with what, and what is done how soon."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, time, timedelta
from hashlib import sha256
from typing import Any

from attrs import asdict, field, frozen

from ssflow import machines
from ssflow.case import Legislation
from ssflow.converters import misfits
from ssflow.doors import each_of
from ssflow.errors import Fault, InputError, SsflowError, UnknownError
from ssflow.process import Process
from ssflow.regions import NATION, absence, known
from ssflow.simulation.chart.chart import Kind
from ssflow.simulation.scenario.arrivals import Arrivals
from ssflow.simulation.scenario.given import as_hours
from ssflow.simulation.scenario.open_cases import OpenCase, days_before, faults_of_open_cases
from ssflow.simulation.scenario.practices import Practice, conducts_of
from ssflow.simulation.scenario.profiles import Profile, shares_of
from ssflow.simulation.scenario.stations import Station, faults_between
from ssflow.text import NO_TEXT, Text

MOST_DAYS = 366 * 30
LAST_YEAR = 2090  # calendars reach to 2099
_APART = ("law", "title", "note", "open_cases")  # parts that a digest contains in another way, or not at all


def _office(given: Any) -> tuple[time, time]:
    return as_hours("office", given)


def _person(given: Any) -> tuple[time, time]:
    return as_hours("person", given)


@frozen
class Hours:
    """The hours of a day: when offices are open on working days, and when persons act on every day."""

    office: tuple[time, time] = field(default=(time(9), time(17)), converter=_office)
    person: tuple[time, time] = field(default=(time(8), time(22)), converter=_person)

    def faults(self) -> Iterator[Fault]:
        """Yield the faults of the hours."""
        for name, (opens, closes) in (("office", self.office), ("person", self.person)):
            if closes <= opens:
                text = Text(f"{opens:%H:%M}–{closes:%H:%M}先后颠倒", f"{opens:%H:%M} to {closes:%H:%M} runs backwards")
                yield Fault(name, text)


def _profiles(given: Any) -> tuple[Profile, ...]:
    return each_of("profiles", given, Profile)


def _practices(given: Any) -> tuple[Practice, ...]:
    return each_of("practices", given, Practice)


def _stations(given: Any) -> tuple[Station, ...]:
    return each_of("stations", given, Station)


def _open_cases(given: Any) -> tuple[OpenCase, ...]:
    return each_of("open_cases", given, OpenCase)


def _name(given: object) -> object:
    """Return the name of a procedure, given as a name or as its definition."""
    return given.name if isinstance(given, type) and issubclass(given, Process) else given


@frozen(kw_only=True)
class Scenario:
    """The scenario of a simulation.

    ``process`` is the name of a procedure, ``places`` the codes of its places (one code for all), ``start`` the first day. ``profiles``
    are the kinds of cases, ``practices`` say what is done next, and at ``stations`` cases wait for one another; any number of acts that no
    station serves may be done at the same time. Cases are followed for ``follow`` days after the last day of arrivals; a case that is open
    then stays open. Cases that arrive in the first ``warm_up`` days are played but not counted, because no real office begins with empty
    desks. ``open_cases`` are open when the simulation begins and go on from their present state. ``law`` is the legislation by which all
    cases are judged. ``note`` says where the numbers come from.

    Raises:
        InputError: the scenario has faults; all are listed, each with its path.

    """

    process: str = field(converter=_name)
    title: Text = NO_TEXT
    note: Text = NO_TEXT
    places: str | dict[str, str]
    start: date
    arrivals: Arrivals
    profiles: tuple[Profile, ...] = field(converter=_profiles)
    practices: tuple[Practice, ...] = field(converter=_practices)
    stations: tuple[Station, ...] = field(default=(), converter=_stations)
    hours: Hours = field(factory=Hours)
    follow: int = 366
    warm_up: int = 0
    seed: int = 1
    open_cases: tuple[OpenCase, ...] = field(default=(), converter=_open_cases, repr=False)
    law: Legislation = field(factory=Legislation, repr=False)

    def __attrs_post_init__(self) -> None:
        if faults := misfits(self) or tuple(self._faults()):
            raise InputError(*faults)

    @property
    def definition(self) -> type[Process]:
        """The definition of the procedure."""
        return machines.get(self.process)

    @property
    def codes(self) -> Mapping[str, str]:
        """The code of each place of the procedure."""
        return self._codes(self.places)

    def codes_of(self, profile: Profile) -> Mapping[str, str]:
        """Return the code of each place in the cases of a profile."""
        return self.codes if profile.places is None else self._codes(profile.places)

    def _codes(self, given: str | dict[str, str]) -> dict[str, str]:
        return {place.name: given for place in self.definition.places} if isinstance(given, str) else given

    @property
    def days(self) -> int:
        """The number of simulated days."""
        return (self.arrivals.last_day(self.start) - self.start).days + 1 + self.follow

    @property
    def days_before(self) -> int:
        """The number of days between the first day that matters to an open case and the start."""
        return days_before(self.open_cases, self.start, self.law.calendar.zone)

    @property
    def end(self) -> date:
        """The last simulated day."""
        return self.start + timedelta(days=self.days - 1)

    def kinds(self) -> tuple[Kind, ...]:
        """The kinds of cases, ready to be opened."""
        found = (profile.kind(self.definition, self.codes_of(profile))[0] for profile in self.profiles)
        return tuple(kind for kind in found if kind is not None)

    @property
    def digest(self) -> str:
        """The digest of everything but the law: twelve hex digits."""
        parts: dict[str, Any] = asdict(self, filter=lambda attribute, _: attribute.name not in _APART)
        if self.open_cases:
            parts["open_cases"] = [one.identity for one in self.open_cases]
        return sha256(repr(parts).encode()).hexdigest()[:12]

    def _faults(self) -> Iterator[Fault]:
        try:
            process = self.definition
        except SsflowError as error:
            yield Fault("process", error.text)
            return
        places = list(self._faults_of_places(process, self.codes))
        for number, profile in enumerate(self.profiles if not places else ()):
            if profile.places is not None:
                found = self._faults_of_places(process, self.codes_of(profile))
                places += [fault.within(f"profile[{number}]") for fault in found]
        yield from places
        yield from self._faults_of_time()
        yield from shares_of(self.profiles)
        if not places:
            for number, profile in enumerate(self.profiles):
                _, faults = profile.kind(process, self.codes_of(profile))
                yield from (fault.within(f"profile[{number}]") for fault in faults)
        yield from self._faults_of_practices(process)
        yield from self._faults_of_stations(process)
        yield from faults_of_open_cases(self.open_cases, process, self.start, self.law.calendar.zone)

    def _faults_of_practices(self, process: type[Process]) -> Iterator[Fault]:
        for number, practice in enumerate(self.practices):
            yield from (fault.within(f"practice[{number}]") for fault in practice.faults(process))
            if any((practice.state, practice.by) == (other.state, other.by) for other in self.practices[:number]):
                yield Fault(
                    f"practice[{number}]",
                    Text("同一状态和主体已有做法", "there is already a practice for this state and role"),
                )
        if not self.practices:
            yield Fault("practice", Text("至少须有一种做法", "at least one practice is required"))

    def _faults_of_stations(self, process: type[Process]) -> Iterator[Fault]:
        names = [profile.id for profile in self.profiles]
        wrong = [
            fault.within(f"station[{n}]") for n, one in enumerate(self.stations) for fault in one.faults(process, names)
        ]
        yield from wrong
        if not wrong and not list(self._faults_of_practices(process)):
            yield from faults_between(self.stations, names, conducts_of(process, self.practices).values())

    def _faults_of_time(self) -> Iterator[Fault]:
        if self.start.year > LAST_YEAR:
            yield Fault("start", Text(f"不得晚于{LAST_YEAR}年", f"it may not be later than {LAST_YEAR}"))
            return
        if self.start < (first := self.law.calendar.first_day):
            text = Text(
                f"工作日自{first}起已知，不得更早", f"working days are known from {first} on; start there or later"
            )
            yield Fault("start", text)
            return
        if self.seed < 0:
            yield Fault("seed", Text("须为不小于零的整数", "a whole number that is not negative is required"))
        yield from (fault.within("hours") for fault in self.hours.faults())
        arrivals = list(self.arrivals.faults(self.start, least=0 if self.open_cases else 1))
        yield from (fault.within("arrivals") for fault in arrivals)
        if self.follow < 0:
            yield Fault("follow", Text("须为不小于零的天数", "a number of days that is not negative is required"))
        elif self.open_cases and self.warm_up:
            text = Text(
                "以未结件开始的，开头已有积压，不用预热期",
                "a simulation that begins with open cases is not empty at the start, so leave out the warm-up",
            )
            yield Fault("warm_up", text)
        elif not arrivals and not 0 <= self.warm_up <= (self.arrivals.last_day(self.start) - self.start).days:
            text = Text(
                "须为不小于零的天数，且早于最后的到达日",
                "a number of days that is not negative is required, ending before the last day of arrivals",
            )
            yield Fault("warm_up", text)
        elif not arrivals and (days := self.days + self.days_before) > MOST_DAYS:
            text = Text(
                f"共{days}天；不得超过{MOST_DAYS}天",
                f"the simulation has {days} days; at most {MOST_DAYS} are allowed",
            )
            yield Fault("follow", text)

    def _faults_of_places(self, process: type[Process], given: Mapping[str, str]) -> Iterator[Fault]:
        names = [place.name for place in process.places]
        for name in given:
            if name not in names:
                yield Fault(f"places.{name}", UnknownError("place", str(name), names).text)
        for name in names:
            code: object = given.get(name, NATION)
            if not isinstance(code, str) or code == NATION:
                yield Fault(f"places.{name}", Text("须写明六位代码，如440100", "give its six digits, such as 440100"))
                continue
            try:
                known(code)
            except SsflowError as error:
                yield Fault(f"places.{name}", error.text)
                continue
            if gone := absence(code, self.start):
                yield Fault(f"places.{name}", gone)
