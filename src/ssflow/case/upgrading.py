"""The upgrade of a case to a newer version of its procedure. Parts are matched by name, and by what the host says of the rest.

State, facts, parties and running clocks are carried over; nothing is judged again, and no running clock is dated again. Clocks that the new
state has and the old state had not start on the day of the upgrade.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from attrs import field, frozen

from ssflow.calendar.clock import recorded
from ssflow.case.case import Case
from ssflow.case.clocks import owed_by_itself, owner_of
from ssflow.case.events import Event, EventKind
from ssflow.case.grounds import Ground, GroundKind
from ssflow.case.legislation import Legislation
from ssflow.case.obligations import Obligation
from ssflow.doors import check_kind, check_subclass
from ssflow.errors import DefinitionError, InputError, RefusedError
from ssflow.process import Clock, Done, Process, State
from ssflow.process.parts import Titled
from ssflow.process.table import table_of
from ssflow.process.versions import counterpart, facts_in, regime_in, renamed
from ssflow.slots import changed
from ssflow.text import Text

P = TypeVar("P", bound=Titled)
Maps = tuple[tuple[str, str], ...]


def _parts_of(given: object) -> dict[Titled, Titled | None]:
    check_kind("mapping", given, Mapping)
    return dict(given)  # type: ignore[call-overload,no-any-return]  # its items are checked when the Upgrade is made


@frozen
class Upgrade:
    """An upgrade: the newer version, and a mapping for the parts that have no part of the same name there.

    ``mapping`` says for states and clocks of older versions what they are in the newer one, ``{Old.reviewing: New.checking}``; None for a
    clock that ends. If a state was split, the cases of each new state need an `Upgrade` of their own.

    Raises:
        InputError: a key of ``mapping`` is not a state or clock of an older version, or its value is not a part of that kind of the newer one.

    """

    to: type[Process]
    mapping: Mapping[Titled, Titled | None] = field(factory=dict, converter=_parts_of, kw_only=True)

    def __attrs_post_init__(self) -> None:
        check_subclass("to", self.to, Process)
        for old, new in self.mapping.items():
            self._check(old, new)

    def _check(self, old: object, new: object) -> None:
        kind = State if isinstance(old, State) else Clock
        if not (isinstance(old, State | Clock) and old.owner in self.to.versions()[1:]):
            raise InputError.of(
                "mapping",
                f"{old!r}不是{self.to.__name__}较早版本的状态或期限",
                f"{old!r} is no state or clock of an older version of {self.to.__name__}",
            )
        is_kind = isinstance(new, kind) and new.owner is self.to and type(new) is type(old)
        if not is_kind and not (new is None and kind is Clock):
            raise InputError.of(
                "mapping",
                f"{old!r}须对应{self.to.__name__}第{self.to.version}版的同类部件（期限不再计算的写None），不能是{new!r}",
                f"{old!r} becomes a part of the same kind of version {self.to.version} of {self.to.__name__}, or None "
                f"if it is a clock that ends, not {new!r}",
            )

    def maps(self, of: type[Process]) -> Maps:
        """Return the mapping of the parts of one version, by their names, as events record it; an empty name stands for None."""
        mine = {old: new for old, new in self.mapping.items() if old.owner is of}
        return tuple(sorted((old.name, new.name if new else "") for old, new in mine.items()))


def carried(case: Case, to: type[Process]) -> Case:
    """Return a case under another version of its procedure, without its state and clocks, which the event of the upgrade gives.

    Raises:
        DefinitionError: the other version cannot hold a fact.

    """
    return _known_in(case, to, facts_in(case.facts, case.process, to))


def carried_blindly(case: Case, to: type[Process]) -> Case:
    """Return a case under another version as `carried` does, but without facts if they do not fit: the upgrade is on record already."""
    try:
        return carried(case, to)
    except DefinitionError:
        return _known_in(case, to, to.facts())


def _known_in(case: Case, to: type[Process], facts: Any) -> Case:
    regime = regime_in(case.regime, to) if case.regime else None
    return changed(
        case,
        process=to,
        facts=facts,
        places=renamed(case.process.places, to, case.places),
        parties=renamed(case.process.roles, to, case.parties),
        done=renamed(case.process.activities, to, case.done, Done.joined),
        regime=regime,
        lost_regime=case.regime.name if to.regime and case.regime and regime is None else "",
        state=None,
        came_from=None,
        obligations=(),
    )


def upgrade(
    case: Case, to: type[Process], maps: Maps, on: date | datetime, law: Legislation, *, reason: str, actor: str = ""
) -> Event:
    """Return the event that upgrades a case, which has been brought up to the day, to a newer version of its procedure.

    Raises:
        RefusedError: the case cannot be upgraded; every ground is listed.

    """
    mapped = _Mapped(case.process, to, dict(maps))
    grounds = list(_grounds(case, mapped))
    known: dict[Clock, Obligation] = {}
    for o in case.obligations:
        clock = mapped.part(o.clock)
        if isinstance(clock, Ground):
            grounds.append(clock)
        elif clock is not None:
            known[clock] = _carried_clock(o, clock, to)
    state = mapped.part(case.state) if case.state else None
    if grounds or not isinstance(state, State):
        raise RefusedError(_title(to), grounds)
    new = changed(carried(case, to), state=state)
    came_from = mapped.part(case.came_from) if case.came_from and to.goes_back else None
    bearing = law.in_case(new)
    return Event(
        case=case.id,
        version=case.version + 1,
        process=to.name,
        process_version=to.version,
        kind=EventKind.upgraded,
        activity="",
        on=law.calendar.civil_day(on),
        at=recorded(on, law.calendar.zone),
        actor=actor,
        source=state.name,
        came_from=came_from.name if isinstance(came_from, State) else "",
        target=state.name,
        closed=state.final,
        obligations=owed_by_itself(new, _title(to), known, on, bearing),
        places=tuple(sorted(new.places.items())),
        rulebook=bearing.book.digest,
        calendar=law.calendar.digest,
        reason=reason,
        maps=maps,
    )


def _title(to: type[Process]) -> Text:
    return Text(f"{to.title.zh}升至第{to.version}版", f"upgrade to version {to.version} of {to.title.en}")


@frozen
class _Mapped:
    """The parts of a newer version that take the places of those of an older one."""

    of: type[Process]
    to: type[Process]
    maps: dict[str, str]

    def part(self, old: P) -> P | Ground | None:
        """Return the part that takes the place of an older one, None if a clock ends, or the ground if there is no such part."""
        says = next((self.maps[name] for name in (old.name, *old.was) if name in self.maps), None)
        if says == "":
            return None
        if says is not None:
            kind: Any = self.to.names.states if isinstance(old, State) else self.to.names.clocks
            found = kind.get(says)
        else:
            found = counterpart(old, self.to)
        if found is not None and type(found) is type(old):
            return found
        return Ground(GroundKind.state if isinstance(old, State) else GroundKind.order, old.name, self._missing(old))

    def _missing(self, old: Titled) -> Text:
        version, name = self.to.version, repr(old)
        return Text(
            f"“{old.zh}”在第{version}版中没有对应；请写was=，或者在mapping中写明{name}对应新版的哪一个",
            f'version {version} has no counterpart of "{old.en}"; write was= there, or say in mapping what {name} becomes',
        )


def _grounds(case: Case, mapped: _Mapped) -> Iterator[Ground]:
    to = mapped.to
    state = mapped.part(case.state) if case.state else None
    regime = regime_in(case.regime, to) if case.regime else None
    if isinstance(state, Ground):
        yield state
    elif (to.regime is None) != (regime is None):
        yield Ground(GroundKind.state, "regime", _no_regime(case))
    elif isinstance(state, State) and state not in table_of(to, regime).reached:
        reason = Text(
            f"第{to.version}版中没有环节通向“{state.zh}”", f'in version {to.version} nothing leads to "{state.en}"'
        )
        yield Ground(GroundKind.state, "state", reason)
    for role in case.process.roles:
        if role.name in case.parties and counterpart(role, to) is None:
            reason = Text(
                f"办件记有{role.zh}，新版没有此主体",
                f"the case records who the {role.en} is, and the new version has no such role",
            )
            yield Ground(GroundKind.role, role.name, reason)
    places = renamed(case.process.places, to, case.places)
    for place in to.places:
        if place.name not in places:
            reason = Text(f"办件没有写明“{place.zh}”", f'the case does not name the place "{place.en}"')
            yield Ground(GroundKind.guard, place.name, reason)
    try:
        facts_in(case.facts, case.process, to)
    except DefinitionError as error:
        for fault in error.faults:
            reason = Text(f"{fault.path}：{fault.text.zh}", f"{fault.path}: {fault.text.en}")
            yield Ground(GroundKind.guard, fault.path, reason)


def _no_regime(case: Case) -> Text:
    if case.regime is None:
        return Text("新版分办法，而办件没有办法", "the new version has regimes, and the case is under none")
    return Text(f"新版没有“{case.regime.value.zh}”", f'the new version has no "{case.regime.value.en}"')


def _carried_clock(o: Obligation, clock: Clock, to: type[Process]) -> Obligation:
    """Return an obligation with all its days as that of a clock of the newer version."""
    granted = []
    for one in reversed(o.granted):  # earlier ones would be counted wrongly once a later one cannot be taken back
        if (by := counterpart(one.by, to)) is None:
            break
        granted.append(changed(one, by=by))
    return changed(
        o,
        clock=clock,
        owed_by=(counterpart(o.owed_by, to) or owner_of(clock)) if o.owed_by else None,
        waits_for=counterpart(o.waits_for, to) if o.waits_for else None,
        granted=tuple(reversed(granted)),
    )


def check_day(case: Case, on: date | datetime, law: Legislation) -> None:
    """Refuse a day before the latest day that a case has reached; raises InputError."""
    civil_day = law.calendar.civil_day
    if case.last is not None and civil_day(on) < civil_day(case.last):
        raise InputError.of(
            "on",
            f"办件{case.id}已到{case.last}；只能在该日或以后升版，不能是{on}",
            f"case {case.id} has reached {case.last}; upgrade it on that day or later, not on {on}",
        )
