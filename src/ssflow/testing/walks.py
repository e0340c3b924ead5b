"""Random walks through a procedure, for Hypothesis. In this package, only this module imports it.

A blind walk almost never gets anywhere, because most acts are refused. The walker tries the activities that leave the present state, gives
them data from worked examples or of their types, and chooses days at the edges of deadlines: the last day, the day after.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, cast, get_args, get_origin

import attrs
from attrs import field
from hypothesis import strategies as st

from ssflow.case import Attempt, Case, Event, Legislation, advance, decide, evolve
from ssflow.case.doors import check_places
from ssflow.converters import field_types
from ssflow.doors import check_callable, check_day, check_kind, check_subclass
from ssflow.errors import InputError, RefusedError
from ssflow.persons import BankCard, Identity, IdentityKind, SocialCard
from ssflow.process import Activity, Process, Role
from ssflow.process.reading import related_to
from ssflow.records.places import check_places_of
from ssflow.regions import holds_place
from ssflow.testing.doors import check_examples

_TRIES = 3  # with other data, and at an opening with other related cases
FIRST_DAY, LAST_DAY = date(2012, 1, 1), date(2026, 11, 1)
# Made up, with correct check digits.
_IDENTITIES = (
    Identity("11010519491231002X"),
    Identity("360426199101010071"),
    Identity("E12345678", IdentityKind.passport),
)
_PLACES = st.sampled_from(("440100", "440106", "360426", "110000", "371200"))
_BY_TYPE: dict[object, st.SearchStrategy[Any]] = {
    Identity: st.sampled_from(_IDENTITIES),
    BankCard: st.just(BankCard("79927398713")),
    SocialCard: st.just(SocialCard("A12345678")),
    Decimal: st.sampled_from((Decimal(0), Decimal(20), Decimal(25), Decimal("99.90"))),
    str: st.sampled_from(("甲", "材料不清晰", "x" * 40)),
    int: st.integers(0, 3),
    date: st.dates(FIRST_DAY, LAST_DAY),
}


def data_strategy(cls: type[Any]) -> st.SearchStrategy[Any]:
    """Return a strategy for values of a data class, each field by its type, with correct personal numbers; refused values are not drawn."""
    given: object = cls
    if not (isinstance(given, type) and attrs.has(given)):
        raise InputError.of("cls", f"须为材料的类；实际为{cls!r}", f"a data class is required, not {cls!r}")
    if cls not in _STRATEGIES:
        _STRATEGIES[cls] = _data_strategy(cls)
    return _STRATEGIES[cls]


_STRATEGIES: dict[type[Any], st.SearchStrategy[Any]] = {}


def _data_strategy(cls: type[Any]) -> st.SearchStrategy[Any]:
    places = {attribute.name for attribute in attrs.fields(cls) if holds_place(attribute)}
    fields = {name: _PLACES if name in places else _strategy(kind) for name, kind in field_types(cls).items()}
    return st.fixed_dictionaries(fields).map(lambda given: _made(cls, given)).filter(lambda made: made is not None)


def _made(cls: type[Any], given: Mapping[str, Any]) -> Any:
    """Return the value, or None where the class refuses a combination of fields, such as a period that ends before it begins."""
    try:
        return cls(**given)
    except ValueError:
        return None


def _strategy(kind: Any) -> st.SearchStrategy[Any]:
    if kind in _BY_TYPE:
        return _BY_TYPE[kind]
    options = get_args(kind)
    if get_origin(kind) is tuple:  # any length: tuple[PaidPeriod, ...]
        return st.lists(_strategy(options[0]), max_size=3).map(tuple)
    if options:
        return st.one_of([_strategy(option) for option in options])
    if isinstance(kind, type) and attrs.has(kind):
        return st.deferred(lambda: data_strategy(kind))
    return st.from_type(kind)


@attrs.define
class Walker:
    """A walk through one case of a procedure, with the related cases it may need.

    ``examples`` are valid data by procedure and activity (``"loss_report.report_formally"``); ``draw`` is Hypothesis' draw
    function; ``place`` the region code. ``traces`` are the events of each case, ``refusals`` counts the acts that were refused on the way.
    """

    case: Case
    law: Legislation
    draw: Callable[[st.SearchStrategy[Any]], Any]
    examples: Mapping[str, Sequence[Any]] = field(factory=dict)
    links: dict[str, Case] = field(factory=dict)
    traces: dict[str, tuple[Event, ...]] = field(factory=dict)
    today: date = FIRST_DAY
    refusals: int = 0

    @classmethod
    def of(
        cls,
        process: type[Process],
        draw: Callable[[st.SearchStrategy[Any]], Any],
        *,
        law: Legislation,
        place: Mapping[str, str] | str,
        start: date,
        examples: Mapping[str, Sequence[Any]] | None = None,
        name: str = "walk",
    ) -> Walker:
        """Return a walk that has not begun; cases of related procedures have taken a first step.

        ``place`` is a code for all places, or a code for each place of the procedure.

        Raises:
            InputError: an argument is not what is required; it is named.
            UnknownError: no place has this code.

        """
        check_subclass("process", process, Process)
        check_callable("draw", draw)
        check_kind("law", law, Legislation)
        check_places("place", place)
        check_day("start", start)
        examples = {} if examples is None else examples
        check_examples("examples", examples)
        given = {p.name: place for p in process.places} if isinstance(place, str) else dict(place)
        check_places_of(process, given)
        walker = cls(Case.unopened(process, name, given), law, draw, examples, today=start)
        for other in sorted(related_to(process), key=lambda cls: cls.__name__):
            there = {p.name: given.get(p.name, next(iter(given.values()))) for p in other.places}
            case = Case.unopened(other, f"{name}-{other.__name__}", there)
            company = cls(case, law, draw, examples, today=walker.today)
            company.step()
            if company.case.state is not None:
                walker.links[company.case.id] = company.case
                walker.traces |= company.traces
                walker.today = company.today
        return walker

    def step(self) -> bool:
        """Let some time pass and do one act, the first of a shuffled choice that is not refused; return whether one was done."""
        self.today = self._next_day()
        self._take(advance(self.case, self.today, self.law))
        possible = [a for a in self.case.process.activities if a.by is not None and a.leaving(self.case.state)]
        if self.case.is_closed or not possible:
            return False
        for activity in self.draw(st.permutations(possible)):
            for _ in range(_TRIES if activity.data or self.case.state is None else 1):
                try:
                    self._take(self._decide(activity))
                except RefusedError:
                    self.refusals += 1
                else:
                    return True
        return False

    def _decide(self, activity: Activity[Any]) -> tuple[Event, ...]:
        data: Any = None
        if activity.data is not None:
            good = self.examples.get(f"{self.case.process.name}.{activity.name}", ())
            strategies = [st.sampled_from(good)] * 3 if good else []
            data = self.draw(st.one_of([*strategies, data_strategy(activity.data)]))
        # What a clock does is not tried, so there is a role.
        by = self.draw(st.sampled_from(activity.roles)) if activity.or_by else cast("Role", activity.by)
        attempt = Attempt(deed=activity(data), by=by, on=self.today, law=self.law, links=self._related())
        return decide(self.case, attempt)

    def _related(self) -> tuple[Case, ...]:
        """Return the related cases: an opening names all that there are, none, or one of them."""
        if self.case.state is not None:
            return tuple(self.links[link.case] for link in self.case.links)
        company = tuple(self.links.values())
        return self.draw(st.sampled_from((company, (), *((one,) for one in company)))) if company else ()

    def _take(self, events: tuple[Event, ...]) -> None:
        for event in events:
            self.traces[event.case] = (*self.traces.get(event.case, ()), event)
            if event.case == self.case.id:
                self.case = evolve(self.case, event)
            else:
                self.links[event.case] = evolve(self.links[event.case], event)

    def _next_day(self) -> date:
        """Return a day soon, or at an edge: the last day in time of a clock, the day before, the day after."""
        edges = [
            day
            for o in self.case.obligations
            if o.due and o.due <= LAST_DAY
            for day in (o.due + timedelta(days=offset) for offset in (-1, 0, 1))
            if day >= self.today
        ]
        soon = [self.today + timedelta(days=n) for n in (0, 1, 3, 30)]
        day: date = self.draw(st.one_of([st.sampled_from(days) for days in (soon, edges) if days]))
        return day
