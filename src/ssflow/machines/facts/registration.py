"""What comes in with the registration of employers and of their employees, and what both registrations ask."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum, unique
from typing import Protocol

import attrs
from attrs import field, frozen

from ssflow.process import Act, guard
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


class HasBeginning(Protocol):
    """Facts that name the day from which the employer's term runs."""

    @property
    def began_on(self) -> date | None:
        """The day of founding or of hiring."""


class HasOrder(Protocol):
    """Facts that name the last day of an order to correct."""

    @property
    def correct_by(self) -> date | None:
        """The last day of the order, if there is one."""


@guard(
    "期限自成立或用工之日起算，案件须记在该日",
    "the term runs from the founding or the hiring, so the case begins on that very day",
    cites=["social-insurance-law 57(1)", "social-insurance-law 58(1)"],
)
def on_its_day(act: Act[HasBeginning]) -> bool:
    """The case is opened on the day from which the employer's term runs."""
    return act.facts.began_on == act.on


@guard(
    "责令限期改正须写明尚未届满的期限",
    "an order to correct names a day that is still to come",
    cites="social-insurance-law 84",
)
def day_ahead(act: Act[HasOrder]) -> bool:
    """The order leaves time to correct."""
    return act.facts.correct_by is not None and act.on < act.facts.correct_by


@guard("责令改正的期限须已届满", "the day named in the order has passed", cites="social-insurance-law 84")
def unheeded(act: Act[HasOrder]) -> bool:
    """The order was not followed in time."""
    return act.facts.correct_by is not None and act.facts.correct_by < act.on


@guard(
    "须出示营业执照、登记证书或者单位印章",
    "business licence, registration certificate or seal is shown",
    cites="social-insurance-law 57(1)",
)
def document_shown(act: Act[Facts]) -> bool:
    """The employer has shown with what it applies."""
    return act.facts.document is not None


@guard("所报信息须与共享信息一致", "what the employer says agrees with the shared data", cites="decree-765 9")
def as_shared(act: Act[Facts]) -> bool:
    """No shared data contradict the employer."""
    return act.facts.known_as in ("", act.facts.employer)


@guard("须先结清欠费、滞纳金、罚款", "contributions, late fees and fines are paid first", cites="decree-765 10")
def arrears_paid(act: Act[Facts]) -> bool:
    """Nothing is owed any more."""
    return act.facts.contributions_paid and act.facts.late_fees_paid and act.facts.fines_paid
