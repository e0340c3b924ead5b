"""The story of ``ssflow demo``: who does what on which day. The results are up to the procedures.

One card is lost in Guangzhou, which has a figure of its own; another is damaged in Taiyuan, which has none, and is sent back once.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from attrs import frozen

from ssflow.machines.card_replacement import (
    Application,
    BankActivation,
    CardKind,
    CardReplacement,
    Consignment,
    Payment,
    Photo,
    Postage,
    PostalAddress,
    Reason,
    Receipt,
    Remarks,
)
from ssflow.machines.loss_report import LossReport, Report, Track
from ssflow.persons import BankCard, Identity
from ssflow.process import Deed, Role
from ssflow.text import Text

# The story is over by then; the demo asks no other clock.
TOLD_AT = datetime(2026, 10, 31, 1, tzinfo=UTC)
GUANGZHOU, TAIYUAN = "440100", "140100"

HOLDER = Identity("11010519491231002X")  # the sample number of the standard, which nobody has
BANK_CARD = BankCard("6200000000000005")  # a test number of the card scheme
HOME = PostalAddress(recipient="王小明", address="太原市迎泽大街1号", phone="13800138000")

LOST = Application(holder=HOLDER, reason=Reason.lost, photo=Photo.identity_card)
DAMAGED = Application(
    holder=HOLDER,
    reason=Reason.damaged,
    kind=CardKind.ordinary,
    photo=Photo.receipt_number,
    address=HOME,
    postage=Postage.prepaid,
)


@frozen(kw_only=True)
class Scene:
    """One scene: an act, and the narrator's words for it. ``place`` opens a new case there."""

    told: Text
    on: date
    case: str
    deed: Deed[Any]
    by: Role
    place: str = ""
    links: tuple[str, ...] = ()


@frozen(kw_only=True)
class Chapter:
    """The scenes of one matter."""

    title: Text
    scenes: tuple[Scene, ...]


_R, _C = LossReport, CardReplacement
_BOTH = ("report-bank", "report-social")

LOST_CARD = Chapter(
    title=Text("第一章 广州：遗失的卡", "Chapter 1. Guangzhou: a lost card"),
    scenes=(
        Scene(
            told=Text(
                "持卡人发现社保卡丢了，电话向银行口头挂失。",
                "The holder misses the card and reports it to the bank by telephone.",
            ),
            on=date(2026, 9, 18),
            case="report-bank",
            deed=_R.report_temporarily(Report(Track.bank, HOLDER)),
            by=_R.holder,
            place=GUANGZHOU,
        ),
        Scene(
            told=Text(
                "只凭口头挂失、也没带照片就申请补卡。",
                "The holder applies for a new card with no more than that, and without a photo.",
            ),
            on=date(2026, 9, 21),
            case="card-1",
            deed=_C.apply(Application(holder=HOLDER, reason=Reason.lost)),
            by=_C.holder,
            place=GUANGZHOU,
            links=("report-bank",),
        ),
        Scene(
            told=Text("到银行办理书面的正式挂失。", "At the bank the holder makes the report formal, in writing."),
            on=date(2026, 9, 21),
            case="report-bank",
            deed=_R.report_formally(Report(Track.bank, HOLDER)),
            by=_R.holder,
        ),
        Scene(
            told=Text(
                "到社保卡网点正式挂失社保功能，另行登记。",
                "At the card office the social function is reported: a case of its own.",
            ),
            on=date(2026, 9, 21),
            case="report-social",
            deed=_R.report_formally(Report(Track.social, HOLDER)),
            by=_R.holder,
            place=GUANGZHOU,
        ),
        Scene(
            told=Text(
                "正式挂失之后，带着照片再次申请补卡。",
                "Both reports made and the photo brought, the holder applies again.",
            ),
            on=date(2026, 9, 21),
            case="card-1",
            deed=_C.apply(LOST),
            by=_C.holder,
            place=GUANGZHOU,
            links=_BOTH,
        ),
        Scene(
            told=Text("缴纳工本费20元。", "The holder pays the card fee of 20 yuan."),
            on=date(2026, 9, 21),
            case="card-1",
            deed=_C.pay(Payment(Decimal(20))),
            by=_C.holder,
        ),
        Scene(
            told=Text("网点受理申请。", "The office accepts the application."),
            on=date(2026, 9, 21),
            case="card-1",
            deed=_C.accept(),
            by=_C.office,
        ),
        Scene(
            told=Text("新卡送达网点。", "The new card arrives at the outlet."),
            on=date(2026, 10, 8),
            case="card-1",
            deed=_C.finish(),
            by=_C.issuer,
        ),
        Scene(
            told=Text("持卡人本人领卡。", "The holder collects it in person."),
            on=date(2026, 10, 9),
            case="card-1",
            deed=_C.collect(Receipt()),
            by=_C.holder,
        ),
        Scene(
            told=Text(
                "启用新卡的社保功能。",
                "The social function of the new card is enabled.",
            ),
            on=date(2026, 10, 9),
            case="card-1",
            deed=_C.enable_social(),
            by=_C.holder,
        ),
        Scene(
            told=Text("在银行激活银行功能。", "The bank function is activated at the bank."),
            on=date(2026, 10, 9),
            case="card-1",
            deed=_C.activate_bank(BankActivation(BANK_CARD)),
            by=_C.holder,
        ),
    ),
)

DAMAGED_CARD = Chapter(
    title=Text("第二章 太原：损坏的卡", "Chapter 2. Taiyuan: a damaged card"),
    scenes=(
        Scene(
            told=Text("卡片损坏，申请换卡并要求邮寄。", "The card is damaged; the holder asks for a new one by post."),
            on=date(2026, 9, 8),
            case="card-2",
            deed=_C.apply(DAMAGED),
            by=_C.holder,
            place=TAIYUAN,
        ),
        Scene(
            told=Text("照片不合格，退回补正。", "The photo will not do: the application is sent back."),
            on=date(2026, 9, 11),
            case="card-2",
            deed=_C.send_back(Remarks("照片背景须为白色")),
            by=_C.office,
        ),
        Scene(
            told=Text("持卡人换了照片，交回申请。", "The holder brings another photo."),
            on=date(2026, 9, 16),
            case="card-2",
            deed=_C.correct(DAMAGED),
            by=_C.holder,
        ),
        Scene(
            told=Text("缴纳工本费25元。", "The holder pays the card fee of 25 yuan."),
            on=date(2026, 9, 16),
            case="card-2",
            deed=_C.pay(Payment(Decimal(25))),
            by=_C.holder,
        ),
        Scene(
            told=Text("网点受理申请。", "The office accepts the application."),
            on=date(2026, 9, 17),
            case="card-2",
            deed=_C.accept(),
            by=_C.office,
        ),
        Scene(
            told=Text("新卡交邮。", "The new card is posted."),
            on=date(2026, 10, 13),
            case="card-2",
            deed=_C.post(Consignment("EMS-0001")),
            by=_C.issuer,
        ),
        Scene(
            told=Text("邮件投递到家。", "The post delivers it."),
            on=date(2026, 10, 15),
            case="card-2",
            deed=_C.deliver(),
            by=_C.courier,
        ),
        Scene(
            told=Text("启用新卡的社保功能。", "The social function of the new card is enabled."),
            on=date(2026, 10, 16),
            case="card-2",
            deed=_C.enable_social(),
            by=_C.holder,
        ),
    ),
)

STORY = (LOST_CARD, DAMAGED_CARD)
CASES = frozenset(scene.case for chapter in STORY for scene in chapter.scenes)
