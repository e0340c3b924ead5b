"""Registering an employee for social insurance. 职工社会保险登记"""

from ssflow.machines.employee_registration.data import Cause, Hiring
from ssflow.machines.employee_registration.definition import Assessment, EmployeeRegistration, Request
from ssflow.machines.shared.registration import Order
from ssflow.machines.shared.remarks import Remarks

__all__ = ["Assessment", "Cause", "EmployeeRegistration", "Hiring", "Order", "Remarks", "Request"]
