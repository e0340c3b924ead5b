"""Issuing the first social-security card of a person. 社会保障卡首次申领"""

from ssflow.machines.card_issue.data import Claim, CollectiveClaim, Prolongation
from ssflow.machines.card_issue.definition import CardIssue
from ssflow.machines.shared.agents import Agent, Standing
from ssflow.machines.shared.cards import (
    BankActivation,
    CardKind,
    Consignment,
    Generation,
    HandOver,
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
    "Agent",
    "BankActivation",
    "CardIssue",
    "CardKind",
    "Channel",
    "Claim",
    "CollectiveClaim",
    "Consignment",
    "Generation",
    "HandOver",
    "Payment",
    "Photo",
    "Postage",
    "PostalAddress",
    "Progress",
    "Prolongation",
    "Remarks",
    "Stage",
    "Standing",
]
