"""The remedies against a refusal or a missed term. 社会保险权利救济"""

from ssflow.machines.remedy.data import (
    Alleged,
    Conversion,
    Decision,
    Grievance,
    Outcome,
    Procedure,
    Prolongation,
    Request,
    Respondent,
    Suit,
    SummaryGround,
    SummaryHearing,
)
from ssflow.machines.remedy.definition import Remedy
from ssflow.machines.shared.remarks import Remarks

__all__ = [
    "Alleged",
    "Conversion",
    "Decision",
    "Grievance",
    "Outcome",
    "Procedure",
    "Prolongation",
    "Remarks",
    "Remedy",
    "Request",
    "Respondent",
    "Suit",
    "SummaryGround",
    "SummaryHearing",
]
