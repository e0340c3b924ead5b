"""A lost card: the loss is reported, and a new card applied for, at the same place and at the same time."""

from __future__ import annotations

from datetime import date, datetime

from ssflow.doors import check_kind
from ssflow.life_events.plan import Afterwards, Plan, named
from ssflow.machines.card_replacement import Application, CardReplacement
from ssflow.machines.gap_expenses import GapExpenses
from ssflow.machines.loss_report import LossReport, Report
from ssflow.records import Cases, Opening
from ssflow.text import Text

TITLE = Text("社会保障卡遗失", "A lost card")
HANDED_OVER = (
    CardReplacement.handed_over,
    CardReplacement.handed_over_plain,
    CardReplacement.social_enabled,
    CardReplacement.bank_enabled,
    CardReplacement.in_use,
)


def lose_card(
    cases: Cases,
    report: Report,
    application: Application,
    *,
    on: date | datetime,
    place: str,
    party: str = "",
    case: str = "",
) -> Plan:
    """Report a loss formally and apply for a new card; both or neither.

    The expenses of the time without a card are claimed afterwards, once, when the new card is there. ``case`` is the beginning of both ids;
    if empty, one is made up.

    Raises:
        RefusedError: one of the two may not be opened; all grounds are listed.

    """
    check_kind("cases", cases, Cases)
    loss, card = named("lost-card", case, "loss", "card")
    openings = [
        Opening(deed=LossReport.report_formally(report), by=LossReport.holder, places=place, case=loss, party=party),
        Opening(
            deed=CardReplacement.apply(application),
            by=CardReplacement.holder,
            places=place,
            case=card,
            links=(loss,),
            party=party,
        ),
    ]
    afterwards = (Afterwards(GapExpenses.claim, card, HANDED_OVER),)
    return Plan(TITLE, cases.open_together(openings, on=on), cases.law, afterwards)
