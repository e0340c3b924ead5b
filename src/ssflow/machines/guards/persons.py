"""Whether whoever acts for another may do so."""

from __future__ import annotations

from typing import Protocol

from ssflow.machines.facts.persons import Agent
from ssflow.process import Act, guard


class HasAgent(Protocol):
    """Facts that name whoever acts for the holder."""

    @property
    def agent(self) -> Agent | None:
        """Who acts for the holder, if anybody does."""


@guard(
    "代办须出示双方身份证件及委托书或监护关系证明",
    "whoever acts for the holder shows both identities and the authority",
    cites="guide-004 2.3",
)
def authority_shown(act: Act[HasAgent]) -> bool:
    """An agent's written authority or a guardian's proof of relation was shown."""
    return act.facts.agent is None or act.facts.agent.authority_shown
