"""Replacing a social-security card. 社会保障卡补领、换领

The holder applies, the office checks, the issuer makes the card, it is handed over or posted, and the holder enables
its two functions. A lost card is formally reported first (loss_report); a first card is card_issue.
"""

from ssflow.machines.card_replacement.data import AGREED, HINDRANCE, Application, Facts, Prolongation, Reason, Receipt
from ssflow.machines.card_replacement.guards import application_complete, loss_reported, own_report, same_application
from ssflow.machines.loss_report import LossReport
from ssflow.machines.shared.card_guards import (
    by_post,
    collector_authorised,
    picked_up,
    prolongable,
    with_bank,
    without_bank,
)
from ssflow.machines.shared.cards import BankActivation, Consignment, Payment, Progress
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Extension, Fee, Lapse, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text


@guard("到期换卡须已进入可换卡的时间", "the window before the expiry of the card is open", cites="mohrss-answers")
def exchange_open(act: Act[Facts]) -> bool:
    if act.facts.reason is not Reason.expired:
        return True
    issued, expires = act.facts.issued_on, act.facts.expires_on
    expires = expires or (act.end_of(CardReplacement.validity, issued) if issued else None)
    opens_on = expires and act.end_of(CardReplacement.exchange_window, expires, before=True)
    # An expired card is always exchanged, and an unknown window is not invented.
    return expires is not None and (opens_on is None or min(opens_on, expires) <= act.on)


@guard("须缴清工本费", "the card fee is paid in full")
def fee_paid(act: Act[Facts]) -> bool:
    issued = act.facts.issued_on
    free_until = act.end_of(CardReplacement.warranty, issued) if issued else None
    free = act.facts.defective and free_until is not None and act.on <= free_until
    return free or act.facts.paid >= act.yuan(CardReplacement.fee)


@guard(
    "当地须持卡人本人领取的，不得代领", "where the holder has to collect the card in person, nobody else collects it"
)
def may_collect(act: Act[Facts]) -> bool:
    return act.facts.collector is None or act.allows(CardReplacement.agent_collects)


