"""Since when there is a procedure: before that nothing was done in it, whatever law is cited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ssflow.doors import check_kind, each_of
from ssflow.rules.citations import Citation, Law


class Beginning(NamedTuple):
    """The first day on which there was a procedure, and what says so."""

    since: date
    cite: Citation


def beginning(procedure: str, laws: Mapping[str, Law]) -> Beginning | None:
    """The beginning of a procedure, the earliest that the laws say; None if none says any.

    >>> from ssflow.rules import rulebook
    >>> beginning("loss_report", rulebook("loss_report").laws).since
    datetime.date(1999, 12, 22)

    Raises:
        InputError: the name is not text, or there are no laws by their ids.

    """
    check_kind("procedure", procedure, str)
    check_kind("laws", laws, Mapping)
    each_of("laws", laws.values(), Law)
    said = [Beginning(law.begins[procedure], Citation(law.id)) for law in laws.values() if procedure in law.begins]
    return min(said, key=lambda found: found.since, default=None)
