"""Registering an employer for social insurance. 用人单位社会保险登记

Enterprises have been registered together with their business registration since 2016, all employers since December 2023;
any other employer applies within thirty days. Changes and the end are reported, and arrears are paid before the
registration is cancelled. An employer that does not register is first ordered to correct it, and fined only then.
"""

from ssflow.machines.employer_registration.data import (
    Facts,
    Founding,
    Notice,
    Papers,
    Penalty,
    Prolongation,
    Settlement,
)
from ssflow.machines.employer_registration.guards import arrears_paid, as_shared, document_shown, inquiry_prolonged
from ssflow.machines.shared.registration import Order, day_ahead, on_its_day, unheeded
from ssflow.machines.shared.remarks import Remarks
from ssflow.process import Act, Extension, Fee, Place, Process, Role, Rule, State, Term, guard, opens
from ssflow.text import Text


@guard("依法与设立登记同步办理", "the law has it registered with its founding", cites="decree-765 6(1)")
def joint_by_law(act: Act[Facts]) -> bool:
    value = act.figure(EmployerRegistration.joint)
    return value is not None and value.amount is True


@guard("登记期限须已届满", "the term for the application has passed", cites="social-insurance-law 57(1)")
def overdue(act: Act[Facts]) -> bool:
    last = act.facts.began_on and act.end_of(EmployerRegistration.application, act.facts.began_on)
    return last is not None and last < act.on


@guard("对责任人员的罚款须在法定幅度内", "the personal fine is within the scale", cites="social-insurance-law 84")
def within_scale(act: Act[Facts]) -> bool:
    least, most = act.yuan(EmployerRegistration.least_fine), act.yuan(EmployerRegistration.highest_fine)
    return least <= act.facts.personal_fine <= most


class EmployerRegistration(Process):
    """The registration of one employer, from its founding to its end."""

    title = Text("用人单位社会保险登记", "Social-insurance registration of an employer")
    facts = Facts

    insured = Place("参保地", "insured place")

    employer = Role("用人单位", "employer", sole=True)
    registrar = Role("登记管理机关", "registration authority")
    agency = Role("社会保险经办机构", "social insurance agency")
    department = Role("社会保险行政部门", "social insurance department")

    application = Term("申请登记期限", "application", owed_by=employer)
    examination = Term("审核时限", "examination", owed_by=agency)
    change_report = Term("申请变更期限", "report of a change", owed_by=employer)
    end_report = Term("申请注销期限", "report of the end", owed_by=employer)
    handling = Term("变更、注销办理时限", "handling of a change or cancellation", owed_by=agency)
    inquiry = Term("调查时限", "inquiry", owed_by=department)
    inquiry_extension = Rule("调查延长期", "extension of the inquiry")
    joint = Rule("是否与设立登记同步办理", "whether it is registered together with its founding")
    least_fine = Fee("责任人员罚款下限", "least fine of a person")
    highest_fine = Fee("责任人员罚款上限", "highest fine of a person")

    founded = State("已成立未登记", "founded, not registered", application)
    investigated = State("立案调查", "under inquiry", inquiry)
    ordered = State("责令限期改正", "ordered to correct")
    fined = State("已罚款", "fined")
    examining = State("审核", "being examined", examination)
    returned = State("退回补正", "returned for correction", stops=examination, by_analogy=True)
    registered = State("已登记", "registered")
    changed = State("已变更未登记", "changed, not yet reported", change_report)
    updating = State("变更办理中", "change being handled", handling)
    ended = State("已终止未注销", "ended, not cancelled", end_report)
    cancelling = State("注销办理中", "cancellation being handled", handling)
    cancelled = State("已注销", "cancelled", final=True)
    refused = State("不予登记", "refused", final=True)

    found = opens(founded, when=on_its_day).by(
        employer, "成立", "come into being", data=Founding, cites="social-insurance-law 57(1)"
    )
    register_jointly = opens(registered, when=joint_by_law).by(
        registrar, "同步登记", "register jointly", data=Founding, cites=["decree-765 6(1)", "decree-259 8"]
    )
    inform = (
        (founded | examining)
        .stay()
        .by(registrar, "通报成立", "tell of the founding", data=Notice, cites="social-insurance-law 57(3)")
    )
    apply = (
        (founded | investigated | ordered | fined)
        .to(examining, when=document_shown)
        .by(employer, "申请登记", "apply", data=Papers, cites=["social-insurance-law 57(1)", "guide-000"])
    )
    send_back = examining.to(returned).by(
        agency, "退回补正", "send back", data=Remarks, cites=["licensing-law 32(1)(4)", "public-pension-handling"]
    )
    correct = returned.to(examining, when=document_shown).by(
        employer, "补正", "correct", data=Papers, cites=["licensing-law 32(1)(4)", "public-pension-handling"]
    )
    register = examining.to(registered, when=as_shared).by(
        agency, "准予登记", "register", cites="social-insurance-law 57(1)"
    )
    refuse = examining.to(refused).by(agency, "不予登记", "refuse", data=Remarks, cites="social-insurance-law 57(1)")

    investigate = founded.to(investigated, when=overdue).by(
        department, "立案", "open an inquiry", cites="decree-423 17"
    )
    extend = investigated.stays(when=inquiry_prolonged).by(
        department,
        "延长调查",
        "extend the inquiry",
        data=Prolongation,
        extends=Extension(inquiry, inquiry_extension),
        cites="decree-423 17",
    )
    order = (
        (founded | investigated)
        .to(ordered, when=overdue & day_ahead)
        .by(department, "责令限期改正", "order to correct", data=Order, cites="social-insurance-law 84")
    )
    fine = ordered.to(fined, when=within_scale & unheeded).by(
        department, "罚款", "fine", data=Penalty, cites="social-insurance-law 84"
    )

    change = registered.to(changed).by(employer, "登记事项变更", "change", cites="social-insurance-law 57(2)")
    report_change = changed.to(updating).by(
        employer, "申请变更登记", "report the change", cites="social-insurance-law 57(2)"
    )
    update = updating.to(registered).by(agency, "变更登记", "record the change", cites="decree-765 10")
    end = (registered | changed).to(ended).by(employer, "依法终止", "end", cites="social-insurance-law 57(2)")
    strike_off = (
        (registered | changed).to(ended).by(registrar, "通报注销登记", "strike off", cites="social-insurance-law 57(3)")
    )
    ask_cancellation = ended.to(cancelling).by(
        employer, "申请注销登记", "ask for cancellation", cites="social-insurance-law 57(2)"
    )
    settle = (
        (ended | cancelling).stay().by(employer, "结清欠费", "settle arrears", data=Settlement, cites="decree-765 10")
    )
    cancel = cancelling.to(cancelled, when=arrears_paid).by(agency, "注销登记", "cancel", cites="decree-765 10")
