"""The data of a change between the employees' and the residents' pension scheme."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.reckoning.periods import PaidPeriod, months_in_both
from ssflow.machines.shared.checks import count
from ssflow.persons import Identity
from ssflow.text import Text


@unique
class Direction(Enum):
    """The scheme into which the person changes."""

    to_employees = Text("城乡居民养老保险转入职工养老保险", "from the residents' to the employees' scheme")
    to_residents = Text("职工养老保险转入城乡居民养老保险", "from the employees' to the residents' scheme")


@frozen(kw_only=True)
class Application:
    """The applicant, the direction of the change, and the records of both schemes.

    ``of_age`` says that the person has reached the statutory retirement age of the employees' scheme, ``drawing`` that the person draws a
    pension from either.
    """

    person: Annotated[Identity, "参保人"]
    direction: Annotated[Direction, "衔接方向"]
    of_age: Annotated[bool, "已达到法定退休年龄"]
    drawing: Annotated[bool, "已领取待遇"] = False
    as_employee: Annotated[tuple[PaidPeriod, ...], "职工养老保险缴费期间"] = ()
    as_resident: Annotated[tuple[PaidPeriod, ...], "居民养老保险缴费期间"] = ()


@frozen
class Refund:
    """The months for which the contributions as a resident were refunded."""

    refunded: Annotated[int, "已退还重复缴费的月数"] = field(validator=count)


@frozen(kw_only=True)
class Facts:
    """The facts of a change of scheme."""

    person: Identity | None = None
    direction: Direction | None = None
    of_age: bool = False
    drawing: bool = False
    as_employee: tuple[PaidPeriod, ...] = ()
    as_resident: tuple[PaidPeriod, ...] = ()
    refunded: int = 0
    stated: Decimal = Decimal(0)
    received: Decimal = Decimal(0)

    @property
    def overlap(self) -> int:
        """The months for which both schemes were paid."""
        return months_in_both(self.as_employee, self.as_resident)
