"""One-off payments for earlier years, and what proves them: without proof the longer ones do not move with a pension relation."""

from __future__ import annotations

from datetime import date
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.checks import count
from ssflow.text import Text


@unique
class Proof(Enum):
    """By what a one-off payment is proved: an earlier one by an undertaking too, a later one by a paper older than itself alone."""

    undertaking = Text("原参保地书面承诺", "written undertaking of the old place")
    ruling = Text("法院、审计、劳动保障监察或者仲裁文书", "paper of court, audit, labour inspection or arbitration")


@frozen
class OneOff:
    """Months of earlier years that were paid for at once: on what day, and by what that is proved, if it is."""

    months: Annotated[int, "缴费月数"] = field(validator=count)
    made_on: Annotated[date, "缴费日"]
    proof: Annotated[Proof | None, "证明材料"] = None

    def is_proved(self, ruled_from: date) -> bool:
        """Whether it is proved: from that day on by a ruling alone, before it by an undertaking too."""
        return self.proof is Proof.ruling or (self.proof is Proof.undertaking and self.made_on < ruled_from)
