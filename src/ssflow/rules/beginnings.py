"""The beginning of a procedure: before that day nothing was done in it, whatever law is cited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from ssflow.doors import check_kind, each_of
from ssflow.rules.citations import Citation, Law


class Beginning(NamedTuple):
    """The first day on which a procedure existed, and the law that says so."""

    since: date
    cite: Citation


def beginning(procedure: str, laws: Mapping[str, Law]) -> Beginning | None:
    """Return the earliest beginning that the laws give for a procedure; None if they give none.

    >>> from ssflow.rules import rulebook
    >>> beginning("loss_report", rulebook("loss_report").laws).since
    datetime.date(1999, 12, 22)

    Raises:
        InputError: ``procedure`` is not text, or ``laws`` is not a mapping of laws by their ids.

    """
    check_kind("procedure", procedure, str)
    check_kind("laws", laws, Mapping)
    each_of("laws", laws.values(), Law)
    said = [Beginning(law.begins[procedure], Citation(law.id)) for law in laws.values() if procedure in law.begins]
    return min(said, key=lambda found: found.since, default=None)
