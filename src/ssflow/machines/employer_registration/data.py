"""The data of the registration of employers and of their employees."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.checks import yuan_above_0
from ssflow.text import Text


@unique
class Kind(Enum):
    """The kind of an employer, which decides since when registration is joint."""

    enterprise = Text("企业", "enterprise")
    cooperative = Text("农民专业合作社", "farmers' co-operative")
    other = Text("其他用人单位", "other employer")


@unique
class Document(Enum):
    """The document with which an employer applies."""

    licence = Text("营业执照", "business licence")
    certificate = Text("登记证书", "registration certificate")
    seal = Text("单位印章", "seal")


@frozen
class Founding:
    """An employer and the day it came into being: for market entities the day of the business licence."""

    employer: Annotated[str, "用人单位"]
    kind: Annotated[Kind, "用人单位种类"]
    began_on: Annotated[date, "成立日"]


@frozen
class Papers:
    """The application of an employer: its name, and the document shown."""

    employer: Annotated[str, "用人单位"]
    document: Annotated[Document | None, "出示的证照或者印章"] = None


@frozen
class Notice:
    """The notice of a registration authority: the name under which it has registered the employer."""

    known_as: Annotated[str, "登记的单位名称"]


@frozen
class Settlement:
    """Whether the employer's arrears are paid."""

    contributions_paid: Annotated[bool, "欠费已缴清"] = False
    late_fees_paid: Annotated[bool, "滞纳金已缴清"] = False
    fines_paid: Annotated[bool, "罚款已缴清"] = False


@frozen
class Prolongation:
    """Whether a matter is complex, and whether the head of the department approved a longer inquiry."""

    complicated: Annotated[bool, "情况复杂"]
    approved: Annotated[bool, "负责人已批准"]


@frozen
class Penalty:
    """The fine of the employer and that of each person responsible, in yuan."""

    employer_fine: Annotated[Decimal, "用人单位罚款"] = field(validator=yuan_above_0)
    personal_fine: Annotated[Decimal, "责任人员罚款"] = field(validator=yuan_above_0)


@frozen(kw_only=True)
class Facts:
    """The facts of an employer's registration; they include the keys of the rulebook."""

    employer: str = ""
    kind: Kind | None = None
    began_on: date | None = None
    document: Document | None = None
    known_as: str = ""
    complicated: bool = False
    approved: bool = False
    correct_by: date | None = None
    employer_fine: Decimal = Decimal(0)
    personal_fine: Decimal = Decimal(0)
    contributions_paid: bool = False
    late_fees_paid: bool = False
    fines_paid: bool = False
