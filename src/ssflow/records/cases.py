"""The commands on cases in a store: opening, acts, late entries, corrections and seals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from attrs import frozen

from ssflow.case.attempts import Attempt
from ssflow.case.case import Case
from ssflow.case.doors import check_beside, check_moment, check_number, ids_of
from ssflow.case.events import Event, EventKind
from ssflow.case.verdicts import decide
from ssflow.doors import each_of
from ssflow.errors import ConflictError, Fault, InputError, UnknownError
from ssflow.persons.naming import check_party
from ssflow.process import Activity, Deed, Process, Role
from ssflow.records.authority import Asked, check_authority
from ssflow.records.batches import Batches
from ssflow.records.corrections import Correction, corrected
from ssflow.records.entries import Late, check_reason, entered
from ssflow.records.future import check_happened
from ssflow.records.log import Log
from ssflow.records.once import once
from ssflow.records.opening import Opening, decide_late, decide_together
from ssflow.records.rejudge import rejudge
from ssflow.records.sealing import next_seal
from ssflow.records.seals import Seal, check_secret
from ssflow.slots import changed
from ssflow.text import Text


@frozen
class Cases(Batches):
    """The cases of a store, judged by a law.

    ``now`` returns the present instant: acts in its future are refused, and events are stamped with it. ``process_of`` finds a procedure by its
    name. ``authorise`` decides for the host who may do what: it gets a request (`Asked`) and returns a reason to refuse it, or None.
    ``access_log`` keeps refusals (`AccessLog`), even if the transaction of the host is rolled back. ``furthest`` limits how far beyond the
    newest day on record a sweep may run; by default a sweep runs up to now, because a place may have had no events for a long time.
    """

    @once
    def open(
        self,
        deed: Deed[Any],
        *,
        by: Role,
        on: date | datetime,
        places: Mapping[str, str] | str,
        case: str = "",
        links: Iterable[str] = (),
        party: str = "",
        actor: str = "",
        key: str = "",  # noqa: ARG002 - see `once`
    ) -> Case:
        """Open a case by a deed that opens one, ``CardReplacement.apply(application)``, and return it.

        ``places`` maps the names of the procedure's places to region codes; a single code serves a procedure with one place.
        ``case`` is the new id, made up if empty; ``links`` are the ids of related cases. ``party`` is the person or body in the role ``by``,
        ``actor`` the person who typed it. ``key`` is an idempotency key: if the same request is repeated under it, because no answer came, it
        gets the first answer, and nothing is written.

        Raises:
            RefusedError: the case may not be opened; all grounds are listed.
            InputError: an argument is not what is required; it is named.
            UnknownError: no place has this code, or a linked case does not exist.
            ConflictError: a case of this id exists.
            ReusedKeyError: the key was used for another request.

        """
        opening = Opening(deed=deed, by=by, places=places, case=case, links=links, party=party, actor=actor)
        self._check_newest(opening.process)
        attempt = Attempt(deed=deed, by=by, on=on, law=self.law, party=party, actor=actor)
        return self._do(opening.unopened(), attempt, opening.links)

    @once
    def open_together(
        self,
        openings: Iterable[Opening],
        *,
        on: date | datetime,
        key: str = "",  # noqa: ARG002 - see `once`
    ) -> tuple[Case, ...]:
        """Open several cases at the same time, all or none, and return them in order.

        An opening may name in ``links`` any case of the store and those opened before it; ``key`` is as in `open`.

        Raises:
            RefusedError: one of them may not be opened; the grounds of all that may not are listed.
            ConflictError: a case of one of these ids exists.
            ReusedKeyError: as `open`.

        """
        check_moment("on", on)
        openings = each_of("openings", openings, Opening)
        for opening in openings:
            self._check_newest(opening.process)
            check_authority(self.authorise, Asked.to_do(opening.unopened(), opening, on))
            self._check_happened(opening.deed.activity, on)
        ours = {opening.case for opening in openings}
        for id_ in ours:
            with suppress(UnknownError):
                raise ConflictError(id_, 0, self.get(id_).version)
        named = dict.fromkeys(link for opening in openings for link in opening.links if link not in ours)
        group: dict[str, Case] = {}
        for id_ in named:
            group |= self._ledger.near({id_: self.get(id_)}, (), lambda: self._instant_of(on))
        opened = {opening.case: opening.unopened() for opening in openings}
        if self._is_past(group.values(), on):
            logs = self._ledger.logs(group)
            events = decide_late(openings, on=on, law=self.law, group=logs)
            logs |= {id_: Log(case, ()) for id_, case in opened.items()}
            _, after = self._record(events, {}, logs)
        else:
            linked = [group[id_] for id_ in named]
            connected = [case for id_, case in group.items() if id_ not in named]
            events = decide_together(openings, on=on, law=self.law, related=linked, connected=connected)
            _, after = self._record(events, {**group, **opened})
        return tuple(after[opening.case] for opening in openings)

    @once
    def do(
        self,
        case: str,
        deed: Deed[Any],
        *,
        by: Role,
        on: date | datetime,
        version: int | None = None,
        links: Iterable[str] = (),
        party: str = "",
        actor: str = "",
        reason: str = "",
        before: int | None = None,
        after: int | None = None,
        key: str = "",  # noqa: ARG002 - see `once`
    ) -> Case:
        """Do something in a case, ``CardReplacement.accept()``, and return the case after it.

        ``links`` adds related cases to those of the case; ``party``, ``actor`` and ``key`` are as in `open`. Lapses and overdue terms recorded
        since ``on`` do not prevent the act: it is judged at its day, and what no longer follows is set aside. An act that comes before another
        act of the case is a late entry: it needs a ``reason``, and the later acts are judged again. If only the day is known, ``before`` or
        ``after`` names the event of that day before or after which the act happened.

        Raises:
            RefusedError: the act may not be done, or a later one could not have been done with it; all grounds are listed,
                nothing is changed.
            ConflictError: the case is no longer at ``version``, or somebody wrote at the same time.
            ReusedKeyError: the key was used for another request.
            InputError: an argument is not what is required; it is named.
            UnknownError: there is no such case.

        """
        found = self._at_version(case, version)
        check_beside(before, after)
        attempt = Attempt(deed=deed, by=by, on=on, law=self.law, party=party, actor=actor, reason=reason)
        return self._do(found, attempt, ids_of(links), before=before, after=after)

    @once
    def enter_late(
        self,
        case: str,
        acts: Iterable[Late],
        *,
        reason: str,
        version: int | None = None,
        actor: str = "",
        key: str = "",  # noqa: ARG002 - see `once`
    ) -> Case:
        """Enter several missed acts as one history, all or none; they are judged together with the later acts.

        Raises:
            RefusedError: one of them could not have been done, or a later act could not have been done with them.
            ConflictError, ReusedKeyError, InputError, UnknownError: as `do`; or there is no act.

        """
        check_reason("reason", reason)
        check_party("actor", actor)
        found = self._at_version(case, version)
        acts = each_of("acts", acts, Late)
        if not acts:
            raise InputError.of(
                "acts", "没有可补录的办理；请给出[Late(...), ...]", "there is no act; give [Late(...), ...]"
            )
        group = self._ledger.logs([found.id, *(link for act in acts for link in act.links)])
        cases = {id_: log.case for id_, log in group.items()}
        drafts: list[Event] = []
        follows: dict[int, int] = {}  # of several acts after one event, each comes after the one before it in the list
        for act in acts:
            attempt = Attempt(
                deed=act.deed, by=act.by, on=act.on, law=self.law, party=act.party, actor=actor, reason=reason
            )
            check_authority(self.authorise, Asked.to_do(found, attempt, act.on))
            self._check_happened(act.deed.activity, act.on)
            links = self._links(found, act.links, cases)
            log = changed(group[found.id], events=(*group[found.id].events, *drafts))
            after = None if act.after is None else follows.get(act.after, act.after)
            draft = entered(log, changed(attempt, links=links), act.links, before=act.before, after=after)
            drafts.append(changed(draft, kind=EventKind.late))
            if act.after is not None:
                follows[act.after] = draft.version
        return self._record(rejudge(group, drafts, self.law), {}, group)[1][found.id]

    @once
    def correct(
        self,
        case: str,
        replaces: int,
        deed: Deed[Any] | None,
        *,
        reason: str,
        by: Role | None = None,
        on: date | datetime | None = None,
        version: int | None = None,
        party: str = "",
        actor: str = "",
        corrector: Role | None = None,
        before: int | None = None,
        after: int | None = None,
        links: Iterable[str] = (),
        unlinks: Iterable[str] = (),
        places: Mapping[str, str] | str | None = None,
        key: str = "",  # noqa: ARG002 - see `once`
    ) -> Case:
        """Record that another deed counts in the place of event number ``replaces``, or none (``deed=None``), and return the case.

        Parts that are left out stay as they were; ``before``, ``after`` and ``links`` are as in `do`, ``unlinks`` and ``places`` as in `Correction`.
        ``corrector`` is the role that corrects, one of ``Process.correctors``; if it is left out, the role that acted corrects its own act, for
        the same party. The history is judged again with the correction, in all related cases. An upgrade can only be struck out, and only
        while nothing has been done under the newer version.

        Raises:
            RefusedError: the role may not correct the event, or the deed or a later act would have been impossible; all grounds are listed.
            ConflictError, ReusedKeyError, InputError, UnknownError: as `do`; or there is no such event, or the opening would be struck out.

        """
        found = self._at_version(case, version)
        correction = Correction(
            replaces,
            deed,
            reason=reason,
            by=by,
            on=on,
            party=party,
            actor=actor,
            corrector=corrector,
            before=before,
            after=after,
            case=case,
            links=links,
            unlinks=unlinks,
            places=places,
        )
        return self._correct([correction], {case: found})[0]

    @once
    def correct_together(
        self,
        corrections: Iterable[Correction],
        *,
        key: str = "",  # noqa: ARG002 - see `once`
    ) -> tuple[Case, ...]:
        """Correct several events, in one case or in several, all or none, and return the cases in the order in which they are named.

        The histories are judged with all of the corrections: what is wrong in the same way in two related cases, or a return and its
        completion that both belong elsewhere, cannot be put right one after the other. ``key`` is as in `open`.

        Raises:
            RefusedError, ConflictError, ReusedKeyError, InputError, UnknownError: as `correct`; or there is no correction.

        """
        corrections = each_of("corrections", corrections, Correction)
        if not corrections:
            raise InputError.of(
                "corrections",
                "没有可作的更正；请给出[Correction(...), ...]",
                "there is no correction; give [Correction(...), ...]",
            )
        nameless = Text("请在更正中写明是哪个办件", "name the case that is corrected")
        if faults := [Fault(f"corrections[{n}].case", nameless) for n, one in enumerate(corrections) if not one.case]:
            raise InputError(*faults)
        return self._correct(corrections, {one.case: self.get(one.case) for one in corrections})

    def seal(self, secret: bytes, *, after: Iterable[Seal] = (), actor: str = "") -> Seal:
        """Return a seal, by a secret of the host, of all cases with events since the seals ``after``; keep it elsewhere, for `verify`.

        A case that cannot be read is left out, and a warning (`CasesLeftOut`) names it. Each case is sealed as it is when it is read. ``actor``
        is named in the seal; the host is not asked, because anybody who has the secret may seal.

        Raises:
            InputError: the secret is not one, or the seals so far do not hold by it.

        """
        check_secret("secret", secret)
        check_party("actor", actor)
        return next_seal(self.store, each_of("after", after, Seal), secret, self.now(), actor)

    def _correct(self, corrections: Iterable[Correction], cases: Mapping[str, Case]) -> tuple[Case, ...]:
        for one in corrections:
            check_authority(self.authorise, Asked.to_correct(cases[one.case], one))
            if one.on is not None:
                self._check_reached("on", one.on)
        group = self._ledger.logs([*cases, *(link for one in corrections for link in one.links)])
        logs, drafts = dict(group), []
        for one in corrections:
            log = logs[one.case]
            drafts.append(corrected(log, one, self.law.calendar, [group[link].case for link in one.links]))
            logs[one.case] = changed(log, events=(*log.events, drafts[-1]))
        named = {link.case for draft in drafts for link in draft.links}
        if again := named - group.keys():  # an act that was struck out counts again
            group = {**group, **self._ledger.logs(again)}
        after = self._record(rejudge(group, drafts, self.law), {}, group)[1]
        return tuple(after[id_] for id_ in cases)

    def _do(
        self,
        case: Case,
        attempt: Attempt,
        more: tuple[str, ...],
        *,
        before: int | None = None,
        after: int | None = None,
    ) -> Case:
        check_authority(self.authorise, Asked.to_do(case, attempt, attempt.on))
        self._check_happened(attempt.activity, attempt.on)
        group = self._ledger.near({case.id: case}, more, lambda: self._instant_of(attempt.on))
        links = self._links(case, more, group)
        if before is None and after is None and not self._is_past(group.values(), attempt.on):
            if links or len(group) > 1:
                connected = tuple(other for id_, other in group.items() if other not in links and id_ != case.id)
                attempt = changed(attempt, links=links, connected=connected)
            return self._record(decide(case, attempt), group)[1][case.id]
        logs = self._ledger.logs(id_ for id_, member in group.items() if member.version)
        logs.setdefault(case.id, Log(case, ()))
        draft = entered(logs[case.id], changed(attempt, links=links), more, before=before, after=after)
        return self._record(rejudge(logs, [draft], self.law), {}, logs)[1][case.id]

    def _links(self, case: Case, more: tuple[str, ...], group: Mapping[str, Case]) -> tuple[Case, ...]:
        """Return the related cases of a case, including those that are new to it."""
        if not (case.links or more):
            return ()
        ids = dict.fromkeys((*(link.case for link in case.links), *more))
        return tuple(case if id_ == case.id else group[id_] for id_ in ids)

    def _check_newest(self, process: type[Process]) -> None:
        newest = self.process_of(process.name)
        if newest is not process and process in newest.versions():
            raise InputError.of(
                "deed",
                f"新办件按第{newest.version}版登记；所给的环节属于第{process.version}版",
                f"a new case begins under version {newest.version}, and this deed is of version {process.version}",
            )

    def _check_happened(self, activity: Activity[Any], on: date | datetime) -> None:
        check_happened(activity, on, self.now(), self.law.calendar.zone)

    def _at_version(self, case: str, version: int | None) -> Case:
        """Return a case that is at a version; raises ConflictError if it is at another one."""
        if version is not None:
            check_number("version", version)
        found = self.get(case)
        if version is not None and version != found.version:
            raise ConflictError(case, version, found.version, opens=False)
        return found
