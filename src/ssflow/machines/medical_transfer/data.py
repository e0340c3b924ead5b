"""The data of a medical insurance transfer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum, unique
from typing import Annotated

import attrs
from attrs import field, frozen

from ssflow.errors import InputError
from ssflow.machines.medical_transfer.waiting import Backpay, Break, Enrolment, months_unbroken
from ssflow.machines.reckoning.months import month_of
from ssflow.machines.reckoning.periods import PaidPeriod, months_paid, months_without
from ssflow.machines.shared.checks import count, yuan
from ssflow.persons import Identity
from ssflow.process import WayIn
from ssflow.text import Text


@unique
class Ways(Enum):
    """The ways in which a transfer is handled."""

    letters = Text("凭联系函办理，信息表和余额到齐后办结", "by letter, closed on sheet and balance")
    platform = Text("经国家医保平台办理，凭信息表转入", "on the national platform, in on the sheet alone")


@unique
class Route(WayIn):
    """The way in which the person applies."""

    online = Text("经平台或者窗口申请，无须凭证", "on a platform or at a counter, without a certificate")
    certificate = Text("先打印参保凭证，再向转入地提交", "certificate printed first, papers handed in at the new place")


@unique
class Work(Enum):
    """The way in which a person who leaves will be insured."""

    employed = Text("由新用人单位参保", "by a new employer")
    alone = Text("没有新用人单位", "without a new employer")


@unique
class Scheme(Enum):
    """The two schemes of basic medical insurance."""

    employee = Text("职工基本医疗保险", "employees' scheme")
    resident = Text("城乡居民基本医疗保险", "residents' scheme")


@frozen
class Certificate:
    """The person whose cover at the old place ends, and the way in which the person will be insured."""

    person: Annotated[Identity, "参保人"]
    work: Annotated[Work, "停保后的参保方式"]


@frozen(kw_only=True)
class Application:
    """The person whose relation is to move, from which scheme to which, and the circumstances on the day of the application.

    ``stopped`` says that the person is no longer insured at the old place, ``insured`` that the person is insured at the new one from the month
    of ``insured_from``, the day on which cover there takes effect.
    """

    person: Annotated[Identity, "参保人"]
    route: Annotated[Route, "申请方式"]
    left: Annotated[Scheme, "原制度"] = Scheme.employee
    joined: Annotated[Scheme, "新制度"] = Scheme.employee
    stopped: Annotated[bool, "原参保地已停保"]
    insured: Annotated[bool, "已在新参保地参保"]
    insured_from: Annotated[date, "新参保生效日"]
    retired: Annotated[bool, "已退休"] = False


@frozen
class Sheet:
    """The content of the information sheet: the balance of the account in yuan, the periods paid, whether anything is owed."""

    balance: Annotated[Decimal, "信息表余额"] = field(validator=yuan)
    periods: Annotated[tuple[PaidPeriod, ...], "缴费期间"]
    arrears: Annotated[bool, "欠费"] = False


@frozen
class Money:
    """The sum that has arrived, in yuan."""

    received: Annotated[Decimal, "到账金额"] = field(validator=yuan)


@frozen
class Sums:
    """Both sums after a mismatch was corrected, in yuan."""

    balance: Annotated[Decimal, "信息表余额"] = field(validator=yuan)
    received: Annotated[Decimal, "到账金额"] = field(validator=yuan)


@frozen(kw_only=True)
class Cover:
    """The record of the new place as it takes the relation in: the months paid in all, and the day from which benefits run.

    ``paid_here`` are the periods of the new place, including a ``backpay`` of the gap. For the residents' scheme: whether the
    person enrolled in time, the ``missed`` years, and those of them that were ``bought`` back.
    """

    months: Annotated[int, "缴费月数"] = field(validator=count)
    benefits_from: Annotated[date, "待遇起始日"]
    paid_here: Annotated[tuple[PaidPeriod, ...], "新参保地缴费期间"] = ()
    backpay: Annotated[Backpay, "中断期间的补缴"] = Backpay.unpaid
    enrolment: Annotated[Enrolment, "居民参保时间"] = Enrolment.in_time
    missed: Annotated[int, "断保年数"] = field(default=0, validator=count)
    bought: Annotated[int, "已缴费修复的断保年数"] = field(default=0, validator=count)

    @bought.validator
    def _check(self, _: attrs.Attribute[int], bought: int) -> None:
        if bought > self.missed:
            raise InputError.of(
                "bought",
                f"断保{self.missed}年，不能修复{bought}年；须为0至{self.missed}",
                f"of {self.missed} missed years {bought} cannot be bought back; give a number from 0 to {self.missed}",
            )


@frozen(kw_only=True)
class Facts:
    """The facts of a transfer; they include the keys of the rulebook."""

    person: Identity | None = None
    work: Work | None = None
    route: Route | None = None
    left: Scheme | None = None
    joined: Scheme | None = None
    stopped: bool = False
    insured: bool = False
    insured_from: date | None = None
    retired: bool = False
    balance: Decimal = Decimal(0)
    received: Decimal = Decimal(0)
    periods: tuple[PaidPeriod, ...] = ()
    arrears: bool = False
    months: int = 0
    benefits_from: date | None = None
    paid_here: tuple[PaidPeriod, ...] = ()
    backpay: Backpay | None = None
    enrolment: Enrolment = Enrolment.in_time
    missed: int = 0
    bought: int = 0

    @property
    def months_in_all(self) -> int:
        """The months paid at all places, each counted once."""
        return months_paid((*self.periods, *self.paid_here))

    @property
    def waited(self) -> int:
        """The months from the start of cover to the start of benefits; below 0 if the time before is covered too."""
        return month_of(self.benefits_from or date.min) - month_of(self.insured_from or date.min)

    @property
    def interruption(self) -> Break:
        """The gap between the cover of the old place and that of the new one."""
        start = self.insured_from or date.max
        return Break(
            months=months_without(self.periods, start) if months_paid(self.periods, by=start) else None,
            unbroken=months_unbroken(self.periods, start),
            across=self.left is not self.joined,
            resident=self.joined is Scheme.resident,
            backpay=self.backpay or Backpay.unpaid,
            enrolment=self.enrolment,
            missed=self.missed,
            bought=self.bought,
        )
