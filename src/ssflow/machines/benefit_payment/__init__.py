"""Collecting a benefit that was granted. 社会保险待遇发放"""

from ssflow.machines.benefit_claim.data import Kind
from ssflow.machines.benefit_payment.data import Check, Confirmation, Entitlement, Finding, Ground, Loss
from ssflow.machines.benefit_payment.definition import BenefitPayment
from ssflow.machines.shared.remarks import Remarks

__all__ = ["BenefitPayment", "Check", "Confirmation", "Entitlement", "Finding", "Ground", "Kind", "Loss", "Remarks"]
