"""The data that a procedure asks for: the fields of each activity's data, and the purpose of each field."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from ssflow.process import Activity, Process
from ssflow.sheets.procedures.readers import facts_behind, facts_read
from ssflow.sheets.procedures.relations import conditions_of
from ssflow.sheets.words import Words, lines, plain
from ssflow.text import Text, markdown_table
from ssflow.views.fields import Field, fields_of

if TYPE_CHECKING:
    from ssflow.sheets.procedures.sheet import Sheet


def asked(sheet: Sheet, words: Words) -> Iterator[str]:
    """Yield a table for each data class, under the activities that take it."""
    taking: dict[type[Any], list[Activity[Any]]] = {}
    for activity in sheet.activities():
        if activity.data:
            taking.setdefault(activity.data, []).append(activity)
    for data, activities in taking.items():
        titles = words.listed(words.say(activity.title) for activity in activities)
        yield f"### {titles} `{data.__name__}`"
        cites = dict.fromkeys(cite for activity in activities for cite in activity.cites)
        yield words.t("依据：", "Basis: ") + plain(words.basis(cites))
        if data.__doc__ and words.lang == "en":  # the definition describes its data in English only
            yield "> " + plain(data.__doc__)
        yield _table(sheet, data, words)


def _table(sheet: Sheet, data: type[Any], words: Words) -> str:
    t = words.t
    headings = [t("项目", "field"), t("填什么", "what it takes"), t("必填", "required"), t("用于", "asked for")]
    named: dict[str, list[Field]] = {}
    for field in fields_of(data):  # required fields come first, and so do the values that hold them
        named.setdefault(field.path.partition(".")[0], []).append(field)
    return markdown_table(
        headings,
        (
            [
                lines(*_named(fields[0].titles[0], name, words)),
                lines(*(_takes(field, words) for field in fields)),
                t("是", "yes") if any(field.required for field in fields) else "",
                lines(*_uses(sheet, name, words)),
            ]
            for name, fields in named.items()
        ),
    )


def _named(title: Text, name: str, words: Words) -> Iterator[str]:
    """Yield the title of a field and its name in code, only once if they are the same word."""
    if words.say(title) != name:
        yield plain(words.say(title))
    yield f"`{name}`"


def _takes(field: Field, words: Words) -> str:
    t = words.t
    said = words.members(field.members) or (t("是或否", "yes or no") if field.kind is bool else words.say(field.takes))
    hidden = t("（个人信息）", " (personal)") if field.personal else ""
    within = field.path.partition(".")[2]
    if not within:
        return plain(said) + hidden
    named = " ".join(_named(Text.join(field.titles[1:], "·", ", "), within, words))
    return f"{named}{t('：', ': ')}{plain(said)}{hidden}"


def _uses(sheet: Sheet, name: str, words: Words) -> Iterator[str]:
    """Yield the conditions that look at a fact, with their articles, and the figures that depend on it."""
    process = sheet.process
    for condition in conditions_of(process):
        if name in facts_read(condition, process.facts):
            yield "• " + plain(words.say(condition.reason) + words.bracket(words.basis(condition.cites)))
    turning = [
        figure
        for figure, values in sheet.figures()
        if any(_turns(process, name, key) for v in values for key, _ in v.when)
    ]
    if turning:
        yield (
            "• "
            + words.t("决定数值：", "figures that turn on it: ")
            + words.listed(words.say(f.title) for f in turning)
        )


def _turns(process: type[Process], name: str, key: str) -> bool:
    return name in facts_behind(key, process.facts)
