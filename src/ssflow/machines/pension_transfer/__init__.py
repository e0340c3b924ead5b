"""Moving the pension relation of an employee. 城镇企业职工基本养老保险关系转移接续"""

from ssflow.machines.pension_transfer.data import Account, Application, Arrears, Call, Record, Settlement, Sex
from ssflow.machines.pension_transfer.definition import PensionTransfer
from ssflow.machines.pension_transfer.one_off_payments import OneOff, Proof
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.shared.pension_sheets import Money, Sheet, Sums
from ssflow.machines.shared.remarks import Remarks

__all__ = [
    "Account",
    "Application",
    "Arrears",
    "Call",
    "Money",
    "OneOff",
    "PaidPeriod",
    "PensionTransfer",
    "Proof",
    "Record",
    "Remarks",
    "Settlement",
    "Sex",
    "Sheet",
    "Sums",
]
