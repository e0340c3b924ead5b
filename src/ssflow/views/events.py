"""The view of an event: what was done in a case, by whom, from where to where, on what basis."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime, time
from typing import Any

from attrs import frozen

from ssflow import machines
from ssflow.case import Event, EventKind
from ssflow.case.events import Happening, happening_title
from ssflow.doors import check_callable, check_kind
from ssflow.process import Process
from ssflow.regions import region_name
from ssflow.rules.basis import basis_text
from ssflow.text import NO_TEXT, Text
from ssflow.views.books import book_of
from ssflow.views.citing import Cited, cited
from ssflow.views.obligations import ObligationView, obligation_views
from ssflow.views.plain import View, plain
from ssflow.views.privacy import privacy_of
from ssflow.views.wording import OPENING, sentence

_CALLED_SO = (EventKind.overdue, EventKind.late)  # the title alone says only which term, or what was done


@frozen(kw_only=True)
class EventView(View):
    """One event with its data and the obligations that it leaves; ``move`` names the two states, ``rests_on`` the basis.

    ``changes`` say what an event that changes the past set aside and brought about, which places are the right ones, and which cases it
    relates or no longer relates; ``named`` and ``unlinks`` are the ids of these.
    """

    case: str
    version: int
    on: date
    at: datetime | None
    kind: EventKind
    activity: str
    title: Text
    by: str
    role: Text
    party: str
    source: str
    target: str
    move: Text
    data: Any
    basis: tuple[Cited, ...]
    rests_on: Text
    obligations: tuple[ObligationView, ...]
    replaces: int | None
    before: int | None
    after: int | None
    places: dict[str, str]
    named: tuple[str, ...]
    unlinks: tuple[str, ...]
    changes: tuple[Text, ...]
    reason: str
    cause: str
    recorded_at: datetime | None

    @property
    def day(self) -> str:
        """The day, with the hour where one is recorded; events at the end of a day need none."""
        exact = self.at and (self.kind is EventKind.act or self.at.time() != time.min)
        return f"{self.at:%Y-%m-%d %H:%M}" if exact else str(self.on)

    @property
    def told(self) -> Text:
        """What was done, by whom, from where to where, beside which event of its day, and why if it was corrected."""
        parts = [part for part in (self.title, self.role, self.move) if part]
        return Text.join([Text.join(parts, " · ", " · "), self._put_right, self._beside, self._because], "", "")

    @property
    def text(self) -> Text:
        """The day, what was done, and on what it rests; a term that ran out and a late entry are called so."""
        kind = Text(f"{self.kind.value.zh}：", f"{self.kind.value.en}: ") if self.kind in _CALLED_SO else NO_TEXT
        head = Text(f"{self.day} {kind.zh}{self.told.zh}", f"{self.day} {kind.en}{self.told.en}")
        cause = Text(f"起因：{self.cause}", f"caused by {self.cause}") if self.cause else NO_TEXT
        return sentence(head, *self.changes, self.rests_on, cause)

    @property
    def _put_right(self) -> Text:
        if self.kind is not EventKind.correction:
            return NO_TEXT
        if self.activity:
            return Text(f"，代替第{self.replaces}项", f"; in place of {self.replaces}")
        return Text(f"；撤销第{self.replaces}项", f"; strikes out {self.replaces}")

    @property
    def _beside(self) -> Text:
        if self.before is not None:
            return Text(f"，在第{self.before}项之前", f"; before {self.before}")
        return Text(f"，在第{self.after}项之后", f"; after {self.after}") if self.after is not None else NO_TEXT

    @property
    def _because(self) -> Text:
        return Text(f"：{self.reason}", f": {self.reason}") if self.reason else NO_TEXT


def event_view(
    event: Event, *, reveal: bool = False, process_of: Callable[[str], type[Process]] = machines.get
) -> EventView:
    """Return the view of an event, with personal data masked unless ``reveal`` is set.

    Raises:
        UnknownError: its procedure is not known, or has no such version.

    """
    check_kind("event", event, Event)
    check_kind("reveal", reveal, bool)
    check_callable("process_of", process_of)
    process, privacy = process_of(event.process).at(event.process_version), privacy_of(reveal=reveal)
    laws = book_of(process).laws
    return EventView(
        case=event.case,
        version=event.version,
        on=event.on,
        at=event.at,
        kind=event.kind,
        activity=event.activity,
        title=happening_title(process, event),
        by=event.by,
        role=process.role(event.by).title if event.by else NO_TEXT,
        party=privacy.text(event.party),
        source=event.source,
        target=event.target,
        move=_move(process, event),
        data=plain(event.data, privacy),
        basis=cited(event.cites, laws),
        rests_on=basis_text(event.cites, laws),
        obligations=obligation_views(event.obligations),
        replaces=event.replaces,
        before=event.before,
        after=event.after,
        places=dict(event.places),
        named=event.named,
        unlinks=event.unlinks,
        changes=tuple(_changes(process, event)),
        reason=privacy.text(event.reason),
        cause=privacy.text(event.cause),
        recorded_at=event.recorded_at,
    )


def event_views(
    events: Iterable[Event], *, reveal: bool = False, process_of: Callable[[str], type[Process]] = machines.get
) -> tuple[EventView, ...]:
    """Return the views of several events; raises as `event_view` does."""
    return tuple(event_view(event, reveal=reveal, process_of=process_of) for event in events)


def _move(process: type[Process], event: Event) -> Text:
    """Return the states from which and to which an event moved its case; the state alone if it stayed."""
    target = process.state(event.target).title
    if event.source == event.target:
        return target
    source = process.state(event.source).title if event.source else OPENING
    return Text.join([source, target], " → ", " → ")


def _changes(process: type[Process], event: Event) -> Iterable[Text]:
    if event.kind is EventKind.correction and event.places:
        titles = {place.name: place.title for place in process.places}
        places = [(titles[name], region_name(code), code) for name, code in event.places]
        yield Text(
            "地点更正为" + "、".join(f"{title.zh}{name}（{code}）" for title, name, code in places),
            "now in " + ", ".join(f"{name} {code} ({title.en})" for title, name, code in places),
        )
    for head, ids in (("关联", "related"), event.named), (("不再关联", "no longer related"), event.unlinks):
        if ids:
            yield Text(f"{head[0]}：{'、'.join(ids)}", f"{head[1]}: {', '.join(ids)}")
    for head, happenings in (
        (Text("不再成立", "set aside"), event.sets_aside),
        (Text("由此发生", "brought about"), event.brings),
    ):
        if happenings:
            joined = Text.join([_consequence(process, one) for one in happenings])
            yield Text(f"{head.zh}：{joined.zh}", f"{head.en}: {joined.en}")


def _consequence(process: type[Process], one: Happening) -> Text:
    """Return the day and the title of a consequence; a term that ran out is called overdue."""
    title = happening_title(process, one)
    zh, en = ("逾期", " overdue") if one.kind is EventKind.overdue else ("", "")
    return Text(f"{one.on} {title.zh}{zh}", f"{one.on} {title.en}{en}")
