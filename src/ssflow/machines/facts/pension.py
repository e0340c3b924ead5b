"""What comes in with the activities of a pension transfer."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, unique

import attrs
from attrs import field, frozen

from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.reckoning.place_of_receipt import place_of_receipt, province_of
from ssflow.process.identity import Identity
from ssflow.text import Text


@unique
class Ways(Enum):
    """On what a transfer is closed."""

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
    """The sex on the identity document; the age line turns on it."""

    man = Text("男", "man")
    woman = Text("女", "woman")


@unique
class Account(Enum):
    """What kind of account the person has at the new place."""

    ordinary = Text("一般账户", "ordinary account")
    temporary = Text("临时基本养老保险缴费账户", "temporary account")


@unique
class Proof(Enum):
    """By what a one-off payment is proved: the older ones by an undertaking, the later ones by a paper that came before it."""

    undertaking = Text("原参保地书面承诺", "written undertaking of the old place")
    ruling = Text("法院、审计、劳动保障监察或者仲裁文书", "paper of court, audit, labour inspection or arbitration")


@unique
class Arrears(Enum):
    """Whether contributions are owed at the old place, and what came of telling it."""

    none = Text("无欠费", "none")
    untold = Text("有欠费，未告知", "owed, not told")
    paid = Text("已补缴", "paid")
    left = Text("本人不补缴，相应月份不计", "left unpaid, the months do not count")


@frozen
class OneOff:
    """Months of earlier years paid for at once, and by what that is proved, if it is."""

    months: int = field()
    proof: Proof | None = None

    @months.validator
    def _check(self, _: attrs.Attribute[int], months: int) -> None:
        if months < 0:
            msg = f"a one-off payment is for some months; {months} is less than none"
            raise ValueError(msg)


@frozen(kw_only=True)
class Application:
    """Whose relation shall move, and how things stand on the day of the application.

    ``age`` is in full years; ``register`` the code of the place of the household register. The person is ``insured`` who has paid at
    the new place and has ``stopped`` who pays no more at the old one. ``posted`` is an approved posting. At benefit age the
    ``periods`` say where the pension will be drawn.
    """

    person: Identity
    sex: Sex
    age: int
    register: str
    insured: bool
    stopped: bool
    account: Account = Account.ordinary
    drawing: bool = False
    posted: bool = False
    at_benefit_age: bool = False
    periods: tuple[PaidPeriod, ...] = ()


@frozen
class Record:
    """What the record of the old place shows: one-off payments, and whether some of it rests on purely local policy."""

    one_off: tuple[OneOff, ...] = ()
    local_policy: bool = False


@frozen
class Settlement:
    """What became of arrears before the relation was moved out."""

    arrears: Arrears = Arrears.none


@frozen
class Sheet:
    """The sum that the information sheet states, in yuan."""

    stated: Decimal


@frozen
class Money:
    """The sum that has arrived, in yuan."""

    received: Decimal


@frozen
class Sums:
    """Both sums as they stand after a mismatch was put right, in yuan."""

    stated: Decimal
    received: Decimal


@frozen
class Call:
    """Which place asks for a temporary account, whether the person qualifies for the pension, and the periods paid."""

    calling: str
    at_benefit_age: bool
    periods: tuple[PaidPeriod, ...] = ()


@frozen(kw_only=True)
class Facts:
    """What is known of a transfer; the rulebook's keys are among these."""

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
    one_off: tuple[OneOff, ...] = ()
    local_policy: bool = False
    arrears: Arrears | None = None
    stated: Decimal = Decimal(0)
    received: Decimal = Decimal(0)
    calling: str = ""

    def is_home(self, place: str) -> bool:
        """Whether the household register is in the province of a place."""
        return province_of(self.register) == province_of(place)

    def draws_in(self, place: str, relation: str, enough: int) -> bool:
        """Whether the person is of age and the province of a place pays the pension, the relation being at another.

        ``enough`` are the months that make a place pay.
        """
        paying = place_of_receipt(relation, self.register, self.periods, enough)
        return self.at_benefit_age and paying == province_of(place)

    def stays_behind(self, line: int) -> bool:
        """Whether a part cannot move: a one-off payment of that many months without proof, or purely local policy."""
        return self.local_policy or any(paid.months >= line and paid.proof is None for paid in self.one_off)
