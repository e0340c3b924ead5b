"""What comes in with the activities of a remedy."""

from __future__ import annotations

from datetime import date
from enum import Enum, unique

from attrs import frozen

from ssflow.calendar import Tolled
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

    respondent: Respondent
    alleged: str = ""


@frozen(kw_only=True)
class Request:
    """The application for reconsideration.

    ``known_on`` is the day on which the applicant knew, or should have known, of the act. ``told_on`` is given only if nobody told of
    the right, the body and the period with the act: the day on which these became known. An obstacle, such as force majeure, lasted
    from ``hindered_from`` until the day ``hindered_until`` on which it was gone.
    """

    respondent: Respondent
    known_on: date
    told_on: date | None = None
    hindered_from: date | None = None
    hindered_until: date | None = None
    alleged: str = ""


@frozen
class Prolongation:
    """Whether the head of the reconsideration office approved a longer examination, and the parties were told in writing."""

    approved: bool
    told: bool


@frozen
class Decision:
    """What was decided in the applicant's favour, and why."""

    outcome: Outcome
    reasons: str


@frozen(kw_only=True)
class Facts:
    """What is known of a remedy."""

    respondent: Respondent | None = None
    alleged: str = ""
    known_on: date | None = None
    told_on: date | None = None
    hindered_from: date | None = None
    hindered_until: date | None = None
    approved: bool = False
    told: bool = False

    @property
    def obstacle(self) -> tuple[Tolled, ...]:
        """The time during which the applicant was kept from applying."""
        since, until = self.hindered_from, self.hindered_until
        return ((since, until),) if since and (until is None or since <= until) else ()
