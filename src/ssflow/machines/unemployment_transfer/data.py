"""The data of a transfer of unemployment insurance."""

from __future__ import annotations

from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.machines.shared.channels import Channel
from ssflow.persons import Identity
from ssflow.regions import a_place
from ssflow.text import Text


@unique
class Ways(Enum):
    """The ways of a transfer: whether the relation moves at all."""

    moved = Text("办理转移", "moved")
    stays = Text("省内无需转移", "not needed inside the province")


@unique
class Standing(Enum):
    """The situation of the insured person."""

    employed = Text("参保职工跨省就业", "employee at work in another province")
    claiming = Text("符合领金条件，选择户籍地领取", "unemployed person who qualifies and chooses the register's place")
    reemployed = Text("失业后跨省重新就业并参保", "unemployed person who has found work in another province")


@frozen(kw_only=True)
class Application:
    """The applicant and the channel; ``register`` is the place of the household register, by its code.

    ``insured`` says that the person is insured at the new place, ``drawing`` that the person draws unemployment benefit.
    """

    person: Annotated[Identity, "参保人"]
    standing: Annotated[Standing, "参保人的情况"]
    channel: Annotated[Channel, "申请渠道"]
    register: Annotated[str, "户籍所在地"] = field(validator=a_place)
    insured: Annotated[bool, "已在新参保地参保"] = False
    drawing: Annotated[bool, "已领取待遇"] = False


@frozen
class Record:
    """The periods paid at the old place."""

    periods: Annotated[tuple[PaidPeriod, ...], "缴费期间"] = ()


@frozen(kw_only=True)
class Facts:
    """The facts of a transfer; they include the keys of the rulebook."""

    person: Identity | None = None
    standing: Standing | None = None
    channel: Channel | None = None
    register: str = ""
    insured: bool = False
    drawing: bool = False
    periods: tuple[PaidPeriod, ...] = ()
