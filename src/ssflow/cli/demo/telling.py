"""What came of a scene, as people read it and as plain data."""

from __future__ import annotations

from collections.abc import Iterable

from ssflow import machines
from ssflow.case import Case, Event, Legislation, Obligation
from ssflow.case.clocks import deadline_of
from ssflow.cli.demo.playing import Played
from ssflow.cli.output.accounts import account, steps_document
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.choices import grounds, next_steps
from ssflow.cli.output.documents import (
    event_document,
    event_title,
    ground_document,
    obligation_document,
    option_document,
)
from ssflow.cli.output.owed import last_day, owner, status, why
from ssflow.cli.output.privacy import Privacy
from ssflow.cli.output.prose import prose
from ssflow.cli.output.trace import move
from ssflow.documents import Document, text_document
from ssflow.rules.basis import basis
from ssflow.sheets import book_of

LAW = Legislation()
_WIDE = 4


def tell(screen: Screen, played: Played) -> None:
    """Print a scene: the narration, the events, what is due when and why, who may act next."""
    screen.line()
    screen.title(f"{played.scene.on}  {screen.say(played.scene.told)}")
    if played.grounds:
        _refusal(screen, played)
        return
    for event in played.recorded:
        _event(screen, event)
    if played.case is None or played.case.is_closed:
        return
    for obligation in played.changed:
        _obligation(screen, played.case, obligation)
    next_steps(screen, played.options, mark="→")


def _refusal(screen: Screen, played: Played) -> None:
    t, act = screen.t, screen.say(played.scene.deed.activity.title)
    screen.item("✗", t(f"不予办理：{act}", f"refused: {act}"), "red")
    grounds(screen, played.grounds, indent=_WIDE)
    if played.untouched:
        screen.line(
            t("什么也没有写入，各办件的版本如前。", "Nothing was written; every case is at the version it had."),
            "dim",
            indent=_WIDE,
        )


def _event(screen: Screen, event: Event) -> None:
    process = machines.get(event.process)
    who = [screen.say(process.role(event.by).title)] if event.by else []
    did = " · ".join([f"{event.case} #{event.version}", screen.say(event_title(event)), *who, move(screen, event)])
    rests_on = basis(event.cites, book_of(process).laws, screen.lang)
    screen.item("✓", prose(did, "\n", (rests_on, "dim")))


def _obligation(screen: Screen, case: Case, obligation: Obligation) -> None:
    t, process = screen.t, case.process
    title = screen.say(obligation.clock.title)
    who = owner(screen, obligation)
    sure = status(screen, obligation).plain
    last = last_day(screen, obligation)
    due = t(f"最后一日 {last}，", f"due {last}, ") if obligation.due else ""
    first = t(f"{title}（{who}）：{due}{sure}", f"{title} ({who}): {due}{sure}")
    reason = why(screen, obligation, process)
    if not obligation.is_timed:
        screen.item("◷", first + t("，", ", ") + reason)
        return
    screen.item("◷", prose((first, "bold"), "\n", (reason, "dim")))
    deadline = deadline_of(case, obligation, LAW)
    if deadline and deadline.span.unit == "workdays":  # calendar days need no account beyond their line
        account(screen, deadline, indent=_WIDE)


def played_document(played: Iterable[Played]) -> Document:
    """All scenes, all events, and every obligation each time it was started, stopped or dated anew."""
    scenes = list(played)
    recorded = [event for done in scenes for event in done.recorded]
    return {
        "scenes": [_scene(done) for done in scenes],
        "events": [event_document(event, Privacy()) for event in recorded],
        "obligations": [
            {
                "case": done.case.id,
                "version": done.case.version,
                "on": done.scene.on.isoformat(),
                **_owed(done.case, owed),
            }
            for done in scenes
            if done.case
            for owed in done.changed
        ],
    }


def _scene(done: Played) -> Document:
    return {
        "told": text_document(done.scene.told),
        "on": done.scene.on.isoformat(),
        "case": done.scene.case,
        "activity": done.scene.deed.activity.name,
        "refused": bool(done.grounds),
        "untouched": done.untouched,
        "grounds": [ground_document(ground) for ground in done.grounds],
        "recorded": [{"case": event.case, "version": event.version} for event in done.recorded],
        "next": [option_document(option) for option in done.options if option.is_open],
    }


def _owed(case: Case, obligation: Obligation) -> Document:
    deadline = deadline_of(case, obligation, LAW)
    steps = steps_document(deadline) if deadline else []
    return {**obligation_document(obligation, book_of(case.process)), "steps": steps}
