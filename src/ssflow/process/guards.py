"""Guards: pure, named conditions on moves, with a reason in both languages and the article on which they rest."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from attrs import evolve, field, frozen

from ssflow.calendar import Span, WorkCalendar
from ssflow.doors import check_callable, check_kind
from ssflow.errors import DefinitionError, Fault, GuardError
from ssflow.process.position import Done, Position, Running
from ssflow.process.versions import counterpart, facts_in, renamed
from ssflow.rules.citations import Citation, parse_citations
from ssflow.rules.values import Value
from ssflow.slots import quick
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process.activities import Activity
    from ssflow.process.figures import Choice, Clock, Figure
    from ssflow.process.parts import Role
    from ssflow.process.process import Process
    from ssflow.process.states import State

# A guard for wide facts also serves narrower ones; an act with narrow facts serves a guard for wider ones.
F_contra = TypeVar("F_contra", contravariant=True)
F_co = TypeVar("F_co", covariant=True)
G = TypeVar("G")
E = TypeVar("E", bound=Enum)
# The methods by which a test reads figures.
READS = frozenset({"figure", "end_of", "yuan", "allows", "chosen"})


@frozen
class _Seen:
    """A running clock as seen by another version of the procedure."""

    clock: Clock
    of: Running

    @property
    def due(self) -> date | None:
        return self.of.due

    @property
    def overdue(self) -> bool:
        return self.of.overdue


@frozen(kw_only=True)
class Linked(Position):
    """A related case as a guard may see it."""

    process: type[Process]
    state: State
    id: str
    version: int
    facts: Any
    places: Mapping[str, str]

    def seen_in(self, process: type[Process]) -> Linked:
        """Return the related case in the parts and facts of the version of its procedure for which a guard was written.

        Raises:
            DefinitionError: that version lacks its state, or cannot hold its facts.

        """
        if self.process is process:
            return self
        state = counterpart(self.state, process)
        if state is None:
            text = Text(
                f"第{self.process.version}版的状态“{self.state.zh}”在第{process.version}版中没有对应",
                f'version {process.version} has nothing for the state "{self.state.en}" of version {self.process.version}',
            )
            raise DefinitionError(process.__name__, [Fault(self.state.name, text)])
        return evolve(
            self,
            process=process,
            state=state,
            came_from=counterpart(self.came_from, process) if self.came_from else None,
            parties=renamed(self.process.roles, process, self.parties),
            happened=renamed(self.process.activities, process, self.happened, Done.joined),
            running=tuple(_Seen(clock, one) for one in self.running if (clock := counterpart(one.clock, process))),
            facts=facts_in(self.facts, self.process, process),
            places=renamed(self.process.places, process, self.places),
        )


@quick
@frozen
class Act(Position, Generic[F_co]):
    """An act as a guard judges it: the facts including the act's data, its day, the law of that day, the position of the case, the related cases.

    ``before`` are the facts without the act's data; ``regime`` is that of the case, if its procedure has regimes; ``related`` are the ids
    of the cases that this one is already related to. ``activity`` is what is to be done and ``role`` the capacity in which it is done.
    ``party`` holds that role in the case, and ``actor`` types the act, by the host's own reference; both are empty where nobody is named.
    """

    facts: F_co
    before: F_co
    on: date
    figure: Callable[[Figure], Value | None] = field(repr=False)
    calendar: WorkCalendar = field(repr=False)
    places: Mapping[str, str] = field(factory=dict)
    links: tuple[Linked, ...] = ()
    related: tuple[str, ...] = ()
    regime: Enum | None = None
    activity: Activity[Any] | None = field(default=None, kw_only=True)
    role: Role | None = field(default=None, kw_only=True)
    party: str = field(default="", kw_only=True, repr=False)
    actor: str = field(default="", kw_only=True, repr=False)

    def end_of(self, figure: Figure, start: date, *, before: bool = False) -> date | None:
        """Return the last day of a figure's span that begins on a day (or is counted back from it); None if the place has no figure."""
        value = self.figure(figure)
        if value is None or not isinstance(value.amount, Span):
            return None
        return evolve(value.amount, before=before).deadline(start, self.calendar).due

    def yuan(self, figure: Figure) -> Decimal:
        """Return the sum of a fee on the day of the act; zero where no figure is known."""
        value = self.figure(figure)
        return value.amount if value and isinstance(value.amount, Decimal) else Decimal(0)

    def allows(self, figure: Figure) -> bool:
        """Return the yes or no of a figure on the day of the act; yes where no figure is known."""
        value = self.figure(figure)
        return value is None or value.amount is not False

    def chosen(self, choice: Choice[E]) -> E | None:
        """Return the way that a choice names on the day of the act; None where no figure is known."""
        value = self.figure(choice)
        return None if value is None else choice.of[str(value.amount)]

    def linked(self, process: type[Process]) -> tuple[Linked, ...]:
        """Return the related cases of a procedure, those under another version in the parts and facts of this one."""
        return tuple(case.seen_in(process) for case in self.links if case.process.is_version_of(process))


