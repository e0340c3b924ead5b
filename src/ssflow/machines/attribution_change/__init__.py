"""Changing the place to which a social-security card belongs. 社会保障卡归属地变更"""

from ssflow.machines.attribution_change.data import Application, BankCheck, Closing, LossThere, NewCard
from ssflow.machines.attribution_change.definition import AttributionChange
from ssflow.machines.shared.agents import Agent, Standing
from ssflow.machines.shared.channels import Channel
from ssflow.machines.shared.remarks import Remarks

__all__ = [
    "Agent",
    "Application",
    "AttributionChange",
    "BankCheck",
    "Channel",
    "Closing",
    "LossThere",
    "NewCard",
    "Remarks",
    "Standing",
]
