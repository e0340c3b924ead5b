"""What comes in with the activities of a remedy."""

from __future__ import annotations

from datetime import date
from enum import Enum, unique
from typing import Annotated

from attrs import frozen

from ssflow.calendar import Tolled
from ssflow.process import ON_RECORD
from ssflow.text import Text


@unique
class Respondent(Enum):
    """Against whom the remedy is sought."""

    agency = Text("社会保险经办机构（含医疗保障）", "social or medical insurance agency")
    collector = Text("社会保险费征收机构", "collector of contributions")
    employer = Text("用人单位", "employer")


@unique
class Outcome(Enum):
    """What a reconsideration decision in the applicant's favour may do (Reconsideration Law 63 to 67)."""

    varied = Text("变更", "the act is varied")
    annulled = Text("撤销或者部分撤销", "the act is annulled, wholly or in part")
    unlawful = Text("确认违法", "the act is held unlawful")
    void = Text("确认无效", "the act is held void")
    ordered = Text("责令履行", "performance is ordered within a period")


@frozen
class Grievance:
    """Against whom, and what is alleged in the applicant's words if no linked case shows it."""

    respondent: Annotated[Respondent, "被申请人或者被投诉人"]
    alleged: Annotated[str, "所指的行为"] = ""


@frozen(kw_only=True)
class Request:
    """The application for reconsideration.

    ``known_on`` is the day on which the applicant knew, or should have known, of the act. ``told_on`` is given only if nobody told of
    the right, the body and the period with the act: the day on which these became known. An obstacle, such as force majeure, lasted
    from ``hindered_from`` until the day ``hindered_until`` on which it was gone. ``act_done_on`` is the day of the act itself, if it is
    known; a failure to act has none.
    """

    respondent: Annotated[Respondent, "被申请人或者被投诉人"]
    known_on: Annotated[date, "知道行为之日"]
    told_on: Annotated[date | None, "知道权利之日"] = None
    hindered_from: Annotated[date | None, "障碍开始之日"] = None
    hindered_until: Annotated[date | None, "障碍消除之日"] = None
    act_done_on: Annotated[date | None, "行为作出之日"] = None
    alleged: Annotated[str, "所指的行为"] = ""


@frozen
class Prolongation:
    """Whether the head of the reconsideration office approved a longer examination, and the parties were told in writing."""

    approved: Annotated[bool, "负责人已批准"]
    told: Annotated[bool, "已书面告知当事人"]


@frozen
class Decision:
    """What was decided in the applicant's favour, and why."""

    outcome: Annotated[Outcome, "复议结果", ON_RECORD]
    reasons: Annotated[str, "理由", ON_RECORD]


@frozen(kw_only=True)
class Facts:
    """What is known of a remedy."""

    respondent: Respondent | None = None
    alleged: str = ""
    known_on: date | None = None
    told_on: date | None = None
    hindered_from: date | None = None
    hindered_until: date | None = None
    act_done_on: date | None = None
    approved: bool = False
    told: bool = False

    @property
    def obstacle(self) -> tuple[Tolled, ...]:
        """The time during which the applicant was kept from applying."""
        since, until = self.hindered_from, self.hindered_until
        return ((since, until),) if since and (until is None or since <= until) else ()
