"""The data of the claim of a first card; later data, which every card has, is in shared/cards.py."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.agents import Agent, Standing
from ssflow.machines.shared.cards import CardKind, Generation, Photo, Postage, PostalAddress, Stage
from ssflow.machines.shared.channels import Channel
from ssflow.machines.shared.checks import filled_in
from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity


@frozen(kw_only=True)
class Claim:
    """The claim of a first card.

    ``holder`` is the future holder's identity card or, for a minor without one, household register. ``address`` asks for
    delivery by post; without it the card is picked up.
    """

    holder: Annotated[Identity, "持卡人"]
    channel: Annotated[Channel, "申请渠道"] = Channel.counter
    generation: Annotated[Generation, "社保卡代次"] = Generation.third
    kind: Annotated[CardKind, "银行功能"] = CardKind.bank
    photo: Annotated[Photo | None, "照片"] = None
    address: Annotated[PostalAddress | None, "邮寄地址"] = None
    postage: Annotated[Postage | None, "邮费"] = None
    agent: Annotated[Agent | None, "代办人"] = None


@frozen(kw_only=True)
class CollectiveClaim(Claim):
    """The claim of one card among those that an employer, a school or another body claims for its people."""

    body: Annotated[str, "集体申领单位"] = field(
        validator=filled_in(
            "没有单位集体申领的卡由本人申领", "a card that no body claims for its people is claimed by its holder"
        )
    )


@frozen(kw_only=True)
class Prolongation(Remarks):
    """The reason why production takes longer, and whether the city's agency consents."""

    consented: Annotated[bool, "市经办机构已同意备案"]


@frozen(kw_only=True)
class Facts:
    """The facts of the issue of a first card; they include the keys of the rulebook."""

    holder: Identity | None = None
    channel: Channel | None = None
    generation: Generation | None = None
    kind: CardKind | None = None
    photo: Photo | None = None
    address: PostalAddress | None = None
    postage: Postage | None = None
    agent: Agent | None = None
    body: str = ""
    paid: Decimal = Decimal(0)
    stage: Stage | None = None
    tracking_number: str = ""
    collector: Agent | None = None
    consented: bool = False

    @property
    def by_guardian(self) -> bool:
        """Whether a guardian claims the card."""
        return self.agent is not None and self.agent.standing is Standing.guardian
