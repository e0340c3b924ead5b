"""The data of the making of a card, whether it is a first one or another."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, unique
from typing import Annotated, Protocol, runtime_checkable

from attrs import field, frozen

from ssflow.machines.shared.agents import Agent
from ssflow.machines.shared.checks import yuan
from ssflow.persons import BankCard, Identity, personal
from ssflow.process import ON_RECORD
from ssflow.text import Text


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
class Photo(Enum):
    """The source of the photo on the card."""

    identity_card = Text("二代身份证照片", "photo of the identity card")
    receipt_number = Text("照片回执编号", "photo receipt number")
    one_inch = Text("一寸彩色照片", "one-inch colour photo")


@unique
class Postage(Enum):
    """The way in which the postage of a card sent by post is paid; no national figure exists."""

    prepaid = Text("已付邮费", "prepaid")
    on_delivery = Text("邮费到付", "on delivery")
    free = Text("免邮费", "free of charge")


@unique
class Stage(Enum):
    """The stage in the making of a card, as the tracking page shows it."""

    data_entered = Text("数据已采集", "data entered")
    at_maker = Text("制卡中", "at the maker")
    at_city_bank = Text("市级银行已签收", "received by the city bank")
    at_outlet = Text("网点已签收", "received by the outlet")


@frozen
class PostalAddress:
    """The address to which the card is posted."""

    recipient: Annotated[str, "收件人"] = personal()
    address: Annotated[str, "详细地址"] = personal()
    phone: Annotated[str, "电话"] = personal()


@frozen
class Payment:
    """The sum paid so far for the card, in yuan."""

    paid: Annotated[Decimal, "已缴金额"] = field(validator=yuan)


@frozen
class Progress:
    """A step in the making of the card."""

    stage: Annotated[Stage, "制卡进度"]


@frozen
class Consignment:
    """The postal item in which the card travels."""

    tracking_number: Annotated[str, "邮件编号"]


@frozen
class HandOver:
    """The person who fetches the card; without ``collector`` it is the holder."""

    collector: Annotated[Agent | None, "代领人"] = None


@frozen
class BankActivation:
    """The bank card whose account was activated, in person at the bank."""

    bank_card: Annotated[BankCard, "银行卡", ON_RECORD]


@runtime_checkable
class OfLostCard(Protocol):
    """Facts of a case that may make a card anew because the old one was lost."""

    @property
    def holder(self) -> Identity | None:
        """The holder of the card."""

    @property
    def replaces_lost_card(self) -> bool:
        """Whether the old card was lost or stolen."""
