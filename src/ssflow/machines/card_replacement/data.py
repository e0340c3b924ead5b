"""The data of the card procedures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.agents import Agent
from ssflow.machines.shared.cards import CardKind, Generation, HandOver, Photo, Postage, PostalAddress, Stage
from ssflow.machines.shared.channels import Channel
from ssflow.machines.shared.checks import count
from ssflow.machines.shared.remarks import Remarks
from ssflow.persons import Identity, SocialCard
from ssflow.process import ON_RECORD
from ssflow.process.activities import Raw
from ssflow.text import Text


@unique
class Reason(Enum):
    """The reason for a replacement."""

    lost = Text("遗失", "lost")
    stolen = Text("被盗", "stolen")
    damaged = Text("损坏", "damaged")
    expired = Text("到期", "expired")
    information_changed = Text("信息变更", "information changed")
    old_medical_card = Text("旧医保卡换发", "old medical card")
    newer_generation = Text("自愿换领新一代卡", "exchange by choice for a newer generation")
    bank_changed = Text("更换服务银行", "change of the service bank")
    moved = Text("参保地变更、关系转移", "move of the insurance to another place")


@unique
class Occasion(Enum):
    """The occasion of a replacement, on which fees and periods depend. A first card is in card_issue."""

    first_of_generation = Text("首次换发新一代卡", "first card of its generation")
    replacement = Text("首次补换", "first replacement")
    repeated_replacement = Text("再次补换", "repeated replacement")


@unique
class PartyAtFault(Enum):
    """The side whose doing made the replacement necessary."""

    holder = Text("持卡人", "the holder's")
    issuer = Text("发卡方", "the issuer's")


@unique
class Hindrance(Enum):
    """The reason why a holder cannot come for the card, in places that only then let others fetch it."""

    aged = Text("高龄", "of great age")
    in_hospital = Text("因病住院", "in hospital")
    long_elsewhere = Text("长期在异地", "long elsewhere")


@unique
class AgeGroup(Enum):
    """The holder's age at the application, in the groups of the Shanghai rule on validity."""

    under_7 = Text("未满7周岁", "under 7")
    from_7 = Text("7至25周岁", "7 to 25")
    from_26 = Text("26至45周岁", "26 to 45")
    from_46 = Text("46周岁以上", "46 and over")


@frozen(kw_only=True)
class Application:
    """The application for a replacement.

    ``address`` asks for delivery by post; without it the holder picks the card up. ``replaced_before`` counts earlier
    replacements. ``old_card`` is the number of the old card, if the holder knows it. ``issued_on`` and ``expires_on`` are the
    days printed on the old card.
    """

    holder: Annotated[Identity, "持卡人"]
    reason: Annotated[Reason, "补换原因"]
    channel: Annotated[Channel, "申请渠道"] = Channel.counter
    generation: Annotated[Generation, "社保卡代次"] = Generation.third
    kind: Annotated[CardKind, "银行功能"] = CardKind.bank
    photo: Annotated[Photo | None, "照片"] = None
    address: Annotated[PostalAddress | None, "邮寄地址"] = None
    postage: Annotated[Postage | None, "邮费"] = None
    agent: Annotated[Agent | None, "代办人"] = None
    replaced_before: Annotated[int, "此前补换次数"] = field(default=0, validator=count)
    fault: Annotated[PartyAtFault, "责任方"] = PartyAtFault.holder
    issued_on: Annotated[date | None, "旧卡发卡日"] = None
    expires_on: Annotated[date | None, "旧卡到期日"] = None
    age_group: Annotated[AgeGroup | None, "年龄段"] = None
    record_corrected: Annotated[bool, "参保登记信息已更正"] = False
    old_card: Annotated[SocialCard | None, "旧卡", ON_RECORD] = None


@frozen(kw_only=True)
class Prolongation(Remarks):
    """The reason why production takes longer, and whether the city's agency consents; ``body`` claimed the card together with others."""

    consented: Annotated[bool, "市经办机构已同意备案"]
    body: Annotated[str, "集体申领单位"] = ""


def _agreed(raw: Raw) -> Raw:
    """Return an extension recorded before consent was asked for: it is kept as it was made."""
    return {**raw, "consented": True, "body": ""}


AGREED = (_agreed,)


@frozen
class Receipt(HandOver):
    """The person who fetches the card, and what keeps the holder from coming."""

    hindrance: Annotated[Hindrance | None, "持卡人不能到场的原因"] = None


def _without_hindrance(raw: Raw) -> Raw:
    """Return a hand-over recorded before the holder's hindrance was asked for."""
    return {"hindrance": None, **raw}


HINDRANCE = (_without_hindrance,)


@frozen(kw_only=True)
class Facts:
    """The facts of a replacement case; they include the keys of the rulebook."""

    holder: Identity | None = None
    reason: Reason | None = None
    channel: Channel | None = None
    generation: Generation | None = None
    kind: CardKind | None = None
    photo: Photo | None = None
    address: PostalAddress | None = None
    postage: Postage | None = None
    agent: Agent | None = None
    replaced_before: int = 0
    fault: PartyAtFault | None = None
    issued_on: date | None = None
    expires_on: date | None = None
    age_group: AgeGroup | None = None
    record_corrected: bool = False
    paid: Decimal = Decimal(0)
    stage: Stage | None = None
    tracking_number: str = ""
    collector: Agent | None = None
    hindrance: Hindrance | None = None
    consented: bool = False
    body: str = ""

    @property
    def replaces_lost_card(self) -> bool:
        """Whether the old card was lost or stolen, so that a loss report is bound to this case."""
        return self.reason in (Reason.lost, Reason.stolen)

    @property
    def defective(self) -> bool:
        """Whether the old card is defective by the issuer's doing."""
        return self.reason is Reason.damaged and self.fault is PartyAtFault.issuer

    @property
    def occasion(self) -> Annotated[Occasion, "补换情形"]:
        """The occasion of this replacement."""
        if self.reason in (Reason.old_medical_card, Reason.newer_generation):
            return Occasion.first_of_generation
        return Occasion.repeated_replacement if self.replaced_before else Occasion.replacement
