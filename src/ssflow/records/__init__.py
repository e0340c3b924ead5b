"""The records of cases: their logs, the history that counts in the order of law, and `Cases` over a store."""

from ssflow.case.upgrading import Upgrade
from ssflow.records.access import Access, AccessKind, AccessLog
from ssflow.records.authority import Asked, Authorise
from ssflow.records.cases import Cases
from ssflow.records.codec import Codec, sealed_by
from ssflow.records.contract import CaseRow, Change, Failure, ObligationRow, Outbox, Request, Store, VersionRow
from ssflow.records.corrections import Correction
from ssflow.records.custody import CustodyEntry, CustodyKind, CustodyStore
from ssflow.records.disposal import Custody, Due
from ssflow.records.entries import Late
from ssflow.records.keys import KeyStore
from ssflow.records.log import Log, fold
from ssflow.records.opening import Opening, decide_together
from ssflow.records.outbox import Message, Subscription
from ssflow.records.overdue import Overdue
from ssflow.records.redating import Early, Redating
from ssflow.records.retention import Retention, retention_by_law
from ssflow.records.rounds import Round
from ssflow.records.rows import change_of
from ssflow.records.seals import Seal, seal_of, seals_of
from ssflow.records.sweeps import CasesLeftOut
from ssflow.records.upgrades import DayChange, Prospect
from ssflow.records.verify import Finding, FindingKind

__all__ = [
    "Access",
    "AccessKind",
    "AccessLog",
    "Asked",
    "Authorise",
    "CaseRow",
    "Cases",
    "CasesLeftOut",
    "Change",
    "Codec",
    "Correction",
    "Custody",
    "CustodyEntry",
    "CustodyKind",
    "CustodyStore",
    "DayChange",
    "Due",
    "Early",
    "Failure",
    "Finding",
    "FindingKind",
    "KeyStore",
    "Late",
    "Log",
    "Message",
    "ObligationRow",
    "Opening",
    "Outbox",
    "Overdue",
    "Prospect",
    "Redating",
    "Request",
    "Retention",
    "Round",
    "Seal",
    "Store",
    "Subscription",
    "Upgrade",
    "VersionRow",
    "change_of",
    "decide_together",
    "fold",
    "retention_by_law",
    "seal_of",
    "sealed_by",
    "seals_of",
]
