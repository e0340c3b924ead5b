"""What can be done against a refusal or a missed term. 社会保险权利救济

A complaint, administrative reconsideration or a suit: each is a case, linked to the case it is about, of whatever procedure, or naming
the act in words. Silence is no consent here either: a decision that does not come is overdue, and gives cause for the next remedy. One
silence has an effect: an application that the reconsideration body does not refuse in time is accepted, which is no consent of the agency.
What comes in is in facts/remedies.py, guards are in guards/remedies.py; figures: rules/data/remedy.toml.
"""

from ssflow.calendar import Span
from ssflow.machines.facts.cards import Remarks
from ssflow.machines.facts.remedies import Decision, Facts, Grievance, Prolongation, Request
from ssflow.machines.guards.remedies import against_authority, cause_shown, days_in_order, extension_approved, is_late
from ssflow.process import Act, Extension, Lapse, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text

COMPLAINTS = ["social-insurance-law 82", "decree-765 51"]
RIGHTS = ["social-insurance-law 83", "decree-765 52"]


@guard(
    "须在申请期限内提出：自知道行为之日起算，未告知权利的自知道权利之日起算但有最长期限，受阻期间不计；行为作出过久的不再受理",
    "it is asked for in time: from knowledge of the act, or of the right if nobody told, up to a longest time; never too long after it",
    cites=["reconsideration-law 20", "reconsideration-law 21"],
)
def in_time(act: Act[Facts]) -> bool:
    facts, window = act.facts, act.figure(Remedy.window)
    if facts.known_on is None or window is None or not isinstance(window.amount, Span):
        return True
    last = window.amount.deadline(facts.told_on or facts.known_on, act.calendar, facts.obstacle).due
    longest = act.end_of(Remedy.longest, facts.known_on) if facts.told_on else None
    furthest = act.end_of(Remedy.furthest, facts.act_done_on) if facts.act_done_on else None
    return all(day is None or act.on <= day for day in (last, longest, furthest))


@guard(
    "同一行为已在复议审理中或者已起诉的，不得另行申请复议或者起诉",
    "while the same act is under reconsideration or before the court there is no other remedy",
    cites="reconsideration-law 29",
)
def not_pending(act: Act[Facts]) -> bool:
    pending = (Remedy.examining, Remedy.suspended, Remedy.sued)
    return not any(case.state in pending and not is_late(case) for case in act.linked(Remedy))


@guard(
    "未履行法定职责的，须先申请行政复议，经决定或者逾期不作答复再起诉",
    "a failure to act goes to reconsideration first, and after a decision or a missed term to court",
    cites=["reconsideration-law 23(1)(3)", "reconsideration-law 34"],
)
def reconsidered_first(act: Act[Facts]) -> bool:
    decided = (Remedy.granted, Remedy.upheld, Remedy.refused)
    own = [case for case in act.linked(Remedy) if case.facts.known_on and (case.state in decided or is_late(case))]
    return bool(own) or not any(is_late(case) for case in act.links)


