"""Moving the pension of a discharged soldier from the army to a civilian agency. 军人退役基本养老保险关系转移接续

The army hands out voucher and information sheet and pays the subsidy to the agency of the place of settlement, which
joins the record; no application is needed. If the money is in and the record is still not joined, the person applies, as Zhongshan has it.
"""

from enum import Enum, unique
from typing import Annotated

from attrs import frozen

from ssflow.machines.shared.channels import Channel
from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity
from ssflow.process import Act, Expectation, Place, Process, Role, State, guard, opens
from ssflow.text import Text


@unique
class Course(Enum):
    """The person's course after the service."""

    employee = Text("参加职工基本养老保险", "joins the employees' pension scheme")
    resident = Text("参加城乡居民基本养老保险", "joins the residents' pension scheme")
    official = Text("到公务员或者参照管理岗位", "becomes an official")
    independent = Text("自主择业", "an officer who finds work on his own")
    retired = Text("以退休方式安置", "is settled as retired")


@frozen
class Papers:
    """The person for whom voucher and information sheet are made out, and his or her course after the service."""

    soldier: Annotated[Identity, "退役军人"]
    course: Annotated[Course, "退役后的去向"]


@frozen
class Application:
    """The applicant and the channel; whether the identity document is shown, and voucher and information sheet are handed in."""

    soldier: Annotated[Identity, "退役军人"]
    channel: Annotated[Channel, "申请渠道"]
    identity_shown: Annotated[bool, "已出示身份证件"]
    papers_shown: Annotated[bool, "已提交参保缴费凭证和信息表"] = False


@frozen
class Facts:
    """The facts of a transfer."""

    soldier: Identity | None = None
    course: Course | None = None
    channel: Channel | None = None
    identity_shown: bool = False
    papers_shown: bool = False


@guard(
    "须退役后参加基本养老保险；公务员岗位、自主择业、退休安置的另按规定",
    "the person joins a basic pension scheme; officials, officers on their own and the retired have rules of their own",
    cites=["military-insurance-law 13", "military-insurance-law 18", "military-insurance-law 19"],
)
def joins_scheme(act: Act[Facts]) -> bool:
    return act.facts.course in (Course.employee, Course.resident)


@guard("须为凭证和信息表所载本人", "it is the person of voucher and sheet", cites="rear-finance-2015-1726")
def same_person(act: Act[Facts]) -> bool:
    return act.before.soldier == act.facts.soldier


@guard("须提交身份证", "the identity document is shown", cites="zhongshan-military-guide")
def identity_shown(act: Act[Facts]) -> bool:
    return act.facts.identity_shown


@guard(
    "在窗口办理的，须提交参保缴费凭证和信息表",
    "at the counter, voucher and information sheet are handed in",
    cites="zhongshan-military-guide",
)
def papers_shown(act: Act[Facts]) -> bool:
    return act.facts.papers_shown or act.facts.channel is not Channel.counter


class MilitaryPensionTransfer(Process):
    """One transfer of one discharged soldier's relation."""

    title = Text("军人退役基本养老保险关系转移接续", "Transfer of a discharged soldier's pension relation")
    facts = Facts

    settlement = Place("安置地", "place of settlement")

    soldier = Role("退役军人", "discharged soldier", sole=True)
    army = Role("军队后勤（联勤）机关财务部门", "army finance unit")
    agency = Role("安置地社会保险经办机构", "agency of the place of settlement")

    handling = Expectation("预计办理总用时", "how long it is said to take in all")

    issued = State("已开具凭证和信息表，待汇款", "papers issued, money owed")
    received = State("补助资金已到，待接续", "money received, not joined")
    applied = State("本人已申请接续", "applied for")
    returned = State("通知补充材料", "papers to be completed")
    joining = State("接续中", "being joined")
    joined = State("已接续", "joined", final=True)
    refused = State("不予受理", "refused", final=True)

    issue = opens(issued, when=joins_scheme).by(
        army, "开具凭证和信息表", "issue voucher and sheet", data=Papers, cites="rear-finance-2015-1726"
    )
    pay = issued.to(received).by(
        army, "汇划补助资金", "pay the subsidy", cites=["military-insurance-law 16(1)", "rear-finance-2015-1726"]
    )
    apply = received.to(applied, when=same_person).by(
        soldier, "申请接续", "apply", data=Application, cites="zhongshan-military-guide"
    )
    send_back = applied.to(returned).by(
        agency, "通知补充材料", "ask for more papers", data=Remarks, cites="zhongshan-military-guide"
    )
    complete = returned.to(applied, when=same_person).by(
        soldier, "补充材料", "complete the papers", data=Application, cites="zhongshan-military-guide"
    )
    refuse = applied.to(refused).by(agency, "不予受理", "refuse", data=Remarks, cites="zhongshan-military-guide")
    accept = (received.to(joining) | applied.to(joining, when=identity_shown & papers_shown)).by(
        agency, "受理", "accept", cites=["military-insurance-law 16(1)", "decree-765 17"]
    )
    join = joining.to(joined).by(
        agency, "接续并合并计算年限", "join and add up the years", cites=["military-insurance-law 16", "decree-765 16"]
    )
