"""The result of a scene, for readers and as plain data."""

from __future__ import annotations

from collections.abc import Iterable

from ssflow.case import Case, Event, Legislation, Obligation
from ssflow.case.clocks import deadline_of
from ssflow.cli.demo.playing import Played
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.choices import grounds, next_steps
from ssflow.cli.output.deadlines import tell_steps
from ssflow.cli.output.prose import prose
from ssflow.documents import Document, text_document
from ssflow.views import event_view, ground_view, obligation_view, option_view
from ssflow.views.deadlines import step_views
from ssflow.views.plain import plain

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
    next_steps(screen, map(option_view, played.options), mark="→")


def _refusal(screen: Screen, played: Played) -> None:
    t, act = screen.t, screen.say(played.scene.deed.activity.title)
    screen.item("✗", t(f"不予办理：{act}", f"refused: {act}"), "red")
    grounds(screen, map(ground_view, played.grounds), indent=_WIDE)
    if played.untouched:
        screen.line(
            t("没有写入任何内容，各办件的版本不变。", "Nothing was written; every case is at the version it had."),
            "dim",
            indent=_WIDE,
        )


def _event(screen: Screen, event: Event) -> None:
    view = event_view(event)
    did = " · ".join([f"{view.case} #{view.version}", screen.say(view.told)])
    screen.item("✓", prose(did, "\n", (screen.say(view.rests_on), "dim")))


def _obligation(screen: Screen, case: Case, obligation: Obligation) -> None:
    t, view = screen.t, obligation_view(obligation)
    title, who, sure, last = map(screen.say, (view.title, view.owner, view.status_text, view.last_day))
    due = t(f"最后一日 {last}，", f"due {last}, ") if view.due else ""
    first = t(f"{title}（{who}）：{due}{sure}", f"{title} ({who}): {due}{sure}")
    reason = screen.say(view.why)
    if not obligation.is_timed:
        screen.item("◷", first + t("，", ", ") + reason)
        return
    screen.item("◷", prose((first, "bold"), "\n", (reason, "dim")))
    deadline = deadline_of(case, obligation, LAW)
    if deadline and deadline.span.unit == "workdays":  # calendar days need no account beyond their line
        tell_steps(screen, step_views(deadline), indent=_WIDE)


def played_document(played: Iterable[Played]) -> Document:
    """Return all scenes, all events, and every obligation each time it was started, stopped or dated anew."""
    scenes = list(played)
    recorded = [event for done in scenes for event in done.recorded]
    return {
        "scenes": [_scene(done) for done in scenes],
        "events": [event_view(event).document() for event in recorded],
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
        "grounds": [ground_view(ground).document() for ground in done.grounds],
        "recorded": [{"case": event.case, "version": event.version} for event in done.recorded],
        "next": [option_view(option).document() for option in done.options if option.is_open],
    }


def _owed(case: Case, obligation: Obligation) -> Document:
    deadline = deadline_of(case, obligation, LAW)
    steps = plain(step_views(deadline)) if deadline else []
    return {**obligation_view(obligation).document(), "steps": steps}
