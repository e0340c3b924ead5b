"""The guards of a replacement before the card is made anew."""

from __future__ import annotations

from ssflow.machines.card_replacement.data import Facts, Reason
from ssflow.machines.loss_report import LossReport, Track
from ssflow.machines.shared.agents import authority_shown
from ssflow.machines.shared.card_guards import postage_settled
from ssflow.machines.shared.cards import Photo
from ssflow.process import Act, guard


@guard(
    "遗失、被盗的卡须先有本人在发卡地生效的社保功能正式挂失",
    "a lost or stolen card needs the holder's formal loss report of the social function in force at its place",
    cites="mohrss-answers",
)
def loss_reported(act: Act[Facts]) -> bool:
    """A loss report serves one replacement at a time."""
    free, bound = (LossReport.formal, LossReport.voided), (LossReport.replacing, LossReport.replacing_void)
    in_force = free if act.before.reason is None else bound
    return not act.facts.replaces_lost_card or any(
        report.state in in_force
        and report.facts.track is Track.social
        and report.facts.holder == act.facts.holder
        and report.places == act.places
        for report in act.linked(LossReport)
    )


@guard(
    "所关联的挂失须为同一当事人的办件",
    "the loss report that is named is the case of the same party",
    cites="mohrss-answers",
)
def own_report(act: Act[Facts]) -> bool:
    """The report is the party's own; a report without a party is identified by its holder alone."""
    return all(report.party_of(LossReport.holder) in ("", act.party) for report in act.linked(LossReport))


@guard(
    "补正不得变更持卡人和补换原因，须另行申请",
    "a correction keeps holder and reason; a change of them is another application",
    cites="guide-004 1.6",
)
def same_application(act: Act[Facts]) -> bool:
    """The corrected application is the one that was returned."""
    return (act.before.holder, act.before.reason) == (act.facts.holder, act.facts.reason)


@guard(
    "信息变更须先更正参保登记信息",
    "changed particulars are corrected in the insurance record first",
    cites="decree-765 10",
)
def record_corrected(act: Act[Facts]) -> bool:
    """The data of the card agrees with the record."""
    return act.facts.reason is not Reason.information_changed or act.facts.record_corrected


@guard(
    "须提供照片；旧医保卡换发须一寸彩色照片",
    "a photo is needed, for an old medical card a one-inch colour photo",
    cites="guide-004 2.2",
)
def photo_given(act: Act[Facts]) -> bool:
    """The photo is of the kind that the reason asks for."""
    if act.facts.reason is Reason.old_medical_card:
        return act.facts.photo is Photo.one_inch
    return act.facts.photo is not None


application_complete = record_corrected & authority_shown & photo_given & postage_settled
