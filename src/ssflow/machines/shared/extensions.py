"""The guards of extensions that somebody has to approve."""

from __future__ import annotations

from typing import Protocol

from ssflow.process import Act


def first_time(act: Act[object]) -> bool:
    """Return whether the activity was not done in the case before, so that the data need not say so."""
    return act.activity is not None and not act.count(act.activity)


class Approvable(Protocol):
    """Facts that say whether an extension was approved."""

    @property
    def approved(self) -> bool:
        """Whether the role that decides approved the extension."""


def first_approval(act: Act[Approvable]) -> bool:
    """Return whether the extension is approved, and none was before."""
    return act.facts.approved and first_time(act)
