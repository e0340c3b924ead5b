"""A case as somebody sees it who follows it: everything that a page shows, in one look."""

from __future__ import annotations

from datetime import date, datetime

from ssflow.case import advance
from ssflow.doors import check_kind
from ssflow.process import Role
from ssflow.records.reading import Reading
from ssflow.views.cases import CaseView, case_view


def follow(
    cases: Reading,
    case: str,
    *,
    on: date | datetime,
    by: Role | None = None,
    party: str = "",
    actor: str = "",
    reveal: bool = False,
) -> CaseView:
    """A case of a store at a moment: what happened, what is owed until when and why, who may act next, what time has done unrecorded.

    ``by``, ``party`` and ``actor`` are as in `Cases.options`: those who would act. Before ``reveal`` shows what is personal, `Cases.reveal` records who looks and why.

    Raises:
        UnknownError: there is no such case.
        InputError: an argument is not what is required; it is named.

    """
    check_kind("cases", cases, Reading)
    found = cases.get(case)
    options = () if found.is_at_rest else cases.options(case, on=on, by=by, party=party, actor=actor)
    return case_view(found, cases.trace(case), options, advance(found, on, cases.law), reveal=reveal)
