"""The doors of views: what is shown of cases, deadlines, forms and plans. As in `tests.doors`."""

from ssflow import machines
from ssflow.case import Ground, GroundKind
from ssflow.errors import RefusedError
from ssflow.machines.loss_report import LossReport
from ssflow.text import Text
from ssflow.views import (
    case_view,
    deadline_view,
    event_view,
    follow,
    form_view,
    ground_view,
    left_view,
    next_steps,
    obligation_view,
    option_view,
    plan_view,
    problem_view,
    read_form,
    refusal_view,
    work_view,
)
from tests.values import DAY, DUE, EVENT, OPENED, OPTION, OWED, PLAN, ROW, TERMED, full

SHOWING = {
    "case_view": (
        lambda case, events, options_, pending, reveal: case_view(case, events, options_, pending, reveal=reveal),
        OPENED, [EVENT], (), (), False,
    ),
    "event_view": (lambda event, reveal: event_view(event, reveal=reveal), EVENT, False),
    "obligation_view": (obligation_view, ROW, TERMED),
    "option_view": (option_view, OPTION),
    "next_steps": (next_steps, [option_view(OPTION)]),
    "ground_view": (ground_view, Ground(GroundKind.state, "x", Text("甲", "a"))),
    "refusal_view": (refusal_view, RefusedError(Text("甲", "a"), ())),
    "deadline_view": (lambda deadline, start, explain: deadline_view(deadline, start, explain=explain), DUE, DAY, False),
    "left_view": (left_view, DUE, DAY),
    "plan_view": (plan_view, PLAN, ["l"]),
    "form_view": (
        lambda activity, written, faults, reveal: form_view(activity, written, faults, reveal=reveal),
        LossReport.report_formally, {"track": "social"}, (), False,
    ),
    "read_form": (read_form, LossReport.report_formally, {"track": "social"}),
    "problem_view": (problem_view, RefusedError(Text("甲", "a"), ())),
    "ProblemView.problem": (problem_view(RefusedError(Text("甲", "a"), ())).problem, "zh"),
    "work_view": (lambda row, on, of: work_view(row, on, process_of=of), OWED, DAY, machines.get),
    "follow": (
        lambda cases_, case, on, by, party, actor, reveal: follow(
            cases_, case, on=on, by=by, party=party, actor=actor, reveal=reveal
        ),
        full(), "l", DAY, None, "p", "u", False,
    ),
    "View.say": (form_view(LossReport.report_formally).say, "zh"),
}  # fmt: skip
