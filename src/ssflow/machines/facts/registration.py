"""What comes in with the registration of employers and of their employees."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum, unique

import attrs
from attrs import field, frozen

from ssflow.process.identity import Identity
from ssflow.text import Text


@unique
class Kind(Enum):
    """What kind of employer it is; since when registration is joint turns on it."""

    enterprise = Text("企业", "enterprise")
    cooperative = Text("农民专业合作社", "farmers' co-operative")
    other = Text("其他用人单位", "other employer")


@unique
class Document(Enum):
    """With what an employer applies."""

    licence = Text("营业执照", "business licence")
    certificate = Text("登记证书", "registration certificate")
    seal = Text("单位印章", "seal")


@frozen
class Founding:
    """An employer and the day it came into being: for market entities the day of the business licence."""

    employer: str
    kind: Kind
    began_on: date


@frozen
class Papers:
    """The application of an employer: its name, and the document shown."""

    employer: str
    document: Document | None = None


@frozen
class Notice:
    """What a registration authority tells: the name under which it has registered the employer."""

    known_as: str


@frozen
class Settlement:
    """Whether what an employer owed is paid."""

    contributions_paid: bool = False
    late_fees_paid: bool = False
    fines_paid: bool = False


@frozen
class Order:
    """An order to correct. Its last day is set in the order; no law gives a length."""

    correct_by: date


@frozen
class Penalty:
    """The fine of the employer and that of each person responsible, in yuan."""

    employer_fine: Decimal = field()
    personal_fine: Decimal = field()

    @employer_fine.validator
    @personal_fine.validator
    def _check(self, attribute: attrs.Attribute[Decimal], fine: Decimal) -> None:
        if not (fine.is_finite() and fine > 0):
            msg = f"Penalty.{attribute.name} is a sum of yuan above 0, not {fine}"
            raise ValueError(msg)


@unique
class Cause(Enum):
    """How a person came to work for an employer."""

    hired = Text("新招用", "hired")
    merged = Text("合并转入", "taken over in a merger")


@frozen
class Hiring:
    """Who works for an employer since when."""

    person: Identity
    cause: Cause
    began_on: date


@frozen(kw_only=True)
class Facts:
    """What is known of an employer's registration; the rulebook's keys are among these."""

    employer: str = ""
    kind: Kind | None = None
    began_on: date | None = None
    document: Document | None = None
    known_as: str = ""
    correct_by: date | None = None
    employer_fine: Decimal = Decimal(0)
    personal_fine: Decimal = Decimal(0)
    contributions_paid: bool = False
    late_fees_paid: bool = False
    fines_paid: bool = False
