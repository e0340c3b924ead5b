"""Opening a personal account of the pension insurance. 社会保险个人账户

The agency opens the account when a person is registered, credits contributions, and closes it when the person dies or the
account goes to another place. It is not drawn on before the pension. Queries are payment_record, moves the transfers.
"""

from enum import Enum, unique
from typing import Annotated

from attrs import frozen

from ssflow.machines.employee_registration import EmployeeRegistration
from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity
from ssflow.process import Act, Place, Process, Role, State, Term, guard, opens
from ssflow.text import Text

ACCOUNT = ["social-insurance-law 12(2)", "decree-765 11"]


@unique
class Closing(Enum):
    """The reason why an account is closed."""

    died = Text("死亡，余额依法继承", "death, the balance is inherited")
    moved = Text("随关系转移", "moved with the relation")


@frozen
class Holder:
    """The person whose account it is."""

    person: Annotated[Identity, "参保人"]


@frozen
class Reason:
    """The reason of the closing."""

    closing: Annotated[Closing, "注销原因"]


@frozen
class Facts:
    """The facts of an account."""

    person: Identity | None = None
    closing: Closing | None = None


@guard("关联的参保登记须已办结", "the registration that is named as related is done", cites="decree-765 6(2)")
def registered(act: Act[Facts]) -> bool:
    return all(case.state is EmployeeRegistration.registered for case in act.linked(EmployeeRegistration))


class PersonalAccount(Process):
    """The account of one person."""

    title = Text("社会保险个人账户", "Personal account")
    facts = Facts

    kept_at = Place("参保地", "place of the insurance")

    person = Role("参保人", "insured person", sole=True)
    agency = Role("社会保险经办机构", "social insurance agency")

    opening = Term("建立个人账户时限", "opening", owed_by=agency)

    asked = State("待建立", "to be opened", opening)
    open_ = State("已建立", "open")
    closed = State("已注销", "closed", final=True)

    ask = opens(asked).by(person, "申请建立", "ask for an account", data=Holder, cites=[*ACCOUNT, "guide-002 2.1"])
    found = (opens(open_, when=registered) | asked.to(open_, when=registered)).by(
        agency, "建立个人账户", "open it", data=Holder, cites=ACCOUNT
    )
    credit = open_.stays().by(agency, "记账", "credit", data=Remarks, cites=ACCOUNT)
    update = open_.stays().by(agency, "更新", "update", data=Remarks, cites=[*ACCOUNT, "guide-002 2.1"])
    close = open_.to(closed).by(
        agency, "注销", "close", data=Reason, cites=["social-insurance-law 14", "social-insurance-law 19"]
    )
