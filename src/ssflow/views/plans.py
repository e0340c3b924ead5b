"""The view of a plan of several cases: their states, who must do what by when, who may act next."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from attrs import frozen

from ssflow.documents import Document
from ssflow.doors import check_kind, each_of
from ssflow.life_events import Plan
from ssflow.text import NO_TEXT, Text
from ssflow.views.books import book_of
from ssflow.views.citing import Cited, cited
from ssflow.views.obligations import ObligationView, obligation_view
from ssflow.views.plain import View
from ssflow.views.wording import lines, moment, named

_FINAL, _RELATED = Text("（办结）", " (final)"), Text("（关联办件）", " (related case)")


@frozen(kw_only=True)
class PlannedCase(View):
    """One case of a plan; ``related`` marks a case that another one brought in."""

    case: str
    process: str
    title: Text
    state: str | None
    state_title: Text | None
    closed: bool
    related: bool

    @property
    def stands(self) -> Text:
        """The state of the case, and whether it was asked for."""
        parts = (self.state_title or NO_TEXT, _FINAL if self.closed else NO_TEXT, _RELATED if self.related else NO_TEXT)
        return Text.join(parts, "", "")

    @property
    def text(self) -> Text:
        """The case, its procedure and its state."""
        return named(Text(f"{self.case} {self.title.zh}", f"{self.case} {self.title.en}"), self.stands)


@frozen
class DutyView(View):
    """A term or lapse of one case of a plan."""

    case: str
    obligation: ObligationView

    @property
    def text(self) -> Text:
        """What is owed in which case."""
        return Text.join([Text(self.case, self.case), self.obligation.text], " ", " ")

    def document(self) -> Document:
        """Return the case, and the view of the obligation beside it, as plain data."""
        return {"case": self.case, **self.obligation.document()}


@frozen(kw_only=True)
class PlannedActivity(View):
    """An activity that may be done; whether its conditions are met was not checked."""

    activity: str
    title: Text
    basis: tuple[Cited, ...]

    @property
    def text(self) -> Text:
        """The activity, and the name that commands take."""
        return Text(f"{self.title.zh} ({self.activity})", f"{self.title.en} ({self.activity})")


@frozen(kw_only=True)
class NextStepView(View):
    """A next step in one case of a plan: what a role may do there."""

    case: str
    role: str
    role_title: Text
    activities: tuple[PlannedActivity, ...]

    @property
    def titles(self) -> Text:
        """The activities in one line."""
        return Text.join([activity.text for activity in self.activities], "、", "; ")

    @property
    def text(self) -> Text:
        """Who may do what in which case."""
        return named(Text(f"{self.case} {self.role_title.zh}", f"{self.case} {self.role_title.en}"), self.titles)


@frozen(kw_only=True)
class PlanView(View):
    """A plan on a day, or as of the last event of each case."""

    title: Text
    on: date | datetime | None
    cases: tuple[PlannedCase, ...]
    duties: tuple[DutyView, ...]
    next_steps: tuple[NextStepView, ...]

    @property
    def text(self) -> Text:
        """The plan, one case, duty or next step a line."""
        on = Text(f" {moment(self.on)}", f" {moment(self.on)}") if self.on else NO_TEXT
        said = (part.text for parts in (self.cases, self.duties, self.next_steps) for part in parts)
        return lines(Text.join([self.title, on], "", ""), *said)


def plan_view(plan: Plan, asked: Collection[str] | None = None) -> PlanView:
    """Return the view of a plan; ``asked`` are the cases that were asked for, all if it is left out."""
    check_kind("plan", plan, Plan)
    wanted = {case.id for case in plan.cases} if asked is None else set(each_of("asked", asked, str))
    return PlanView(
        title=plan.title,
        on=plan.on,
        cases=tuple(
            PlannedCase(
                case=case.id,
                process=case.process.name,
                title=case.process.title,
                state=case.state.name if case.state else None,
                state_title=case.state.title if case.state else None,
                closed=case.is_closed,
                related=case.id not in wanted,
            )
            for case in plan.cases
        ),
        duties=tuple(DutyView(duty.case.id, obligation_view(duty.obligation)) for duty in plan.duties),
        next_steps=tuple(
            NextStepView(
                case=step.case.id,
                role=step.role.name,
                role_title=step.role.title,
                activities=tuple(
                    PlannedActivity(
                        activity=activity.name,
                        title=activity.title,
                        basis=cited(activity.cites, book_of(step.case.process).laws),
                    )
                    for activity in step.activities
                ),
            )
            for step in plan.next_steps
        ),
    )
