"""Filing for medical treatment in another place. 异地就医备案"""

from ssflow.machines.shared.remarks import Remarks
from ssflow.machines.treatment_elsewhere.data import Application, Basis, Bill, Change, Course, Emergency, Filing, Kind
from ssflow.machines.treatment_elsewhere.definition import TreatmentElsewhere

__all__ = [
    "Application",
    "Basis",
    "Bill",
    "Change",
    "Course",
    "Emergency",
    "Filing",
    "Kind",
    "Remarks",
    "TreatmentElsewhere",
]
