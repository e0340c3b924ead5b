"""What the registrations of employers and of their employees ask."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from ssflow.machines.facts.registration import Facts
from ssflow.machines.guards.extensions import first_approval
from ssflow.process import Act, guard


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
    "期限自成立或用工之日起算，办件须记在该日",
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
    "延长须情况复杂并经行政部门负责人批准，且只能延长一次",
    "the matter is complex, the head of the department approves, and there is one extension only",
    cites="decree-423 17",
)
def inquiry_prolonged(act: Act[Facts]) -> bool:
    """The one extension of an inquiry has what it needs."""
    return first_approval(act) and act.facts.complicated


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
