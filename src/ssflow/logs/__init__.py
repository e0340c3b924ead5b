"""Event logs of real offices: read, held against a procedure by the kernel that judges cases, and made into a scenario."""

from ssflow.logs.check import check_log
from ssflow.logs.log import Entry, EventLog
from ssflow.logs.reading import Columns, read_log
from ssflow.logs.replay import Deviation, Replayed
from ssflow.logs.result import LogCheck
from ssflow.logs.terms import TermRun

__all__ = ["Columns", "Deviation", "Entry", "EventLog", "LogCheck", "Replayed", "TermRun", "check_log", "read_log"]
