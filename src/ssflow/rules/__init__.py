"""The figures of law, by day and place, with their sources."""

from ssflow.rules.beginnings import Beginning, beginning
from ssflow.rules.changes import Change, Changes
from ssflow.rules.citations import Citation, Law
from ssflow.rules.doubts import Doubt
from ssflow.rules.limits import Limit, statutory_limits
from ssflow.rules.load import default_folders, rulebook, rulebook_names, unread_files, watch_list
from ssflow.rules.reform_files import Amendment, read_reform
from ssflow.rules.retention import RetentionPeriod, statutory_retention
from ssflow.rules.rulebook import Rulebook
from ssflow.rules.values import Value, Withdrawal
from ssflow.rules.watching import Watch, unread_on

__all__ = [
    "Amendment",
    "Beginning",
    "Change",
    "Changes",
    "Citation",
    "Doubt",
    "Law",
    "Limit",
    "RetentionPeriod",
    "Rulebook",
    "Value",
    "Watch",
    "Withdrawal",
    "beginning",
    "default_folders",
    "read_reform",
    "rulebook",
    "rulebook_names",
    "statutory_limits",
    "statutory_retention",
    "unread_files",
    "unread_on",
    "watch_list",
]
