"""All figures of one procedure, with their histories and places."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import MAXYEAR, date, timedelta
from functools import cached_property
from hashlib import sha256
from typing import Any

from attrs import Factory, evolve, field, frozen

from ssflow.calendar.spans import Roll
from ssflow.doors import each_of, of_kind
from ssflow.errors import Fault
from ssflow.regions import NATION, area_name, widening
from ssflow.rules import asked, reforms
from ssflow.rules.ambiguity import Found, ambiguities
from ssflow.rules.beginnings import Beginning, beginning
from ssflow.rules.changes import Changes, changes_between
from ssflow.rules.citations import Law
from ssflow.rules.doubts import Doubt
from ssflow.rules.scopes import areas, by_figure, every_case
from ssflow.rules.values import Keys, Value, When
from ssflow.rules.watching import Watch
from ssflow.text import Text

_KEPT = 4096  # answers of a rulebook
_NEVER = (date.max, date.min, None)
_NEW: Any = object()  # in place of the answer to a question that was not asked before
_FALLBACK = "*"  # in place of an area: the figures of unnamed places


def _figures(given: Any) -> tuple[Value, ...]:
    """Return figures, checked: a wrong value would be noticed only when a case is judged."""
    return each_of("values", given, Value)


def _doubts(given: Any) -> tuple[Doubt, ...]:
    return each_of("doubts", given, Doubt)


def _names_of(book: Rulebook) -> tuple[str, ...]:
    return tuple(sorted({value.parameter for value in (*book.values, *book.withdrawn)}))


@frozen
class Rulebook:
    """The rulebook of a procedure: all its figures.

    A figure is looked up by day and place: what binds a place and the one beside it (500000+510000), then from the narrowest place outwards
    (440106, 440100, 440000, the nation) as places were on that day, then among the fallbacks of unnamed places, which a ``strict`` rulebook
    leaves out. In one place the figure made for fewer cases prevails, then the later one. ``choices`` holds the names that a figure of
    choice may take, ``parameters`` the names of all figures, also of those that a strict rulebook leaves out. Rulebooks are values; a
    released figure is never edited, only followed by a later one. A released figure that was wrong is ``withdrawn``: it stays on record,
    and no look-up, table or account finds it. ``watches`` are unread laws that may change figures; an answer of the rulebook lists those
    that may change it.
    """

    name: str = field(validator=of_kind(str))
    values: tuple[Value, ...] = field(converter=_figures, repr=lambda values: f"<{len(values)} values>")
    keys: Mapping[str, tuple[str, ...]] = field(factory=dict, repr=False, validator=of_kind(Mapping))
    doubts: tuple[Doubt, ...] = field(default=(), repr=False, converter=_doubts)
    laws: Mapping[str, Law] = field(factory=dict, repr=False, eq=False, validator=of_kind(Mapping))
    choices: Mapping[str, tuple[str, ...]] = field(factory=dict, repr=False, validator=of_kind(Mapping))
    withdrawn: tuple[Value, ...] = field(default=(), repr=False, eq=False)
    watches: tuple[Watch, ...] = field(default=(), repr=False, eq=False)
    parameters: tuple[str, ...] = field(default=Factory(_names_of, takes_self=True), repr=False, eq=False)

    @cached_property
    def digest(self) -> str:
        """Twelve hex digits that identify the figures of this rulebook."""
        figures = sorted(
            repr((v.parameter, v.region, v.when, v.since, v.until, v.amount, v.starts, v.owed_by)) for v in self.values
        )
        return sha256("\n".join(figures).encode()).hexdigest()[:12]

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.parameters)

    def has(self, parameter: str) -> bool:
        """Return whether there is a parameter of this name."""
        return parameter in self._known

    @cached_property
    def keys_read(self) -> Mapping[str, tuple[str, ...]]:
        """The keys by which the figures of each parameter tell cases apart; no other makes a difference."""
        found: dict[str, dict[str, None]] = {name: {} for name in self.parameters}
        for value in self.values:
            found[value.parameter] |= dict.fromkeys(key for key, _ in value.when)
        return {name: tuple(keys) for name, keys in found.items()}

    @cached_property
    def beginning(self) -> Beginning | None:
        """The beginning of the procedure, as the laws give it; None if none does."""
        return beginning(self.name, self.laws)

    @property
    def last_checked(self) -> date | None:
        """The last day on which any figure was held against its source; None if no figure says."""
        return max((value.checked for value in self.values if value.checked), default=None)

    def find(
        self, parameter: str, day: date, place: str = NATION, keys: Keys | None = None, beside: str = NATION
    ) -> Value | None:
        """Return the figure of a parameter on a day in a place for a case with these keys, or None if there is none.

        Its grade is that for the day, ``unattested`` where its sources do not reach back so far, and it lists the unread laws that may
        change it. ``beside`` is the other place of a case that has two.

        Raises:
            UnknownError: the rulebook has no such parameter, or no place has this code.
            InputError: a key, or a name of a key, is unknown, or an argument is of another type.

        """
        given = {} if keys is None else keys
        question = (parameter, place, beside, *given.items()) if type(given) is dict and type(day) is date else None
        stretch: tuple[date, date] | None = None
        answer: Value | None = _NEW
        try:
            since, until, latest = self._latest.get(question, _NEVER)
            if since <= day < until:
                return latest
            if question is not None and parameter in self._days_of_change:
                stretch = self._stretch(parameter, day)
                answer = self._answers.get((question, stretch[0]), _NEW)
        except TypeError:  # an unhashable key, or no day
            stretch = None
        if answer is _NEW:
            self._check_parameter(parameter)
            _check(day, place, beside)
            asked.refuse(asked.keys("keys", given, self.keys))
            prevailing = self._prevailing(parameter, day, place, beside)
            answer = next((self._told(value, day, place) for value in prevailing if value.fits(given)), None)
        if question is not None and stretch is not None:
            if len(self._answers) >= _KEPT:
                self._answers.clear()
                self._latest.clear()
            self._answers[question, stretch[0]] = answer
            self._latest[question] = (*stretch, answer)
        return answer

    def _stretch(self, parameter: str, day: date) -> tuple[date, date]:
        """Return the first day of those around a day on which a parameter has the same answers, and the day after them."""
        days = self._days_of_change[parameter]
        number = bisect_right(days, day)
        year, last = date(day.year, 1, 1), date.max if day.year == MAXYEAR else date(day.year + 1, 1, 1)
        since = max(days[number - 1], year) if number else year  # places stay the same for a year
        return since, min(days[number], last) if number < len(days) else last

    @cached_property
    def _latest(self) -> dict[tuple[object, ...] | None, tuple[date, date, Value | None]]:
        """The latest answer to each question, with the days for which it holds: cases of one procedure ask the same few questions again."""
        return {}

    @cached_property
    def _answers(self) -> dict[tuple[tuple[object, ...], date], Value | None]:
        """Earlier answers, by question and by the first of the days for which each holds."""
        return {}

    @cached_property
    def _days_of_change(self) -> Mapping[str, list[date]]:
        """The days from which a parameter may have another answer: a figure begins, has ended or is attested, or a law may change it."""
        found = {name: {watch.since for watch in self.watches} for name in self.parameters}
        for value in self.values:
            ended = value.until + timedelta(1) if value.until is not None and value.until < date.max else None
            found[value.parameter] |= {day for day in (value.since, ended, value.attested_from) if day is not None}
        return {name: sorted(days) for name, days in found.items()}

    def prevailing(self, parameter: str, day: date, place: str = NATION, beside: str = NATION) -> Iterator[Value]:
        """Yield the figures in force on a day that bear on a place, each before those over which it prevails.

        A case meets the first that fits it.

        Raises:
            UnknownError: the rulebook has no such parameter, or no place has this code.
            InputError: an argument is of another type.

        """
        self._check_parameter(parameter)
        _check(day, place, beside)
        return self._prevailing(parameter, day, place, beside)

    def _prevailing(self, parameter: str, day: date, place: str, beside: str) -> Iterator[Value]:
        histories = self._histories.get(parameter, {})
        for area in (*areas(place, beside, day), _FALLBACK):
            alive = (_in_force(history, day) for history in histories.get(area, {}).values())
            yield from sorted((value for value in alive if value is not None), key=_strength, reverse=True)

    def in_force(self, day: date, place: str = NATION, beside: str = NATION) -> tuple[Value, ...]:
        """Return every figure that some case of this day and place may meet, by parameter, narrow before wide.

        Raises:
            UnknownError: no place has this code.
            InputError: an argument is of another type.

        """
        _check(day, place, beside)
        cases = every_case(self.keys, unknown=True)
        found = (
            value
            for name in self.parameters
            for value, _ in by_figure(self._prevailing(name, day, place, beside), cases)
        )
        return tuple({id(value): self._told(value, day, place) for value in found if value is not None}.values())

    def strict(self) -> Rulebook:
        """Return the same figures without the fallbacks of unnamed places."""
        return evolve(self, values=tuple(value for value in self.values if not value.is_fallback))

    def amended(
        self,
        parameter: str,
        amount: str | bool,
        *,
        since: date,
        region: str = NATION,
        when: Mapping[str, str | Sequence[str]] | None = None,
        cites: str = "proposal",
        roll: Roll | None = None,
        starts: str | None = None,
        owed_by: str | None = None,
    ) -> Rulebook:
        """Return another rulebook in which a figure changes from a day on: a reform to be compared with the law as it is.

        Options that are not given (``roll`` for a last day that rests, the activity that ``starts`` the clock, the role it is ``owed_by``)
        stay as in the figure that it follows.

        Raises:
            UnknownError: the procedure has no such parameter, or no place has this code.
            InputError: the amount cannot be read, a key or a name of it is unknown, other figures prevail over it in
                every case that has one (the error lists them and the calls that would do), or it would be ambiguous.

        """
        return reforms.amended(
            self, parameter, amount, since, region, {} if when is None else when, cites, roll, starts, owed_by
        )

    def amended_all(
        self, parameter: str, amount: str | bool, *, since: date, cites: str = "proposal", roll: Roll | None = None
    ) -> Rulebook:
        """Return another rulebook in which every figure of a parameter changes from a day on, in all places and for all cases.

        Where there is no figure, none is added; a figure that begins or ends later still does so, with this amount.

        Raises:
            UnknownError: the procedure has no such parameter.
            InputError: the amount cannot be read, or no figure is in force on that day or later.

        """
        return reforms.amended_all(self, parameter, amount, since, cites, roll)

    def changes(self, other: Rulebook) -> Changes:
        """Return the changes in the figures that cases meet if the other rulebook takes the place of this one.

        Raises:
            InputError: ``other`` is not a rulebook, or one of another procedure.

        """
        return changes_between(self, other)

    def rows(self) -> list[dict[str, str]]:
        """Return every figure as a row of plain texts, for a data frame or a printed table."""
        return [
            {
                "parameter": value.parameter,
                "region": value.region,
                "place": area_name(value.region),
                "when": value.when_text,
                "since": value.since.isoformat(),
                "until": value.until.isoformat() if value.until else "",
                "value": value.amount_text.en,
                "confidence": value.confidence,
                "cites": "; ".join(cite.say(self.laws, "en") for cite in value.cites),
                "text": value.text,
            }
            for value in self.values
        ]

    def faults(self) -> Iterator[Found]:
        """Yield what makes the figures ambiguous or unreadable, each fault with the figure at which it was found."""
        yield from ambiguities(self.values)
        for value in self.values:
            yield from ((value, fault.within(value.parameter)) for fault in self._names(value))

    def _check_parameter(self, parameter: object) -> None:
        if type(parameter) is not str or not self.has(parameter):
            raise asked.unknown_parameter(parameter, self.parameters)

    def _names(self, value: Value) -> Iterator[Fault]:
        """Yield the names that a figure uses and that the head of its files does not enter."""
        names = self.choices.get(value.parameter)
        if names is not None and value.amount not in names:
            text = Text(
                f"{value.amount_text.zh}不在最后一个文件的可选名称[choices]之中：{list(names)}",
                f"{value.amount_text.en} is not among the choices {list(names)} of the last file",
            )
            yield Fault("value", text)
        for key, allowed in value.when:
            if unknown := sorted(set(allowed) - set(self.keys.get(key, ()))):
                known = {key: list(names) for key, names in self.keys.items()}
                text = Text(f"{key}={unknown}不在[keys]之中：{known}", f"{key}={unknown} is not in [keys] {known}")
                yield Fault("when", text)

    def told(self, value: Value) -> Value:
        """Return a figure of this rulebook with the unread laws that may change it on its last day, for lists that have no day."""
        last = value.until or date.max
        return evolve(value, watched=self._told(value, last, value.region.partition("+")[0]).watched)

    def _told(self, value: Value, day: date, place: str) -> Value:
        """Return a figure as the answer for a day and a place: graded for the day, with the unread laws that may change it."""
        graded = value.as_of(day)
        if not self.watches:
            return graded
        around = (*widening(place, day), *(code for one in value.region.split("+") for code in widening(one, day)))
        watched = tuple(watch for watch in self.watches if watch.bears_on(self.name, value.parameter, day, around))
        if not watched:
            return graded
        key = id(value), graded.confidence, tuple(map(id, watched))
        return self._watched.get(key) or self._watched.setdefault(key, evolve(graded, watched=watched))

    @cached_property
    def _watched(self) -> dict[tuple[int, str, tuple[int, ...]], Value]:
        return {}

    @cached_property
    def _histories(self) -> Mapping[str, Mapping[str, Mapping[When, list[Value]]]]:
        """The figures by parameter, area and cases, in order of time."""
        found: dict[str, dict[str, dict[When, list[Value]]]] = {}
        for value in sorted(self.values, key=lambda value: value.since):
            area = _FALLBACK if value.is_fallback else value.region
            found.setdefault(value.parameter, {}).setdefault(area, {}).setdefault(value.when, []).append(value)
        return found


def _in_force(history: list[Value], day: date) -> Value | None:
    """Return the latest figure of a history that is in force on a day."""
    begun = bisect_right(history, day, key=lambda value: value.since)
    return next((history[at] for at in range(begun - 1, -1, -1) if history[at].in_force(day)), None)


def _strength(value: Value) -> tuple[int, int, date]:
    """Return the sort key of a figure: more keys are narrower; of equal keys, fewer alternatives; for the same cases, the later prevails."""
    return len(value.when), -sum(len(allowed) for _, allowed in value.when), value.since


def _check(day: object, place: object, beside: object) -> None:
    """Refuse arguments that are not a day and places. Values of the right types are not looked at further."""
    if type(day) is not date or type(place) is not str or type(beside) is not str:
        asked.refuse(asked.day("day", day), asked.place("place", place), asked.place("beside", beside))
