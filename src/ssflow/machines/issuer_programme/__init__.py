"""Approving a card-issuing programme. 社会保障卡发行审批"""

from ssflow.machines.issuer_programme.data import Alteration, Application, Approval, Change, Findings, Programme
from ssflow.machines.issuer_programme.definition import IssuerProgramme
from ssflow.machines.shared.remarks import Remarks

__all__ = ["Alteration", "Application", "Approval", "Change", "Findings", "IssuerProgramme", "Programme", "Remarks"]
