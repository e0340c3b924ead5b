"""Querying, checking and disputing a person's payment record. 缴费记录查询、核对和异议"""

from ssflow.machines.payment_record.data import Objection, Query, Result, Statement
from ssflow.machines.payment_record.definition import PaymentRecord
from ssflow.machines.shared.agents import Agent, Standing
from ssflow.machines.shared.remarks import Remarks

__all__ = ["Agent", "Objection", "PaymentRecord", "Query", "Remarks", "Result", "Standing", "Statement"]
