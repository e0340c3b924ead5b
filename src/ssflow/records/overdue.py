"""The terms that are overdue at a moment, recorded or not: found in the lines of the store where these suffice, else by judging the case.

A line has the last day of a term. A term that runs out moves nothing, so lines suffice for a case in which nothing but terms has run out. A
case is judged if a lapse may have moved it, if a term ends on that day, or if something has happened in it since.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache

from attrs import field, frozen

from ssflow.case import Case
from ssflow.errors import CodecError
from ssflow.process.table import table_of
from ssflow.records.contract import CaseRow, ObligationRow
from ssflow.records.ledger import Ledger
from ssflow.records.renamed import ProcessOf, installed, owed_in_present_names
from ssflow.records.rows import obligations_of
from ssflow.records.sweeps import PORTION, CasesLeftOut, in_portions
from ssflow.slots import changed

At = Callable[[Mapping[str, Case]], Mapping[str, Case]]
_DEPTH = 3  # calls between the question of a caller and the warning


@frozen
class Overdue:
    """The lines of the overdue terms, the longest overdue first. ``unreadable`` has each case that could not be examined, with the error."""

    rows: tuple[ObligationRow, ...]
    unreadable: Mapping[str, Exception] = field(factory=dict)

    def __iter__(self) -> Iterator[ObligationRow]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def overdue(ledger: Ledger, by: datetime, day: date, at: At) -> Overdue:
    """Return the terms that are overdue by an instant, which lies on ``day``; ``at`` returns cases and those near them as they are then.

    A case that cannot be examined is named in the answer, and in a warning at the caller's line.
    """
    lines = {row.id: row for row in ledger.store.rows(closing_by=by, late=True, since=day)}
    owed = ledger.store.obligations(due_by=day)
    ending = {row.case for row in owed if row.due == day}
    damaged = {id_: CodecError(row.fault) for id_, row in lines.items() if row.fault}
    damaged |= {row.case: CodecError(row.fault) for row in owed if row.fault}
    kinds = {(row.process, row.state) for row in lines.values()}  # few, of however many cases
    process_of = cache(ledger.codec.process_of)  # asked for each line
    moves = {kind: _may_lapse(*kind, process_of) for kind in kinds}

    def is_judged(row: CaseRow) -> bool:
        may_lapse = moves[row.process, row.state]
        if may_lapse is None or row.last is None or row.last >= day:
            return True
        is_pending = row.closes is not None and row.closes <= by
        return is_pending and (may_lapse or row.id in ending)

    told: set[str] = set()

    def late(some: Sequence[str]) -> list[ObligationRow]:
        near = ledger.near(ledger.cases(some), (), lambda: by)  # time may do something in related cases, too
        then = [case for id_, case in at(near).items() if id_ not in told]
        told.update(near)
        return [row for case in then for row in obligations_of(case) if row.late]

    judged = [id_ for id_, row in lines.items() if id_ not in damaged and is_judged(row)]
    found, failures = in_portions(judged, late, most=PORTION)
    left_out = {**damaged, **failures}
    known = lines.keys() - told - left_out.keys()
    found += (
        row if row.late else changed(row, late=True)
        for row in owed
        if row.case in known and (row.late or (row.due and row.due < day))
    )
    if left_out:
        warnings.warn(CasesLeftOut(left_out), stacklevel=_DEPTH)
    present = (owed_in_present_names(row, process_of) for row in found)
    return Overdue(tuple(sorted(present, key=ObligationRow.order)), left_out)


def _may_lapse(name: str, state: str, process_of: ProcessOf) -> bool | None:
    """Return whether time alone may move a case from a state, under any version and regime; None if its procedure is not installed."""
    process = installed(process_of, name)
    if process is None:
        return None
    return any(
        version.names.states.get(state) is source
        for version in process.versions()
        for regime in version.regimes()
        for source, _ in table_of(version, regime).lapses
    )
