"""The chart says of every standing what the kernel says: where each move leads, what it does to each clock, why it is refused."""

from collections import deque
from datetime import date

import pytest

from ssflow import Legislation, machines, workdays
from ssflow.case import Case, EventKind
from ssflow.errors import RefusedError
from ssflow.process.table import table_of
from ssflow.simulation.chart.chart import REFUSED, Chart, Kind
from ssflow.simulation.chart.kernel import DAY_MINUTES, Company, Kernel, Told
from ssflow.simulation.chart.moves import ClockEffect, change_of
from tests.simulation.worked import profiles_of

DAYS = 900
_TEN = 10 * 60


def charts_of(process: str):
    for profile, places, start in profiles_of(process):
        kind, faults = profile.kind(machines.get(process), places)
        assert kind is not None, [fault.say("en") for fault in faults]
        yield Chart(Kernel(Legislation(), start), machines.get(process), (kind,), DAYS)


def followed(chart: Chart, limit: int = 40):
    """Real cases of a kind as they come to stand, each with its day: every act is tried in them, and every due day let pass."""
    (kind,) = chart.kinds
    queue = deque([(kind.company, 0)])
    seen: set[int] = set()
    while queue and len(seen) < limit:
        company, day = queue.popleft()
        for move, when, told in moves(chart, kind, company, day):
            yield company, move, when, told
            if isinstance(told, Told):
                node = chart.node_of(0, told.company)
                if node not in seen and not told.company.main.is_closed:
                    seen.add(node)
                    queue.append((told.company, when // DAY_MINUTES))


def moves(chart: Chart, kind: Kind, company: Company, day: int):
    """Each act and each due day of a company, with what the kernel says of it."""
    kernel, minute = chart.kernel, day * DAY_MINUTES + _TEN
    for move, doing in enumerate(chart.doings):
        activity = doing.activity
        deed = kind.opening if company.main.state is None else kind.deeds.get(activity.name)
        if deed is not None and deed.activity is activity:
            try:
                if company.main.state is None:
                    yield move, minute, kernel.open(company, kind.before, deed, kind.opener, minute)
                else:
                    yield move, minute, kernel.act(company, deed, doing.by, minute)
            except RefusedError as refused:
                yield move, minute, refused
    ends = [
        (kernel.number(o.due) + 1, (case.id, o.clock.name))
        for case in company.cases
        for o in case.obligations
        if o.due and not o.overdue and not o.closes
    ]
    if ends:
        first, slot = min(ends)
        if [end for end, _ in ends].count(first) == 1 and day < first < chart.days:
            yield (
                chart.clock_moves + chart.slots.index(slot),
                first * DAY_MINUTES,
                kernel.passing(company, first * DAY_MINUTES),
            )


@pytest.mark.parametrize("process", machines.names())
def test_every_edge_is_the_kernels(process: str) -> None:
    """From real cases with real dates each act and each due day leads where the chart says, with the same clocks, or is refused alike."""
    edges = refused = 0
    for chart in charts_of(process):
        for company, move, minute, told in followed(chart):
            node, day = chart.node_of(0, company), minute // DAY_MINUTES
            edge = chart.edge(node, move, day)
            if isinstance(told, RefusedError):
                assert edge <= REFUSED
                assert chart.refusals[REFUSED - edge].names == tuple(dict.fromkeys(g.name for g in told.grounds))
                refused += 1
                continue
            if any(event.kind in (EventKind.lapse, EventKind.overdue) for event in told.events[:-1]):
                continue  # time did something before the act, which is another move
            assert edge > REFUSED, (process, move, day)
            outcome = chart.outcomes[edge]
            assert outcome.target == chart.node_of(0, told.company)
            assert dict(outcome.changes) == changes(chart, company, told), (process, move)
            edges += 1
    assert edges and refused


def changes(chart: Chart, before: Company, told: Told):
    """What became of each clock from real obligations with their dates."""
    was, now = ({case.id: case for case in company.cases} for company in (before, told.company))
    found = {}
    for place, (case, clock) in enumerate(chart.slots):
        old, new = was[case].obligation(clock), now[case].obligation(clock)
        change = change_of(now[case], old, new)
        if clock in renewed_by(now[case], told) and new and new.is_timed:
            change = change_of(now[case], None, new)  # on the day on which it had begun, it may be
        if change.effect != ClockEffect(0):
            found[place] = change
    return found


def renewed_by(case: Case, told: Told) -> set[str]:
    """The clocks that the events of a case start anew, if they are still there."""
    process, found = case.process, set[str]()
    for event in told.events:
        if event.case == case.id and event.kind is not EventKind.overdue:
            source = process.state(event.source) if event.source else None
            moves = table_of(process, case.regime).leaving(source, process.activity(event.activity))
            found |= {
                one.clock.name for move in moves if move.row.target is case.state for one in move.clocks if one.is_anew
            }
    return found


def test_a_question_is_asked_once() -> None:
    """An act whose conditions do not look at the day, as the case stands, is asked about once while the law stays, others each day.

    Whether an expired card is exchanged yet turns on the day; for a damaged one the same condition does not look at it.
    """
    asked = {}
    for chart in charts_of("card_replacement"):
        apply, first = chart.place("apply"), chart.questions
        for day in range(100):
            chart.edge(0, apply, day)
        asked[chart.kinds[0].name] = chart.questions - first
    assert asked["qingdao-extended"] == 1
    assert asked["expiring-card"] == 100


class EveryDay(Chart):
    """A chart that asks anew for every day."""

    def _alike(self, node: int, move: int, day: int) -> slice:
        return slice(day, day + 1)


@pytest.mark.parametrize(
    "process", ["card_replacement", "retirement", "remedy", "pension_transfer", "treatment_elsewhere"]
)
def test_what_is_not_asked_again_would_be_answered_alike(process: str) -> None:
    """Asked on other days, the kernel says of every standing what the chart keeps from another day."""
    for chart in list(charts_of(process))[:3]:
        for _ in followed(chart, 12):
            pass
        asking = EveryDay(chart.kernel, chart.process, chart.kinds, chart.days)
        for node, company in enumerate(list(chart.companies)[:12]):
            same = asking.node_of(0, company)
            for move in range(chart.clock_moves):
                for day in (0, 1, 170, 899):
                    assert said(chart, node, move, day) == said(asking, same, move, day)


def said(chart: Chart, node: int, move: int, day: int) -> object:
    """What a chart says, without the numbers of its standings."""
    edge = chart.edge(node, move, day)
    if edge <= REFUSED:
        return chart.refusals[REFUSED - edge].names
    outcome = chart.outcomes[edge]
    return chart.companies[outcome.target].standing(), outcome.changes


def test_a_figure_that_changes_is_asked_for_again() -> None:
    """The answer follows a reform from its first day on."""
    law = Legislation()
    book = law.rulebook("card_replacement").amended("production", "3 workdays", since=date(2026, 5, 1), region="440100")
    profile, places, _ = next(iter(profiles_of("card_replacement")))
    kind, _ = profile.kind(machines.get("card_replacement"), places)
    chart = Chart(Kernel(law.with_rulebook(book), date(2026, 3, 2)), machines.get("card_replacement"), (kind,), 365)
    node = 0
    for act in ("apply", "pay", "accept"):
        before = node
        node = chart.outcomes[chart.edge(node, chart.place(act), 0)].target
    spans = [
        change.face.spans
        for day in (0, 59, 60, 200)
        for _, change in chart.outcomes[chart.edge(before, chart.place("accept"), day)].changes
        if change.face
    ]
    assert spans == [(workdays(7),), (workdays(7),), (workdays(3),), (workdays(3),)]
