"""Claiming a social-insurance benefit. 社会保险待遇申领"""

from ssflow.machines.benefit_claim.data import Claim, Findings, Kind, Refusal, Relation
from ssflow.machines.benefit_claim.definition import BenefitClaim
from ssflow.machines.shared.remarks import Remarks

__all__ = ["BenefitClaim", "Claim", "Findings", "Kind", "Refusal", "Relation", "Remarks"]
