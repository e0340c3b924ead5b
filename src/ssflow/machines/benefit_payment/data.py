"""The data of the payment of a benefit: who gets what, how the right to it is checked, what ends it."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.benefit_claim.data import Kind
from ssflow.machines.shared.checks import yuan
from ssflow.persons import Identity
from ssflow.text import Text


@unique
class Check(Enum):
    """The way in which the right to a benefit is checked (decree 765, article 26)."""

    comparison = Text("信息比对", "comparison of data")
    authentication = Text("自助认证", "authentication by the recipient")
    entrusted = Text("委托用人单位或者第三方机构核实", "by an employer or another body on commission")


@unique
class Ground(Enum):
    """The reason why a benefit ends. Those for unemployment benefit are in article 51 of the Social Insurance Law."""

    died = Text("死亡", "death")
    employed = Text("重新就业", "new employment")
    conscripted = Text("应征服兵役", "military service")
    emigrated = Text("移居境外", "emigration")
    pensioned = Text("享受基本养老保险待遇", "a pension is drawn")
    refused_work = Text("无正当理由拒不接受介绍的工作或者培训", "work or training refused without reason")
    paying_again = Text("恢复缴费", "payment resumed")
    reexamined = Text("复查鉴定不符合完全丧失劳动能力", "a re-examination finds no full incapacity")


OF_UNEMPLOYMENT = (Ground.employed, Ground.conscripted, Ground.emigrated, Ground.pensioned, Ground.refused_work)
OF_DISABILITY = (Ground.paying_again, Ground.reexamined, Ground.pensioned)


@frozen
class Entitlement:
    """The recipient and the benefit, as it was granted."""

    insured: Annotated[Identity, "待遇享受人员"]
    kind: Annotated[Kind, "待遇种类"]


@frozen
class Confirmation:
    """The way in which the right to the benefit was confirmed."""

    check: Annotated[Check, "核验方式"]


@frozen
class Loss:
    """The event that ends the benefit."""

    ended_by: Annotated[Ground, "停止享受的情形"]


@frozen
class Finding:
    """The finding of the agency, and whether the benefit has ended."""

    lost: Annotated[bool, "确认不符合享受资格"]
    overpaid: Annotated[Decimal, "多享受的金额"] = field(default=Decimal(0), validator=yuan)


@frozen(kw_only=True)
class Facts:
    """The facts of the payment of a benefit."""

    insured: Identity | None = None
    kind: Kind | None = None
    check: Check | None = None
    ended_by: Ground | None = None
    lost: bool = False
    overpaid: Decimal = Decimal(0)
