"""What a command that wrote to a case tells: what was recorded, what is owed now, who may act next."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ssflow.case import Case, Event
from ssflow.cli.output.answer import Screen
from ssflow.cli.output.casefile import head
from ssflow.cli.output.choices import next_steps
from ssflow.cli.output.documents import case_document, event_document
from ssflow.cli.output.owed import obligations
from ssflow.cli.output.privacy import Privacy
from ssflow.cli.output.trace import events
from ssflow.records import Cases


def tell(screen: Screen, cases: Cases, case: Case, recorded: tuple[Event, ...], on: date | datetime) -> None:
    """Tell what was recorded, what is owed now and who may act next."""
    privacy, options = Privacy(), () if case.is_at_rest else cases.options(case.id, on=on)
    if screen.as_json:
        document: dict[str, Any] = case_document(case, cases.trace(case.id), options, (), privacy)
        screen.document({**document, "recorded": [event_document(event, privacy) for event in recorded]})
        return
    t = screen.t
    head(screen, case, privacy)
    screen.heading(t("已记录", "Recorded"))
    events(screen, recorded, cases=True)
    if not case.is_closed:
        screen.heading(t("期限", "Clocks"))
        obligations(screen, case)
        screen.heading(t("下一步", "Next"))
        next_steps(screen, options)
