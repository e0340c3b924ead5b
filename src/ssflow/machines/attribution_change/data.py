"""The data of a change of attribution."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen

from ssflow.machines.shared.agents import Agent
from ssflow.machines.shared.channels import Channel
from ssflow.persons import Identity, SocialCard


@frozen(kw_only=True)
class Application:
    """The applicant, and whether he or she is insured at the place to which the card shall belong."""

    holder: Annotated[Identity, "持卡人"]
    insured: Annotated[bool, "已在现参保地参保"]
    channel: Annotated[Channel, "申请渠道"] = Channel.counter
    agent: Annotated[Agent | None, "代办人"] = None


@frozen
class BankCheck:
    """Whether the bank that issued the card cooperates with the insured place."""

    bank_cooperates: Annotated[bool, "发卡银行为合作金融机构"]


@frozen
class LossThere:
    """The loss reported at the insured place, and whether the card was issued where its holder was insured before."""

    issued_where_insured: Annotated[bool, "原参保地即发卡地"]


@frozen
class NewCard:
    """The card of the insured place."""

    new_card: Annotated[SocialCard, "新卡"]


@frozen
class Closing:
    """Whether the clearing notice of the card office was shown to the bank."""

    notice_shown: Annotated[bool, "已出示清算通知"]


@frozen
class Facts:
    """The facts of a change; they include the keys of the rulebook."""

    holder: Identity | None = None
    insured: bool = False
    channel: Channel | None = None
    agent: Agent | None = None
    bank_cooperates: bool = False
    issued_where_insured: bool = False
    new_card: SocialCard | None = None
    notice_shown: bool = False
