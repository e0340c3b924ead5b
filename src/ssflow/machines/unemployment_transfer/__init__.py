"""Moving the unemployment insurance of somebody who goes to another province. 失业保险关系转移接续"""

from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.shared.channels import Channel
from ssflow.machines.shared.remarks import Remarks
from ssflow.machines.unemployment_transfer.data import Application, Record, Standing
from ssflow.machines.unemployment_transfer.definition import UnemploymentTransfer

__all__ = ["Application", "Channel", "PaidPeriod", "Record", "Remarks", "Standing", "UnemploymentTransfer"]
