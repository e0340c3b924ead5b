"""The access log: refusals and looks at unmasked personal data, which a host keeps apart from the events of its cases.

The log is written through a connection of its own: in the transaction of the host, an entry would be rolled back with the refused write.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from enum import Enum, unique
from functools import wraps
from inspect import signature
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, Protocol, TypeVar

from attrs import frozen

from ssflow.calendar.clock import ZONE, recorded
from ssflow.errors import InputError, RefusedError, SweepError
from ssflow.persons import mask, without_numbers
from ssflow.records.corrections import Correction
from ssflow.records.entries import Late
from ssflow.records.opening import Opening
from ssflow.records.rounds import Round
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.process import Deed, Role

C = TypeVar("C", bound="Noting")
P = ParamSpec("P")
A = TypeVar("A")


@unique
class AccessKind(Enum):
    """The kinds of entries in the access log."""

    refused = Text("不予办理", "refused")
    revealed = Text("查看未遮盖的个人信息", "looked at personal data unmasked")


@frozen(kw_only=True)
class Access:
    """An entry of the access log: the moment ``at``, the method of `Cases` (``command``) and the case (empty if its id was not given).

    ``role``, ``party`` and ``actor`` are those of the call; the party is masked, so that entries hold no personal data. ``codes`` are
    the grounds of a refusal, each as its kind and its name (``role:office``); ``reason`` is the reason that was given, without numbers.
    ``fault`` says what is damaged if the entry cannot be read as it was written; the damaged part is None or empty.
    """

    at: datetime | None
    kind: AccessKind | None
    command: str
    case: str
    activity: str = ""
    role: str = ""
    party: str = ""
    actor: str = ""
    reason: str = ""
    codes: tuple[str, ...] = ()
    fault: Text | None = None


class AccessLog(Protocol):
    """A store of access entries with a connection of its own. Every store of cases with connections of its own is one too."""

    def note(self, entries: Sequence[Access]) -> None:
        """Keep the entries, all or none."""

    def accesses(self, *, case: str | None = None, since: datetime | None = None) -> tuple[Access, ...]:
        """Return the entries in the order in which they were kept: all, or only those of a case or from an instant on."""


class Noting(Protocol):
    """An object with methods whose refusals are noted."""

    @property
    def access_log(self) -> AccessLog | None:
        """The access log in which refusals are noted; None if they are not."""

    @property
    def now(self) -> Callable[[], datetime]:
        """The function that returns the present instant."""


def check_access_log(name: str, given: object) -> None:
    """Refuse anything but None or an access log whose entries no rollback of the host takes back; raises InputError."""
    if given is None:
        return
    if not all(callable(getattr(given, method, None)) for method in ("note", "accesses")) or isinstance(given, type):
        raise InputError.of(
            name,
            "须有方法note、accesses，例如SQLiteStore('access.db')",
            "the methods note and accesses are required, as SQLiteStore('access.db') has them",
        )
    if getattr(given, "is_joined", False):
        raise InputError.of(
            name,
            "该存储在宿主系统的事务中，回滚会一并撤销记录；请用自带连接的存储",
            "this store is in a transaction of the host, and a rollback would remove the entries; give a store with connections of its own",
        )


def noted(act: Callable[Concatenate[C, P], A]) -> Callable[Concatenate[C, P], A]:
    """Decorate a method so that its refusals are kept in the access log, if there is one. If that fails, its error replaces the refusal."""
    parameters = signature(act)

    @wraps(act)
    def carried_out(cases: C, /, *args: P.args, **kwargs: P.kwargs) -> A:
        if cases.access_log is None:
            return act(cases, *args, **kwargs)
        bound = parameters.bind(cases, *args, **kwargs)
        for name, given in bound.arguments.items():
            bound.arguments[name] = held(given)
        try:
            answer = act(*bound.args, **bound.kwargs)
        except (RefusedError, SweepError) as error:
            _note(cases, act.__name__, bound.arguments, error)
            raise
        if isinstance(answer, Round):  # a round does not raise: it returns its refusals
            _note(cases, act.__name__, bound.arguments, answer)
        return answer

    return carried_out


def revealed(case: str, *, by: Role | None, party: str, actor: str, reason: str, now: datetime) -> Access:
    """Return the entry of a look at unmasked personal data."""
    return Access(
        at=recorded(now, ZONE),
        kind=AccessKind.revealed,
        command="reveal",
        case=case,
        role=by.name if by else "",
        party=mask(party) if party else "",
        actor=actor,
        reason=without_numbers(reason),
    )


def held(given: object) -> object:
    """Return an argument that can be iterated twice: an iterator as a tuple, anything else as it is."""
    if isinstance(given, str) or not isinstance(given, Iterable) or isinstance(given, bytes | Mapping | Sequence):
        return given
    return tuple(given)


def _note(cases: Noting, command: str, asked: Mapping[str, Any], came: RefusedError | SweepError | Round[Any]) -> None:
    if cases.access_log is not None and (entries := tuple(_entries(command, asked, came, cases.now()))):
        cases.access_log.note(entries)


def _entries(
    command: str, asked: Mapping[str, Any], came: RefusedError | SweepError | Round[Any], now: datetime
) -> Iterator[Access]:
    """Yield an entry for each requested act or, for a method that goes through many cases, for each case that was refused."""
    shared = {"actor": asked.get("actor", ""), "reason": without_numbers(asked.get("reason", ""))}
    for case, refused in _refusals(asked, came):
        codes = tuple(dict.fromkeys(f"{ground.kind.name}:{ground.name}" for ground in refused.grounds))
        for act in _acts(asked):
            told = {"case": case, **shared, **act}
            yield Access(at=recorded(now, ZONE), kind=AccessKind.refused, command=command, codes=codes, **told)


def _refusals(
    asked: Mapping[str, Any], came: RefusedError | SweepError | Round[Any]
) -> Iterator[tuple[str, RefusedError]]:
    if isinstance(came, RefusedError):
        yield asked.get("case", ""), came
    else:
        failures = came.failures if isinstance(came, SweepError) else came.failed
        yield from ((case, why) for case, why in failures.items() if isinstance(why, RefusedError))


def _acts(asked: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """Yield the requested acts as fields of an entry; one without an activity if the call names no act."""
    several = asked.get("openings", asked.get("acts", asked.get("corrections")))
    if several is None:
        by = asked.get("corrector") or asked.get("by")
        yield _act(asked.get("deed"), by, asked.get("party", ""))
    for one in several or ():
        if isinstance(one, Opening):
            yield {**_act(one.deed, one.by, one.party), "case": "" if one.is_made_up else one.case, "actor": one.actor}
        elif isinstance(one, Late):
            yield _act(one.deed, one.by, one.party)
        elif isinstance(one, Correction):
            who = {"case": one.case, "actor": one.actor, "reason": without_numbers(one.reason)}
            yield {**_act(one.deed, one.corrector or one.by, one.party), **who}


def _act(deed: Deed[Any] | None, by: Role | None, party: str) -> dict[str, str]:
    return {
        "activity": deed.activity.name if deed else "",
        "role": by.name if by else "",
        "party": mask(party) if party else "",
    }
