"""The guards of a remedy: its cause in another case of any procedure, and what the law asks of the applicant and the body."""

from __future__ import annotations

from datetime import date

from ssflow.machines.remedy.data import Facts, Procedure, Respondent
from ssflow.machines.shared.extensions import first_approval, first_time
from ssflow.process import Act, Clock, Linked, Term, guard

ADVERSE = ("refused", "upheld")  # the names that every procedure gives to final states in which the answer was no


def was_denied(case: Linked) -> bool:
    """Return whether the answer in a case was no."""
    return case.state.final and case.state.name in ADVERSE


def is_late(case: Linked) -> bool:
    """Return whether a term owed by an authority has passed in a case; a `sole` role is a party, not an authority."""
    return any(_of_authority(clock) for clock in case.late)


def last_days(case: Linked) -> list[date]:
    """Return the last days of the terms that an authority has let pass in a case."""
    return [day for clock in case.late if _of_authority(clock) and (day := case.due(clock))]


def _of_authority(clock: Clock) -> bool:
    return isinstance(clock, Term) and not all(role.sole for role in clock.owers)


@guard(
    "关联办件须已不予办理或者已逾期，或者写明所指的行为",
    "a linked case was refused or is overdue, or the act complained of is named",
    cites=["social-insurance-law 83", "decree-765 52"],
)
def cause_shown(act: Act[Facts]) -> bool:
    """A linked case was refused or is late, or the act is named."""
    return bool(act.facts.alleged.strip()) or any(was_denied(case) or is_late(case) for case in act.links)


@guard(
    "仅以文字写明所指行为的，须写明是拒绝、不作为还是其他行为",
    "an act that is named in words only is stated to be a refusal, a failure to act or another act",
    cites=["reconsideration-law 11", "reconsideration-law 23(1)(3)"],
)
def kind_told(act: Act[Facts]) -> bool:
    """A linked case shows the kind of act, or the kind is given."""
    in_words = bool(act.facts.alleged.strip()) and not any(was_denied(case) or is_late(case) for case in act.links)
    return not in_words or act.facts.kind is not None


@guard(
    "与用人单位的争议适用调解、仲裁，不适用行政复议、行政诉讼",
    "against an employer there is mediation and arbitration, not reconsideration or an administrative suit",
    cites="social-insurance-law 83(3)",
)
def against_authority(act: Act[Facts]) -> bool:
    """Reconsideration and administrative suits are against authorities only."""
    return act.facts.respondent is not Respondent.employer


@guard(
    "行为作出、知道行为、知道权利，提出请求、履行期满，以及障碍起止的日期须各自依次，且不晚于申请之日",
    "the days of the act, of knowing it and its remedy, those of the request and its term, and those of an obstacle follow one another, "
    "none after the application",
    cites=["reconsideration-law 20", "reconsideration-law 21"],
)
def days_in_order(act: Act[Facts]) -> bool:
    """The days of knowledge and of the obstacle are in order."""
    facts = act.facts
    since = facts.hindered_from
    days = [
        [facts.act_done_on, facts.known_on, facts.told_on, act.on],
        [since, facts.hindered_until if since else None, act.on],
        [facts.requested_on, facts.term_ended_on, act.on],
        [facts.served_on, act.on],
    ]
    rows = [[day for day in row if day] for row in days]
    return all(row == sorted(row) for row in rows)


@guard(
    "延长须经行政复议机构负责人批准并书面告知当事人，且只能延长一次",
    "the head of the reconsideration office approves an extension, the parties are told in writing, and there is one only",
    cites="reconsideration-law 62(1)",
)
def extension_approved(act: Act[Facts]) -> bool:
    """The only extension of a decision has been approved."""
    return first_approval(act) and act.facts.told


@guard(
    "转为普通程序须经行政复议机构负责人批准，且原适用简易程序",
    "the head of the office approves the change to the ordinary procedure, of a case that is under the summary one",
    cites="reconsideration-law 55",
)
def conversion_approved(act: Act[Facts]) -> bool:
    """The procedure is changed once, with approval."""
    return act.facts.procedure is Procedure.summary and act.facts.converted and first_time(act)
