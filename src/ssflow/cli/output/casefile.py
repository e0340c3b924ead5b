"""The first lines of a case: what it is, where it stands, who takes part, what is known."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs

from ssflow.case import Case
from ssflow.cli.output.answer import Screen, table
from ssflow.cli.output.privacy import Privacy
from ssflow.cli.output.prose import Prose, prose
from ssflow.regions import region_name
from ssflow.sheets.fields import titles_of_facts
from ssflow.text import Text


def head(screen: Screen, case: Case, privacy: Privacy) -> None:
    """Print what the case is and where it stands."""
    t = screen.t
    state = screen.say(case.state.title) if case.state else t("尚未开始", "not opened")
    screen.title(f"{case.id}{t('：', ': ')}{state}", t(f"第{case.version}版", f"version {case.version}"))
    places = [f"{region_name(code)} {code}" for code in case.places.values()]
    screen.line(t("，", ", ").join([screen.say(case.process.title), *places]))
    for role, party in case.parties.items():
        screen.line(f"{screen.say(case.process.role(role).title)}{t('：', ': ')}{privacy.text(party)}")
    if case.links:
        linked = t("、", ", ").join(link.case for link in case.links)
        screen.line(t(f"关联办件：{linked}", f"related cases: {linked}"))


def facts(screen: Screen, case: Case, privacy: Privacy) -> None:
    """Print what is known of the case; what nobody has said is left out."""
    nothing = case.process.facts()
    said = {
        name: item
        for name, item in privacy.fields(case.facts).items()
        if getattr(case.facts, name) != getattr(nothing, name)
    }
    if not said:
        return
    screen.heading(screen.t("已知事实", "What is known"))
    shown = table("", "")
    shown.show_header = False
    titles = titles_of_facts(case.process)
    for path, value in _flat(screen, said, privacy):
        shown.add_row(_named(screen, titles.get(path, Text(path, path)), path), value)
    screen.show(shown)


def _named(screen: Screen, title: Text, path: str) -> Prose:
    """A fact by its Chinese title and its name in code; in English the name says as much."""
    name = (path, "dim")
    return prose(f"{title.zh} ", name) if screen.lang == "zh" and title.zh != path else prose(name)


def _flat(screen: Screen, fields: dict[str, Any], privacy: Privacy, before: str = "") -> Iterator[tuple[str, str]]:
    for name, item in fields.items():
        path = before + name
        inner = privacy.fields(item) if attrs.has(type(item)) else item
        if isinstance(inner, dict):
            yield from _flat(screen, inner, privacy, f"{path}.")
        elif inner not in (None, ""):
            yield path, _plainly(screen, inner)


def _plainly(screen: Screen, item: Any) -> str:
    if isinstance(item, bool):
        return screen.t("是", "yes") if item else screen.t("否", "no")
    value = getattr(item, "value", item)  # of a choice, its title
    return screen.say(value) if isinstance(value, Text) else str(value)
