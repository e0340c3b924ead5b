"""The data of a pension transfer from a public body."""

from __future__ import annotations

from decimal import Decimal
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.persons import Identity
from ssflow.regions import a_place
from ssflow.text import Text


@unique
class Cause(Enum):
    """The reason why the relation moves. In the first three cases the person goes on working; in the others the person has left the service."""

    transferred = Text("机关事业单位之间流动", "moved to another public body")
    to_enterprise = Text("流动到企业", "moved to an enterprise")
    from_enterprise = Text("企业流动到机关事业单位", "moved from an enterprise")
    resigned = Text("辞职", "resigned")
    dismissed = Text("辞退", "dismissed")
    departed = Text("未按规定程序离职", "departed irregularly")
    expelled = Text("开除", "expelled")
    sentenced = Text("判刑", "sentenced")


@frozen
class Application:
    """The person who moves on, and whether one agency serves both the old and the new employer."""

    person: Annotated[Identity, "参保人"]
    cause: Annotated[Cause, "转移原因"]
    same_agency: Annotated[bool, "同一经办机构"] = False


@frozen
class Departure:
    """The form of the former employer: the person who has left the service, the reason, and the place of the household register, by its code."""

    person: Annotated[Identity, "参保人"]
    cause: Annotated[Cause, "转移原因"]
    register: Annotated[str, "户籍所在地"] = field(validator=a_place)


@frozen(kw_only=True)
class Facts:
    """The facts of a transfer; they include the keys of the rulebook."""

    person: Identity | None = None
    cause: Cause | None = None
    same_agency: bool = False
    register: str = ""
    stated: Decimal = Decimal(0)
    received: Decimal = Decimal(0)

    @property
    def moves_on(self) -> bool:
        """Whether the person stays in work: from one public body to another, or between one and an enterprise."""
        return self.cause in (Cause.transferred, Cause.to_enterprise, Cause.from_enterprise)

    @property
    def without_money(self) -> bool:
        """Whether the relation moves alone: from one public body to another, both under one agency."""
        return self.cause is Cause.transferred and self.same_agency
