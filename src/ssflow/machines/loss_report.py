"""Reporting a lost social-security card. 社会保障卡挂失

Each function of the card is a case of its own: the social one is reported at the card office, the bank one at the bank.
A temporary report lapses by itself, a formal one can be released until a replacement is applied for.
"""

from enum import Enum, unique
from typing import Annotated

from attrs import frozen

from ssflow.machines.shared.agents import Agent, authority_shown
from ssflow.machines.shared.cards import OfLostCard
from ssflow.persons import Identity
from ssflow.process import Act, Lapse, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text


@unique
class Track(Enum):
    """The two functions of the card, each reported to the body that runs it."""

    social = Text("社保功能", "social function")
    bank = Text("银行功能", "bank function")


@frozen
class Report:
    """A loss report: the function, and the holder. ``agent`` is the person who reports for the holder."""

    track: Annotated[Track, "挂失的功能"]
    holder: Annotated[Identity, "持卡人"]
    agent: Annotated[Agent | None, "代办人"] = None


@frozen
class Release:
    """The request to lift a report: the holder in person, with the identity document and the card."""

    in_person: Annotated[bool, "持卡人本人办理"]
    card_shown: Annotated[bool, "已出示社会保障卡"]


@frozen
class Facts:
    """The facts of a loss report."""

    track: Track | None = None
    holder: Identity | None = None
    agent: Agent | None = None
    in_person: bool = False
    card_shown: bool = False


@guard(
    "解除挂失须持卡人本人持身份证件和社会保障卡办理",
    "the holder comes in person with identity document and card",
    cites="mohrss-answers",
)
def holder_with_card(act: Act[Facts]) -> bool:
    return act.facts.in_person and act.facts.card_shown


@guard("当地允许撤销正式挂失", "the place allows a formal report to be released")
def release_allowed(act: Act[Facts]) -> bool:
    return act.allows(LossReport.revocable)


@guard("同一持卡人、同一功能的挂失", "holder and function are those first reported", cites="guide-004 2.1")
def same_report(act: Act[Facts]) -> bool:
    return act.before.holder in (None, act.facts.holder) and act.before.track in (None, act.facts.track)


@guard(
    "补换的须为本人、同一发卡地、因丢失或被盗",
    "the replacement is the same holder's, at the same place, of a lost card",
    cites="mohrss-answers",
)
def of_this_card(act: Act[Facts]) -> bool:
    return any(
        card.facts.holder == act.facts.holder and card.facts.replaces_lost_card and card.places == act.places
        for card in act.links
        if isinstance(card.facts, OfLostCard)
    )


@guard("须为锁定本挂失的补换办件", "it is the replacement that bound this report", cites="mohrss-answers")
def by_its_replacement(act: Act[Facts]) -> bool:
    return any(link.id in act.related for link in act.links)


class LossReport(Process):
    """The case of one function of one lost card."""

    title = Text("社会保障卡挂失", "Loss report of a social-security card")
    facts = Facts

    issuing = Place("发卡地", "issuing place")

    holder = Role("持卡人", "holder", sole=True)
    office = Role("社保卡服务网点或银行", "card office or bank")

    temporary_force = Lapse("临时挂失有效期", "force of a temporary report")
    written_force = Lapse("书面挂失有效期", "force of a written report")
    release_handling = Term("解挂办理时限", "handling of a release", owed_by=office)
    revocable = Rule("正式挂失可否撤销", "whether a formal report can be released")

    temporary = State("临时挂失", "temporarily reported", temporary_force)
    formal = State("正式挂失", "formally reported", written_force)
    releasing = State("申请解挂", "release asked for", release_handling, stops=written_force)
    voided = State("原卡已注销", "old card void")
    replacing = State("正在补卡", "being replaced", written_force)
    replacing_void = State("原卡已注销，正在补卡", "old card void, being replaced")
    lapsed = State("临时挂失已失效", "lapsed", final=True)
    released = State("已解挂", "released", final=True)
    replaced = State("已补卡", "replaced", final=True)

    report_temporarily = opens(temporary).by(
        holder, "临时挂失", "report temporarily", data=Report, cites=["hrss-2011-47 16", "decree-107 31"]
    )
    report_formally = (
        opens(formal, when=authority_shown) | temporary.to(formal, when=same_report & authority_shown)
    ).by(holder, "正式挂失", "report formally", data=Report, cites=["hrss-2011-47 16", "decree-107 31"])
    cancel = temporary.to(released).by(holder, "撤销临时挂失", "cancel the temporary report", cites="mohrss-answers")
    ask_release = formal.to(releasing, when=holder_with_card & release_allowed).by(
        holder, "申请解挂", "ask for release", data=Release, cites="mohrss-answers"
    )
    release = releasing.to(released).by(office, "解除挂失", "release", cites="mohrss-answers")
    decline = releasing.to(formal).by(office, "不予解挂", "decline the release", cites="mohrss-answers")

    # The effects of a replacement on the report of the card that it replaces (see card_replacement).
    bind = (formal.to(replacing, when=of_this_card) | voided.to(replacing_void, when=of_this_card)).triggered(
        office, "因补卡锁定", "bind to a replacement", cites="mohrss-answers"
    )
    unbind = (
        replacing.to(formal, when=by_its_replacement) | replacing_void.to(voided, when=by_its_replacement)
    ).triggered(office, "补卡终止恢复挂失", "unbind from a replacement", cites="mohrss-answers")
    conclude = (
        (replacing | replacing_void)
        .to(replaced, when=by_its_replacement)
        .triggered(office, "补卡完成", "conclude with the new card", cites="mohrss-answers")
    )

    lapse = temporary.to(lapsed).after(
        temporary_force, "临时挂失失效", "temporary report lapses", cites=["hrss-2011-47 16", "decree-107 31"]
    )
    void = (formal.to(voided) | replacing.to(replacing_void)).after(
        written_force, "书面挂失期满注销原卡", "written report voids the card", cites="hrss-2011-47 16"
    )
