"""The data of the registration of an employer's staff."""

from __future__ import annotations

from datetime import date
from enum import Enum, unique
from typing import Annotated

from attrs import frozen

from ssflow.persons import Identity
from ssflow.text import Text


@unique
class Cause(Enum):
    """The way in which a person came to work for an employer."""

    hired = Text("新招用", "hired")
    merged = Text("合并转入", "taken over in a merger")


@frozen
class Hiring:
    """The person, the employer and the first day of work."""

    person: Annotated[Identity, "参保人"]
    cause: Annotated[Cause, "用工来源"]
    began_on: Annotated[date, "用工日"]
