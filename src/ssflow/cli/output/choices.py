"""What may be done in a case and what may not, as people read it."""

from __future__ import annotations

from collections.abc import Iterable

from ssflow.case import Ground, GroundKind, Option
from ssflow.cli.output.answer import INDENT, Screen


def next_steps(screen: Screen, options: Iterable[Option], mark: str = "•") -> None:
    """Print who may do what as things stand, one role a line, and what waits for data to be judged on."""
    t, options = screen.t, tuple(options)
    able = _by_role(screen, (option for option in options if option.is_open))
    asked = _by_role(screen, (option for option in options if _hangs_on_data(option)))
    for role, titles in able.items():
        screen.item(mark, f"{role}{t('：', ': ')}{titles}")
    for role, titles in asked.items():
        screen.item(mark, t(f"{role}：{titles}，能否办理须看材料", f"{role}: {titles}, if the data given allow it"))
    if not able and not asked:
        screen.line(t("无人可办", "nobody may act"), "dim", INDENT)


def _hangs_on_data(option: Option) -> bool:
    """Whether only conditions stand in the way of an activity, which have not seen its data yet."""
    return bool(option.activity.data and option.grounds) and all(g.kind is GroundKind.guard for g in option.grounds)


def _by_role(screen: Screen, options: Iterable[Option]) -> dict[str, str]:
    found: dict[str, list[str]] = {}
    for option in options:
        title = f"{screen.say(option.activity.title)} ({option.activity.name})"
        found.setdefault(screen.say(option.by.title), []).append(title)
    return {role: screen.t("、", ", ").join(titles) for role, titles in found.items()}


def grounds(screen: Screen, found: Iterable[Ground], indent: int = INDENT) -> None:
    """Print every ground of a refusal with its basis."""
    for ground in found:
        screen.item("✗", ground.say(screen.lang), indent=indent)
