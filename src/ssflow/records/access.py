"""Who was refused something, and who looked at personal data without its masks: what a host keeps apart from what happened in its cases.

It is written through a connection of its own: in the transaction of the host, it would be taken back with what was refused.
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
    """Of what an entry tells."""

    refused = Text("不予办理", "refused")
    revealed = Text("查看未遮盖的个人信息", "looked at personal data unmasked")


@frozen(kw_only=True)
class Access:
    """One entry: ``at`` which moment, by which method of `Cases` (``command``), in which case (empty if its id would have been made up).

    ``role``, ``party`` and ``actor`` are those that were named; the party is masked, so that the entries hold no personal data. ``codes``
    are the grounds of a refusal, their kind and their name (``role:office``); ``reason`` is what somebody gave, without numbers.
    """

    at: datetime
    kind: AccessKind
    command: str
    case: str
    activity: str = ""
    role: str = ""
    party: str = ""
    actor: str = ""
    reason: str = ""
    codes: tuple[str, ...] = ()


class AccessLog(Protocol):
    """Where entries are kept, through a connection of its own. Stores with connections of their own are one too."""

    def note(self, entries: Sequence[Access]) -> None:
        """Keep some entries, all or none."""

    def accesses(self, *, case: str | None = None, since: datetime | None = None) -> tuple[Access, ...]:
        """The entries in the order in which they were kept; of what is asked for, those of a case, and those from an instant on."""


class Noting(Protocol):
    """What has methods whose refusals are noted."""

    @property
    def access_log(self) -> AccessLog | None:
        """Where they are."""

    @property
    def now(self) -> Callable[[], datetime]:
        """What time it is."""


def check_access_log(name: str, given: object) -> None:
    """Any object with the methods of an access log whose entries no rollback of the host takes back, or none."""
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
            "this store is in a transaction of the host, whose rollback would take the entries away; give one with connections of its own",
        )


def noted(act: Callable[Concatenate[C, P], A]) -> Callable[Concatenate[C, P], A]:
    """A method whose refusals are kept in the access log, if there is one. If they cannot be kept, that is told instead of the refusal."""
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
        if isinstance(answer, Round):  # it tells of what was refused, and does not raise
            _note(cases, act.__name__, bound.arguments, answer)
        return answer

    return carried_out


def revealed(case: str, *, by: Role | None, party: str, actor: str, reason: str, now: datetime) -> Access:
    """The entry of a look at personal data without its masks."""
    return Access(
        at=_moment(now),
        kind=AccessKind.revealed,
        command="reveal",
        case=case,
        role=by.name if by else "",
        party=mask(party) if party else "",
        actor=actor,
        reason=without_numbers(reason),
    )


def held(given: object) -> object:
    """An argument that can be looked at twice."""
    if isinstance(given, Iterable) and not isinstance(given, str | bytes | Mapping | Sequence):
        return tuple(given)
    return given


def _note(cases: Noting, command: str, asked: Mapping[str, Any], came: RefusedError | SweepError | Round[Any]) -> None:
    if cases.access_log is not None and (entries := tuple(_entries(command, asked, came, cases.now()))):
        cases.access_log.note(entries)


def _entries(
    command: str, asked: Mapping[str, Any], came: RefusedError | SweepError | Round[Any], now: datetime
) -> Iterator[Access]:
    """An entry of each act that was asked for, or of each case in which a work that goes through many was refused."""
    shared = {"actor": asked.get("actor", ""), "reason": without_numbers(asked.get("reason", ""))}
    for case, refused in _refusals(asked, came):
        codes = tuple(dict.fromkeys(f"{ground.kind.name}:{ground.name}" for ground in refused.grounds))
        for act in _acts(asked):
            told = {"case": case, **shared, **act}
            yield Access(at=_moment(now), kind=AccessKind.refused, command=command, codes=codes, **told)


def _refusals(
    asked: Mapping[str, Any], came: RefusedError | SweepError | Round[Any]
) -> Iterator[tuple[str, RefusedError]]:
    if isinstance(came, RefusedError):
        yield asked.get("case", ""), came
    else:
        failures = came.failures if isinstance(came, SweepError) else came.failed
        yield from ((case, why) for case, why in failures.items() if isinstance(why, RefusedError))


def _acts(asked: Mapping[str, Any]) -> Iterator[dict[str, str]]:
    """What was asked for: an act, several, or what names no act."""
    several = asked.get("openings", asked.get("acts"))
    if several is None:
        by = asked.get("corrector") or asked.get("by")
        yield _act(asked.get("deed"), by, asked.get("party", ""))
    for one in several or ():
        if isinstance(one, Opening):
            yield {**_act(one.deed, one.by, one.party), "case": "" if one.is_made_up else one.case, "actor": one.actor}
        elif isinstance(one, Late):
            yield _act(one.deed, one.by, one.party)


def _act(deed: Deed[Any] | None, by: Role | None, party: str) -> dict[str, str]:
    return {
        "activity": deed.activity.name if deed else "",
        "role": by.name if by else "",
        "party": mask(party) if party else "",
    }


def _moment(now: datetime) -> datetime:
    return recorded(now, ZONE) or now
