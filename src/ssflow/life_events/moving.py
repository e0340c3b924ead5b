"""A move to another province: pension, medical insurance, card and e-certificate follow the person, each in a separate case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from ssflow.doors import check_kind
from ssflow.errors import InputError
from ssflow.life_events.one_person import check_one_person
from ssflow.life_events.plan import Afterwards, Plan, named
from ssflow.machines.attribution_change import Application as CardApplication
from ssflow.machines.attribution_change import AttributionChange
from ssflow.machines.certificate_correction import CertificateCorrection, Form
from ssflow.machines.electronic_card import ElectronicCard
from ssflow.machines.medical_transfer import Application as MedicalApplication
from ssflow.machines.medical_transfer import MedicalTransfer
from ssflow.machines.pension_transfer import Application as PensionApplication
from ssflow.machines.pension_transfer import PensionTransfer
from ssflow.process import Activity
from ssflow.records import Cases, Opening
from ssflow.text import Text

TITLE = Text("跨地区流动就业", "A move to work elsewhere")
PARTS = ("pension", "medical", "card", "certificate")


def move(
    cases: Cases,
    *,
    on: date | datetime,
    old: str,
    new: str,
    pension: PensionApplication | None = None,
    medical: MedicalApplication | None = None,
    card: CardApplication | None = None,
    certificate: Form | None = None,
    party: str = "",
    case: str = "",
) -> Plan:
    """Apply for everything that follows a person from an ``old`` place to a ``new`` one; all or none.

    An application that is left out opens no case: the certificate is corrected only where it shows a wrong place. Card and certificate name the
    transfer of medical insurance as related. ``case`` is the beginning of the ids; if empty, one is made up.

    Raises:
        RefusedError: one of the cases may not be opened; all grounds are listed.
        InputError: nothing is given, both places are the same, or the applications name several persons.

    """
    check_kind("cases", cases, Cases)
    check_kind("old", old, str)
    check_kind("new", new, str)
    if old == new:
        raise InputError.of(
            "new",
            f"old和new都是{old}，同一地方无需转移；old写迁出地，new写迁入地",
            f"old and new are both {old}, but nothing has to move within one place; give the former place as old and the new one as new",
        )
    given = dict(zip(PARTS, (pension, medical, card, certificate), strict=True))
    check_one_person(Text("迁移", "a move"), given)
    ids = dict(zip(PARTS, named("move", case, *PARTS), strict=True))
    between, related = {"old": old, "new": new}, (ids["medical"],) if medical else ()
    openings: list[Opening] = []

    def add(part: str, activity: Activity[Any], data: object, at: Mapping[str, str] | str) -> None:
        links = related if part in ("card", "certificate") else ()
        if data is not None and activity.by is not None:
            openings.append(
                Opening(deed=activity(data), by=activity.by, places=at, case=ids[part], links=links, party=party)
            )

    add("pension", PensionTransfer.apply, pension, between)
    add("medical", MedicalTransfer.apply, medical, between)
    add("card", AttributionChange.apply, card, {"issuing": old, "insured": new})
    add("certificate", CertificateCorrection.file, certificate, new)
    if not openings:
        raise InputError.of(
            "",
            f"没有要转移的；至少给出{'、'.join(PARTS)}之一",
            f"there is nothing to move; give at least one of {', '.join(PARTS)}",
        )
    afterwards = (Afterwards(ElectronicCard.switch, ids["medical"], (MedicalTransfer.closed,)),)
    return Plan(TITLE, cases.open_together(openings, on=on), cases.law, afterwards)
