"""The questions that can be asked about the cases in a store; none of them changes anything."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from copy import copy
from datetime import date, datetime, timedelta
from typing import Self

from attrs import evolve as changed
from attrs import field, frozen
from attrs.validators import optional

from ssflow import machines
from ssflow.calendar import clock
from ssflow.case.case import Case, evolve
from ssflow.case.doors import check_key, check_moment, check_role, check_store, check_text, ids_of
from ssflow.case.effects import advance_together
from ssflow.case.events import Event
from ssflow.case.judge import is_earlier
from ssflow.case.legislation import Legislation
from ssflow.case.options import Option, options
from ssflow.case.upgrading import Upgrade
from ssflow.doors import check_callable, check_day, check_kind, checked, each_of, of_kind
from ssflow.errors import Fault, InputError, SsflowError, UnknownError
from ssflow.persons.naming import check_party
from ssflow.process import Process, Role
from ssflow.records.access import AccessLog, check_access_log, noted, revealed
from ssflow.records.authority import Asked, Authorise, check_authority, everybody
from ssflow.records.codec import Codec
from ssflow.records.connections import apart
from ssflow.records.contract import CaseRow, ObligationRow, Store, VersionRow
from ssflow.records.entries import check_reason
from ssflow.records.keys import KeyStore, check_keys
from ssflow.records.ledger import Ledger
from ssflow.records.overdue import Overdue, overdue
from ssflow.records.play import play
from ssflow.records.renamed import owed_in_present_names, unregistered
from ssflow.records.requests import KeyedRequest
from ssflow.records.rows import obligations_of
from ssflow.records.sealing import findings_of_seals
from ssflow.records.seals import Seal, check_secret
from ssflow.records.sweeps import PORTION, in_portions
from ssflow.records.upgrades import Prospect, is_concerned, is_older, prospect, unknown
from ssflow.records.verify import Finding, findings
from ssflow.regions import known


@frozen
class Reading:
    """The cases of a store, judged by a law; `Cases` adds the commands that change them."""

    store: Store = field(validator=checked(check_store))
    law: Legislation = field(factory=Legislation, validator=of_kind(Legislation))
    now: Callable[[], datetime] = field(default=clock.now, kw_only=True, validator=checked(check_callable))
    process_of: Callable[[str], type[Process]] = field(
        default=machines.get, kw_only=True, validator=checked(check_callable)
    )
    authorise: Authorise = field(default=everybody, kw_only=True, validator=checked(check_callable))
    furthest: timedelta | None = field(default=None, kw_only=True, validator=optional(of_kind(timedelta)))
    access_log: AccessLog | None = field(default=None, kw_only=True, validator=checked(check_access_log))
    keys: KeyStore | None = field(default=None, kw_only=True, validator=checked(check_keys))
    cause: str = field(default="", kw_only=True, validator=checked(check_text))
    _ledger: Ledger = field(init=False, eq=False, repr=False)

    def __attrs_post_init__(self) -> None:
        ledger = Ledger(self.store, Codec(self.process_of, keys=self.keys), self.cause)
        object.__setattr__(self, "_ledger", ledger)

    def caused_by(self, cause: str) -> Self:
        """Return the same cases; their events from now on name a cause: the id of a message of another system, or of an event there.

        The cause is recorded with every event of a command, sent to subscribers and shown in views. It must not be personal data.

        Raises:
            InputError: the cause is not a text of visible characters.

        """
        check_key("cause", cause)
        return changed(self, cause=cause)

    def _under(self, request: KeyedRequest) -> Self:
        """Return the same cases, which write what they write next together with a request."""
        under = copy(self)  # all parts are checked already
        object.__setattr__(under, "_ledger", Ledger(self.store, self.codec, self.cause, request))
        return under

    @property
    def codec(self) -> Codec:
        """The codec that writes and reads the records of these cases."""
        return self._ledger.codec

    def get(self, case: str) -> Case:
        """Return a case in its present state, by its id; raises UnknownError if it does not exist."""
        return self._ledger.case(case)

    @noted
    def reveal(self, case: str, *, actor: str, reason: str, by: Role | None = None, party: str = "") -> Case:
        """Return a case as `get` does, for a person who may see its personal data unmasked; the look is first written to the access log.

        ``actor`` is the person who looks, ``by`` and ``party`` are the role and the party for which that person looks, ``reason`` says why.

        Raises:
            RefusedError: the host refuses the look (`authorise`); the refusal is logged too.
            InputError: there is no access log, the actor or the reason is missing, or an argument is not what is required.
            UnknownError: there is no such case.

        """
        check_party("actor", actor)
        check_party("party", party)
        check_reason("reason", reason)
        if by is not None:
            check_role("by", by)
        if self.access_log is None or not actor:
            raise InputError.of(
                "actor" if self.access_log else "access_log",
                "查看未遮盖的个人信息须有记录：Cases(..., access_log=...)，并写明查看人",
                "a look at unmasked personal data has to be recorded: give Cases(..., access_log=...), and name the person by actor='...'",
            )
        found, now = self.get(case), self.now()
        check_authority(self.authorise, Asked.to_reveal(found, by, now, party, actor))
        self.access_log.note([revealed(case, by=by, party=party, actor=actor, reason=reason, now=now)])
        return found

    def trace(self, case: str) -> tuple[Event, ...]:
        """Return all events of a case, in the order in which they were recorded; raises UnknownError if the case does not exist."""
        return self._ledger.trace(case)

    def options(
        self, case: str, *, on: date | datetime, by: Role | None = None, party: str = "", actor: str = ""
    ) -> tuple[Option, ...]:
        """Return every activity of a case with its verdict on a day; ``party`` and ``actor`` are those who would act.

        Raises:
            InputError: an argument is not what is required, or the case was not opened by then.
            UnknownError: there is no such case.

        """
        check_moment("on", on)
        if by is not None:
            check_role("by", by)
        group = self._at(self._ledger.near({case: self.get(case)}, (), lambda: self._instant_of(on)), on)
        found = group.get(case)
        if found is None:
            raise InputError.of(
                "on",
                f"办件{case}当时尚未登记；请给出登记之日或以后",
                f"case {case} was not opened by then; give the day of its opening or a later one",
            )
        linked = [group[link.case] for link in found.links if link.case in group]
        return options(
            found, on=on, by=by, law=self.law, links=linked, connected=group.values(), party=party, actor=actor
        )

    def work_list(
        self, *, role: Role | str | None = None, place: str | None = None, due_by: date | None = None
    ) -> tuple[ObligationRow, ...]:
        """Return what a role owes in a place by a day: one look-up, sorted by due day, terms without a day last.

        A role belongs to one procedure; a name alone means the role of this name in every procedure. A term is late here if that is recorded;
        `overdue` also finds terms whose lateness has not been recorded yet.

        Raises:
            InputError: an argument is not what is required.
            UnknownError: no place has this code, or no installed procedure a role of this name; where ``process_of`` is the host's own, nobody
                can tell what it would find, and the list is empty.

        """
        if role is not None and not isinstance(role, str):
            check_role("role", role)
        if place is not None:
            check_text("place", place)
            known(place)
        if due_by is not None:
            check_day("due_by", due_by)
        process = role.owner.name if isinstance(role, Role) and role.owner else None
        name = role.name if isinstance(role, Role) else role
        rows = (
            self._placed(owed_in_present_names(row, self.process_of))
            for asked in _roles_asked(role)
            for row in self.store.obligations(**asked, place=place, due_by=due_by)
        )
        found = [row for row in rows if row.meets(process=process, role=name, place=place, due_by=due_by)]
        if not found and isinstance(role, str) and self.process_of is machines.get:
            _check_role_named(role)
        return tuple(sorted(found, key=ObligationRow.order))

    def check_versions(self) -> tuple[VersionRow, ...]:
        """Return the versions in use; refuse an open case under a version of a procedure that ``process_of`` does not find.

        Call it once when the host starts: it is one query and reads no histories.

        Raises:
            InputError: open cases are of a procedure that is not registered, or under a version of one; each is named.

        """
        rows = self.store.versions()
        if faults := [Fault("process_of", text) for row in rows if (text := unregistered(row, self.process_of))]:
            raise InputError(*faults)
        return rows

    def rows(self) -> tuple[CaseRow, ...]:
        """Return the lines of all cases in the order of their opening, by the present names of procedures and states."""
        return self._ledger.rows()

    def _placed(self, row: ObligationRow) -> ObligationRow:
        """Return a line with its place; the store does not know the place if the line was written before places were kept."""
        if row.place is None:
            with suppress(SsflowError):  # a case that cannot be read is not hidden
                of_case = obligations_of(self.get(row.case))
                known = (owed_in_present_names(one, self.process_of) for one in of_case)
                return next((one for one in known if one.clock == row.clock), row)
        return row

    def dry_run(
        self,
        upgrade: Upgrade,
        *,
        on: date | datetime,
        reason: str = "",
        actor: str = "",
        cases: Iterable[str] | None = None,
    ) -> tuple[Prospect, ...]:
        """Return what `Cases.upgrade` would do in each open case of an older version, or in ``cases`` alone. Nothing is written.

        Each prospect says whether the case would be upgraded, why not, and what would change.

        Raises:
            InputError: an argument is not what is required; it is named.
            UnknownError: there is no case of one of these ids.

        """
        check_kind("upgrade", upgrade, Upgrade)
        check_moment("on", on)
        check_text("reason", reason)
        check_party("actor", actor)

        def foretold(some: Sequence[str]) -> Sequence[Prospect]:
            groups = {id_: group for group in apart(self._ledger.connected(some)) for id_ in group}
            older = [(groups[id_], log) for id_, log in self._ledger.each(some).items() if is_older(log.case, upgrade)]
            return [prospect(group, log, upgrade, on, self.law, reason=reason, actor=actor) for group, log in older]

        concerned = self._concerned(upgrade, cases)
        told, failed = in_portions(concerned, foretold, most=PORTION)
        found = {one.case: one for one in told} | {id_: unknown(id_, error) for id_, error in failed.items()}
        return tuple(found[id_] for id_ in concerned if id_ in found)

    def _concerned(self, upgrade: Upgrade, cases: Iterable[str] | None) -> dict[str, int]:
        """Return the open cases of a procedure with their versions, or only the named ones."""
        rows = {row.id: row.version for row in self.store.rows() if is_concerned(row, upgrade)}
        if cases is None:
            return rows
        named = ids_of(cases)
        self.store.snapshots(named)  # refuses ids without a case
        return {id_: version for id_, version in rows.items() if id_ in named}

    def overdue(self, on: date | datetime) -> Overdue:
        """Return the line of every term that is overdue on a day (at its beginning) or at an instant, recorded or not.

        For a past day, these are the terms that were overdue then as far as is now on record, also in cases that have been closed since. Cases
        that cannot be read hide no others: the answer has them as ``unreadable``, and a warning names them.
        """
        check_moment("on", on)
        instant, day = self._instant_of(on), self.law.calendar.civil_day(on)

        return overdue(self._ledger, instant, day, lambda cases: self._at(cases, on))

    def verify(self, *, seals: Iterable[Seal] = (), secret: bytes | None = None) -> tuple[Finding, ...]:
        """Return what is wrong with the records: cases that cannot be read, do not match their events, or could not have happened.

        Give the ``seals`` that were kept elsewhere, in order, and their ``secret`` to find also what was deleted or rewritten since, and seals
        that do not hold. Seals that are missing at the end look like seals that were never made, so keep the number of the last one.

        Raises:
            InputError: there are seals and no secret, or the secret is not one.

        """
        seals = each_of("seals", seals, Seal)
        if secret is None and not seals:
            return tuple(findings(self._ledger, self.law))
        check_secret("secret", secret)
        return (*findings(self._ledger, self.law), *findings_of_seals(self.store, seals, secret or b""))

    def _at(self, cases: Mapping[str, Case], on: date | datetime) -> Mapping[str, Case]:
        """Return cases and those around them at a moment; cases that were not opened by then are left out."""
        then: dict[str, Case] = {}
        for group in apart(cases):
            if self._is_past(group.values(), on):
                played = play(self._ledger.logs(group), on, self.law)
                then |= {id_: one for id_, one in played.cases.items() if one.state}
                continue
            for event in advance_together(group.values(), on, self.law):
                group[event.case] = evolve(group[event.case], event)
            then |= group
        return then

    def _is_past(self, group: Iterable[Case], on: date | datetime) -> bool:
        """Return whether something is recorded to have happened after a moment in one of some cases."""
        return any(case.last is not None and is_earlier(on, case.last, self.law.calendar) for case in group)

    def _instant_of(self, when: date | datetime) -> datetime:
        return clock.instant_of(when, self.law.calendar.zone)


def _check_role_named(name: str) -> None:
    """Refuse the name of a role that no installed procedure has; raises UnknownError."""
    known = dict.fromkeys(role.name for process in machines.sound() for one in process.versions() for role in one.roles)
    if name not in known:
        raise UnknownError("role", name, known)


def _roles_asked(role: Role | str | None) -> Iterator[dict[str, str]]:
    """Yield the queries for a role under all names that lines may have: a store keeps the names of the time of writing.

    Without its procedure, the older names of a role are not known, so for a name alone all lines are read.
    """
    if isinstance(role, Role) and role.owner:
        for process in (*role.owner.former, role.owner.name):
            yield from ({"process": process, "role": name} for name in (*role.was, role.name))
    else:
        yield {}
