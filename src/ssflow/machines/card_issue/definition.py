"""Issuing the first social-security card of a person. 社会保障卡首次申领

The holder claims it, a guardian for a minor, or an employer, a school or another body for its people. The office
checks, the issuer makes the card, it is picked up, posted or handed out by that body, and the holder enables its two
functions. A lost or broken card is card_replacement.
"""

from ssflow.calendar import Span
from ssflow.machines.card_issue.data import Claim, CollectiveClaim, Facts, Prolongation
from ssflow.machines.shared.agents import authority_shown
from ssflow.machines.shared.card_guards import (
    by_post,
    collector_authorised,
    picked_up,
    postage_settled,
    prolongable,
    with_bank,
    without_bank,
)
from ssflow.machines.shared.cards import BankActivation, Consignment, HandOver, Payment, Progress
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Extension, Fee, Lapse, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.rules import Value
from ssflow.text import Text


def _younger(act: Act[Facts], value: Value | None) -> bool:
    """Return whether the holder is known to be younger than a figure in years."""
    years = act.facts.holder.age_on(act.on) if act.facts.holder else None
    return value is not None and isinstance(value.amount, Span) and years is not None and years < value.amount.n


@guard("未达自行申领年龄的由监护人申领", "a guardian claims for a minor")
def guardian_claims(act: Act[Facts]) -> bool:
    return act.facts.by_guardian or not _younger(act, act.figure(CardIssue.guardian_below))


@guard(
    "须提供照片，当地免交的幼童除外",
    "a photo is given, except for small children in some places",
    cites="hainan-card-guide",
)
def photo_given(act: Act[Facts]) -> bool:
    return act.facts.photo is not None or _younger(act, act.figure(CardIssue.photo_from))


@guard("补正不得变更持卡人", "a correction keeps the holder", cites="licensing-law 32(1)(4)")
def same_holder(act: Act[Facts]) -> bool:
    return act.before.holder == act.facts.holder


@guard("须缴清工本费", "the card fee is paid in full")
def fee_paid(act: Act[Facts]) -> bool:
    return act.facts.paid >= act.yuan(CardIssue.fee)


complete = guardian_claims & authority_shown & photo_given & postage_settled


