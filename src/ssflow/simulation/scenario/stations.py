"""The stations at which work is done, each with so many clerks or so many cases a day, and where cases wait for one another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, time
from typing import Any, Literal, get_args

from attrs import field, frozen

from ssflow.doors import each_of, is_one_of, of_kind
from ssflow.errors import Fault, UnknownError
from ssflow.process import Process
from ssflow.simulation.scenario.durations import Duration
from ssflow.simulation.scenario.given import as_counts, as_hours, as_numbers
from ssflow.simulation.scenario.practices import Conduct
from ssflow.text import NO_TEXT, Text

Order = Literal["arrival", "due"]
ORDERS: tuple[Order, ...] = get_args(Order)
MOST = 1_000_000  # clerks of a station, or cases that it takes up a day


def _acts(given: Any) -> tuple[str, ...]:
    return each_of("acts", given, str)


def _profiles(given: Any) -> tuple[str, ...]:
    return each_of("profiles", given, str)


def _first(given: Any) -> tuple[str, ...]:
    return each_of("first", given, str)


def _serves(given: Any) -> tuple[Serves, ...]:
    return each_of("serves", given, Serves)


def _weekdays(given: Any) -> tuple[float, ...]:
    return as_numbers("weekdays", given)


def _dates(given: Any) -> dict[date, int]:
    return as_counts("dates", given)


def _hours(given: Any) -> tuple[time, time] | None:
    return None if given is None else as_hours("hours", given)


@frozen(kw_only=True)
class Serves:
    """The acts that a station serves: those of a role in a state, in cases of some profiles.

    What is left out is not restricted: every state, every role, all acts, all cases.
    """

    state: str = field(default="", validator=of_kind(str))
    by: str = field(default="", validator=of_kind(str))
    acts: tuple[str, ...] = field(default=(), converter=_acts)
    profiles: tuple[str, ...] = field(default=(), converter=_profiles)

    def meets(self, conduct: Conduct, act: str) -> bool:
        """Return whether an act of a role in a state is among them, whatever the profile."""
        return (
            self.state in ("", conduct.state) and self.by in ("", conduct.role) and (not self.acts or act in self.acts)
        )

    def meets_in(self, profile: str, conduct: Conduct, act: str) -> bool:
        """Return whether an act of a role in a state is among them in cases of a profile."""
        return self.meets(conduct, act) and (not self.profiles or profile in self.profiles)

    def faults(self, process: type[Process], profiles: Sequence[str]) -> Iterator[Fault]:
        """Yield the faults of the entry for a procedure and the names of its profiles."""
        states, roles = [one.name for one in process.states], [one.name for one in process.roles]
        known = [a.name for a in process.activities if a.by is not None]
        if self.state and self.state not in states:
            yield Fault("state", UnknownError(f"state of {process.name}", self.state, states).text)
        if self.by and self.by not in roles:
            yield Fault("by", UnknownError(f"role of {process.name}", self.by, roles).text)
        for act in self.acts:
            if act not in known:
                yield Fault("acts", UnknownError(f"activity of {process.name}", act, known).text)
        for name in self.profiles:
            if name not in profiles:
                yield Fault("profiles", UnknownError("profile", name, profiles).text)


@frozen(kw_only=True)
class Station:
    """A place at which some acts are done, and how many at once: by so many ``clerks``, or on so many cases taken up ``per_day``.

    A role that intends an act that a station ``serves`` joins the queue as soon as the act is allowed; the time that the practice says the act
    takes begins when the station takes the case up. A clerk is busy for that time; with ``per_day`` nobody is busy, and no more cases than that
    are taken up on one day. When the time is over the act is done, if it is still allowed; if not, the act waits until it is, and the clerk is
    free. A case that has left the state meanwhile leaves the queue, or the clerk, whose work on it is lost.

    Stations are open on the working days of the role that does the first act that they serve, at ``hours``, or at office hours if none are
    given. ``weekdays`` (from Monday) are factors of the number, rounded down; ``dates`` have numbers of their own, also on days of rest. Work
    in hand rests while a station is closed, and is finished by the clerk who began it, also on a day that has fewer clerks.

    The case that came first is taken first; with ``order="due"``, the one whose last day, at the time of joining, is the earliest. Profiles
    named in ``first`` come before all others, in the order in which they are named.
    """

    id: str = field(validator=of_kind(str))
    title: Text = field(default=NO_TEXT, validator=of_kind(Text))
    serves: tuple[Serves, ...] = field(converter=_serves)
    clerks: int | None = field(default=None, validator=of_kind(int, type(None)))
    per_day: int | None = field(default=None, validator=of_kind(int, type(None)))
    weekdays: tuple[float, ...] = field(default=(1.0,) * 7, converter=_weekdays)
    dates: dict[date, int] = field(factory=dict, converter=_dates)
    hours: tuple[time, time] | None = field(default=None, converter=_hours)
    order: Order = "arrival"
    first: tuple[str, ...] = field(default=(), converter=_first)

    @property
    def name(self) -> Text:
        """The name of the station for people: its title, or its id."""
        return self.title or Text(self.id, self.id)

    def number_on(self, day: date, *, worked: bool) -> int:
        """Return how many clerks the station has on a day, or how many cases it takes up."""
        if day in self.dates:
            return self.dates[day]
        usual = self.clerks if self.clerks is not None else self.per_day or 0
        return int(usual * self.weekdays[day.weekday()] + 1e-9) if worked else 0

    def may_serve(self, profile: str) -> bool:
        """Return whether the station serves any act in cases of a profile."""
        return any(not part.profiles or profile in part.profiles for part in self.serves)

    def faults(self, process: type[Process], profiles: Sequence[str]) -> Iterator[Fault]:
        """Yield the faults of the station for a procedure and the names of its profiles."""
        yield from self._faults_of_number()
        if not self.serves:
            yield Fault("serves", Text("须写明办理哪些环节", "say which acts it serves"))
        for number, one in enumerate(self.serves):
            yield from (fault.within(f"serves[{number}]") for fault in one.faults(process, profiles))
        if self.hours and self.hours[1] <= self.hours[0]:
            opens, closes = self.hours
            text = Text(f"{opens:%H:%M}–{closes:%H:%M}先后颠倒", f"{opens:%H:%M} to {closes:%H:%M} runs backwards")
            yield Fault("hours", text)
        if not is_one_of(self.order, ORDERS):
            yield Fault("order", Text(f"须为{'、'.join(ORDERS)}之一", f"{self.order!r} is none of {', '.join(ORDERS)}"))
        for name in self.first:
            if name not in profiles:
                yield Fault("first", UnknownError("profile", name, profiles).text)

    def _faults_of_number(self) -> Iterator[Fault]:
        given = [name for name in ("clerks", "per_day") if getattr(self, name) is not None]
        if len(given) != 1:
            zh, en = "、".join(given) or "无", " and ".join(given) or "none"
            text = Text(
                f"clerks、per_day须写且只写一项；实际为{zh}",
                f"give exactly one of clerks and per_day; given here: {en}",
            )
            yield Fault("", text)
        for name in given:
            if not 1 <= getattr(self, name) <= MOST:
                yield Fault(name, Text(f"须为1至{MOST}", f"a number from 1 to {MOST} is required"))
        if len(self.weekdays) != 7 or not all(0 <= one <= MOST for one in self.weekdays):
            yield Fault("weekdays", Text("须为7个不小于零的系数", "7 factors are required, none of them negative"))
        for day, number in self.dates.items():
            if not 0 <= number <= MOST:
                yield Fault("dates", Text(f"{day}：须为0至{MOST}", f"{day}: a number from 0 to {MOST} is required"))


def serving(stations: Sequence[Station], some: Iterable[int], profile: str, conduct: Conduct, act: str) -> int:
    """Return the number of the first of some stations that serves an act of a role in a state in cases of a profile; -1 if none does."""
    return next((n for n in some if any(part.meets_in(profile, conduct, act) for part in stations[n].serves)), -1)


def faults_between(
    stations: Sequence[Station], profiles: Sequence[str], conducts: Iterable[Conduct]
) -> Iterator[Fault]:
    """Yield the faults between stations, profiles and practices."""
    served: dict[int, list[Duration]] = {}
    for conduct in conducts:
        for act, takes in zip(conduct.acts, conduct.takes, strict=True):
            by = [n for n, one in enumerate(stations) if any(part.meets(conduct, act) for part in one.serves)]
            for number in by:
                served.setdefault(number, []).append(takes)
            if twice := _twice(stations, by, profiles, conduct, act):
                by = twice
                names = [stations[n].id for n in by]
                text = Text(
                    f"{conduct.state}状态下的{act}由{'、'.join(names)}办理，只能由一个岗位办理",
                    f"{' and '.join(names)} serve {act} at {conduct.state}; only one station may serve an act",
                )
                yield Fault(f"station[{by[1]}].serves", text)
    ids = [station.id for station in stations]
    for number, station in enumerate(stations):
        if number not in served:
            text = Text("没有哪种做法会办理其中的环节", "no practice does any of these acts")
            yield Fault(f"station[{number}].serves", text)
        elif station.clerks is not None and any(takes.unit == "days" for takes in served[number]):
            text = Text(
                "用时以days计，而人员只在办公时间办理；请用workhours或workdays",
                "the acts take a time in days, but clerks work in working time only; use workhours or workdays",
            )
            yield Fault(f"station[{number}].clerks", text)
        if station.id in ids[:number]:
            yield Fault(f"station[{number}].id", Text("编号不得相同", "two stations share an id"))


def _twice(
    stations: Sequence[Station], some: Sequence[int], profiles: Sequence[str], conduct: Conduct, act: str
) -> list[int]:
    """Return those of some stations that serve an act in cases of the same profile; none if each profile has at most one."""
    for profile in profiles if len(some) > 1 else ():
        there = [n for n in some if any(part.meets_in(profile, conduct, act) for part in stations[n].serves)]
        if len(there) > 1:
            return there
    return []
