"""The settings of a database by which a commit that was acknowledged can be lost in a power cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ssflow.store.statements import Database, Statement
from ssflow.store.transactions import Operation
from ssflow.text import Lang, Text

_ASKED: Mapping[Database, Mapping[str, Statement]] = {
    Database.postgresql: {name: (f"SHOW {name}", ()) for name in ("fsync", "synchronous_commit", "full_page_writes")},
    Database.sqlite: {"synchronous": ("PRAGMA synchronous", ())},
}
_OFF = ("off", 0)  # as PostgreSQL and as SQLite say it


class CommitsAtRisk(UserWarning):
    """A warning that the settings ``off`` of the host's database may lose events that were committed."""

    def __init__(self, off: Sequence[str]) -> None:
        self.off = tuple(off)
        super().__init__(self.off)

    def say(self, lang: Lang) -> str:
        """Return which settings are off, and what to do."""
        return fault_of(self.off).say(lang)

    def __str__(self) -> str:
        return self.say("en")


def switched_off(database: Database) -> Operation[list[str]]:
    """Return the settings that are off."""
    asked = _ASKED[database]
    answered = yield list(asked.values())
    return [name for name, ((value,),) in zip(asked, answered, strict=True) if value in _OFF]


def fault_of(off: Sequence[str]) -> Text:
    """Return what follows from these settings, and what to do."""
    return Text(
        f"设置{'、'.join(off)}为off，断电会丢失已提交的办理；请改为on",
        f"{', '.join(off)} is off, so a power cut could lose committed events; set it to on",
    )
