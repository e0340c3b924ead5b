"""Events as people read them: what was done, by whom, from where to where, on what basis."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import time

from ssflow import machines
from ssflow.case import Event, EventKind
from ssflow.cli.output.answer import Screen, table
from ssflow.cli.output.documents import event_title, happening_title
from ssflow.cli.output.privacy import Privacy
from ssflow.cli.output.prose import Prose, prose
from ssflow.rules.basis import basis
from ssflow.sheets import book_of


def events(screen: Screen, trace: Iterable[Event], *, cases: bool = False) -> None:
    """Print events, one a row; ``cases`` names the case of each, where they are of several."""
    t = screen.t
    headings = [*([t("办件", "case")] if cases else []), "#", t("日期", "day"), t("种类", "kind")]
    shown = table(
        *headings, t("环节、主体、从何到何、依据", "what, by whom, from where to where, basis"), whole=len(headings)
    )
    for event in trace:
        which = [event.case] if cases else []
        kind = screen.say(event.kind.value)
        shown.add_row(*which, str(event.version), _day(event), kind, _told(screen, event))
    screen.show(shown)


def _day(event: Event) -> str:
    """The day of an event, with the hour where one is recorded; what a day's end brings about needs none."""
    exact = event.at and (event.kind is EventKind.act or event.at.time() != time.min)
    return f"{event.at:%Y-%m-%d %H:%M}" if exact else str(event.on)


def _told(screen: Screen, event: Event) -> Prose:
    t, process = screen.t, machines.get(event.process)
    title = screen.say(event_title(event))
    who = [screen.say(process.role(event.by).title)] if event.by else []
    first = " · ".join([title, *who, move(screen, event)])
    if event.kind is EventKind.correction and event.activity:
        first += t(f"，代替第{event.replaces}项", f"; in place of {event.replaces}")
    elif event.kind is EventKind.correction:
        first += t(f"；撤销第{event.replaces}项", f"; strikes out {event.replaces}")
    if event.reason:
        reason = Privacy().text(event.reason)
        first += t(f"：{reason}", f": {reason}")
    for said, happenings in (
        (t("不再成立", "set aside"), event.sets_aside),
        (t("由此发生", "brought about"), event.brings),
    ):
        if happenings:
            first += f"\n{said}{t('：', ': ')}" + t("；", "; ").join(
                f"{one.on} {screen.say(happening_title(process, one))}" for one in happenings
            )
    rests_on = basis(event.cites, book_of(process).laws, screen.lang)
    return prose(first, "\n" if rests_on else "", (rests_on, "dim"))


def move(screen: Screen, event: Event) -> str:
    """From which state to which an event moved its case; the state alone if it stayed."""
    process = machines.get(event.process)
    target = screen.say(process.state(event.target).title)
    if event.source == event.target:
        return target
    source = screen.say(process.state(event.source).title) if event.source else screen.t("（开始）", "(opening)")
    return f"{source} → {target}"
