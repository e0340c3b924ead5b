"""The view of what may be done in a case and what may not."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import field, frozen

from ssflow.case import GroundKind, Option
from ssflow.doors import check_kind, each_of
from ssflow.text import NO_TEXT, Text
from ssflow.views.plain import View
from ssflow.views.refusals import GroundView, ground_views
from ssflow.views.wording import lines, listed, named

NOBODY = Text("无人可办", "nobody may act")


@frozen(kw_only=True)
class OptionView(View):
    """An activity and its verdict. ``needs`` names the data that it takes; ``hangs_on_data`` marks one whose only unmet conditions
    depend on data that is not given yet.
    """

    activity: str
    title: Text
    by: str
    role: Text
    open_: bool
    needs: str | None
    hangs_on_data: bool
    grounds: tuple[GroundView, ...]

    @property
    def text(self) -> Text:
        """The activity; for one that may not be done, every ground."""
        head = Text(f"{self.title.zh} ({self.activity})", f"{self.title.en} ({self.activity})")
        return lines(head, *(Text(f"- {ground.text.zh}", f"- {ground.text.en}") for ground in self.grounds))


@frozen
class RoleOptions(View):
    """The options of a role: what it may do now; ``if_data`` marks those that depend on data that is not given yet."""

    role: Text
    options: tuple[OptionView, ...] = field(repr=False)
    if_data: bool

    @property
    def text(self) -> Text:
        """Who may do what."""
        titles = listed([Text(f"{o.title.zh} ({o.activity})", f"{o.title.en} ({o.activity})") for o in self.options])
        condition = Text("，能否办理须看材料", ", if the data allow it") if self.if_data else NO_TEXT
        return named(self.role, Text.join([titles, condition], "", ""))


def option_view(option: Option) -> OptionView:
    """Return the view of an option."""
    check_kind("option", option, Option)
    activity, grounds = option.activity, option.grounds
    return OptionView(
        activity=activity.name,
        title=activity.title,
        by=option.by.name,
        role=option.by.title,
        open_=option.is_open,
        needs=activity.data.__name__ if activity.data else None,
        hangs_on_data=bool(activity.data and grounds) and all(g.kind is GroundKind.guard for g in grounds),
        grounds=ground_views(grounds),
    )


def option_views(options: Iterable[Option]) -> tuple[OptionView, ...]:
    """Return the views of several options."""
    return tuple(map(option_view, options))


def next_steps(options: Iterable[OptionView]) -> tuple[RoleOptions, ...]:
    """Return who may do what now, role by role, followed by what depends on data that is not given yet."""
    given = each_of("options", options, OptionView)
    able = _by_role([option for option in given if option.open_])
    asked = _by_role([option for option in given if option.hangs_on_data])
    return tuple(
        RoleOptions(role, tuple(found), if_data)
        for steps, if_data in ((able, False), (asked, True))
        for role, found in steps.items()
    )


def _by_role(options: list[OptionView]) -> dict[Text, list[OptionView]]:
    found: dict[Text, list[OptionView]] = {}
    for option in options:
        found.setdefault(option.role, []).append(option)
    return found


def steps_text(steps: Iterable[RoleOptions]) -> Text:
    """Return the steps in words, one role a line; if there are none, that nobody may act."""
    return lines(*(step.text for step in steps)) or NOBODY
