"""What an activity asks for, as a form: its fields with titles, choices and what each takes, and the schema of its data."""

from __future__ import annotations

from typing import Any

from attrs import field, frozen

from ssflow.doors import check_kind
from ssflow.process import Activity
from ssflow.text import NO_TEXT, Text, title_of
from ssflow.views.fields import Field, fields_of
from ssflow.views.plain import View
from ssflow.views.wording import bracketed, lines, named

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


@frozen(kw_only=True)
class FieldView(View):
    """One field by its path; ``takes`` says what is to be written."""

    path: str
    title: Text
    takes: Text
    choices: tuple[ChoiceView, ...]
    required: bool
    personal: bool
    place: bool

    @property
    def text(self) -> Text:
        """The title, what is to be written, and whether it has to be."""
        head = Text(f"{self.title.zh} {self.path}", f"{self.title.en} {self.path}")
        needed = bracketed(_REQUIRED) if self.required else NO_TEXT
        return named(head, Text.join([self.takes, needed], "", ""))


@frozen(kw_only=True)
class FormView(View):
    """What has to be given with an activity. ``schema`` describes the data in JSON Schema 2020-12."""

    activity: str
    title: Text
    fields: tuple[FieldView, ...]
    schema: dict[str, Any] = field(repr=False)

    @property
    def text(self) -> Text:
        """The activity and its fields, one a line."""
        return lines(self.title, *([one.text for one in self.fields] or [_NOTHING]))


def form_view(activity: Activity[Any]) -> FormView:
    """What an activity asks for."""
    check_kind("activity", activity, Activity)
    fields = fields_of(activity.data) if activity.data else ()
    return FormView(
        activity=activity.name,
        title=activity.title,
        fields=tuple(map(_field, fields)),
        schema=activity.json_schema(),
    )


def _field(one: Field) -> FieldView:
    return FieldView(
        path=one.path,
        title=one.title,
        takes=one.takes,
        choices=tuple(ChoiceView(member.name, title_of(member)) for member in one.members),
        required=one.required,
        personal=one.personal,
        place=one.place,
    )
