"""Guards for the making of a card, whether it is a first one or another.

Guards that read figures of a place are in the machine that has the figures.
"""

from __future__ import annotations

from typing import Protocol

from ssflow.machines.shared.agents import Agent, Standing
from ssflow.machines.shared.cards import CardKind, Postage, PostalAddress
from ssflow.machines.shared.extensions import first_time
from ssflow.persons import Identity, IdentityKind
from ssflow.process import Act, guard


class OfCard(Protocol):
    """Facts of a card that is made: whether it has a bank function, how it travels, who fetches it."""

    @property
    def kind(self) -> CardKind | None:
        """Whether the card has a bank function."""

    @property
    def address(self) -> PostalAddress | None:
        """The address to which the card is posted; None if it is picked up."""

    @property
    def postage(self) -> Postage | None:
        """The way in which the postage is paid; None if the card is picked up."""

    @property
    def collector(self) -> Agent | None:
        """The person who fetches the card for the holder, if anybody does."""


class Prolonged(Protocol):
    """Facts that decide whether production may take longer."""

    @property
    def holder(self) -> Identity | None:
        """The future holder of the card."""

    @property
    def agent(self) -> Agent | None:
        """The agent of the holder, if there is one."""

    @property
    def body(self) -> str:
        """The body that claimed the card together with others, if one did."""

    @property
    def consented(self) -> bool:
        """Whether the city's agency consented."""


@guard(
    "邮寄须填写详细地址并支付邮费，或约定到付、免邮",
    "delivery by post needs the address and settled postage",
    cites="guide-004 1.5",
)
def postage_settled(act: Act[OfCard]) -> bool:
    """Address and postage are given together or not at all."""
    return (act.facts.address is None) == (act.facts.postage is None)


@guard("选择自取的卡送网点", "the holder chose to pick the card up", cites="guide-004 1.5")
def picked_up(act: Act[OfCard]) -> bool:
    """No address was given."""
    return act.facts.address is None


@guard("选择邮寄的卡交邮", "the holder chose delivery by post", cites="guide-004 1.5")
def by_post(act: Act[OfCard]) -> bool:
    """An address was given."""
    return act.facts.address is not None


@guard(
    "代领人须出示授权",
    "a person who fetches the card for the holder shows the authority to do so",
    cites="guide-004 2.3",
)
def collector_authorised(act: Act[OfCard]) -> bool:
    """The card is fetched by the holder, or by a person whose authority was shown."""
    return act.facts.collector is None or act.facts.collector.authority_shown


@guard("卡片加载银行功能", "the card has a bank function", cites="hrss-2011-47 16")
def with_bank(act: Act[OfCard]) -> bool:
    """The card is enabled at the card office and at the bank."""
    return act.facts.kind is CardKind.bank


@guard("卡片不加载银行功能", "the card has no bank function", cites="hrss-2011-47 16")
def without_bank(act: Act[OfCard]) -> bool:
    """The card is enabled at the card office alone."""
    return act.facts.kind is CardKind.ordinary


@guard(
    "延期限于无身份证的未成年人或者批量申领",
    "a minor without identity card, or a card claimed together with others",
    cites="qingdao-2018",
)
def may_take_longer(act: Act[Prolonged]) -> bool:
    """A body claims the card with others, or a guardian claims it with the household register because the minor has no identity card."""
    agent, holder = act.facts.agent, act.facts.holder
    minor = agent is not None and agent.standing is Standing.guardian
    return bool(act.facts.body) or (minor and holder is not None and holder.kind is IdentityKind.household_book)


@guard(
    "延期须经市经办机构同意备案，只能延长一次",
    "the city's agency consents, and it is extended once only",
    cites="qingdao-2018",
)
def consented_once(act: Act[Prolonged]) -> bool:
    """The only extension has the consent that it needs."""
    return act.facts.consented and first_time(act)


prolongable = may_take_longer & consented_once
