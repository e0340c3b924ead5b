"""The data of a remedy."""

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
    """The body against which the remedy is sought."""

    agency = Text("社会保险经办机构（含医疗保障）", "social or medical insurance agency")
    collector = Text("社会保险费征收机构", "collector of contributions")
    employer = Text("用人单位", "employer")


@unique
class Outcome(Enum):
    """The possible outcomes of a reconsideration in the applicant's favour (Reconsideration Law 63 to 67)."""

    varied = Text("变更", "the act is varied")
    annulled = Text("撤销或者部分撤销", "the act is annulled, wholly or in part")
    unlawful = Text("确认违法", "the act is held unlawful")
    void = Text("确认无效", "the act is held void")
    ordered = Text("责令履行", "performance is ordered within a period")


@unique
class Alleged(Enum):
    """The kind of act that is complained of, where no linked case shows it. Law and periods differ."""

    refusal = Text("明示拒绝", "an express refusal")
    failure = Text("逾期不办、不履行法定职责", "a failure to act")
    other = Text("其他行政行为", "another act")


@unique
class Acceptance(Enum):
    """The time from which an application for reconsideration counts as accepted."""

    on_receipt = Text("收到即为受理", "on receipt")
    after_review = Text("审查后受理", "after the review")


@unique
class Procedure(Enum):
    """The procedure under which a reconsideration is heard."""

    ordinary = Text("普通程序", "ordinary procedure")
    summary = Text("简易程序", "summary procedure")


@unique
class SummaryGround(Enum):
    """The ground on which the summary procedure may be used (Reconsideration Law 53)."""

    on_the_spot = Text("行为系当场作出", "the act was done on the spot")
    reprimand = Text("行为系警告或者通报批评", "the act is a warning or a public reprimand")
    small_sum = Text("涉及款额三千元以下", "no more than 3000 yuan are in question")
    information = Text("属政府信息公开", "it is about the disclosure of information")
    agreed = Text("当事人各方同意", "all parties agree")


@frozen
class Grievance:
    """The respondent, and the allegation in the applicant's words if no linked case shows it."""

    respondent: Annotated[Respondent, "被申请人或者被投诉人"]
    alleged: Annotated[str, "所指的行为"] = ""


@frozen(kw_only=True)
class Request:
    """The application for reconsideration.

    ``kind`` is given where the act is only named in words. ``known_on`` is the day on which the applicant knew, or should have known, of
    the act. A failure to act has none: there ``term_ended_on`` is the last day of the term of performance, if no linked case shows it, and
    ``requested_on`` the day on which the agency received the request, if there is no such term. ``told_on`` is given only if the act did
    not come with notice of the right, the body and the period: the day on which these became known. An obstacle, such as force majeure,
    lasted from ``hindered_from`` until the day ``hindered_until`` on which it was gone. ``act_done_on`` is the day of the act itself, if it
    is known.
    """

    respondent: Annotated[Respondent, "被申请人或者被投诉人"]
    known_on: Annotated[date | None, "知道行为之日"] = None
    told_on: Annotated[date | None, "知道权利之日"] = None
    hindered_from: Annotated[date | None, "障碍开始之日"] = None
    hindered_until: Annotated[date | None, "障碍消除之日"] = None
    act_done_on: Annotated[date | None, "行为作出之日"] = None
    alleged: Annotated[str, "所指的行为"] = ""
    kind: Annotated[Alleged | None, "行为种类"] = None
    term_ended_on: Annotated[date | None, "履行期限届满之日"] = None
    requested_on: Annotated[date | None, "行政机关收到申请之日"] = None


@frozen(kw_only=True)
class Suit(Request):
    """The suit before the court, with the days from which its periods run.

    ``served_on`` is the day on which the reconsideration decision was received; ``told_on`` that on which the period for a suit became
    known, if the decision gave no notice of it.
    """

    served_on: Annotated[date | None, "收到复议决定之日"] = None


@frozen
class SummaryHearing:
    """The ground on which the summary procedure is used."""

    ground: Annotated[SummaryGround, "适用简易程序的情形"]
    procedure: Annotated[Procedure, "审理程序"] = Procedure.summary


@frozen
class Conversion:
    """Whether the head of the reconsideration office approved the change to the ordinary procedure."""

    converted: Annotated[bool, "负责人已批准转为普通程序"]


@frozen
class Prolongation:
    """Whether the head of the reconsideration office approved a longer examination, and whether the parties were told in writing."""

    approved: Annotated[bool, "负责人已批准"]
    told: Annotated[bool, "已书面告知当事人"]


@frozen
class Decision:
    """The decision in the applicant's favour, with its reasons."""

    outcome: Annotated[Outcome, "复议结果", ON_RECORD]
    reasons: Annotated[str, "理由", ON_RECORD]


@frozen(kw_only=True)
class Facts:
    """The facts of a remedy."""

    respondent: Respondent | None = None
    alleged: str = ""
    known_on: date | None = None
    told_on: date | None = None
    hindered_from: date | None = None
    hindered_until: date | None = None
    act_done_on: date | None = None
    kind: Alleged | None = None
    term_ended_on: date | None = None
    requested_on: date | None = None
    served_on: date | None = None
    procedure: Procedure | None = None
    ground: SummaryGround | None = None
    converted: bool = False
    approved: bool = False
    told: bool = False

    @property
    def obstacle(self) -> tuple[Tolled, ...]:
        """The time during which the applicant was kept from applying."""
        since, until = self.hindered_from, self.hindered_until
        return ((since, until),) if since and (until is None or since <= until) else ()
