"""Attempts: acts that somebody wants to do, with all parts checked, so that they can be judged."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ssflow.case.doors import check_deed, check_moment, check_role, check_text
from ssflow.case.legislation import Legislation
from ssflow.doors import check_kind, each_of
from ssflow.errors import InputError
from ssflow.persons import check_party
from ssflow.process import Activity, Deed, Process, Role
from ssflow.slots import quick

if TYPE_CHECKING:
    from ssflow.case.case import Case


# The classes of the parts of most attempts, which pass the checks of their kinds.
_USUAL = (Deed, Role, date, Legislation, bool, str)
_EMPTY = ""  # most attempts name nobody
_NONE: tuple[Case, ...] = ()  # most attempts have no related cases


@quick
@frozen(kw_only=True)
class Attempt:
    """An attempt to do a deed in a role, on a day, under a law, with related cases.

    ``on`` is the day of the act, or its instant. ``party`` is the party that acts in the role ``by``; ``actor`` is the person who types it, in
    the host's own reference; ``reason`` says why, where a reason is required. ``links`` are the related cases, ``connected`` the cases related to
    these: effects of time in them may change the related cases. ``triggered`` says that the act is done as part of an act in a related case;
    ``regime`` is the name of the recorded regime if an act of the past is judged again.

    Raises:
        InputError: a part is not of the required kind.

    """

    deed: Deed[Any]
    by: Role
    on: date | datetime
    law: Legislation
    party: str = _EMPTY
    actor: str = _EMPTY
    reason: str = _EMPTY
    links: tuple[Case, ...] = _NONE
    connected: tuple[Case, ...] = _NONE
    triggered: bool = False
    regime: str = ""

    def __attrs_post_init__(self) -> None:
        """Check all parts in one place, because a validator for each field costs more than the checks and every act is checked."""
        kinds = type(self.deed), type(self.by), type(self.on), type(self.law), type(self.triggered), type(self.regime)
        if kinds != _USUAL:
            check_deed("deed", self.deed)
            check_role("by", self.by)
            check_moment("on", self.on)
            check_kind("law", self.law, Legislation)
            check_kind("triggered", self.triggered, bool)
            check_kind("regime", self.regime, str)
        if not (self.party is _EMPTY and self.actor is _EMPTY and self.reason is _EMPTY):
            check_party("party", self.party)
            check_party("actor", self.actor)
            check_text("reason", self.reason)
        if self.links is not _NONE or self.connected is not _NONE:
            self._check_cases()

    def _check_cases(self) -> None:
        from ssflow.case.case import Case

        for name in ("links", "connected"):
            object.__setattr__(self, name, each_of(name, getattr(self, name), Case))

    @property
    def activity(self) -> Activity[Any]:
        """The activity of the deed."""
        return self.deed.activity

    def check_complete(self) -> None:
        """Refuse a deed whose data is missing; raises InputError."""
        if self.deed.is_blank:
            raise InputError.of("data", *self.deed.wanted)

    def check_against(self, process: type[Process], case: str) -> None:
        """Refuse an activity or a role of another procedure, and a case related to itself.

        Raises:
            InputError: the error names the part and the parts that exist.

        """
        if self.deed.activity.owner is not process or self.by.owner is not process:
            check_owner(process, "deed", self.deed.activity, process.activities)
            check_owner(process, "by", self.by, process.roles)
        if self.links:
            check_links((link.id for link in self.links), case)


def check_links(ids: Iterable[str], case: str) -> None:
    """Refuse a case that is related to itself; raises InputError."""
    if case in ids:
        raise InputError.of(
            "links",
            f"办件{case}不能与自身关联；请从links中去掉",
            f"case {case} is not related to itself; leave it out",
        )


def check_owner(
    process: type[Process], path: str, part: Activity[Any] | Role, known: tuple[Activity[Any] | Role, ...]
) -> None:
    """Refuse an activity or a role of another procedure; raises InputError."""
    if part.owner is not process:
        names = [one.name for one in known]
        if part.owner is not None and part.owner.is_version_of(process):
            raise InputError.of(
                path,
                f"{part!r}属于第{part.owner.version}版，办件该日按第{process.version}版办理；请用该版的定义：case.process.at({process.version})",
                f"{part!r} is of version {part.owner.version}, and the case is under version {process.version} on that day: "
                f"take it from that definition, case.process.at({process.version})",
            )
        raise InputError.of(
            path,
            f"{part!r}不属于{process.__name__}；可用：{'、'.join(names)}",
            f"{part!r} is none of {process.__name__}'s; take one of {', '.join(names)}",
        )
