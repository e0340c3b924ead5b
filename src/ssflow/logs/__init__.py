"""Event logs of real offices: reading them, checking them against a procedure by the kernel, and fitting a scenario to them."""

from ssflow.calendar.arrays.columns import require_numpy

require_numpy("ssflow.logs")

from ssflow.logs.check import check_log  # noqa: E402
from ssflow.logs.log import Entry, EventLog  # noqa: E402
from ssflow.logs.reading import Columns, read_log  # noqa: E402
from ssflow.logs.replay import Deviation, Replayed  # noqa: E402
from ssflow.logs.result import LogCheck  # noqa: E402
from ssflow.logs.terms import TermRun  # noqa: E402

__all__ = ["Columns", "Deviation", "Entry", "EventLog", "LogCheck", "Replayed", "TermRun", "check_log", "read_log"]
