"""What is on record: the logs of cases, what counts of them in the order of law, and `Cases` over a store."""

from ssflow.records.authority import Asked, Authorise
from ssflow.records.cases import Cases
from ssflow.records.codec import Codec
from ssflow.records.contract import CaseRow, Change, Store
from ssflow.records.entries import Correction, Late
from ssflow.records.log import Log, fold
from ssflow.records.opening import Opening, decide_together
from ssflow.records.rows import change_of

__all__ = [
    "Asked",
    "Authorise",
    "CaseRow",
    "Cases",
    "Change",
    "Codec",
    "Correction",
    "Late",
    "Log",
    "Opening",
    "Store",
    "change_of",
    "decide_together",
    "fold",
]
