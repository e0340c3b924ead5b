"""The answer of commands that write to a case: what was recorded, what is owed now, who may act next."""

from __future__ import annotations

from datetime import date, datetime

from ssflow.case import Case, Event
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.casefile import head
from ssflow.cli.output.choices import next_steps
from ssflow.cli.output.owed import obligations
from ssflow.cli.output.trace import events
from ssflow.records import Cases
from ssflow.views import case_view, event_view


def tell(screen: Screen, cases: Cases, case: Case, recorded: tuple[Event, ...], on: date | datetime) -> None:
    """Print what was recorded, what is owed now and who may act next."""
    options = () if case.is_at_rest else cases.options(case.id, on=on)
    view, news = case_view(case, cases.trace(case.id), options), tuple(map(event_view, recorded))
    if screen.as_json:
        screen.document({**view.document(), "recorded": [event.document() for event in news]})
        return
    t = screen.t
    head(screen, view)
    screen.heading(t("已记录", "Recorded"))
    events(screen, news, cases=True)
    if not view.closed:
        screen.heading(t("期限", "Clocks"))
        obligations(screen, view.obligations)
        screen.heading(t("下一步", "Next"))
        next_steps(screen, view.options)
