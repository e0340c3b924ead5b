"""The data that the offices of two places exchange when a pension relation moves."""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.checks import yuan


@frozen
class Sheet:
    """The sum that the information sheet states, in yuan."""

    stated: Annotated[Decimal, "信息表金额"] = field(validator=yuan)


@frozen
class Money:
    """The sum that has arrived, in yuan."""

    received: Annotated[Decimal, "到账金额"] = field(validator=yuan)


@frozen
class Sums:
    """Both sums after a mismatch was corrected, in yuan."""

    stated: Annotated[Decimal, "信息表金额"] = field(validator=yuan)
    received: Annotated[Decimal, "到账金额"] = field(validator=yuan)
