"""Replacing a social-security card. 社会保障卡补领、换领

The holder applies, the office checks, the issuer makes the card, the outlet hands it over or the post delivers it, and the
holder enables its two functions. A lost card is formally reported first (loss_report). What comes in with the activities is in
facts/cards.py; figures: rules/data/card_replacement.toml.
"""

from decimal import Decimal

from ssflow.machines.facts.cards import (
    Application,
    BankActivation,
    CardKind,
    Consignment,
    Facts,
    Fault,
    Payment,
    Photo,
    Progress,
    Reason,
    Receipt,
    Remarks,
)
from ssflow.machines.facts.persons import authority_shown
from ssflow.machines.loss_report import LossReport, Track
from ssflow.process import Act, Extension, Fee, Lapse, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text


@guard(
    "遗失、被盗的卡须先有本人在发卡地生效的社保功能正式挂失",
    "a lost or stolen card needs the holder's formal loss report of the social function in force at its place",
    cites="mohrss-answers",
)
def loss_reported(act: Act[Facts]) -> bool:
    free, bound = (LossReport.formal, LossReport.voided), (LossReport.replacing, LossReport.replacing_void)
    in_force = free if act.before.reason is None else bound  # one report serves one replacement at a time
    return not act.facts.replaces_lost_card or any(
        report.state in in_force
        and report.facts.track is Track.social
        and report.facts.holder == act.facts.holder
        and report.places == act.places
        for report in act.linked(LossReport)
    )


@guard(
    "补正不得变更持卡人和补换原因，须另行申请",
    "a correction keeps holder and reason; a change of them is another application",
    cites="guide-004 1.6",
)
def same_application(act: Act[Facts]) -> bool:
    return (act.before.holder, act.before.reason) == (act.facts.holder, act.facts.reason)


@guard(
    "信息变更须先更正参保登记信息",
    "changed particulars are corrected in the insurance record first",
    cites="decree-765 10",
)
def record_corrected(act: Act[Facts]) -> bool:
    return act.facts.reason is not Reason.information_changed or act.facts.record_corrected


@guard(
    "到期换卡须已进入可换卡的时间",
    "an expiring card is exchanged once the window before its expiry is open",
    cites="mohrss-answers",
)
def exchange_open(act: Act[Facts]) -> bool:
    if act.facts.reason is not Reason.expired:
        return True
    issued, expires = act.facts.issued_on, act.facts.expires_on
    expires = expires or (act.end_of(CardReplacement.validity, issued) if issued else None)
    opens_on = expires and act.end_of(CardReplacement.exchange_window, expires, before=True)
    # An expired card is always exchanged, and where no window is known none is made up.
    return expires is not None and (opens_on is None or min(opens_on, expires) <= act.on)


@guard(
    "须提供照片；旧医保卡换发须一寸彩色照片",
    "a photo is needed, for an old medical card a one-inch colour photo",
    cites="guide-004 2.2",
)
def photo_given(act: Act[Facts]) -> bool:
    if act.facts.reason is Reason.old_medical_card:
        return act.facts.photo is Photo.one_inch
    return act.facts.photo is not None


@guard(
    "邮寄须填写详细地址并支付邮费，或约定到付、免邮",
    "delivery by post needs the address and settled postage",
    cites="guide-004 1.5",
)
def postage_settled(act: Act[Facts]) -> bool:
    return (act.facts.address is None) == (act.facts.postage is None)


@guard("须缴清工本费", "the card fee is paid in full", cites=["guide-004 2", "mohrss-answers"])
def fee_paid(act: Act[Facts]) -> bool:
    facts = act.facts
    free_until = act.end_of(CardReplacement.warranty, facts.issued_on) if facts.issued_on else None
    defective = facts.reason is Reason.damaged and facts.fault is Fault.issuer
    due = Decimal(0) if defective and free_until and act.on <= free_until else act.yuan(CardReplacement.fee)
    return facts.paid >= due


@guard("选择自取的卡送网点", "the holder chose to pick the card up", cites="guide-004 1.5")
def picked_up(act: Act[Facts]) -> bool:
    return act.facts.address is None


@guard("选择邮寄的卡交邮", "the holder chose delivery by post", cites="guide-004 1.5")
def by_post(act: Act[Facts]) -> bool:
    return act.facts.address is not None


@guard(
    "当地须持卡人本人领取，或代领人须出示授权",
    "the holder fetches the card, or whoever may and shows the authority",
    cites="guide-004 2.3",
)
def may_collect(act: Act[Facts]) -> bool:
    collector = act.facts.collector
    return collector is None or (collector.authority_shown and act.allows(CardReplacement.agent_collects))


@guard("卡片加载银行功能", "the card has a bank function", cites="hrss-2011-47 16")
def with_bank(act: Act[Facts]) -> bool:
    return act.facts.kind is CardKind.bank


