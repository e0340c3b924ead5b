"""Changing between the employees' and the residents' pension scheme. 城乡养老保险制度衔接"""

from ssflow.machines.pension_scheme_change.data import Application, Direction, Refund
from ssflow.machines.pension_scheme_change.definition import PensionSchemeChange
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.shared.pension_sheets import Money, Sheet, Sums
from ssflow.machines.shared.remarks import Remarks

__all__ = [
    "Application",
    "Direction",
    "Money",
    "PaidPeriod",
    "PensionSchemeChange",
    "Refund",
    "Remarks",
    "Sheet",
    "Sums",
]
