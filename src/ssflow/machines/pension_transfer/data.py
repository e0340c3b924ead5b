"""The data of a pension transfer."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.pension_transfer.one_off_payments import OneOff
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.reckoning.place_of_receipt import place_of_receipt, province_of
from ssflow.machines.shared.checks import count
from ssflow.persons import Identity
from ssflow.regions import a_place
from ssflow.text import Text


@unique
class Ways(Enum):
    """The ways in which a transfer is closed."""

    both = Text("凭信息表和资金办结", "on information sheet and money")
    sheet = Text("凭信息表办结，资金定期结算", "on the information sheet, money settled later")
    pooled = Text("省内不办转移，退休时归集", "not needed, records joined at retirement")


@unique
class Fate(Enum):
    """What becomes of a temporary account when the person moves on."""

    moved = Text("全部缴费本息转移", "moved with interest")
    sealed = Text("封存", "sealed")


@unique
class Sex(Enum):
    """The sex on the identity document, on which the age line depends."""

    man = Text("男", "man")
    woman = Text("女", "woman")


@unique
class Account(Enum):
    """The kind of account that the person has at the new place."""

    ordinary = Text("一般账户", "ordinary account")
    temporary = Text("临时基本养老保险缴费账户", "temporary account")


@unique
class Arrears(Enum):
    """Whether contributions are owed at the old place, and the result of the notice to the person."""

    none = Text("无欠费", "none")
    untold = Text("有欠费，未告知", "owed, not told")
    paid = Text("已补缴", "paid")
    left = Text("本人不补缴，相应月份不计", "left unpaid, the months do not count")


@frozen(kw_only=True)
class Application:
    """The person whose relation is to move, and the circumstances on the day of the application.

    ``age`` is in full years, on the day ``enrolled_on`` on which the person was registered as insured at the new place; for a person who is
    not, on the day of the application. ``register`` is the code of the place of the household register. ``insured`` says that the person
    has paid at the new place, ``stopped`` that the person no longer pays at the old one. ``posted`` is an approved posting. At benefit age
    the ``periods`` say where the pension will be drawn.
    """

    person: Annotated[Identity, "参保人"]
    sex: Annotated[Sex, "性别"]
    age: Annotated[int, "周岁"] = field(validator=count)
    register: Annotated[str, "户籍所在地"] = field(validator=a_place)
    insured: Annotated[bool, "已在新参保地参保"]
    stopped: Annotated[bool, "原参保地已停保"]
    account: Annotated[Account, "账户种类"] = Account.ordinary
    drawing: Annotated[bool, "已领取待遇"] = False
    posted: Annotated[bool, "经批准调动"] = False
    at_benefit_age: Annotated[bool, "已达到待遇领取条件"] = False
    periods: Annotated[tuple[PaidPeriod, ...], "缴费期间"] = ()
    enrolled_on: Annotated[date | None, "新参保地参保登记之日"] = None


@frozen
class Record:
    """The content of the old place's record: one-off payments, and whether some of it rests on purely local policy."""

    one_off: Annotated[tuple[OneOff, ...], "一次性缴费"] = ()
    local_policy: Annotated[bool, "含仅依地方政策形成的部分"] = False


@frozen
class Settlement:
    """The settlement of arrears before the relation was moved out."""

    arrears: Annotated[Arrears, "欠费"] = Arrears.none


@frozen
class Call:
    """The place that asks for a temporary account, whether the person qualifies for the pension, and the periods paid."""

    calling: Annotated[str, "提出归集的地方"] = field(validator=a_place)
    at_benefit_age: Annotated[bool, "已达到待遇领取条件"]
    periods: Annotated[tuple[PaidPeriod, ...], "缴费期间"] = ()


@frozen(kw_only=True)
class Facts:
    """The facts of a transfer; they include the keys of the rulebook."""

    person: Identity | None = None
    sex: Sex | None = None
    age: int = 0
    register: str = ""
    insured: bool = False
    stopped: bool = False
    account: Account | None = None
    drawing: bool = False
    posted: bool = False
    at_benefit_age: bool = False
    periods: tuple[PaidPeriod, ...] = ()
    enrolled_on: date | None = None
    one_off: tuple[OneOff, ...] = ()
    local_policy: bool = False
    arrears: Arrears | None = None
    stated: Decimal = Decimal(0)
    received: Decimal = Decimal(0)
    calling: str = ""

    def is_home(self, place: str) -> bool:
        """Return whether the household register is in the province of a place."""
        return province_of(self.register) == province_of(place)

    def draws_in(self, place: str, relation: str, enough: int) -> bool:
        """Return whether the person is of age and the province of a place pays the pension, with the relation at another place.

        ``enough`` are the months that make a place pay.
        """
        paying = place_of_receipt(relation, self.register, self.periods, enough)
        return self.at_benefit_age and paying == province_of(place)

    def stays_behind(self, line: int, ruled_from: date) -> bool:
        """Return whether a part cannot move: purely local policy, or a one-off payment of that many months without proof.

        From ``ruled_from`` on, only a ruling proves a payment.
        """
        return self.local_policy or any(
            payment.months >= line and not payment.is_proved(ruled_from) for payment in self.one_off
        )
