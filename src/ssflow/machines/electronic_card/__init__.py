"""The electronic social-security card. 电子社会保障卡"""

from ssflow.machines.electronic_card.data import Authorisation, CardStatus, Claim, NewCard, Outlet, Registration, Switch
from ssflow.machines.electronic_card.definition import ElectronicCard
from ssflow.machines.shared.cards import Generation
from ssflow.machines.shared.remarks import Remarks

__all__ = [
    "Authorisation",
    "CardStatus",
    "Claim",
    "ElectronicCard",
    "Generation",
    "NewCard",
    "Outlet",
    "Registration",
    "Remarks",
    "Switch",
]
