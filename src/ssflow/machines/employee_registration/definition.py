"""Registering an employee for social insurance. 职工社会保险登记

The employer applies within thirty days of the first day of work; a person who works without an employer applies alone. Until
an employee is registered the agency assesses the contributions, orders the employer to correct it, and hands an
unheeded order over to the department.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.employee_registration.data import Cause, Hiring
from ssflow.machines.employer_registration import EmployerRegistration
from ssflow.machines.shared.checks import yuan
from ssflow.machines.shared.registration import Order, day_ahead, on_its_day, unheeded
from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity
from ssflow.process import Act, Place, Process, Role, State, Term, guard, opens
from ssflow.text import Text


@frozen
class Request:
    """The person to be registered."""

    person: Annotated[Identity, "参保人"]


@frozen
class Assessment:
    """The contributions that the agency assesses, in yuan."""

    assessed: Annotated[Decimal, "核定的应缴费额"] = field(validator=yuan)


@frozen
class Facts:
    """The facts of an employee's registration."""

    person: Identity | None = None
    cause: Cause | None = None
    began_on: date | None = None
    assessed: Decimal = Decimal(0)
    correct_by: date | None = None


@guard(
    "关联的用人单位登记须在同一参保地且有效",
    "the employer's registration, if one is named, is in force at the same place",
    cites="social-insurance-law 57(1)",
)
def employer_registered(act: Act[Facts]) -> bool:
    in_force = (EmployerRegistration.registered, EmployerRegistration.changed, EmployerRegistration.updating)
    return all(case.state in in_force and case.places == act.places for case in act.linked(EmployerRegistration))


@guard("申请登记的须为所用职工本人", "it is the person who was hired", cites="social-insurance-law 58(1)")
def same_person(act: Act[Facts]) -> bool:
    return act.before.person == act.facts.person


@guard("由用人单位为职工办理", "the person has an employer, who applies", cites="social-insurance-law 58(1)")
def has_employer(act: Act[Facts]) -> bool:
    return act.facts.began_on is not None


@guard("由本人办理", "the person has no employer and applies alone", cites="social-insurance-law 58(2)")
def has_none(act: Act[Facts]) -> bool:
    return act.facts.began_on is None


@guard("登记期限须已届满", "the term for the application has passed", cites="social-insurance-law 58(1)")
def overdue(act: Act[Facts]) -> bool:
    last = act.facts.began_on and act.end_of(EmployeeRegistration.application, act.facts.began_on)
    return last is not None and last < act.on


@guard("须核定数额", "a sum is assessed", cites="social-insurance-law 58(1)")
def sum_assessed(act: Act[Facts]) -> bool:
    return act.facts.assessed.is_finite() and act.facts.assessed > 0


class EmployeeRegistration(Process):
    """The registration of one person for one employment, or alone."""

    title = Text("职工社会保险登记", "Social-insurance registration of an employee")
    facts = Facts

    insured = Place("参保地", "insured place")

    employer = Role("用人单位", "employer", sole=True)
    person = Role("灵活就业人员", "person in flexible employment", sole=True)
    agency = Role("社会保险经办机构", "social insurance agency")

    application = Term("申请登记期限", "application", owed_by=employer)
    handling = Term("办理时限", "handling", owed_by=agency)

    hired = State("已用工未登记", "hired, not registered", application)
    ordered = State("责令改正", "ordered to correct")
    handed_over = State("已移交", "handed over")
    examining = State("办理中", "being handled", handling)
    returned = State("退回补正", "returned for correction", stops=handling, by_analogy=True)
    registered = State("已登记", "registered", final=True)
    refused = State("不予登记", "refused", final=True)

    hire = opens(hired, when=on_its_day).by(employer, "用工", "hire", data=Hiring, cites="social-insurance-law 58(1)")
    apply = (
        (hired | ordered | handed_over)
        .to(examining, when=same_person & employer_registered)
        .by(employer, "申请登记", "apply", data=Request, cites="social-insurance-law 58(1)")
    )
    apply_alone = opens(examining).by(
        person, "个人申请登记", "apply alone", data=Request, cites=["social-insurance-law 58(2)", "decree-765 6(2)"]
    )
    send_back = examining.to(returned).by(agency, "退回补正", "send back", data=Remarks, cites="licensing-law 32(1)(4)")
    correct = returned.to(examining, when=has_employer & same_person).by(
        employer, "补正", "correct", data=Request, cites="licensing-law 32(1)(4)"
    )
    correct_alone = returned.to(examining, when=has_none & same_person).by(
        person, "个人补正", "correct alone", data=Request, cites="licensing-law 32(1)(4)"
    )
    register = examining.to(registered).by(
        agency, "登记", "register", cites=["decree-765 6(2)", "social-insurance-law 58(3)"]
    )
    refuse = examining.to(refused).by(agency, "不予登记", "refuse", data=Remarks, cites="decree-765 9")

    assess = (
        (hired | ordered | handed_over)
        .stay(when=overdue & sum_assessed)
        .by(agency, "核定应缴费额", "assess contributions", data=Assessment, cites="social-insurance-law 58(1)")
    )
    order = hired.to(ordered, when=overdue & day_ahead).by(
        agency, "责令改正", "order to correct", data=Order, cites="decree-765 44"
    )
    hand_over = ordered.to(handed_over, when=unheeded).by(
        agency, "移交行政部门", "hand over to the department", cites=["decree-765 44", "social-insurance-law 84"]
    )
