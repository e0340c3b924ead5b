"""Views of cases, deadlines and forms: typed values, the same as plain data, and sentences in two languages.

A view is made from a value of the kernel by the function that is named after it, and can then be read, stored as JSON (`View.document`) or
spoken (`View.say`). Command line, sheets, notebooks and web hosts say the same, because all of them show views. No view prints. Each name
is loaded when it is first used: a deadline needs no procedures. Personal data is masked when the view is made, unless ``reveal=True`` asks
for it.

>>> from datetime import date
>>> from ssflow import WorkCalendar, workdays
>>> from ssflow.views import deadline_view
>>> print(deadline_view(workdays(20).deadline(date(2026, 2, 9), WorkCalendar.china())).say("en"))
20 working days from 2026-02-09
due: 2026-03-13 (firm)

"""

from typing import TYPE_CHECKING

from ssflow.lazy import lazily

if TYPE_CHECKING:
    from ssflow.views.cases import CaseView, Known, LinkView, PlaceView, case_view
    from ssflow.views.citing import Cited
    from ssflow.views.coverage import CoverageView
    from ssflow.views.deadlines import DeadlineView, LeftView, StepView, deadline_view, left_view
    from ssflow.views.events import EventView, event_view
    from ssflow.views.filling import read_form
    from ssflow.views.following import follow
    from ssflow.views.forms import ChoiceView, FieldView, FormView, form_view
    from ssflow.views.notices import NoticeView
    from ssflow.views.obligations import ObligationView, obligation_view
    from ssflow.views.options import OptionView, RoleOptions, next_steps, option_view
    from ssflow.views.plain import View
    from ssflow.views.plans import DutyView, NextStepView, PlannedActivity, PlannedCase, PlanView, plan_view
    from ssflow.views.problems import FaultView, ProblemView, problem_view
    from ssflow.views.refusals import GroundView, RefusalView, ground_view, refusal_view
    from ssflow.views.spans import SpanView
    from ssflow.views.work import WorkView, work_view

__all__ = [
    "CaseView",
    "ChoiceView",
    "Cited",
    "CoverageView",
    "DeadlineView",
    "DutyView",
    "EventView",
    "FaultView",
    "FieldView",
    "FormView",
    "GroundView",
    "Known",
    "LeftView",
    "LinkView",
    "NextStepView",
    "NoticeView",
    "ObligationView",
    "OptionView",
    "PlaceView",
    "PlanView",
    "PlannedActivity",
    "PlannedCase",
    "ProblemView",
    "RefusalView",
    "RoleOptions",
    "SpanView",
    "StepView",
    "View",
    "WorkView",
    "case_view",
    "deadline_view",
    "event_view",
    "follow",
    "form_view",
    "ground_view",
    "left_view",
    "next_steps",
    "obligation_view",
    "option_view",
    "plan_view",
    "problem_view",
    "read_form",
    "refusal_view",
    "work_view",
]

# The modules that need the least come first.
_MODULES = (
    "plain",
    "spans",
    "notices",
    "coverage",
    "deadlines",
    "citing",
    "refusals",
    "obligations",
    "options",
    "events",
    "cases",
    "work",
    "following",
    "filling",
    "forms",
    "plans",
    "problems",
)

__getattr__, __dir__ = lazily(__name__, __all__, _MODULES)
