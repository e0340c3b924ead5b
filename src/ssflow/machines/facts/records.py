"""What comes in with the activities of the payment record."""

from __future__ import annotations

from decimal import Decimal

from attrs import frozen

from ssflow.machines.facts.persons import Agent
from ssflow.process.identity import Identity


@frozen
class Query:
    """Who asks for the record, whether the identity document of whoever comes was shown, and whether a written result is wanted."""

    person: Identity
    identity_shown: bool
    agent: Agent | None = None
    written_wanted: bool = False


@frozen
class Result:
    """The arrears that the record shows, in yuan, whether the person pays directly, and whether the result is in writing."""

    arrears: Decimal = Decimal(0)
    pays_directly: bool = False
    written: bool = False


@frozen
class Statement:
    """The record as it is sent or told unasked; the arrears are in yuan."""

    person: Identity
    arrears: Decimal = Decimal(0)
    pays_directly: bool = False


@frozen
class Objection:
    """What in the record is disputed, and whether proof is handed in with the written request."""

    disputed: str
    proof: bool


@frozen
class Facts:
    """What is known of a record; a person ``pays_directly`` who has no employer that pays."""

    person: Identity | None = None
    identity_shown: bool = False
    agent: Agent | None = None
    written_wanted: bool = False
    written: bool = False
    arrears: Decimal = Decimal(0)
    pays_directly: bool = False
    proof: bool = False
