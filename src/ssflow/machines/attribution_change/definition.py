"""Changing the place to which a social-security card belongs. 社会保障卡归属地变更

Within one province the card stays and a record is changed. In another province the card is exchanged: the new card is
enabled at the insured place, the old one is cancelled at its card office and then at its bank; no source says which of
the two comes first. The making of the new card is not modelled here.
"""

from ssflow.machines.attribution_change.data import Application, BankCheck, Closing, Facts, LossThere, NewCard
from ssflow.machines.shared.agents import authority_shown
from ssflow.machines.shared.channels import Channel
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text


@guard("卡片归属地与参保地在同一省", "issuing place and insured place are in one province", cites="mohrss-answers")
def same_province(act: Act[Facts]) -> bool:
    return len({code[:2] for code in act.places.values()}) == 1


@guard("卡片归属地与参保地不在同一省", "issuing place and insured place are in two provinces", cites="mohrss-answers")
def other_province(act: Act[Facts]) -> bool:
    return len({code[:2] for code in act.places.values()}) > 1


@guard("须已在现参保地参保", "the holder is insured at the insured place", cites="guide-000 2")
def insured_there(act: Act[Facts]) -> bool:
    return act.facts.insured


@guard("网上办理须已开通该渠道", "an online application needs a channel that accepts it", cites="guide-000 1")
def channel_open(act: Act[Facts]) -> bool:
    value = act.figure(AttributionChange.online)
    return act.facts.channel is Channel.counter or (value is not None and value.amount is True)


@guard("补正不得变更持卡人", "a correction keeps the holder", cites="licensing-law 32(1)(4)")
def same_holder(act: Act[Facts]) -> bool:
    return act.before.holder == act.facts.holder


@guard("发卡银行须为参保地合作金融机构", "the bank of the card cooperates with the insured place")
def usable_there(act: Act[Facts]) -> bool:
    return act.facts.bank_cooperates or act.allows(AttributionChange.any_bank)


@guard("原参保地须即发卡地", "the card was issued where its holder was insured before", cites="guide-000 2.1")
def issued_where_insured(act: Act[Facts]) -> bool:
    return act.facts.issued_where_insured


@guard("现参保地须受理外地卡挂失", "the insured place takes the loss report of such a card", cites="guide-000 2.1")
def loss_taken(act: Act[Facts]) -> bool:
    value = act.figure(AttributionChange.loss_there)
    return value is not None and value.amount is True


@guard("须出示社保机构开具的清算通知", "the clearing notice of the card office is shown", cites="hrss-2011-83")
def notice_shown(act: Act[Facts]) -> bool:
    return act.facts.notice_shown


class AttributionChange(Process):
    """The change of attribution of one card."""

    title = Text("社会保障卡归属地变更", "Change of the place to which a card belongs")
    facts = Facts

    insured = Place("现参保地", "insured place")
    issuing = Place("原发卡地", "issuing place")

    holder = Role("持卡人", "holder", at=insured, sole=True)
    office = Role("参保地社会保险经办机构", "agency at the insured place", at=insured)
    card_office = Role("原发卡地社保卡经办机构", "card office at the issuing place", at=issuing)
    bank = Role("原发卡银行", "bank of the old card", at=issuing)

    handling = Term("变更办理时限", "handling of the change", owed_by=office)
    online = Rule("可否网上办理", "whether it can be applied for online")
    any_bank = Rule("非合作银行的卡可否继续使用", "whether a card of any bank stays usable")
    loss_there = Rule("现参保地可否受理挂失", "whether the insured place takes the loss report")

    recording = State("变更办理中", "record being changed", handling)
    returned = State("退回补正", "returned for correction", stops=handling, by_analogy=True)
    exchanging = State("跨省换卡", "card being exchanged")
    enabled = State("新卡已启用，旧卡未注销", "new card enabled, old card not cancelled")
    closing = State("新卡已启用，旧卡待销户", "new card enabled, old account to be closed")
    social_cancelled = State("旧卡社保功能已注销", "social function of the old card cancelled")
    void = State("旧卡已销户，新卡未启用", "old card void, new card not enabled")
    changed = State("归属已变更", "changed", final=True)
    changed_unusable = State("归属已变更，原卡不能在当地使用", "changed, card of no use there", final=True)
    exchanged = State("已换卡，旧卡已注销", "exchanged, old card void", final=True)
    refused = State("不予变更", "refused", final=True)
    withdrawn = State("已撤回", "withdrawn", final=True)

    apply = (
        opens(recording, when=same_province & insured_there & channel_open & authority_shown)
        | opens(exchanging, when=other_province & insured_there & channel_open & authority_shown)
    ).by(holder, "申请变更归属地", "apply", data=Application, cites=["mohrss-answers", "guide-000 2"])
    send_back = (
        (recording | exchanging)
        .to(returned)
        .by(office, "退回补正", "send back", data=Remarks, cites="licensing-law 32(1)(4)")
    )
    correct = (
        returned.to(recording, when=same_province & same_holder & insured_there & channel_open & authority_shown)
        | returned.to(exchanging, when=other_province & same_holder & insured_there & channel_open & authority_shown)
    ).by(holder, "补正", "correct", data=Application, cites="licensing-law 32(1)(4)")
    refuse = (recording | exchanging).to(refused).by(office, "不予变更", "refuse", data=Remarks, cites="decree-765 9")
    withdraw = (
        (recording | returned | exchanging).to(withdrawn).by(holder, "撤回申请", "withdraw", cites="decree-765 10")
    )

    record = (recording.to(changed, when=usable_there) | recording.to(changed_unusable)).by(
        office, "变更归属地", "change the record", data=BankCheck, cites=["decree-765 10", "guide-000 2.2"]
    )

    report_loss = exchanging.stays(when=issued_where_insured & loss_taken).by(
        holder, "在现参保地挂失", "report the loss at the insured place", data=LossThere, cites="guide-000 2.1"
    )
    enable = (exchanging.to(enabled) | social_cancelled.to(closing) | void.to(exchanged)).by(
        holder, "启用新卡", "enable the new card", data=NewCard, cites=["mohrss-answers", "hrss-2011-47 16"]
    )
    cancel_social = (exchanging.to(social_cancelled) | enabled.to(closing)).by(
        card_office, "注销旧卡社保功能", "cancel the social function", cites="hrss-2011-83"
    )
    close_account = (social_cancelled.to(void, when=notice_shown) | closing.to(exchanged, when=notice_shown)).by(
        bank, "旧卡银行销户", "close the bank account", data=Closing, cites="hrss-2011-83"
    )
