"""The guards of the registrations of employers and of their employees."""

from __future__ import annotations

from ssflow.machines.employer_registration.data import Facts
from ssflow.machines.shared.extensions import first_approval
from ssflow.process import Act, guard


@guard(
    "延长须情况复杂并经行政部门负责人批准，且只能延长一次",
    "the matter is complex, the head of the department approves, and there is one extension only",
    cites="decree-423 17",
)
def inquiry_prolonged(act: Act[Facts]) -> bool:
    """The only extension of an inquiry has been approved."""
    return first_approval(act) and act.facts.complicated


@guard(
    "须出示营业执照、登记证书或者单位印章",
    "business licence, registration certificate or seal is shown",
    cites="social-insurance-law 57(1)",
)
def document_shown(act: Act[Facts]) -> bool:
    """The employer has shown the document with which it applies."""
    return act.facts.document is not None


@guard("所报信息须与共享信息一致", "what the employer says agrees with the shared data", cites="decree-765 9")
def as_shared(act: Act[Facts]) -> bool:
    """No shared data contradict the employer."""
    return act.facts.known_as in ("", act.facts.employer)


@guard("须先结清欠费、滞纳金、罚款", "contributions, late fees and fines are paid first", cites="decree-765 10")
def arrears_paid(act: Act[Facts]) -> bool:
    """No arrears are left."""
    return act.facts.contributions_paid and act.facts.late_fees_paid and act.facts.fines_paid
