"""Activities of a procedure, and the transitions that they make."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Any, Generic, TypeVar, overload

from attrs import Factory, field, frozen
from attrs.validators import optional

from ssflow.converters import Former, from_json
from ssflow.doors import check_kind, of_kind
from ssflow.errors import InputError
from ssflow.process.deeds import Deed
from ssflow.process.figures import Clock, Lapse, Regime, Rule, Term
from ssflow.process.guards import Act, Guard
from ssflow.process.parts import Role, Roles, Titled, any_of, roles_of
from ssflow.process.states import State, Under
from ssflow.rules.citations import Citation, parse_citations
from ssflow.text import NO_TEXT, Text

D = TypeVar("D")
Raw = dict[str, Any]
Upcast = Callable[[Raw], Raw]
Renewed = Lapse | Term | Regime[Any]


@frozen(eq=False)
class Transition:
    """One allowed move. ``source`` is None for the opening of a case; ``under`` is empty if every regime has the move.

    ``back`` marks a move to the state in which the case was before the present one, and to no other.
    """

    source: State | None
    target: State
    when: Guard[Any] | None = None
    under: tuple[Enum, ...] = ()
    back: bool = False

    def is_met(self, came_from: State | None) -> bool:
        """Return whether a case that came from a state meets this move; every case does unless the move leads back."""
        return not self.back or self.target is came_from

    def is_under(self, regime: Enum | None) -> bool:
        """Return whether a regime has this move."""
        return not self.under or regime in self.under

    def holds(self, see: Callable[[], Act[Any]]) -> bool:
        """Return whether the regime of the case has this move, the case came from the state it leads back to, and its guard, if any, holds.

        ``see`` makes the act as a guard sees it, which takes longer than all the rest; a move that asks for nothing needs none.
        """
        if (self.under and not self.is_under(see().regime)) or (self.back and not self.is_met(see().came_from)):
            return False
        return self.when is None or self.when.holds(see())


@frozen(eq=False, repr=False)
class Activity(Titled, Generic[D]):
    """An activity: a role may do it, or a lapsed clock does it. Called with its data it makes a `Deed`: ``accept()``, ``pay(Payment(...))``.

    ``by`` is the role that may do it, ``or_by`` are others that may; ``after`` is the lapse that does it instead. ``data`` is the frozen
    attrs class of its data; fields that the procedure's facts also have set these. ``extends`` lengthens a running term by the figure of
    ``extension``, ``withdraws`` takes back what another activity extended, ``sets`` gives a clock the last day named in its data,
    ``renews`` starts a clock anew or brings the case under the regime of the day. ``triggers`` names an activity done at the same time in every
    related case in which it is possible; a ``triggered`` activity is done in no other way. ``upcasts`` bring older data up to date: the
    n-th takes data of schema n to n + 1.
    """

    transitions: tuple[Transition, ...]
    cites: tuple[Citation, ...]
    by: Role | None = field(default=None, kw_only=True)
    or_by: tuple[Role, ...] = field(default=(), kw_only=True)
    after: Lapse | None = field(default=None, kw_only=True)
    data: type[D] | None = field(default=None, kw_only=True)
    extends: Extension | None = field(default=None, kw_only=True)
    withdraws: Activity[Any] | None = field(default=None, kw_only=True)
    sets: Until | None = field(default=None, kw_only=True)
    renews: Renewed | None = field(default=None, kw_only=True)
    triggers: Activity[Any] | None = field(default=None, kw_only=True)
    triggered: bool = field(default=False, kw_only=True)
    upcasts: tuple[Upcast, ...] = field(default=(), kw_only=True)
    _leaving: Mapping[State | None, tuple[Transition, ...]] = field(
        init=False, default=Factory(lambda activity: _by_source(activity.transitions), takes_self=True)
    )

    def __attrs_post_init__(self) -> None:
        for name, kind in (("extends", Extension), ("withdraws", Activity), ("sets", Until), ("triggers", Activity)):
            check_kind(name, getattr(self, name), kind, type(None))

    @overload
    def __call__(self: Activity[None], /) -> Deed[None]: ...

    @overload
    def __call__(self, data: D, /) -> Deed[D]: ...

    def __call__(self, data: Any = None, /) -> Deed[Any]:
        """Return a deed: this activity with its data, ready to be done.

        Raises:
            InputError: the data is missing or not of its type.

        """
        deed = Deed(self, data)
        if deed.is_blank:
            raise InputError.of("data", *deed.wanted)
        return deed

    def deed_of(self, raw: object) -> Deed[Any]:
        """Return a deed from plain JSON values, as a form sends them; an activity without data takes ``{}`` or None.

        Raises:
            InputError: a field is missing, unknown or wrong; ``faults`` lists all with their fields.

        """
        data: Any = from_json(raw, self.data) if self.data else None if raw == {} else raw
        return self(data)

    def json_schema(self) -> Raw:
        """Return the form of the data that `deed_of` takes, as a JSON Schema (2020-12) with titles and choices in both languages.

        ``x-judged`` marks values that are checked beyond their form, such as the check digit of an identity number: `deed_of` may still refuse these.
        """
        from ssflow.converters.schema import schema_of

        return schema_of(self.data, self.title)

    @property
    def roles(self) -> tuple[Role, ...]:
        """All roles that may do this activity; none where a lapse does it."""
        return (self.by, *self.or_by) if self.by else ()

    @property
    def who(self) -> Text:
        """The roles that may do this activity, in words; empty where a lapse does it."""
        return any_of(self.roles) if self.by else NO_TEXT

    @property
    def schema(self) -> int:
        """The present version of the activity's data."""
        return len(self.upcasts) + 1

    @property
    def is_opening(self) -> bool:
        """Whether a case may begin with this activity."""
        return any(row.source is None for row in self.transitions)

    def leaving(self, state: State | None) -> tuple[Transition, ...]:
        """Return the moves of this activity from a state, in the order in which they are tried; None stands for the opening."""
        return self._leaving.get(state, ())


