"""The data of a retirement."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.reckoning.retirement_age import Group
from ssflow.machines.shared.checks import count
from ssflow.persons import Identity


@frozen(kw_only=True)
class Person:
    """The person who retires, the group that decides the age, and the decisive day of birth."""

    insured: Annotated[Identity, "参保人"]
    group: Annotated[Group, "法定退休年龄类别"]
    born: Annotated[date, "出生日期"]


@frozen(kw_only=True)
class Wish(Person):
    """The day of retirement that the employee chooses, or agrees on with the employer, and whether that is in writing.

    A ``manager`` (a civil servant, or a person who leads or manages in a state body or enterprise) retires when due and agrees on no delay.
    """

    chosen: Annotated[date, "所选择或者约定的退休之日"]
    written: Annotated[bool, "采用书面形式"]
    manager: Annotated[bool, "公务员、国有企事业单位领导人员或者其他管理人员"] = False


@frozen
class Ending:
    """The agreement of employer and employee to end a delay, and whether it is in writing."""

    written: Annotated[bool, "采用书面形式"]


@frozen(kw_only=True)
class Age(Person):
    """The reaching of the age, the minimum of paid months for the year of that day, and the record at that time."""

    minimum: Annotated[int, "最低缴费年限（以月计）"] = field(validator=count)
    periods: Annotated[tuple[PaidPeriod, ...], "缴费期间"] = ()


@frozen
class Record:
    """The paid periods on which the claim rests, including those of other places."""

    periods: Annotated[tuple[PaidPeriod, ...], "缴费期间"]


@frozen(kw_only=True)
class Facts:
    """The facts of a retirement; they include the keys of the rulebook. ``minimum`` is in months."""

    insured: Identity | None = None
    group: Group | None = None
    born: date | None = None
    chosen: date | None = None
    written: bool = False
    manager: bool = False
    minimum: int = 0
    periods: tuple[PaidPeriod, ...] = ()
