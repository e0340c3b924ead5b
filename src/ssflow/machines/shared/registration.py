"""Data and guards shared by the registrations of employers and of their employees."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Protocol

from attrs import frozen

from ssflow.process import Act, guard


@frozen
class Order:
    """An order to correct. Its last day is set in the order; no law gives a length."""

    correct_by: Annotated[date, "改正期限"]


class HasBeginning(Protocol):
    """Facts that name the day from which the employer's term runs."""

    @property
    def began_on(self) -> date | None:
        """The day of founding or of hiring."""


class HasOrder(Protocol):
    """Facts that name the last day of an order to correct."""

    @property
    def correct_by(self) -> date | None:
        """The last day of the order, if there is one."""


@guard(
    "期限自成立或用工之日起算，办件须记在该日",
    "the term runs from the founding or the hiring, so the case begins on that very day",
    cites=["social-insurance-law 57(1)", "social-insurance-law 58(1)"],
)
def on_its_day(act: Act[HasBeginning]) -> bool:
    """The case is opened on the day from which the employer's term runs."""
    return act.facts.began_on == act.on


@guard(
    "责令限期改正须写明尚未届满的期限",
    "an order to correct names a day that is still to come",
    cites="social-insurance-law 84",
)
def day_ahead(act: Act[HasOrder]) -> bool:
    """The order leaves time to correct."""
    return act.facts.correct_by is not None and act.on < act.facts.correct_by


@guard("责令改正的期限须已届满", "the day named in the order has passed", cites="social-insurance-law 84")
def unheeded(act: Act[HasOrder]) -> bool:
    """The order was not followed in time."""
    return act.facts.correct_by is not None and act.facts.correct_by < act.on
