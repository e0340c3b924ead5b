"""The periods of remedies: from which day each runs, and until when.

The figures are those of the procedure, which is imported late, because it is made of these guards.
"""

from __future__ import annotations

from datetime import date

from ssflow.calendar import Span
from ssflow.machines.remedy.data import Acceptance, Alleged, Facts
from ssflow.machines.remedy.guards import is_late, last_days, was_denied
from ssflow.process import Act, Linked, guard
from ssflow.process.figures import Figure

PENDING = ("examining", "suspended", "sued")
DECIDED = ("granted", "upheld", "refused")


def of_failure(act: Act[Facts]) -> bool:
    """Return whether a failure to act is complained of: a linked case is late and not refused, or words say so."""
    causes = [case for case in act.links if not _is_remedy(case)]
    if act.facts.kind is not None or any(was_denied(case) for case in causes):
        return act.facts.kind is Alleged.failure
    return any(is_late(case) for case in causes)


def decided(act: Act[Facts]) -> list[Linked]:
    """Return the reconsiderations of this act that were decided, or whose decision is late."""
    return [case for case in act.links if _is_remedy(case) and (case.state.name in DECIDED or decision_missed(case))]


def decision_missed(case: Linked) -> date | None:
    """Return the last day of the term for a decision, if it has passed in a reconsideration, which opens the way to the court."""
    from ssflow.machines.remedy import Remedy

    return case.due(Remedy.decision) if case.overdue(Remedy.decision) else None


def performance_ended(act: Act[Facts], without_term: Figure) -> date | None:
    """Return the day on which the time for performance ended: by a linked case, as stated, or by law from the day of the request."""
    shown = [day for case in act.links if not _is_remedy(case) for day in last_days(case)]
    told = act.facts.term_ended_on
    if told is None and act.facts.requested_on is not None:
        told = act.end_of(without_term, act.facts.requested_on)
    return max(shown) if shown else told


def _is_remedy(case: Linked) -> bool:
    from ssflow.machines.remedy import Remedy

    return case.process.is_version_of(Remedy)


def _within(act: Act[Facts], figure: Figure, start: date | None) -> bool:
    """Return whether the act comes before a period has run out, days of an obstacle left out; true where no figure is known."""
    value = act.figure(figure)
    if start is None or value is None or not isinstance(value.amount, Span):
        return True
    last = value.amount.deadline(start, act.calendar, act.facts.obstacle).due
    return last is None or act.on <= last


def _known_in_time(act: Act[Facts], window: Figure, longest: Figure, furthest: Figure) -> bool:
    """Return whether all periods for challenging an act are kept.

    They run from knowledge of the act (or of the remedy, if there was no notice), within maxima from that knowledge and from the act.
    """
    facts = act.facts
    first = _within(act, window, facts.told_on or facts.known_on)
    most = _within(act, longest, facts.known_on) if facts.told_on else True
    return first and most and _within(act, furthest, facts.act_done_on)


@guard(
    "须在申请期限内提出：自知道行为之日起算，不作为自履行期限届满之日（没有期限的，收到申请满规定日数）起算；受阻期间不计",
    "it is asked for in time: from knowledge of the act; of a failure to act from the end of the time for performance; an obstacle does not count",
    cites=["reconsideration-law 20", "reconsideration-law 21", "reconsideration-regulation 16"],
)
def in_time(act: Act[Facts]) -> bool:
    """An application for reconsideration comes in time."""
    from ssflow.machines.remedy import Remedy

    if of_failure(act):
        return _within(act, Remedy.window, performance_ended(act, Remedy.performance))
    return _known_in_time(act, Remedy.window, Remedy.longest, Remedy.furthest)


@guard(
    "须写明期限的起算日：知道行为之日；不作为的，履行期限届满之日或者行政机关收到申请之日，关联办件已逾期的除外",
    "the day from which the period runs is told: when the act was known; of a failure to act the end of the term, or when the agency "
    "received the request, unless a linked case is overdue",
    cites=["reconsideration-law 20", "reconsideration-regulation 16"],
)
def start_told(act: Act[Facts]) -> bool:
    """The day from which the period runs is given."""
    from ssflow.machines.remedy import Remedy

    if of_failure(act):
        return performance_ended(act, Remedy.performance) is not None or act.facts.requested_on is not None
    return act.facts.known_on is not None


@guard(
    "起诉须在期限内：复议决定送达或者复议期满之日起，不作为自履行期限届满之日起，其他自知道行为之日起；受阻期间不计",
    "a suit is brought in time: from the decision or its missed term, of a failure to act from the end of the time for performance, otherwise "
    "from knowledge of the act; an obstacle does not count",
    cites=[f"administrative-litigation-law {article}" for article in ("45", "46", "47(1)", "48")],
)
def before_court_in_time(act: Act[Facts]) -> bool:
    """A suit comes in time."""
    from ssflow.machines.remedy import Remedy

    own = decided(act)
    if own:
        late = [day for case in own if (day := decision_missed(case))]
        return _within(act, Remedy.suit_after_decision, max(late) if late else act.facts.served_on)
    if of_failure(act):
        return _within(act, Remedy.suit_failure, performance_ended(act, Remedy.performance_before_court))
    return _known_in_time(act, Remedy.suit_window, Remedy.suit_longest, Remedy.suit_furthest)


@guard(
    "须写明起诉期限的起算日：收到复议决定之日、知道行为之日、履行期限届满之日或者行政机关收到申请之日",
    "the day from which the period for a suit runs is told: when the decision was received, when the act was known, when the time for "
    "performance ended, or when the agency received the request",
    cites=[
        "administrative-litigation-law 45",
        "administrative-litigation-law 46(1)",
        "administrative-litigation-law 47(1)",
    ],
)
def suit_start_told(act: Act[Facts]) -> bool:
    """The day from which the period for a suit runs is given."""
    from ssflow.machines.remedy import Remedy

    own = decided(act)
    if own:
        return act.facts.served_on is not None or any(map(decision_missed, own))
    if of_failure(act):
        return performance_ended(act, Remedy.performance_before_court) is not None
    return act.facts.known_on is not None


@guard(
    "同一行为已在复议审理中或者已起诉的，不得另行申请复议或者起诉",
    "while the same act is under reconsideration or before the court there is no other remedy",
    cites="reconsideration-law 29",
)
def not_pending(act: Act[Facts]) -> bool:
    """There is one remedy at a time."""
    return not any(_is_remedy(case) and case.state.name in PENDING and not is_late(case) for case in act.links)


@guard(
    "未履行法定职责的，须先申请行政复议，经决定或者逾期不作答复再起诉",
    "a failure to act goes to reconsideration first, and after a decision or a missed term to court",
)
def reconsidered_first(act: Act[Facts]) -> bool:
    """A failure to act was reconsidered before it came to court, where the law asks for that."""
    from ssflow.machines.remedy import Remedy

    rule = act.figure(Remedy.reconsideration_first)
    return rule is None or rule.amount is not True or bool(decided(act)) or not of_failure(act)


@guard(
    "该日的法律以收到申请为受理",
    "the law of the day takes receipt for acceptance",
    cites="reconsideration-law-1999 17(2)",
)
def accepted_on_receipt(act: Act[Facts]) -> bool:
    """The body makes no separate acceptance."""
    from ssflow.machines.remedy import Remedy

    return act.chosen(Remedy.acceptance) is Acceptance.on_receipt
