"""One-off payments for earlier years and their proof: without proof the longer ones do not move with a pension relation."""

from __future__ import annotations

from datetime import date
from enum import Enum, unique
from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.checks import count
from ssflow.text import Text


@unique
class Proof(Enum):
    """The proof of a one-off payment: an undertaking also proves an earlier one; a later one needs a paper older than itself."""

    undertaking = Text("原参保地书面承诺", "written undertaking of the old place")
    ruling = Text("法院、审计、劳动保障监察或者仲裁文书", "paper of court, audit, labour inspection or arbitration")


@frozen
class OneOff:
    """Months of earlier years that were paid for at once, with the day of payment and the proof, if any."""

    months: Annotated[int, "缴费月数"] = field(validator=count)
    made_on: Annotated[date, "缴费日"]
    proof: Annotated[Proof | None, "证明材料"] = None

    def is_proved(self, ruled_from: date) -> bool:
        """Return whether the payment is proved: from that day on only by a ruling, before it also by an undertaking."""
        return self.proof is Proof.ruling or (self.proof is Proof.undertaking and self.made_on < ruled_from)