def _by_source(rows: Iterable[Transition]) -> Mapping[State | None, tuple[Transition, ...]]:
    found: dict[State | None, tuple[Transition, ...]] = {}
    for row in rows:
        found[row.source] = (*found.get(row.source, ()), row)
    return found


@frozen
class Extension:
    """The lengthening of a term by a figure, counted from its unrolled end.

    A term that has run out is lengthened only with ``belated``, where the rule says so. It is then in time again until its new end.

    Raises:
        InputError: a part is of another kind.

    """

    term: Term = field(validator=of_kind(Term))
    figure: Rule = field(validator=of_kind(Rule))
    belated: bool = field(default=False, validator=of_kind(bool))


@frozen
class Until:
    """The last day of a clock as an act sets it, such as a hearing or a reasonable time to correct; ``day`` names the field of its data.

    The clock starts with the act, anew if it runs already, and ends on the named day, whatever day of the week it is. ``least`` and
    ``most`` are the rules for the shortest and the longest time that may be set.

    Raises:
        InputError: a part is of another kind.

    """

    clock: Clock = field(validator=of_kind(Clock))
    day: str = field(validator=of_kind(str))
    least: Rule | None = field(default=None, kw_only=True, validator=optional(of_kind(Rule)))
    most: Rule | None = field(default=None, kw_only=True, validator=optional(of_kind(Rule)))

    @property
    def bounds(self) -> tuple[Rule, ...]:
        """The rules within which the day has to lie."""
        return tuple(rule for rule in (self.least, self.most) if rule)


@frozen
class Moves:
    """Transitions that are not yet given to an activity: ``checking.to(making).by(office, ...)``."""

    transitions: tuple[Transition, ...]

    def __or__(self, other: Moves) -> Moves:
        if not isinstance(other, Moves):
            return NotImplemented
        return Moves(self.transitions + other.transitions)

    @overload
    def by(
        self,
        role: Role | Roles,
        zh: str,
        en: str,
        *,
        cites: str | list[str],
        extends: Extension | None = None,
        withdraws: Activity[Any] | None = None,
        renews: Renewed | None = None,
        triggers: Activity[Any] | None = None,
        was: Former = (),
    ) -> Activity[None]: ...

    @overload
    def by(
        self,
        role: Role | Roles,
        zh: str,
        en: str,
        *,
        cites: str | list[str],
        data: type[D],
        extends: Extension | None = None,
        withdraws: Activity[Any] | None = None,
        sets: Until | None = None,
        renews: Renewed | None = None,
        triggers: Activity[Any] | None = None,
        upcasts: tuple[Upcast, ...] = (),
        was: Former = (),
    ) -> Activity[D]: ...

    def by(
        self,
        role: Role | Roles,
        zh: str,
        en: str,
        *,
        cites: str | list[str],
        data: type[Any] | None = None,
        extends: Extension | None = None,
        withdraws: Activity[Any] | None = None,
        sets: Until | None = None,
        renews: Renewed | None = None,
        triggers: Activity[Any] | None = None,
        upcasts: tuple[Upcast, ...] = (),
        was: Former = (),
    ) -> Activity[Any]:
        """Return the activity of a role, or of any of several (``manager | responder``), that makes these moves; see `Activity` for the options."""
        first, *others = roles_of(role)
        return Activity(
            zh,
            en,
            self.transitions,
            parse_citations(cites),
            by=first,
            or_by=tuple(others),
            data=data,
            extends=extends,
            withdraws=withdraws,
            sets=sets,
            renews=renews,
            triggers=triggers,
            upcasts=upcasts,
            was=was,
        )

    def triggered(self, role: Role, zh: str, en: str, *, cites: str | list[str], was: Former = ()) -> Activity[None]:
        """Return the activity of a role that is done only together with an act of a related case, which names it in ``triggers``."""
        return Activity(zh, en, self.transitions, parse_citations(cites), by=role, triggered=True, was=was)

    def after(
        self,
        lapse: Lapse,
        zh: str,
        en: str,
        *,
        cites: str | list[str],
        triggers: Activity[Any] | None = None,
        was: Former = (),
    ) -> Activity[None]:
        """Return the activity of the clock itself, when a lapse has run out."""
        return Activity(zh, en, self.transitions, parse_citations(cites), after=lapse, triggers=triggers, was=was)


def opens(target: State, *, when: Guard[Any] | None = None, under: Under = ()) -> Moves:
    """Return the opening of a case in a state, if the guard holds; ``under`` limits it to some regimes."""
    return Moves((Transition(None, target, when, under if isinstance(under, tuple) else (under,)),))
