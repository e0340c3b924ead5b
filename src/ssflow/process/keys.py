"""The keys of a rulebook in a procedure: the regime, or a fact that is a member of an enumeration."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import TYPE_CHECKING, get_args, get_type_hints

from ssflow.converters import chinese_title
from ssflow.text import Text, title_of

if TYPE_CHECKING:
    from ssflow.process.process import Process


def enumeration_of(process: type[Process], key: str) -> type[Enum] | None:
    """Return the enumeration by whose members a key tells cases apart; None if the facts have none of this name.

    The fact may also be a property of the facts.
    """
    if process.regime is not None and key == process.regime.name:
        regimes: type[Enum] = process.regime.of
        return regimes
    worked_out = getattr(process.facts, key, None)
    if isinstance(worked_out, property):
        kind = get_type_hints(worked_out.fget).get("return")
    else:
        kind = get_type_hints(process.facts).get(key)
    enums = [one for one in (kind, *get_args(kind)) if isinstance(one, type) and issubclass(one, Enum)]
    return enums[0] if enums else None


def key_title(process: type[Process], key: str) -> Text:
    """Return the title of a key: that of the regime, or of the property or the data from which the fact comes; else the name."""
    if process.regime is not None and key == process.regime.name:
        return process.regime.title
    worked_out = getattr(process.facts, key, None)
    if isinstance(worked_out, property):
        hints = [get_type_hints(worked_out.fget, include_extras=True).get("return")]
    else:
        coming = [activity.data for activity in process.activities if activity.data]
        hints = [get_type_hints(data, include_extras=True).get(key) for data in coming]
    titles = [title for hint in hints if (title := chinese_title(hint))]
    return Text(titles[0] if titles else key, key.replace("_", " "))


def key_text(process: type[Process], key: str, names: Sequence[str]) -> Text:
    """Return in words for which members of a key a figure is made, in the order of the enumeration; a name without a member stays as it is."""
    known = [member for member in enumeration_of(process, key) or () if member.name in names]
    others = [Text(name, name) for name in names if name not in {member.name for member in known}]
    listed = Text.join([*map(title_of, known), *others], "、", ", ")
    title = key_title(process, key)
    return Text(f"{title.zh}：{listed.zh}", f"{title.en}: {listed.en}")
