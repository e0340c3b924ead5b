"""Agents, who act for others, and their authority."""

from __future__ import annotations

from enum import Enum, unique
from typing import Annotated, Protocol

from attrs import frozen

from ssflow.persons import Identity
from ssflow.process import Act, guard
from ssflow.text import Text


@unique
class Standing(Enum):
    """The right by which a person acts for another."""

    agent = Text("受托人", "agent with written authority")
    guardian = Text("监护人", "guardian")


@frozen
class Agent:
    """A person who acts for the holder: the identity, the right, and whether it was shown.

    ``authority_shown`` is the written authority of an agent, or the proof of relation of a guardian.
    """

    identity: Annotated[Identity, "身份证件"]
    standing: Annotated[Standing, "代办身份"] = Standing.agent
    authority_shown: Annotated[bool, "已出示委托书或监护关系证明"] = False


class HasAgent(Protocol):
    """Facts that name the agent who acts for the holder."""

    @property
    def agent(self) -> Agent | None:
        """The agent of the holder, if there is one."""


@guard(
    "代办须出示双方身份证件及委托书或监护关系证明",
    "an agent shows the identity documents of agent and holder and the authority to act",
    cites="guide-004 2.3",
)
def authority_shown(act: Act[HasAgent]) -> bool:
    """An agent's written authority or a guardian's proof of relation was shown."""
    return act.facts.agent is None or act.facts.agent.authority_shown
