"""The view of a case: its procedure, state, parties and facts, what is owed, what happened, who may act next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum
from typing import Any

import attrs
from attrs import frozen

from ssflow import machines
from ssflow.case import Case, Event, Option
from ssflow.doors import check_kind, each_of
from ssflow.persons import ERASED, is_erased
from ssflow.process import Process
from ssflow.regions import region_name
from ssflow.text import Text, title_of
from ssflow.views.events import EventView, event_views
from ssflow.views.fields import titles_of_facts
from ssflow.views.obligations import ObligationView, obligation_views
from ssflow.views.options import OptionView, next_steps, option_views
from ssflow.views.plain import View, plain
from ssflow.views.privacy import Privacy, privacy_of
from ssflow.views.wording import lines, listed, named

_UNOPENED = Text("尚未登记", "not opened")
_YES, _NO = Text("是", "yes"), Text("否", "no")


@frozen
class PlaceView:
    """A place that a case names."""

    code: str
    name: str


@frozen
class LinkView:
    """A related case."""

    case: str
    process: str


@frozen
class Known(View):
    """One known fact of a case: the path of its field, its title, its value in words."""

    path: str
    title: Text
    value: Text

    @property
    def text(self) -> Text:
        """The title of the fact and its value."""
        return named(self.title, self.value)


@frozen(kw_only=True)
class CaseView(View):
    """A case in its present state.

    ``facts`` are all its facts as plain data, ``known`` those that were given, in words. ``events`` is its log, ``pending`` what time has
    done without a record, ``options`` what may be done and what may not, ``next`` what may be done now.
    """

    case: str
    process: str
    title: Text
    version: int
    state: str | None
    state_title: Text | None
    closed: bool
    places: dict[str, PlaceView]
    parties: dict[str, str]
    roles: dict[str, Text]
    links: tuple[LinkView, ...]
    facts: dict[str, Any]
    known: tuple[Known, ...]
    obligations: tuple[ObligationView, ...]
    events: tuple[EventView, ...]
    pending: tuple[EventView, ...]
    next: tuple[OptionView, ...]
    options: tuple[OptionView, ...]

    @property
    def stands(self) -> Text:
        """The title of the case's state."""
        return self.state_title or _UNOPENED

    @property
    def head(self) -> tuple[Text, ...]:
        """The first lines: what the case is, where, who takes part, which others it refers to."""
        places = [Text(f"{p.name} {p.code}", f"{p.name} {p.code}") for p in self.places.values()]
        linked = listed([Text(link.case, link.case) for link in self.links])
        return (
            Text.join([self.title, *places], "，", ", "),
            *(named(self.roles[role], Text(party, party)) for role, party in self.parties.items()),
            *([named(Text("关联办件", "related cases"), linked)] if linked else []),
        )

    @property
    def text(self) -> Text:
        """The case in a few lines: its state, what is owed, who may act next."""
        first = named(Text(self.case, self.case), self.stands)
        owed = () if self.closed else tuple(owed.text for owed in self.obligations)
        return lines(first, *self.head, *owed, *(step.text for step in next_steps(self.options)))


def case_view(
    case: Case,
    events: Iterable[Event] = (),
    options: Iterable[Option] = (),
    pending: Iterable[Event] = (),
    *,
    reveal: bool = False,
) -> CaseView:
    """Return the view of a case, with personal data masked unless ``reveal`` is set.

    ``events``, ``options`` and ``pending`` are its log, the result of `options` and that of `advance`; whatever is not given is left out.
    """
    check_kind("case", case, Case)
    check_kind("reveal", reveal, bool)
    found = option_views(each_of("options", options, Option))
    privacy = privacy_of(reveal=reveal)

    def process_of(name: str) -> type[Process]:  # the case's own procedure need not be installed
        return case.process if name == case.process.name else machines.get(name)

    return CaseView(
        case=case.id,
        process=case.process.name,
        title=case.process.title,
        version=case.version,
        state=case.state.name if case.state else None,
        state_title=case.state.title if case.state else None,
        closed=case.is_closed,
        places={name: PlaceView(code, region_name(code)) for name, code in case.places.items()},
        parties={role: privacy.text(party) for role, party in case.parties.items()},
        roles={role: case.process.role(role).title for role in case.parties},
        links=tuple(LinkView(link.case, link.process) for link in case.links),
        facts=plain(case.facts, privacy),
        known=tuple(_known(case, privacy)),
        obligations=obligation_views(case.obligations, case),
        events=event_views(each_of("events", events, Event), reveal=reveal, process_of=process_of),
        pending=event_views(each_of("pending", pending, Event), reveal=reveal, process_of=process_of),
        next=tuple(option for option in found if option.open_),
        options=found,
    )


def _known(case: Case, privacy: Privacy) -> Iterator[Known]:
    """Yield the facts that were given; values that equal their defaults are left out."""
    nothing, titles = case.process.facts(), titles_of_facts(case.process)
    said = {
        name: item
        for name, item in privacy.fields(case.facts).items()
        if getattr(case.facts, name) != getattr(nothing, name)
    }
    for path, value in _flat(said, privacy, ""):
        yield Known(path, titles.get(path, Text(path, path)), value)


def _flat(fields: dict[str, Any], privacy: Privacy, before: str) -> Iterator[tuple[str, Text]]:
    for name, item in fields.items():
        path = before + name
        inner = privacy.fields(item) if attrs.has(type(item)) else item
        if isinstance(inner, dict):
            yield from _flat(inner, privacy, f"{path}.")
        elif inner not in (None, ""):
            yield path, _plainly(inner)


def _plainly(item: Any) -> Text:
    if isinstance(item, bool):
        return _YES if item else _NO
    if isinstance(item, list | tuple):
        return Text.join([_plainly(one) for one in item])
    if isinstance(item, dict):
        return listed([_plainly(one) for one in item.values() if one not in (None, "")])
    if isinstance(item, str) and is_erased(item):
        return ERASED
    return title_of(item) if isinstance(item, Enum) else Text(str(item), str(item))