class CardReplacement(Process):
    """One replacement or exchange of one card."""

    title = Text("社会保障卡补换", "Replacement of a social-security card")
    facts = Facts

    issuing = Place("发卡地", "issuing place")

    holder = Role("持卡人", "holder", sole=True)
    office = Role("社保卡服务网点", "card office")
    issuer = Role("发卡机构", "issuer")
    courier = Role("邮政快递", "courier")

    check = Term("审核时限", "checking", owed_by=office)
    production = Term("制卡时限", "production", owed_by=issuer)
    social_activation = Term("社保功能启用期限", "enabling of the social function", owed_by=holder)
    bank_activation = Term("银行功能激活期限", "activation of the bank function", owed_by=holder)
    pickup = Lapse("网点保管期", "keeping at the outlet")
    custody = Lapse("未领卡保管期", "keeping of an unclaimed card")
    extension = Rule("制卡延长期", "extension of production")
    exchange_window = Rule("到期前可换卡的时间", "how long before expiry a card can be exchanged")
    validity = Rule("卡片有效期", "validity of a card")
    warranty = Rule("非人为损坏免费更换期", "free exchange of a defective card")
    agent_collects = Rule("可否由他人代领", "whether another may fetch the card")
    fee = Fee("工本费", "card fee")

    checking = State("审核", "being checked", check, early=production)
    returned = State("退回补正", "returned for correction", stops=(check, production), by_analogy=True)
    making = State("制卡", "being made", production)
    failed = State("制卡失败", "failed in production", production)
    ready = State("待领取", "ready for pick-up", pickup, custody)
    sealed = State("逾期封存", "sealed as unclaimed", custody)
    in_post = State("邮寄中", "in the post")
    handed_over = State("已领取未启用", "handed over, not enabled", social_activation, bank_activation)
    handed_over_plain = State("已领取未启用（无银行功能）", "handed over, no bank function", social_activation)
    social_enabled = State("社保功能已启用", "social function enabled", bank_activation)
    bank_enabled = State("银行功能已激活", "bank function activated", social_activation)
    in_use = State("使用中", "in use", final=True)
    refused = State("不予补换", "refused", final=True)
    withdrawn = State("已撤回", "withdrawn", final=True)
    purged = State("未领注销", "purged as unclaimed", final=True)

    apply = opens(checking, when=loss_reported & own_report & application_complete & exchange_open).by(
        holder,
        "申请补换",
        "apply",
        data=Application,
        triggers=LossReport.bind,
        cites=["guide-004 1.6", "hrss-2011-47 16"],
    )
    send_back = checking.to(returned).by(office, "退回补正", "send back", data=Remarks, cites="licensing-law 32(1)(4)")
    correct = returned.to(checking, when=same_application & application_complete & exchange_open).by(
        holder, "补正", "correct", data=Application, cites="licensing-law 32(1)(4)"
    )
    pay = checking.stays().by(holder, "缴费", "pay", data=Payment, cites=["guide-004 2", "mohrss-answers"])
    accept = checking.to(making, when=fee_paid).by(office, "受理", "accept", cites="guide-004 1.7")
    refuse = checking.to(refused).by(
        office, "不予补换", "refuse", data=Remarks, triggers=LossReport.unbind, cites="hrss-2011-47 16"
    )
    withdraw = (
        (checking | returned)
        .to(withdrawn)
        .by(holder, "撤回申请", "withdraw", triggers=LossReport.unbind, cites="hrss-2011-47 16")
    )

    track = making.stays().by(issuer, "制卡进度", "report progress", data=Progress, cites="guide-004 1.7")
    longer = Extension(production, extension)
    extend = making.stays(when=prolongable).by(
        issuer, "延长制卡", "extend production", data=Prolongation, extends=longer, upcasts=AGREED, cites="qingdao-2018"
    )
    fail = making.to(failed).by(issuer, "制卡失败", "report a failure", data=Remarks, cites="guide-004 1.7")
    remake = failed.to(making).by(issuer, "重新制卡", "make again", cites="guide-004 1.7")
    finish = making.to(ready, when=picked_up).by(issuer, "送达网点", "deliver to the outlet", cites="guide-004 1.5")
    post = making.to(in_post, when=by_post).by(issuer, "交寄", "post", data=Consignment, cites="guide-004 1.5")
    deliver = (in_post.to(handed_over, when=with_bank) | in_post.to(handed_over_plain)).by(
        courier, "投递", "deliver", cites="guide-004 1.5"
    )
    bring_back = in_post.to(ready).by(courier, "退回网点", "bring back to the outlet", cites="guide-004 1.5")
    collect = (
        ready.to(handed_over, when=may_collect & collector_authorised & with_bank)
        | ready.to(handed_over_plain, when=may_collect & collector_authorised & without_bank)
    ).by(holder, "领取", "collect", data=Receipt, upcasts=HINDRANCE, cites="guide-004 1.5")
    enable_social = (handed_over.to(social_enabled) | handed_over_plain.to(in_use) | bank_enabled.to(in_use)).by(
        holder, "启用社保功能", "enable the social function", triggers=LossReport.conclude, cites="hrss-2011-47 16"
    )
    activate_bank = (handed_over.to(bank_enabled) | social_enabled.to(in_use)).by(
        holder, "激活银行功能", "activate the bank function", data=BankActivation, cites="hrss-2011-47 16"
    )

    seal = ready.to(sealed).after(pickup, "逾期封存", "seal as unclaimed", cites="guangdong-card-rules")
    purge = (
        (ready | sealed)
        .to(purged)
        .after(custody, "未领注销", "purge as unclaimed", triggers=LossReport.unbind, cites="guangdong-card-rules")
    )
