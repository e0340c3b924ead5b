"""Registering an employer for social insurance. 用人单位社会保险登记"""

from ssflow.machines.employer_registration.data import (
    Document,
    Founding,
    Kind,
    Notice,
    Papers,
    Penalty,
    Prolongation,
    Settlement,
)
from ssflow.machines.employer_registration.definition import EmployerRegistration
from ssflow.machines.shared.registration import Order
from ssflow.machines.shared.remarks import Remarks

__all__ = [
    "Document",
    "EmployerRegistration",
    "Founding",
    "Kind",
    "Notice",
    "Order",
    "Papers",
    "Penalty",
    "Prolongation",
    "Remarks",
    "Settlement",
]
