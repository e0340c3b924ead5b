"""The remedies against a refusal or a missed term. 社会保险权利救济

A complaint, another look by the agency itself, administrative reconsideration or a suit: each is a case, linked to the
case it is about, or naming the act in words. Silence does not mean consent here either: a decision that does not come is
overdue, and gives cause for the next remedy. One silence has an effect: an application that the reconsideration body
does not refuse in time is accepted, which is not consent of the agency.
"""

from ssflow.machines.remedy import data, guards, periods
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Choice, Extension, Lapse, Place, Process, Role, Rule, State, Term, opens
from ssflow.text import Text

COMPLAINTS = ["social-insurance-law 82", "decree-765 51"]
RIGHTS = ["social-insurance-law 83", "decree-765 52"]
LAW, COURT, RECHECK = "reconsideration-law", "administrative-litigation-law", "molss-decree-13"

against_authority = guards.cause_shown & guards.kind_told & guards.against_authority & guards.days_in_order
may_apply = against_authority & periods.start_told & periods.in_time & periods.not_pending
may_sue = (
    against_authority
    & periods.not_pending
    & periods.reconsidered_first
    & periods.suit_start_told
    & periods.before_court_in_time
)


class Remedy(Process):
    """One complaint, one review by the agency, one reconsideration or one suit about one act."""

    title = Text("社会保险权利救济", "Remedy against a refusal or a missed term")
    facts = data.Facts

    reviewing = Place("受理地", "place of the remedy")

    applicant = Role("申请人（用人单位或者个人）", "applicant", sole=True)
    department = Role("人力资源社会保障、医疗保障行政部门", "supervising department")
    agency = Role("作出行为的经办机构", "agency that acted")
    body = Role("行政复议机关", "reconsideration body")

    answering = Term("举报投诉处理时限", "handling of a complaint", owed_by=department)
    rechecking_time = Term("经办机构复查时限", "the agency's other look", owed_by=agency)
    review = Lapse("审查期限", "review of the application")
    decision = Term("复议决定时限", "reconsideration decision", owed_by=body)
    correction = Lapse("补正期限", "correction of the application")
    window = Rule("申请复议期限", "how long reconsideration can be asked for")
    longest = Rule("未告知权利时的最长申请期限", "how long at most if nobody told of the right")
    furthest = Rule("自行为作出起的最长申请期限", "how long at most after the act")
    performance = Rule("未规定履行期限的，自收到申请起", "time for performance where none is set")
    extension = Rule("复议延长期", "extension of the decision")
    conversion = Rule("转为普通程序增加的期限", "time added by the change to the ordinary procedure")
    acceptance = Choice("何时为受理", "what counts as acceptance", of=data.Acceptance)
    reconsideration_first = Rule("不作为是否须先申请复议", "whether a failure to act is reconsidered first")
    suit_window = Rule("直接起诉期限", "how long a suit can be brought")
    suit_longest = Rule("未告知起诉期限时的最长期限", "how long at most if nobody told of the period for a suit")
    suit_furthest = Rule("自行为作出起的最长起诉期限", "how long at most after the act a suit can be brought")
    suit_failure = Rule("不作为的起诉期限", "how long a suit over a failure to act can be brought")
    suit_after_decision = Rule("复议后的起诉期限", "how long a suit can be brought after reconsideration")
    performance_before_court = Rule(
        "未规定履行期限的，起诉前须满", "time for performance before a suit where none is set"
    )

    complained = State("投诉处理中", "complaint being handled", answering)
    rechecking = State("经办机构复查中", "another look by the agency", rechecking_time)
    received = State("已收到复议申请", "application received", review)
    returned = State("退回补正", "returned for correction", correction)
    examining = State("复议审理", "under reconsideration", decision)
    suspended = State("复议中止", "reconsideration suspended", stops=decision, by_analogy=True)
    rectified = State("已责令改正", "put right by order", final=True)
    unfounded = State("投诉不成立", "complaint unfounded", final=True)
    changed = State("复查后改正", "changed by the agency", final=True)
    kept = State("复查认为无误", "kept by the agency", final=True)
    granted = State("支持复议请求", "reconsideration granted", final=True)
    upheld = State("维持原行为或者驳回请求", "act upheld", final=True)
    settled = State("调解结案", "settled by mediation", final=True)
    refused = State("不予受理或者驳回申请", "refused", final=True)
    abandoned = State("视为放弃申请", "deemed given up", final=True)
    discontinued = State("复议终止", "discontinued", final=True)
    sued = State("已提起行政诉讼", "suit brought", final=True)

    complain = opens(complained, when=guards.cause_shown).by(
        applicant, "举报、投诉", "complain", data=data.Grievance, cites=COMPLAINTS
    )
    pass_on = complained.stays().by(
        department, "移交有权部门", "pass on", data=Remarks, cites="social-insurance-law 82(2)"
    )
    rectify = complained.to(rectified).by(
        department, "责令改正", "order to put right", data=Remarks, cites=["social-insurance-law 89", "decree-765 53"]
    )
    dismiss = complained.to(unfounded).by(department, "答复不成立", "dismiss", data=Remarks, cites=COMPLAINTS)

    ask_again = opens(rechecking, when=guards.cause_shown & guards.against_authority).by(
        applicant, "申请复查", "ask for another look", data=data.Grievance, cites=f"{RECHECK} 5"
    )
    change = rechecking.to(changed).by(agency, "复查改正", "change it", data=Remarks, cites=f"{RECHECK} 5")
    keep = rechecking.to(kept).by(agency, "复查维持", "keep it", data=Remarks, cites=f"{RECHECK} 5")

    apply = (opens(examining, when=periods.accepted_on_receipt & may_apply) | opens(received, when=may_apply)).by(
        applicant, "申请行政复议", "apply", data=data.Request, cites=[*RIGHTS, f"{LAW} 20"]
    )
    send_back = received.to(returned).by(body, "通知补正", "send back", data=Remarks, cites=f"{LAW} 31(1)")
    serve = returned.stays().by(body, "送达补正通知", "serve the notice", cites=f"{LAW} 31(2)")
    correct = returned.to(received).by(applicant, "补正", "correct", cites=f"{LAW} 31")
    accept = received.to(examining).by(body, "受理", "accept", cites=f"{LAW} 30")
    accept_as_summary = received.to(examining).by(
        body, "受理并适用简易程序", "accept for the summary procedure", data=data.SummaryHearing, cites=f"{LAW} 53"
    )
    longer = Extension(decision, conversion)
    convert = examining.stays(when=guards.conversion_approved).by(
        body,
        "转为普通程序",
        "change to the ordinary procedure",
        data=data.Conversion,
        extends=longer,
        cites=f"{LAW} 55",
    )
    suspend = examining.to(suspended).by(body, "中止", "suspend", data=Remarks, cites=f"{LAW} 39(1)")
    resume = suspended.to(examining).by(body, "恢复审理", "resume", cites=f"{LAW} 39(2)")
    later = Extension(decision, extension)
    extend = examining.stays(when=guards.extension_approved).by(
        body, "延长复议", "extend", data=data.Prolongation, extends=later, cites=f"{LAW} 62(1)"
    )
    grant = examining.to(granted).by(
        body, "支持请求", "grant", data=data.Decision, cites=[f"{LAW} {article}" for article in range(63, 68)]
    )
    uphold = examining.to(upheld).by(body, "维持或者驳回", "uphold", data=Remarks, cites=[f"{LAW} 68", f"{LAW} 69"])
    settle = examining.to(settled).by(body, "调解", "settle", cites=f"{LAW} 73")
    refuse = (
        (received | examining)
        .to(refused)
        .by(body, "不予受理或者驳回", "refuse", data=Remarks, cites=[f"{LAW} 30", f"{LAW} 33"])
    )
    discontinue = (
        (received | returned | examining | suspended)
        .to(discontinued)
        .by(body, "终止", "discontinue", data=Remarks, cites=f"{LAW} 41")
    )
    sue = opens(sued, when=may_sue).by(applicant, "提起行政诉讼", "sue", data=data.Suit, cites=[*RIGHTS, f"{COURT} 44"])
    deem_accepted = received.to(examining).after(review, "视为受理", "deemed accepted", cites=f"{LAW} 30(3)")
    give_up = returned.to(abandoned).after(correction, "逾期不补正视为放弃", "deemed given up", cites=f"{LAW} 31(2)")
