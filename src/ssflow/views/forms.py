"""The view of an activity's form: its fields with titles and choices, what was written in them, what is wrong with it, and the schema of the data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from attrs import evolve as changed
from attrs import field, frozen

from ssflow.doors import check_kind, each_of
from ssflow.errors import Fault
from ssflow.process import Activity
from ssflow.text import NO_TEXT, Text, title_of
from ssflow.views.fields import Field, fields_of, listed
from ssflow.views.filling import Written, check_written, read_form, rows_of
from ssflow.views.plain import View
from ssflow.views.privacy import Privacy, privacy_of, without_personal
from ssflow.views.wording import bracketed, lines, named

_EMPTY: Written = MappingProxyType({})
_BLANK_ROWS = 3  # in a list, after the rows that were filled in
_REQUIRED, _NOTHING = Text("必填", "required"), Text("不需要材料", "takes no data")


@frozen
class ChoiceView(View):
    """One of the names that a field takes, with its title."""

    name: str
    title: Text

    @property
    def text(self) -> Text:
        """The title with the name."""
        return Text(f"{self.title.zh} {self.name}", f"{self.title.en} {self.name}")


_YES_OR_NO = (ChoiceView("true", Text("是", "yes")), ChoiceView("false", Text("否", "no")))


@frozen(kw_only=True)
class FieldView(View):
    """One field by its path. ``takes`` says what is to be written, ``kind`` says it in a word: text, choice, yes_no, whole_number, sum, day,
    instant, place, list, json. ``written`` is its content, ``faults`` what is wrong with that; ``rows`` are the rows of a list, each with
    its fields, a few of them empty.
    """

    path: str
    title: Text
    takes: Text
    kind: str
    choices: tuple[ChoiceView, ...]
    required: bool
    personal: bool
    place: bool
    written: str = field(repr=False)
    faults: tuple[Text, ...] = ()
    rows: tuple[tuple[FieldView, ...], ...] = field(default=(), repr=False)

    @property
    def text(self) -> Text:
        """The title, what is to be written, and whether it is required."""
        head = Text(f"{self.title.zh} {self.path}", f"{self.title.en} {self.path}")
        needed = bracketed(_REQUIRED) if self.required else NO_TEXT
        return named(head, Text.join([self.takes, needed], "", ""))


@frozen(kw_only=True)
class FormView(View):
    """The form of an activity. ``schema`` describes the data in JSON Schema 2020-12; ``faults`` are those of no field."""

    activity: str
    title: Text
    fields: tuple[FieldView, ...]
    faults: tuple[Text, ...]
    schema: dict[str, Any] = field(repr=False)

    @property
    def text(self) -> Text:
        """The activity and its fields, one a line."""
        return lines(self.title, *([one.text for one in self.fields] or [_NOTHING]))


def form_view(
    activity: Activity[Any], written: Written = _EMPTY, faults: Iterable[Fault] = (), *, reveal: bool = False
) -> FormView:
    """Return the form of an activity, with its content so far and what is wrong with that.

    ``written`` is as `read_form` takes it; ``faults`` are those of `Activity.deed_of`, each shown at its field.

    Unless ``reveal`` is set, content that is personal or looks so is left out,
    because a masked number would be sent back masked.
    """
    check_kind("activity", activity, Activity)
    check_kind("reveal", reveal, bool)
    check_written(written)
    privacy, told = privacy_of(reveal=reveal), each_of("faults", faults, Fault)
    fields = _fields(activity.data, "", written, privacy)
    placed: dict[str, list[Text]] = {}
    for fault in told if activity.data is None or reveal else _masked(told, activity, written):
        at = _place(fault.path, fields)
        placed.setdefault(at, []).append(fault.text if at == fault.path else fault.both)
    return FormView(
        activity=activity.name,
        title=activity.title,
        fields=tuple(_marked(one, placed) for one in fields),
        faults=tuple(placed.get("", ())),
        schema=activity.json_schema(),
    )


def _fields(data: type[Any] | None, before: str, written: Written, privacy: Privacy) -> tuple[FieldView, ...]:
    """Return the fields of a class, with their paths appended to ``before``."""
    return tuple(_field(one, before, written, privacy) for one in (fields_of(data) if data else ()))


def _field(one: Field, before: str, written: Written, privacy: Privacy) -> FieldView:
    path, item, text = before + one.path, listed(one.kind), written.get(one.path, "")
    rows = [*rows_of(written, one.path), *([{}] * _BLANK_ROWS)] if item else []
    return FieldView(
        path=path,
        title=one.title,
        takes=one.takes,
        kind=one.form,
        choices=_YES_OR_NO if one.kind is bool else tuple(ChoiceView(m.name, title_of(m)) for m in one.members),
        required=one.required,
        personal=one.personal,
        place=one.place,
        written=text if privacy.shown or (not one.personal and privacy.text(text) == text) else "",
        rows=tuple(_fields(item, f"{path}[{number}].", row, privacy) for number, row in enumerate(rows)),
    )


def _masked(faults: Iterable[Fault], activity: Activity[Any], written: Written) -> Iterator[Fault]:
    """Yield faults without the personal data in what was written."""
    raw = read_form(activity, written)
    for fault in faults:
        yield Fault(fault.path, Text(*(without_personal(text, activity.data or object, raw) for text in fault.text)))


def _place(path: str, fields: Iterable[FieldView]) -> str:
    """Return the path of the field at which a fault is shown: its own, the first it is about, or the one that holds it; empty for the whole form."""
    paths = [one.path for one in _flat(fields)]
    if path in paths or not path:
        return path
    about = (one for one in paths if one.startswith((f"{path}.", f"{path}[")))
    holding = (one for one in paths if path.startswith((f"{one}.", f"{one}[")))
    return next(about, next(holding, ""))


def _flat(fields: Iterable[FieldView]) -> Iterator[FieldView]:
    for one in fields:
        yield one
        for row in one.rows:
            yield from _flat(row)


def _marked(one: FieldView, placed: Mapping[str, list[Text]]) -> FieldView:
    rows = tuple(tuple(_marked(part, placed) for part in row) for row in one.rows)
    return changed(one, faults=tuple(placed.get(one.path, ())), rows=rows)
