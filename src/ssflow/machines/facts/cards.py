"""What comes in with the activities of the card procedures."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.facts.checks import count, filled_in, yuan
from ssflow.machines.facts.persons import Agent
from ssflow.persons import BankCard, Identity, SocialCard, personal
from ssflow.process import ON_RECORD
from ssflow.process.activities import Raw
from ssflow.text import Text


@unique
class Reason(Enum):
    """Why a card is replaced."""

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
class Channel(Enum):
    """Where the application came in."""

    counter = Text("窗口", "counter")
    online = Text("当地网上渠道", "local online channel")
    national = Text("全国线上渠道", "national online channel")


@unique
class Generation(Enum):
    """The generation of the new card."""

    second = Text("第二代", "second generation")
    third = Text("第三代", "third generation")


@unique
class CardKind(Enum):
    """Whether the new card has a bank function."""

    ordinary = Text("不加载银行功能", "without bank function")
    bank = Text("加载银行功能", "with bank function")


@unique
class Occasion(Enum):
    """Which card of the holder's a replacement makes; fees and periods turn on it. The first card is card_issue's."""

    first_of_generation = Text("首次换发新一代卡", "first card of its generation")
    replacement = Text("首次补换", "first replacement")
    repeated_replacement = Text("再次补换", "repeated replacement")


@unique
class Fault(Enum):
    """Whose doing made the replacement necessary."""

    holder = Text("持卡人", "the holder's")
    issuer = Text("发卡方", "the issuer's")


@unique
class Hindrance(Enum):
    """Why a holder cannot come for the card, as places name it that let others fetch one only then."""

    aged = Text("高龄", "of great age")
    in_hospital = Text("因病住院", "in hospital")
    long_elsewhere = Text("长期在异地", "long elsewhere")


@unique
class AgeGroup(Enum):
    """Age at the application, as the Shanghai rule on validity groups it."""

    under_7 = Text("未满7周岁", "under 7")
    from_7 = Text("7至25周岁", "7 to 25")
    from_26 = Text("26至45周岁", "26 to 45")
    from_46 = Text("46周岁以上", "46 and over")


@unique
class Photo(Enum):
    """Where the photo of the card comes from."""

    identity_card = Text("二代身份证照片", "photo of the identity card")
    receipt_number = Text("照片回执编号", "photo receipt number")
    one_inch = Text("一寸彩色照片", "one-inch colour photo")


@unique
class Postage(Enum):
    """How the postage of a card sent by post is paid; no national figure exists."""

    prepaid = Text("已付邮费", "prepaid")
    on_delivery = Text("邮费到付", "on delivery")
    free = Text("免邮费", "free of charge")


@unique
class Stage(Enum):
    """Where a card stands while it is made, as the tracking page shows it."""

    data_entered = Text("数据已采集", "data entered")
    at_maker = Text("制卡中", "at the maker")
    at_city_bank = Text("市级银行已签收", "received by the city bank")
    at_outlet = Text("网点已签收", "received by the outlet")


@frozen
class PostalAddress:
    """Where the card is posted."""

    recipient: Annotated[str, "收件人"] = personal()
    address: Annotated[str, "详细地址"] = personal()
    phone: Annotated[str, "电话"] = personal()


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
    fault: Annotated[Fault, "责任方"] = Fault.holder
    issued_on: Annotated[date | None, "旧卡发卡日"] = None
    expires_on: Annotated[date | None, "旧卡到期日"] = None
    age_group: Annotated[AgeGroup | None, "年龄段"] = None
    record_corrected: Annotated[bool, "参保登记信息已更正"] = False
    old_card: Annotated[SocialCard | None, "旧卡", ON_RECORD] = None


@frozen
class Remarks:
    """What the office says: the defects to correct, or the grounds of a refusal, in its own words."""

    remarks: Annotated[str, "说明", ON_RECORD] = field(
        validator=filled_in(
            "须告知申请人缺少什么，或者为何不予办理",
            "the applicant has to be told what is missing or why it is refused",
        )
    )


@frozen
class Payment:
    """The sum paid so far for the card, in yuan."""

    paid: Annotated[Decimal, "已缴金额"] = field(validator=yuan)


@frozen(kw_only=True)
class Prolongation(Remarks):
    """Why production takes longer, and whether the city's agency consents; ``body`` claimed the card together with others."""

    consented: Annotated[bool, "市经办机构已同意备案"]
    body: Annotated[str, "集体申领单位"] = ""


def _agreed(raw: Raw) -> Raw:
    """An extension of the time when remarks were all that was asked: it stands as it was made."""
    return {**raw, "consented": True, "body": ""}


AGREED = (_agreed,)


@frozen
class Progress:
    """A step of the making of the card."""

    stage: Annotated[Stage, "制卡进度"]


@frozen
class Consignment:
    """The postal item in which the card travels."""

    tracking_number: Annotated[str, "邮件编号"]


@frozen
class HandOver:
    """Who fetches the card; without ``collector`` it is the holder."""

    collector: Annotated[Agent | None, "代领人"] = None


@frozen
class Receipt(HandOver):
    """Who fetches the card, and what keeps the holder from coming."""

    hindrance: Annotated[Hindrance | None, "持卡人不能到场的原因"] = None


def _whoever_comes(raw: Raw) -> Raw:
    """A hand-over of the time when nobody asked what kept the holder from coming."""
    return {"hindrance": None, **raw}


WHOEVER_COMES = (_whoever_comes,)


@frozen
class BankActivation:
    """The bank card whose account was activated, in person at the bank."""

    bank_card: Annotated[BankCard, "银行卡", ON_RECORD]


@frozen(kw_only=True)
class Facts:
    """What is known of a replacement case; the rulebook's keys are among these."""

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
    fault: Fault | None = None
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
        """Whether the old card broke by the issuer's doing."""
        return self.reason is Reason.damaged and self.fault is Fault.issuer

    @property
    def occasion(self) -> Annotated[Occasion, "补换情形"]:
        """Which card of the holder's this is."""
        if self.reason in (Reason.old_medical_card, Reason.newer_generation):
            return Occasion.first_of_generation
        return Occasion.repeated_replacement if self.replaced_before else Occasion.replacement