class CardIssue(Process):
    """The issue of one first card."""

    title = Text("社会保障卡首次申领", "First issue of a social-security card")
    facts = Facts

    issuing = Place("发卡地", "issuing place")

    holder = Role("持卡人", "holder", sole=True)
    body = Role("用人单位、学校等集体申领单位", "employer, school or other body that claims for its people")
    office = Role("社保卡服务网点", "card office")
    issuer = Role("发卡机构", "issuer")
    courier = Role("邮政快递", "courier")

    check = Term("审核时限", "checking", owed_by=office)
    production = Term("制卡发卡时限", "production and issue", owed_by=issuer)
    distribution = Term("单位发放时限", "distribution by the body", owed_by=body)
    social_activation = Term("社保功能启用期限", "enabling of the social function", owed_by=holder)
    bank_activation = Term("银行功能激活期限", "activation of the bank function", owed_by=holder)
    pickup = Lapse("网点保管期", "keeping at the outlet")
    custody = Lapse("未领卡保管期", "keeping of an unclaimed card")
    extension = Rule("制卡延长期", "extension of production")
    guardian_below = Rule("须由监护人申领的年龄", "age below which a guardian claims", age=True)
    photo_from = Rule("须提供照片的年龄", "age from which a photo is needed", age=True)
    fee = Fee("工本费", "card fee")

    checking = State("审核", "being checked", check, production)
    returned = State("退回补正", "returned for correction", stops=(check, production), by_analogy=True)
    making = State("制卡", "being made", production)
    failed = State("制卡失败", "failed in production", production)
    ready = State("待领取", "ready for pick-up", pickup, custody)
    sealed = State("逾期封存", "sealed as unclaimed", custody)
    in_post = State("邮寄中", "in the post")
    with_body = State("单位代领", "with the body", distribution)
    handed_over = State("已领取未启用", "handed over, not enabled", social_activation, bank_activation)
    handed_over_plain = State("已领取未启用（无银行功能）", "handed over, no bank function", social_activation)
    social_enabled = State("社保功能已启用", "social function enabled", bank_activation)
    bank_enabled = State("银行功能已激活", "bank function activated", social_activation)
    in_use = State("使用中", "in use", final=True)
    refused = State("不予发卡", "refused", final=True)
    withdrawn = State("已撤回", "withdrawn", final=True)
    purged = State("未领注销", "purged as unclaimed", final=True)

    claim = opens(checking, when=complete).by(holder, "申领", "claim", data=Claim, cites="decree-765 6(2)")
    claim_together = opens(checking, when=photo_given & postage_settled).by(
        body, "集体申领", "claim for its people", data=CollectiveClaim, cites=["beijing-2024-133", "campus-card-page"]
    )
    send_back = checking.to(returned).by(office, "退回补正", "send back", data=Remarks, cites="licensing-law 32(1)(4)")
    correct = returned.to(checking, when=same_holder & complete).by(
        holder, "补正", "correct", data=Claim, cites="licensing-law 32(1)(4)"
    )
    pay = checking.stays().by(holder, "缴费", "pay", data=Payment, cites=["guide-004 2", "mohrss-answers"])
    accept = checking.to(making, when=fee_paid).by(office, "受理", "accept", cites="decree-765 6(2)")
    refuse = checking.to(refused).by(office, "不予发卡", "refuse", data=Remarks, cites="hrss-2011-47 16")
    withdraw = (checking | returned).to(withdrawn).by(holder, "撤回申领", "withdraw", cites="hrss-2011-47 16")

    track = making.stays().by(issuer, "制卡进度", "report progress", data=Progress, cites="zhongshan-card-notice")
    longer = Extension(production, extension)
    extend = making.stays(when=prolongable).by(
        issuer, "延长制卡", "extend production", data=Prolongation, extends=longer, cites="qingdao-2018"
    )
    fail = making.to(failed).by(issuer, "制卡失败", "report a failure", data=Remarks, cites="zhongshan-card-notice")
    remake = failed.to(making).by(issuer, "重新制卡", "make again", cites="zhongshan-card-notice")
    finish = making.to(ready, when=picked_up).by(issuer, "送达网点", "deliver to the outlet", cites="guide-004 1.5")
    post = making.to(in_post, when=by_post).by(issuer, "交寄", "post", data=Consignment, cites="guide-004 1.5")
    deliver = (in_post.to(handed_over, when=with_bank) | in_post.to(handed_over_plain)).by(
        courier, "投递", "deliver", cites="guide-004 1.5"
    )
    bring_back = in_post.to(ready).by(courier, "退回网点", "bring back to the outlet", cites="guide-004 1.5")
    collect = (
        ready.to(handed_over, when=collector_authorised & with_bank)
        | ready.to(handed_over_plain, when=collector_authorised & without_bank)
    ).by(holder, "领取", "collect", data=HandOver, cites="guide-004 1.5")
    collect_together = ready.to(with_body).by(body, "单位代领", "collect for its people", cites="shanghai-card-guide")
    hand_out = (with_body.to(handed_over, when=with_bank) | with_body.to(handed_over_plain)).by(
        body, "发放", "hand out", cites="shanghai-card-guide"
    )
    enable_social = (handed_over.to(social_enabled) | handed_over_plain.to(in_use) | bank_enabled.to(in_use)).by(
        holder, "启用社保功能", "enable the social function", cites="hrss-2011-47 16"
    )
    activate_bank = (handed_over.to(bank_enabled) | social_enabled.to(in_use)).by(
        holder, "激活银行功能", "activate the bank function", data=BankActivation, cites="hrss-2011-47 16"
    )

    seal = ready.to(sealed).after(pickup, "逾期封存", "seal as unclaimed", cites="guangdong-card-rules")
    purge = (ready | sealed).to(purged).after(custody, "未领注销", "purge as unclaimed", cites="guangdong-card-rules")
