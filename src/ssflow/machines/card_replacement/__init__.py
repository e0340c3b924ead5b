"""Replacing a social-security card. 社会保障卡补领、换领"""

from ssflow.machines.card_replacement.data import (
    AgeGroup,
    Application,
    Hindrance,
    PartyAtFault,
    Prolongation,
    Reason,
    Receipt,
)
from ssflow.machines.card_replacement.definition import CardReplacement
from ssflow.machines.shared.agents import Agent, Standing
from ssflow.machines.shared.cards import (
    BankActivation,
    CardKind,
    Consignment,
    Generation,
    Payment,
    Photo,
    Postage,
    PostalAddress,
    Progress,
    Stage,
)
from ssflow.machines.shared.channels import Channel
from ssflow.machines.shared.remarks import Remarks

__all__ = [
    "AgeGroup",
    "Agent",
    "Application",
    "BankActivation",
    "CardKind",
    "CardReplacement",
    "Channel",
    "Consignment",
    "Generation",
    "Hindrance",
    "PartyAtFault",
    "Payment",
    "Photo",
    "Postage",
    "PostalAddress",
    "Progress",
    "Prolongation",
    "Reason",
    "Receipt",
    "Remarks",
    "Stage",
    "Standing",
]
