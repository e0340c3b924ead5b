"""The data of the electronic card."""

from __future__ import annotations

from enum import Enum, unique
from typing import Annotated

from attrs import frozen

from ssflow.machines.shared.cards import Generation
from ssflow.persons import Identity
from ssflow.process import WayIn
from ssflow.text import Text


@unique
class Outlet(WayIn):
    """The channel in which an electronic card is used."""

    national = Text("全国渠道（电子社保卡、掌上12333等）", "national channel (the electronic card's own, 12333)")
    local_app = Text("发卡地人社部门应用", "application of the issuing place")
    bank_app = Text("社保卡服务银行应用", "application of the card's bank")
    payment_app = Text("支付宝、微信等应用", "payment application such as Alipay or WeChat")


@unique
class CardStatus(Enum):
    """The status of the physical card, as the channel reads it."""

    none = Text("未领卡", "no card")
    active = Text("正常", "active")
    expired = Text("已到期", "expired")
    reported_lost = Text("已挂失", "reported lost")
    cancelled = Text("已注销", "cancelled")


@frozen
class Registration:
    """The person who registers with social insurance and so obtains the card."""

    holder: Annotated[Identity, "持卡人"]


@frozen
class Claim:
    """The claim in a channel: the person, the status of the physical card, and whether name and face were checked."""

    holder: Annotated[Identity, "持卡人"]
    card: Annotated[CardStatus, "实体卡状态"]
    name_checked: Annotated[bool, "已实名核验"]
    face_checked: Annotated[bool, "已人脸核验"]


@frozen
class NewCard:
    """The physical card with which an electronic one is generated."""

    holder: Annotated[Identity, "持卡人"]
    generation: Annotated[Generation, "社保卡代次"]


@frozen
class Authorisation:
    """The holder's consent to use the card in a channel, and whether it has a password of its own."""

    outlet: Annotated[Outlet, "使用渠道"]
    card: Annotated[CardStatus, "实体卡状态"]
    password_set: Annotated[bool, "已单独设置密码"]


@frozen
class Switch:
    """The insured place to be shown, in words, and whether the national platform has the person's insurance there."""

    insured_at: Annotated[str, "要显示的参保地"]
    on_record: Annotated[bool, "全国平台已有参保数据"] = False


@frozen
class Facts:
    """The facts of an electronic card."""

    holder: Identity | None = None
    card: CardStatus | None = None
    generation: Generation | None = None
    outlet: Outlet | None = None
    name_checked: bool = False
    face_checked: bool = False
    password_set: bool = False
    insured_at: str = ""
    on_record: bool = False
