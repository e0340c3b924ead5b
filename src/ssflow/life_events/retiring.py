"""A retirement: notice, agreement or the age itself opens it, and pension relations elsewhere are transferred for it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import TypeVar

from ssflow.doors import check_kind
from ssflow.errors import InputError
from ssflow.life_events.one_person import check_one_person
from ssflow.life_events.plan import Plan, named
from ssflow.machines.pension_transfer import Application, PensionTransfer
from ssflow.machines.retirement import Retirement
from ssflow.persons import check_party
from ssflow.process import Activity
from ssflow.records import Cases, Opening
from ssflow.text import Text

TITLE = Text("退休", "A retirement")
D = TypeVar("D")


def retire(
    cases: Cases,
    opening: Activity[D],
    data: D,
    elsewhere: Mapping[str, Application] | None = None,
    *,
    on: date | datetime,
    place: str,
    party: str = "",
    case: str = "",
) -> Plan:
    """Open a retirement, and a transfer of the pension relation from every place in ``elsewhere`` (its code, the application).

    ``opening`` is the activity of `Retirement` that begins it: ``notify`` (early), ``agree`` (late), ``reach`` (at the age),
    ``present_file`` (ahead). ``place`` is that of the pension. ``case`` is the beginning of the ids; if empty, one is made up.

    Raises:
        RefusedError: one of the cases may not be opened; all grounds are listed.
        InputError: the activity does not open a retirement, a place ``elsewhere`` is that of the pension, or an application there is
            somebody else's.

    """
    check_kind("cases", cases, Cases)
    check_kind("opening", opening, Activity)
    check_kind("place", place, str)
    check_party("party", party)
    elsewhere = {} if elsewhere is None else elsewhere
    check_kind("elsewhere", elsewhere, Mapping)
    if opening.owner is not Retirement or opening.by is None or not opening.is_opening:
        openings = [activity.name for activity in Retirement.activities if activity.is_opening]
        raise InputError.of(
            "opening",
            f"{opening!r}不是退休的登记环节；可用：{'、'.join(openings)}",
            f"{opening!r} opens no retirement; take one of {', '.join(openings)}",
        )
    if place in elsewhere:
        raise InputError.of(
            "elsewhere",
            f"{place}就是待遇领取地，在当地的缴费不必转移；请从elsewhere中去掉",
            f"{place} is the place that pays the pension, so contributions paid there stay there; leave it out of elsewhere",
        )
    check_one_person(
        Text("退休", "a retirement"), {"pension": data, **{f"from {code}": form for code, form in elsewhere.items()}}
    )
    ids = named("retirement", case, "pension", *(f"from-{code}" for code in elsewhere))
    transfers = [
        Opening(
            deed=PensionTransfer.apply(application),
            by=PensionTransfer.applicant,
            places={"old": code, "new": place},
            case=id_,
            party=party,
        )
        for id_, (code, application) in zip(ids[1:], elsewhere.items(), strict=True)
    ]
    by_person = opening.by is Retirement.employee
    retirement = Opening(
        deed=opening(data),
        by=opening.by,
        places=place,
        case=ids[0],
        links=ids[1:],
        party=party if by_person else "",
    )
    return Plan(TITLE, cases.open_together([*transfers, retirement], on=on), cases.law)
