"""Lending a temporary card while the social-security card is made. 社会保障临时卡

A temporary card has no bank function and is handed in when the card is collected. It lapses by itself; on request its life is counted
anew, but never beyond the longest life from the day it was lent. Only Changchun's figures are known.
"""

from typing import Annotated

from attrs import frozen

from ssflow.persons import Identity
from ssflow.process import Lapse, Place, Process, Role, State, opens
from ssflow.text import Text


@frozen
class Loan:
    """The person to whom the card is lent."""

    holder: Annotated[Identity, "持卡人"]


@frozen
class Facts:
    """The facts of a temporary card."""

    holder: Identity | None = None


class TemporaryCard(Process):
    """One temporary card."""

    title = Text("社会保障临时卡", "Temporary social-security card")
    facts = Facts

    issuing = Place("发卡地", "issuing place")

    holder = Role("持卡人", "holder", sole=True)
    office = Role("社保卡服务网点", "card office")

    life = Lapse("临时卡有效期", "life of a temporary card")
    longest = Lapse("临时卡累计最长有效期", "longest life of a temporary card")

    lent = State("使用中", "lent", life, longest)
    handed_in = State("已交回", "handed in", final=True)
    lapsed = State("已失效", "lapsed", final=True)

    lend = opens(lent).by(office, "发放临时卡", "lend", data=Loan, cites="changchun-card-rules")
    renew = lent.stays().by(holder, "申请延期", "renew", renews=life, cites="changchun-card-rules")
    hand_in = lent.to(handed_in).by(holder, "交回临时卡", "hand in", cites="changchun-card-rules")
    lapse = lent.to(lapsed).after(life, "临时卡失效", "temporary card lapses", cites="changchun-card-rules")
    end = lent.to(lapsed).after(longest, "临时卡累计期满", "longest life ends", cites="changchun-card-rules")
