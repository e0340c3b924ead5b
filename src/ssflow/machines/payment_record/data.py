"""The data of the payment record."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.agents import Agent
from ssflow.machines.shared.checks import yuan
from ssflow.persons import Identity
from ssflow.process import ON_RECORD


@frozen
class Query:
    """The person who asks for the record, whether the person who comes showed an identity document, and whether a written result is wanted."""

    person: Annotated[Identity, "参保人"]
    identity_shown: Annotated[bool, "已出示身份证件"]
    agent: Annotated[Agent | None, "代办人"] = None
    written_wanted: Annotated[bool, "需要书面查询结果"] = False


@frozen
class Result:
    """The arrears that the record shows, in yuan, whether the person pays directly, and whether the result is in writing."""

    arrears: Annotated[Decimal, "欠费"] = field(default=Decimal(0), validator=yuan)
    pays_directly: Annotated[bool, "直接缴费的个人"] = False
    written: Annotated[bool, "采用书面形式"] = False


@frozen
class Statement:
    """The record as it is sent or told without a request; the arrears are in yuan."""

    person: Annotated[Identity, "参保人"]
    arrears: Annotated[Decimal, "欠费"] = field(default=Decimal(0), validator=yuan)
    pays_directly: Annotated[bool, "直接缴费的个人"] = False


@frozen
class Objection:
    """The disputed part of the record, and whether proof is handed in with the written request."""

    disputed: Annotated[str, "异议内容", ON_RECORD]
    proof: Annotated[bool, "证明材料"]


@frozen
class Facts:
    """The facts of a record; ``pays_directly`` says that the person has no employer that pays."""

    person: Identity | None = None
    identity_shown: bool = False
    agent: Agent | None = None
    written_wanted: bool = False
    written: bool = False
    arrears: Decimal = Decimal(0)
    pays_directly: bool = False
    proof: bool = False
