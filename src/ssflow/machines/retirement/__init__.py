"""Retiring, and claiming the basic pension. 退休和基本养老金申领"""

from ssflow.machines.benefit_claim.data import Refusal
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.reckoning.retirement_age import Group
from ssflow.machines.retirement.data import Age, Ending, Person, Record, Wish
from ssflow.machines.retirement.definition import Retirement
from ssflow.machines.shared.remarks import Remarks

__all__ = ["Age", "Ending", "Group", "PaidPeriod", "Person", "Record", "Refusal", "Remarks", "Retirement", "Wish"]
