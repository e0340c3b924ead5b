"""The electronic social-security card. 电子社会保障卡

It comes with the registration, with a third-generation card, or on a claim in a channel, and is used once its holder
has set a password and agreed. It follows the physical card: lost, cancelled, replaced. What is done in one channel
leaves the others as they are, so each channel is a case of its own.
"""

from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.electronic_card.data import Authorisation, CardStatus, Claim, Facts, NewCard, Registration, Switch
from ssflow.machines.loss_report import LossReport, Track
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text


def _reported(act: Act[Facts], *states: State) -> bool:
    """Return whether the holder's report of the social function at the issuing place is in one of the states."""
    return any(
        report.state in states
        and report.facts.track is Track.social
        and report.facts.holder == act.facts.holder
        and report.places.get("issuing") == act.places.get("issuing")
        for report in act.linked(LossReport)
    )


@guard("申领须实名和人脸核验", "name and face are checked at a claim", cites="electronic-card-pages")
def person_checked(act: Act[Facts]) -> bool:
    return act.facts.name_checked and act.facts.face_checked


@guard("须已领取实体卡且未注销", "the holder has a physical card that is not cancelled", cites="mohrss-answers")
def card_exists(act: Act[Facts]) -> bool:
    return act.facts.card not in (None, CardStatus.none, CardStatus.cancelled)


@guard("须为同步生成电子卡的实体卡", "the physical card generates an electronic one", cites="electronic-card-pages")
def generated_together(act: Act[Facts]) -> bool:
    value = act.figure(ElectronicCard.synchronous)
    return value is not None and value.amount is True  # an unknown figure is not invented


@guard("须单独设置电子社保卡密码", "it has a password of its own", cites="electronic-card-pages")
def password_set(act: Act[Facts]) -> bool:
    return act.facts.password_set


@guard("须有社保功能挂失在案", "a report of the social function is in force", cites="provincial-card-answer-2022")
def reported(act: Act[Facts]) -> bool:
    return temporarily_reported.holds(act) or formally_reported.holds(act)


@guard("须处于临时挂失", "the physical card is temporarily reported", cites="provincial-card-answer-2022")
def temporarily_reported(act: Act[Facts]) -> bool:
    return _reported(act, LossReport.temporary)


@guard("须已正式挂失", "the physical card is formally reported", cites="provincial-card-answer-2022")
def formally_reported(act: Act[Facts]) -> bool:
    return _reported(act, LossReport.formal, LossReport.releasing, LossReport.replacing)


@guard("所依据的挂失须已失效或解除", "the report it followed has lapsed or is released", cites="mohrss-answers")
def report_over(act: Act[Facts]) -> bool:
    over = (LossReport.lapsed, LossReport.released)
    return any(report.state in over and report.id in act.related for report in act.linked(LossReport))


@guard("本人的新卡须已启用社保功能", "the social function of the new card is enabled", cites="mohrss-answers")
def new_card_enabled(act: Act[Facts]) -> bool:
    enabled = (CardReplacement.social_enabled, CardReplacement.in_use)
    return any(new.state in enabled and new.facts.holder == act.facts.holder for new in act.linked(CardReplacement))


@guard("全国平台须已有本人在该地的参保数据", "the person's insurance there is on record", cites="guide-001")
def on_record(act: Act[Facts]) -> bool:
    return act.facts.on_record


class ElectronicCard(Process):
    """One electronic card in one channel."""

    title = Text("电子社会保障卡", "Electronic social-security card")
    facts = Facts

    issuing = Place("发卡地", "issuing place")
    insured = Place("参保地", "insured place")

    holder = Role("持卡人", "holder", at=issuing, sole=True)
    issuer = Role("发卡机构", "issuer", at=issuing)
    agency = Role("社会保险经办机构", "social insurance agency", at=insured)

    handling = Term("登记办理时限", "handling of the registration", owed_by=agency)
    synchronous = Rule("是否随实体卡同步生成", "whether it is generated with the physical card")

    registering = State("登记办理中", "registration being handled", handling)
    issued = State("已签发未启用", "issued, not enabled")
    usable = State("使用中", "in use")
    suspended = State("随卡挂失停用", "suspended with the lost card")
    by_consent = State("挂失期间经本人授权使用", "in use by consent while the card is lost")
    blocked = State("随卡注销停用", "blocked with the cancelled card")
    unbound = State("已解除授权", "unbound", final=True)
    refused = State("不予登记", "refused", final=True)

    register = opens(registering).by(holder, "申请登记", "register", data=Registration, cites="decree-765 6(2)")
    issue = registering.to(issued).by(agency, "办结签发", "issue", cites=["decree-765 6(2)", "decree-765 7(1)"])
    refuse = registering.to(refused).by(agency, "不予登记", "refuse", data=Remarks, cites="decree-765 6(2)")
    generate = opens(issued, when=generated_together).by(
        issuer, "随卡同步生成", "generate with the card", data=NewCard, cites="electronic-card-pages"
    )
    claim = opens(issued, when=person_checked & card_exists).by(
        holder, "渠道申领", "claim in a channel", data=Claim, cites=["mohrss-answers", "guide-001"]
    )
    authorise = issued.to(usable, when=password_set & card_exists).by(
        holder, "设密授权启用", "set a password and agree", data=Authorisation, cites="electronic-card-pages"
    )

    # The effects of the physical card (see loss_report and card_replacement).
    suspend = (usable.to(suspended, when=reported) | by_consent.to(suspended, when=formally_reported)).by(
        issuer, "随卡挂失停用", "suspend with the loss report", cites="provincial-card-answer-2022"
    )
    consent = suspended.to(by_consent, when=temporarily_reported).by(
        holder, "挂失期间授权使用", "agree to use during the loss", cites="provincial-card-answer-2022"
    )
    restore = (
        (suspended | by_consent)
        .to(usable, when=report_over)
        .by(issuer, "挂失终止恢复", "restore after the report", cites="mohrss-answers")
    )
    block = (
        (usable | suspended | by_consent)
        .to(blocked)
        .by(issuer, "随卡注销停用", "block with the cancelled card", data=Remarks, cites="provincial-card-answer-2022")
    )
    update = (usable.stays(when=new_card_enabled) | (suspended | blocked).to(usable, when=new_card_enabled)).by(
        issuer, "随新卡更新", "update to the new card", cites="mohrss-answers"
    )

    switch = usable.stays(when=on_record).by(
        holder, "切换参保地", "switch the insured place", data=Switch, cites="guide-001"
    )
    change = usable.stays().by(
        agency, "参保地窗口变更", "change at the insured place's counter", data=Switch, cites="guide-001"
    )
    unbind = (
        (issued | usable | suspended | by_consent | blocked)
        .to(unbound)
        .by(holder, "解除授权", "unbind", cites="electronic-card-pages")
    )
