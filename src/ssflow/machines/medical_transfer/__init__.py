"""Moving the basic medical insurance. 基本医疗保险关系转移接续"""

from ssflow.machines.medical_transfer.data import (
    Application,
    Certificate,
    Cover,
    Money,
    Route,
    Scheme,
    Sheet,
    Sums,
    Work,
)
from ssflow.machines.medical_transfer.definition import MedicalTransfer
from ssflow.machines.medical_transfer.waiting import Backpay, Enrolment
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.shared.remarks import Remarks

__all__ = [
    "Application",
    "Backpay",
    "Certificate",
    "Cover",
    "Enrolment",
    "MedicalTransfer",
    "Money",
    "PaidPeriod",
    "Remarks",
    "Route",
    "Scheme",
    "Sheet",
    "Sums",
    "Work",
]
