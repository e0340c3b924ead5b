"""The opening of cases: the deed, the role, the places and the related cases."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import date, datetime
from os import urandom
from typing import Any

from attrs import field, frozen

from ssflow.case.attempts import Attempt
from ssflow.case.case import Case, evolve
from ssflow.case.doors import check_deed, check_moment, check_new_id, check_places, check_role, ids_of
from ssflow.case.effects import advance_together
from ssflow.case.events import Event
from ssflow.case.grounds import Ground
from ssflow.case.legislation import Legislation
from ssflow.case.verdicts import decide
from ssflow.doors import check_kind, each_of
from ssflow.errors import ConflictError, InputError, RefusedError, UnknownError
from ssflow.persons.naming import check_party
from ssflow.process import Deed, Process, Role
from ssflow.records.entries import entered
from ssflow.records.log import Group, Log
from ssflow.records.places import named_places
from ssflow.records.rejudge import rejudge
from ssflow.slots import changed
from ssflow.text import Text


@frozen(kw_only=True)
class Opening:
    """A case that is to be opened.

    ``places`` maps the names of the procedure's places to region codes; a single code serves a procedure with one place.
    ``case`` is the new id, made up if empty; ``links`` are the ids of related cases.

    Raises:
        InputError: a part is of another kind than is required, or the activity belongs to no procedure.

    """

    deed: Deed[Any]
    by: Role
    places: Mapping[str, str] | str
    case: str = ""
    links: tuple[str, ...] = field(default=(), converter=ids_of)
    party: str = ""
    actor: str = ""
    is_made_up: bool = field(init=False, default=False, repr=False, eq=False)  # the id

    def __attrs_post_init__(self) -> None:
        check_deed("deed", self.deed)
        check_role("by", self.by)
        check_places("places", self.places)
        check_new_id("case", self.case)
        check_party("party", self.party)
        check_party("actor", self.actor)
        if not self.case:
            object.__setattr__(self, "is_made_up", True)
            object.__setattr__(self, "case", f"{self.process.name}-{urandom(6).hex()}")

    @property
    def process(self) -> type[Process]:
        """The procedure; raises InputError if the activity belongs to none."""
        activity = self.deed.activity
        if activity.owner is None:
            raise InputError.of("deed", f"{activity!r}不属于任何程序", f"{activity!r} belongs to no procedure")
        return activity.owner

    def unopened(self) -> Case:
        """Return the case before its first event.

        Raises:
            InputError: a place of the procedure is missing or empty, or one is given that it does not have.
            UnknownError: no place ever had this code.

        """
        process = self.process
        return Case(id=self.case, process=process, places=named_places(process, self.places), facts=process.facts())


def decide_together(
    openings: Iterable[Opening],
    *,
    on: date | datetime,
    law: Legislation,
    related: Iterable[Case] = (),
    connected: Iterable[Case] = (),
) -> tuple[Event, ...]:
    """Return the events that open several cases at the same time; each may refer to those before it and to ``related``.

    ``connected`` are the cases to which the related cases are related.

    Raises:
        RefusedError: one of them may not be opened; the grounds of all that may not are listed.
        ConflictError: two openings have one id.
        UnknownError: an opening refers to a case that is neither related nor opened before it.

    """
    openings = each_of("openings", openings, Opening)
    related, connected = each_of("related", related, Case), each_of("connected", connected, Case)
    check_moment("on", on)
    check_kind("law", law, Legislation)
    cases = {case.id: case for case in related}
    beyond = {case.id: case for case in connected}
    events: list[Event] = []
    grounds: list[Ground] = []
    for event in advance_together((*cases.values(), *beyond.values()), on, law):
        those = beyond if event.case in beyond else cases
        those[event.case] = evolve(those[event.case], event)
        events.append(event)
    for opening in openings:
        case = opening.unopened()
        if case.id in cases:
            raise ConflictError(case.id, 0, cases[case.id].version)
        _check_known(opening, cases)
        cases[case.id] = case
        links = [cases[link] for link in dict.fromkeys(opening.links)]
        if any(link.state is None for link in links):
            continue  # the case to which it refers is refused, with its grounds
        attempt = Attempt(
            deed=opening.deed,
            by=opening.by,
            on=on,
            law=law,
            links=tuple(links),
            connected=tuple(beyond.values()),
            party=opening.party,
            actor=opening.actor,
        )
        try:
            told = decide(case, attempt)
        except RefusedError as refused:
            title = Text(f"{opening.process.title.zh} {case.id}", f"{opening.process.title.en} {case.id}")
            grounds += [ground.of(title) for ground in refused.grounds]
            continue
        for event in told:
            those = beyond if event.case in beyond else cases
            those[event.case] = evolve(those[event.case], event)
        events += told
    if grounds:
        raise RefusedError(Text.join(list(dict.fromkeys(o.process.title for o in openings)), "、", ", "), grounds)
    return tuple(events)


def decide_late(
    openings: Sequence[Opening], *, on: date | datetime, law: Legislation, group: Group
) -> tuple[Event, ...]:
    """Return the events that open several cases at a moment before the last entry of a related case; ``group`` has all connected cases.

    Raises:
        RefusedError: one of them could not have been opened, or a later act of another case could not have been done then.
        ConflictError, UnknownError: as `decide_together`.

    """
    logs, drafts = dict(group), []
    for opening in openings:
        case = opening.unopened()
        if case.id in logs:
            raise ConflictError(case.id, 0, logs[case.id].case.version)
        _check_known(opening, logs)
        named = [logs[link].case for link in opening.links]
        links = tuple(changed(link, version=max(1, link.version)) for link in named)
        attempt = Attempt(
            deed=opening.deed, by=opening.by, on=on, law=law, party=opening.party, actor=opening.actor, links=links
        )
        logs[case.id] = Log(case, ())
        drafts.append(entered(logs[case.id], attempt))
    return rejudge(logs, drafts, law)


def _check_known(opening: Opening, known: Container[str]) -> None:
    unknown = [link for link in opening.links if link not in known]
    if unknown:
        hint = Text("须先于本办件登记，或者已有记录", "it is neither opened before this one nor related")
        raise UnknownError("case", unknown[0], (), hint)
