"""Registering as unemployed. 失业登记

The employer certifies the end of the employment and tells the agency who has become unemployed; the person registers
with the public employment service on that certificate. The benefit runs from the registration: benefit_claim.
"""

from typing import Annotated

from attrs import frozen

from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity
from ssflow.process import Act, Place, Process, Role, State, Term, guard, opens
from ssflow.text import Text

CERTIFICATE = "social-insurance-law 50(1)"
REGISTRATION = "social-insurance-law 50(2)"


@frozen
class Ending:
    """The person whose employment has ended."""

    person: Annotated[Identity, "失业人员"]


@frozen
class Registration:
    """The person who registers, and whether the employer's certificate of the end of the employment was shown."""

    person: Annotated[Identity, "失业人员"]
    end_certified: Annotated[bool, "终止或者解除劳动关系的证明"]


@frozen
class Facts:
    """The facts of a registration."""

    person: Identity | None = None
    end_certified: bool = False


@guard("须出示终止或者解除劳动关系的证明", "the certificate of the end of the employment is shown", cites=REGISTRATION)
def certificate_shown(act: Act[Facts]) -> bool:
    return act.facts.end_certified


@guard("登记的须为劳动关系终止的本人", "who registers is the person whose employment ended", cites=REGISTRATION)
def same_person(act: Act[Facts]) -> bool:
    return act.before.person in (None, act.facts.person)


class UnemploymentRegistration(Process):
    """The registration of one person, with what the employer owes before."""

    title = Text("失业登记", "Registration as unemployed")
    facts = Facts

    registering_at = Place("失业登记地", "place of the registration")

    employer = Role("原用人单位", "former employer")
    person = Role("失业人员", "unemployed person", sole=True)
    service = Role("公共就业服务机构", "public employment service")

    listing = Term("告知失业人员名单期限", "telling who is unemployed", owed_by=employer)
    handling = Term("失业登记办理时限", "registration", owed_by=service)

    terminated = State("劳动关系已终止，名单未告知", "employment ended, not told", listing)
    listed = State("已告知名单", "told")
    applied_untold = State("已申请登记，名单未告知", "registration asked for, not told", listing, handling)
    applied = State("已申请登记", "registration asked for", handling)
    registered_untold = State("已登记，名单未告知", "registered, not told", listing)
    registered = State("已登记", "registered", final=True)
    refused = State("不予登记", "refused", final=True)

    terminate = opens(terminated).by(
        employer, "出具终止或者解除劳动关系的证明", "certify the end", data=Ending, cites=CERTIFICATE
    )
    tell = (terminated.to(listed) | applied_untold.to(applied) | registered_untold.to(registered)).by(
        employer, "告知经办机构", "tell the agency", cites=CERTIFICATE
    )
    apply = (
        opens(applied) | terminated.to(applied_untold, when=same_person) | listed.to(applied, when=same_person)
    ).by(person, "申请失业登记", "ask for registration", data=Registration, cites=REGISTRATION)
    register = (
        applied_untold.to(registered_untold, when=certificate_shown) | applied.to(registered, when=certificate_shown)
    ).by(service, "办理失业登记", "register", cites=REGISTRATION)
    refuse = (applied | applied_untold).to(refused).by(service, "不予登记", "refuse", data=Remarks, cites=REGISTRATION)
