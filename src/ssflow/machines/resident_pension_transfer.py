"""Moving a resident's pension relation with the household register. 城乡居民基本养老保险关系转移接续

A person who pays in and has moved the household register may apply at the new place, which writes to the old one; that sends
the approval form and pays over the whole account, and the new place records it once both are in. Inside one county
nothing moves: the address is changed.
"""

from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity
from ssflow.process import Act, Place, Process, Role, State, Term, guard, opens
from ssflow.regions import a_place, lies_in
from ssflow.text import Text


@frozen
class Application:
    """The person who has moved, the present place of the household register, by its code, and whether a pension is drawn."""

    person: Annotated[Identity, "参保人"]
    register: Annotated[str, "户籍所在地"] = field(validator=a_place)
    drawing: Annotated[bool, "已领取待遇"] = False


@frozen
class Facts:
    """The facts of a transfer."""

    person: Identity | None = None
    register: str = ""
    drawing: bool = False


@guard("在同一县级地方之内迁移", "the move is inside one county", cites="hrss-2019-84")
def same_county(act: Act[Facts]) -> bool:
    old, new = act.places["old"], act.places["new"]
    return old == new and not new.endswith("00")


@guard("须未享受待遇", "no pension is drawn yet", cites="decree-765 12(3)")
def not_drawing(act: Act[Facts]) -> bool:
    return not act.facts.drawing


@guard("户籍须已迁入转入地", "the household register has moved to the new place", cites="decree-765 12(3)")
def registered_there(act: Act[Facts]) -> bool:
    return lies_in(act.facts.register, act.places["new"], act.on)


class ResidentPensionTransfer(Process):
    """One transfer of one resident's relation."""

    title = Text("城乡居民基本养老保险关系转移接续", "Transfer of a resident's pension relation")
    facts = Facts

    old = Place("迁出地", "old place")
    new = Place("迁入地", "new place")

    person = Role("参保人", "insured person", at=new, sole=True)
    new_agency = Role("转入地社会保险经办机构", "agency of the new place", at=new)
    old_agency = Role("转出地社会保险经办机构", "agency of the old place", at=old)

    review = Term("审核并发出接收函时限", "review and letter", owed_by=new_agency)
    sending = Term("转出时限", "transfer out", owed_by=old_agency)
    closing = Term("转入办结时限", "closing", owed_by=new_agency)

    applied = State("已申请，待受理", "applied for", early=review)
    reviewing = State("审核中", "being reviewed", review)
    letter_sent = State("已发接收函", "letter sent")
    moving_out = State("转出中", "moving out", sending)
    awaiting = State("已转出，待审批表和资金", "moved out, both awaited")
    awaiting_money = State("审批表已到，待资金", "money awaited")
    awaiting_form = State("资金已到，待审批表", "form awaited")
    recording = State("转入中", "being recorded", closing)
    closed = State("已办结", "closed", final=True)
    not_needed = State("县内迁移，只变更地址", "no transfer needed, the address is changed", final=True)
    refused = State("不予转移", "refused", final=True)

    apply = (opens(not_needed, when=same_county) | opens(applied)).by(
        person, "申请转入", "apply", data=Application, cites=["decree-765 12(3)", "hrss-2019-84"]
    )
    accept = applied.to(reviewing).by(new_agency, "受理", "accept", cites="hrss-2019-84")
    refuse = reviewing.to(refused).by(
        new_agency, "终止受理并说明", "refuse with reasons", data=Remarks, cites="shanghai-resident-guide"
    )
    send_letter = reviewing.to(letter_sent, when=not_drawing & registered_there).by(
        new_agency, "发出接收函", "send the letter", cites="hrss-2019-84"
    )
    take_letter = letter_sent.to(moving_out).by(old_agency, "收到接收函", "receive the letter", cites="hrss-2019-84")
    move_out = moving_out.to(awaiting).by(
        old_agency, "审批转出并一次划转个人账户", "approve and pay over the account", cites="hrss-2019-84"
    )
    take_form = (awaiting.to(awaiting_money) | awaiting_form.to(recording)).by(
        new_agency, "收到转出审批表", "receive the approval form", cites="hrss-2019-84"
    )
    take_money = (awaiting.to(awaiting_form) | awaiting_money.to(recording)).by(
        new_agency, "确认资金到账", "confirm the money", cites="hrss-2019-84"
    )
    close = recording.to(closed).by(
        new_agency, "记录并告知", "record and tell", cites=["hrss-2019-84", "decree-765 16"]
    )
