"""A case for somebody who follows it: everything that a page shows, in one view."""

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
    """Return the view of a case of a store at a moment.

    It says what happened, what is owed until when and why, who may act next, and what time has done without a record.

    ``by``, ``party`` and ``actor`` are as in `Cases.options`: those who would act. Before ``reveal`` shows personal data, `Cases.reveal`
    records who looks and why.

    Raises:
        UnknownError: there is no such case.
        InputError: an argument is not what is required; it is named.

    """
    check_kind("cases", cases, Reading)
    found = cases.get(case)
    options = () if found.is_at_rest else cases.options(case, on=on, by=by, party=party, actor=actor)
    return case_view(found, cases.trace(case), options, advance(found, on, cases.law), reveal=reveal)
