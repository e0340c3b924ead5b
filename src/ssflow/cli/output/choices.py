"""What may be done in a case and what may not, as people read it."""

from __future__ import annotations

from collections.abc import Iterable

from ssflow.case import Ground, Option
from ssflow.cli.output.answer import INDENT, Screen


def next_steps(screen: Screen, options: Iterable[Option], mark: str = "•") -> None:
    """Print who may do what as things stand, one role a line."""
    t = screen.t
    by_role: dict[str, list[str]] = {}
    for option in options:
        if option.is_open and option.activity.by:
            title = f"{screen.say(option.activity.title)} ({option.activity.name})"
            by_role.setdefault(screen.say(option.activity.by.title), []).append(title)
    for role, titles in by_role.items():
        screen.item(mark, f"{role}{t('：', ': ')}{t('、', ', ').join(titles)}")
    if not by_role:
        screen.line(t("无人可办", "nobody may act"), "dim", INDENT)


def grounds(screen: Screen, found: Iterable[Ground], indent: int = INDENT) -> None:
    """Print every ground of a refusal with its basis."""
    for ground in found:
        screen.item("✗", ground.say(screen.lang), indent=indent)
