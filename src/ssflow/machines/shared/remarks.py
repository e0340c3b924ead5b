"""The remarks of an office in its own words."""

from __future__ import annotations

from typing import Annotated

from attrs import field, frozen

from ssflow.machines.shared.checks import filled_in
from ssflow.process import ON_RECORD


@frozen
class Remarks:
    """The remarks of the office: the defects to correct, or the grounds of a refusal, in its own words."""

    remarks: Annotated[str, "说明", ON_RECORD] = field(
        validator=filled_in(
            "须告知申请人缺少什么，或者为何不予办理",
            "the applicant has to be told what is missing or why it is refused",
        )
    )
