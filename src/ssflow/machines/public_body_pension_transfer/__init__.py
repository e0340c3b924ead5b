"""Moving the pension relation of somebody who works or worked for a public body. 机关事业单位基本养老保险关系转移接续"""

from ssflow.machines.public_body_pension_transfer.data import Application, Cause, Departure
from ssflow.machines.public_body_pension_transfer.definition import PublicBodyPensionTransfer
from ssflow.machines.shared.pension_sheets import Money, Sheet, Sums
from ssflow.machines.shared.remarks import Remarks

__all__ = ["Application", "Cause", "Departure", "Money", "PublicBodyPensionTransfer", "Remarks", "Sheet", "Sums"]