@frozen
class Condition(Generic[F_contra]):
    """One named test, the reason given when it fails, and its basis.

    A condition without ``cites`` rests only on the figures that it reads: the rule of the place refuses.
    """

    name: str
    reason: Text
    cites: tuple[Citation, ...]
    test: Callable[[Act[F_contra]], bool] = field(repr=False)

    def holds(self, act: Act[F_contra]) -> bool:
        """Return whether the act meets the condition.

        Raises:
            GuardError: the test raised an error, or returned something other than True or False.

        """
        try:
            answer = self.test(act)
        except DefinitionError as error:  # the test asks for a part that does not exist
            raise GuardError(self.name, Text.join([fault.text for fault in error.faults])) from error
        except Exception as error:  # the message stays in the chain of errors, because it may be personal
            raise GuardError(self.name, type(error).__name__) from error
        if not isinstance(answer, bool):
            raise GuardError(self.name, f"{type(answer).__name__}, not True or False")
        return answer

    def figures(self, act: Act[F_contra]) -> tuple[Value, ...]:
        """Return the figures that the test reads in judging an act."""
        found: list[Value] = []

        def read(figure: Figure) -> Value | None:
            value = act.figure(figure)
            found.extend([value] if value else [])
            return value

        self.holds(evolve(act, figure=read))
        return tuple(dict.fromkeys(found))


@frozen
class Guard(Generic[F_contra]):
    """One condition or several, all of which must hold; ``a & b`` joins guards, and a refusal lists every unmet one."""

    conditions: tuple[Condition[F_contra], ...]

    def __and__(self: Guard[G], other: Guard[G]) -> Guard[G]:
        if not isinstance(other, Guard):
            return NotImplemented
        return Guard(self.conditions + other.conditions)

    def unmet(self, act: Act[F_contra]) -> tuple[Condition[F_contra], ...]:
        """Return every condition that does not hold."""
        return tuple(condition for condition in self.conditions if not condition.holds(act))

    def holds(self, act: Act[F_contra]) -> bool:
        """Return whether all conditions hold."""
        for condition in self.conditions:  # noqa: SIM110 - at every act; a generator costs more than the conditions
            if not condition.holds(act):
                return False
        return True


def guard(zh: str, en: str, *, cites: str | Sequence[str] = ()) -> Callable[[Callable[[Act[G]], bool]], Guard[G]]:
    """Return a decorator that makes a guard of a function. The texts say what is required, in words fit for a refusal.

    A refusal cites the articles of ``cites`` and those of the figures that the function read; without ``cites``, only the latter.

    Raises:
        InputError: a text or the function is something else.

    """
    check_kind("zh", zh, str)
    check_kind("en", en, str)

    def named(test: Callable[[Act[G]], bool]) -> Guard[G]:
        check_callable("test", test)
        return Guard((Condition(test.__name__, Text(zh, en), parse_citations(cites), test),))

    return named