class Remedy(Process):
    """One complaint, one reconsideration or one suit about one act."""

    title = Text("社会保险权利救济", "Remedy against a refusal or a missed term")
    facts = Facts

    reviewing = Place("受理地", "place of the remedy")

    applicant = Role("申请人（用人单位或者个人）", "applicant", sole=True)
    department = Role("人力资源社会保障、医疗保障行政部门", "supervising department")
    body = Role("行政复议机关", "reconsideration body")

    answering = Term("举报投诉处理时限", "handling of a complaint", owed_by=department)
    review = Lapse("审查期限", "review of the application")
    decision = Term("复议决定时限", "reconsideration decision", owed_by=body)
    correction = Lapse("补正期限", "correction of the application")
    window = Rule("申请复议期限", "how long reconsideration can be asked for")
    longest = Rule("未告知权利时的最长申请期限", "how long at most if nobody told of the right")
    furthest = Rule("自行为作出起的最长申请期限", "how long at most after the act")
    extension = Rule("复议延长期", "extension of the decision")

    complained = State("投诉处理中", "complaint being handled", answering)
    received = State("已收到复议申请", "application received", review)
    returned = State("退回补正", "returned for correction", correction)
    examining = State("复议审理", "under reconsideration", decision)
    suspended = State("复议中止", "reconsideration suspended", stops=decision)
    rectified = State("已责令改正", "put right by order", final=True)
    unfounded = State("投诉不成立", "complaint unfounded", final=True)
    granted = State("支持复议请求", "reconsideration granted", final=True)
    upheld = State("维持原行为或者驳回请求", "act upheld", final=True)
    settled = State("调解结案", "settled by mediation", final=True)
    refused = State("不予受理或者驳回申请", "refused", final=True)
    abandoned = State("视为放弃申请", "deemed given up", final=True)
    discontinued = State("复议终止", "discontinued", final=True)
    sued = State("已提起行政诉讼", "suit brought", final=True)

    complain = opens(complained, when=cause_shown).by(
        applicant, "举报、投诉", "complain", data=Grievance, cites=COMPLAINTS
    )
    pass_on = complained.stays().by(
        department, "移交有权部门", "pass on", data=Remarks, cites="social-insurance-law 82(2)"
    )
    rectify = complained.to(rectified).by(
        department, "责令改正", "order to put right", data=Remarks, cites=["social-insurance-law 89", "decree-765 53"]
    )
    dismiss = complained.to(unfounded).by(department, "答复不成立", "dismiss", data=Remarks, cites=COMPLAINTS)

    apply = opens(received, when=cause_shown & against_authority & days_in_order & in_time & not_pending).by(
        applicant, "申请行政复议", "apply", data=Request, cites=[*RIGHTS, "reconsideration-law 20"]
    )
    send_back = received.to(returned).by(body, "通知补正", "send back", data=Remarks, cites="reconsideration-law 31(1)")
    serve = returned.stays().by(body, "送达补正通知", "serve the notice", cites="reconsideration-law 31(2)")
    correct = returned.to(received).by(applicant, "补正", "correct", cites="reconsideration-law 31")
    accept = received.to(examining).by(body, "受理", "accept", cites="reconsideration-law 30")
    suspend = examining.to(suspended).by(body, "中止", "suspend", data=Remarks, cites="reconsideration-law 39(1)")
    resume = suspended.to(examining).by(body, "恢复审理", "resume", cites="reconsideration-law 39(2)")
    extend = examining.stays(when=extension_approved).by(
        body,
        "延长复议",
        "extend",
        data=Prolongation,
        extends=Extension(decision, extension),
        cites="reconsideration-law 62(1)",
    )
    grant = examining.to(granted).by(
        body, "支持请求", "grant", data=Decision, cites=[f"reconsideration-law {article}" for article in range(63, 68)]
    )
    uphold = examining.to(upheld).by(
        body, "维持或者驳回请求", "uphold", data=Remarks, cites=["reconsideration-law 68", "reconsideration-law 69"]
    )
    settle = examining.to(settled).by(body, "调解", "settle", cites="reconsideration-law 73")
    refuse = (
        (received | examining)
        .to(refused)
        .by(
            body, "不予受理或者驳回", "refuse", data=Remarks, cites=["reconsideration-law 30", "reconsideration-law 33"]
        )
    )
    discontinue = (
        (received | returned | examining | suspended)
        .to(discontinued)
        .by(body, "终止", "discontinue", data=Remarks, cites="reconsideration-law 41")
    )

    sue = opens(sued, when=cause_shown & against_authority & not_pending & reconsidered_first).by(
        applicant, "提起行政诉讼", "sue", data=Grievance, cites=[*RIGHTS, "reconsideration-law 10"]
    )

    deem_accepted = received.to(examining).after(
        review, "视为受理", "deemed accepted", cites="reconsideration-law 30(3)"
    )
    give_up = returned.to(abandoned).after(
        correction, "逾期不补正视为放弃", "deemed given up", cites="reconsideration-law 31(2)"
    )