@guard("卡片不加载银行功能", "the card has no bank function", cites="hrss-2011-47 16")
def without_bank(act: Act[Facts]) -> bool:
    return act.facts.kind is CardKind.ordinary


class CardReplacement(Process):
    """One replacement or exchange of one card."""

    title = Text("社会保障卡补换", "Replacement of a social-security card")
    facts = Facts

    issuing = Place("发卡地", "issuing place")

    holder = Role("持卡人", "holder", sole=True)
    office = Role("社保卡服务网点", "card office")
    issuer = Role("发卡机构", "issuer")
    courier = Role("邮政快递", "courier")
    employer = Role("用人单位", "employer")

    check = Term("审核时限", "checking", owed_by=office)
    production = Term("制卡时限", "production", owed_by=issuer)
    distribution = Term("单位发放时限", "distribution by the employer", owed_by=employer)
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
    returned = State("退回补正", "returned for correction", stops=(check, production))
    making = State("制卡", "being made", production)
    failed = State("制卡失败", "failed in production", production)
    ready = State("待领取", "ready for pick-up", pickup, custody)
    sealed = State("逾期封存", "sealed as unclaimed", custody)
    in_post = State("邮寄中", "in the post")
    with_employer = State("单位代领", "with the employer", distribution)
    handed_over = State("已领取未启用", "handed over, not enabled", social_activation, bank_activation)
    handed_over_plain = State("已领取未启用（无银行功能）", "handed over, no bank function", social_activation)
    social_enabled = State("社保功能已启用", "social function enabled", bank_activation)
    bank_enabled = State("银行功能已激活", "bank function activated", social_activation)
    in_use = State("使用中", "in use", final=True)
    refused = State("不予补换", "refused", final=True)
    withdrawn = State("已撤回", "withdrawn", final=True)
    purged = State("未领注销", "purged as unclaimed", final=True)

    apply = opens(
        checking,
        when=loss_reported & authority_shown & record_corrected & exchange_open & photo_given & postage_settled,
    ).by(
        holder, "申请补换", "apply", data=Application, also=LossReport.bind, cites=["guide-004 1.6", "hrss-2011-47 16"]
    )
    send_back = checking.to(returned).by(office, "退回补正", "send back", data=Remarks, cites="licensing-law 32(1)(4)")
    correct = returned.to(
        checking,
        when=same_application & record_corrected & exchange_open & photo_given & postage_settled & authority_shown,
    ).by(holder, "补正", "correct", data=Application, cites="licensing-law 32(1)(4)")
    pay = checking.stays().by(holder, "缴费", "pay", data=Payment, cites=["guide-004 2", "mohrss-answers"])
    accept = checking.to(making, when=fee_paid).by(office, "受理", "accept", cites="guide-004 1.7")
    refuse = checking.to(refused).by(
        office, "不予补换", "refuse", data=Remarks, also=LossReport.unbind, cites="hrss-2011-47 16"
    )
    withdraw = (
        (checking | returned)
        .to(withdrawn)
        .by(holder, "撤回申请", "withdraw", also=LossReport.unbind, cites="hrss-2011-47 16")
    )

    track = making.stays().by(issuer, "制卡进度", "report progress", data=Progress, cites="guide-004 1.7")
    extend = making.stays().by(
        issuer,
        "延长制卡",
        "extend production",
        data=Remarks,
        extends=Extension(production, extension),
        cites="qingdao-2018",
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
        ready.to(handed_over, when=may_collect & with_bank)
        | ready.to(handed_over_plain, when=may_collect & without_bank)
    ).by(holder, "领取", "collect", data=Receipt, cites="guide-004 1.5")
    collect_for_staff = ready.to(with_employer).by(
        employer, "单位代领", "collect for the staff", cites="shanghai-card-guide"
    )
    hand_out = (with_employer.to(handed_over, when=with_bank) | with_employer.to(handed_over_plain)).by(
        employer, "发放", "hand out", cites="shanghai-card-guide"
    )

    enable_social = (handed_over.to(social_enabled) | handed_over_plain.to(in_use) | bank_enabled.to(in_use)).by(
        holder, "启用社保功能", "enable the social function", also=LossReport.conclude, cites="hrss-2011-47 16"
    )
    activate_bank = (handed_over.to(bank_enabled) | social_enabled.to(in_use)).by(
        holder, "激活银行功能", "activate the bank function", data=BankActivation, cites="hrss-2011-47 16"
    )

    seal = ready.to(sealed).after(pickup, "逾期封存", "seal as unclaimed", cites="guangdong-card-rules")
    purge = (
        (ready | sealed)
        .to(purged)
        .after(custody, "未领注销", "purge as unclaimed", also=LossReport.unbind, cites="guangdong-card-rules")
    )
