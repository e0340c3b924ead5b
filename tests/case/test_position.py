"""Guards see what a case knows of itself: what was done, when and by whom, and what is due. Nobody has to tell it once more."""

from datetime import UTC, date, datetime, timedelta

import pytest

from ssflow.case import Case, advance, evolve
from ssflow.errors import DefinitionError, RefusedError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.loss_report import LossReport
from ssflow.machines.remedy import Remedy
from ssflow.process import Act, Done, Linked, guard
from ssflow.process.reading import asks_for_days, counted_in
from ssflow.records import fold
from ssflow.records.codec import Codec
from ssflow.simulation.chart.chart import Chart, Kind
from ssflow.simulation.chart.kernel import Company, Kernel
from tests.case.petition import BOOK, DAY, LAW, Asked, Facts, Petition, cases_of, once, opened, reply_late
from tests.case.test_way_back import Stay, begun, do

P = Petition
LATE = date(2026, 4, 10)  # after the reply was due, on 23 March


def refused(do) -> set[str]:
    with pytest.raises(RefusedError) as error:
        do()
    return {ground.name for ground in error.value.grounds}


def test_once_only_needs_no_word_of_the_caller() -> None:
    """A second extension is refused by the count of the first, and possible once the first is struck out."""
    cases = cases_of()
    opened(cases)
    cases.do("p", P.extend(), by=P.clerk, on=DAY)
    assert refused(lambda: cases.do("p", P.extend(), by=P.clerk, on=DAY)) == {"once"}
    cases.correct("p", 2, None, reason="误录")
    assert cases.get("p").done.keys() == {"ask"}
    assert cases.do("p", P.extend(), by=P.clerk, on=DAY).done["extend"].times == 1


def test_options_know_who_would_act() -> None:
    """Whether other eyes are needed, and whose case it is, shows before anybody tries."""
    cases = cases_of()
    opened(cases)
    cases.do("p", P.draft(), by=P.clerk, on=DAY, actor="u1")

    def is_open(activity, role, **who) -> bool:
        found = cases.options("p", on=DAY, by=role, **who)
        return next(option.is_open for option in found if option.activity is activity)

    assert [is_open(P.check, P.manager, actor=actor) for actor in ("u1", "u2", "")] == [False, True, False]
    told = cases.do("p", P.check(), by=P.manager, on=DAY, actor="u2") and cases.do("p", P.notify(), by=P.clerk, on=DAY)
    assert told.state is P.told
    assert [is_open(P.contest, P.person, party=party) for party in ("", "somebody", "another")] == [True, True, False]


def test_a_late_entry_counts() -> None:
    """An extension entered late that makes a later one the second is refused with the later one named."""
    cases = cases_of()
    opened(cases)
    cases.do("p", P.extend(), by=P.clerk, on=DAY + timedelta(days=3))
    late = refused(lambda: cases.do("p", P.extend(), by=P.clerk, on=DAY + timedelta(days=1), reason="漏录"))
    assert late == {"later", "once"}


def test_second_eyes_are_other_eyes() -> None:
    """Whoever drafted does not check, whatever the order of entry; a correction names who did it after all."""
    cases = cases_of()
    opened(cases)
    cases.do("p", P.draft(), by=P.clerk, on=DAY, actor="u1")
    for actor in ("u1", ""):
        assert refused(lambda actor=actor: cases.do("p", P.check(), by=P.clerk, on=DAY, actor=actor)) == {"second_eyes"}
    checked = cases.do("p", P.check(), by=P.clerk, on=DAY, actor="u2")
    assert [done.actor for done in checked.done.values()] == ["", "u1", "u2"]
    assert fold(P, cases.trace("p")) == checked == cases.get("p")


def test_days_are_those_of_the_case() -> None:
    """Sixty days run from the recorded notification; a complaint waits until the reply is overdue."""
    cases = cases_of()
    opened(cases)
    due = cases.get("p").obligation("reply").due
    assert due is not None
    assert refused(lambda: cases.do("p", P.complain(), by=P.person, on=due, party="somebody")) == {"reply_late"}
    cases.do("p", P.complain(), by=P.person, on=due + timedelta(days=1), party="somebody")
    cases.do("p", P.draft(), by=P.clerk, on=LATE, actor="u1")
    cases.do("p", P.check(), by=P.clerk, on=LATE, actor="u2")
    cases.do("p", P.notify(), by=P.clerk, on=LATE)
    after = LATE + timedelta(days=61)
    assert refused(lambda: cases.do("p", P.contest(), by=P.person, on=after, party="somebody")) == {"within_sixty"}
    in_time = cases.do("p", P.contest(), by=P.person, on=LATE + timedelta(days=60), party="somebody")
    assert in_time.state is P.contested


def test_related_cases_offer_the_same() -> None:
    """A related case tells its parties, acts and terms by its own parts, and no others."""
    cases = cases_of()
    opened(cases)
    case = cases.get("p")
    for event in advance(case, LATE, LAW):
        case = evolve(case, event)
    seen = case.linked()
    assert isinstance(seen, Linked)
    assert (seen.done(P.ask), seen.count(P.ask), seen.count(P.draft), seen.done(P.draft)) == (DAY, 1, 0, None)
    assert (seen.overdue(P.reply), seen.due(P.reply), seen.late) == (True, case.obligation("reply").due, (P.reply,))
    assert (seen.party_of(P.person), seen.party_of(P.clerk), seen.actor_of(P.ask)) == ("somebody", "", "")
    assert seen.actor_of(P.draft) == ""
    noon = datetime(DAY.year, DAY.month, DAY.day, 4, tzinfo=UTC)
    cases.do("p", P.draft(), by=P.clerk, on=noon, actor="u1")
    assert cases.get("p").linked().done(P.draft) == DAY, "the day, also where the hour is known"
    for ask in (
        lambda: seen.done(CardReplacement.pay),
        lambda: seen.due(CardReplacement.check),
        lambda: seen.party_of(CardReplacement.holder),
    ):
        with pytest.raises(DefinitionError, match="none of Petition's"):
            ask()


def test_a_guard_is_tried_by_hand() -> None:
    """An act that is made up for the trial, and names no procedure, is of one in which nothing has happened yet."""
    act = Act(Facts(), Facts(), DAY, lambda _: None, LAW.calendar, activity=P.extend)
    assert once.conditions[0].holds(act)
    assert not reply_late.conditions[0].holds(act)
    assert not any(name in repr(act) for name in ("figure=", "calendar=", "party=", "actor=")), (
        "it shows what is judged"
    )


def test_a_condition_names_the_figures_that_it_reads() -> None:
    """While they are noted, it reads what it would read anyway: whether it asks for the second depends on the first."""

    @guard("期限相接", "one period follows the other")
    def in_turn(act: Act[Facts]) -> bool:
        end = act.end_of(P.longer, act.on)
        return end is not None and act.end_of(P.window, end) is not None

    figures = {value.parameter: value for value in BOOK.values}
    act = Act(Facts(), Facts(), DAY, lambda figure: figures[figure.name], LAW.calendar)
    (condition,) = in_turn.conditions
    assert condition.figures(act) == (figures["longer"], figures["window"])


def test_of_several_clocks_each_tells_its_own_day() -> None:
    """While one clock is stopped, another runs: a guard that asks for the one is not told of the other."""
    case = do(begun(), Stay.stay, 2)
    assert [o.clock for o in case.obligations] == [Stay.handling, Stay.patience]
    seen = case.linked()
    assert (seen.due(Stay.handling), seen.due(Stay.patience)) == (None, DAY + timedelta(days=32))
    before = begun().get("s").linked()
    assert (before.due(Stay.patience), before.overdue(Stay.patience)) == (None, False), "it does not run yet"


def test_what_two_activities_did_is_counted_together() -> None:
    """Where a newer version has one activity for two, it was done as often as both, last when the later of them was; on one day
    what has an instant is later than what has none.
    """
    by_day = Done(2, DAY, "u1")
    nine, ten = (Done(1, datetime(2026, 3, 2, hour, tzinfo=UTC), "u2") for hour in (9, 10))
    tomorrow = Done(1, DAY + timedelta(days=1), "u3")
    for one, later in ((by_day, nine), (nine, ten), (ten, tomorrow)):
        both = Done(one.times + later.times, later.last, later.actor)
        assert one.joined(later) == later.joined(one) == both


def test_it_is_kept_as_text() -> None:
    """Who did what last is read back from a written case."""
    cases = cases_of()
    opened(cases)
    case = cases.do("p", P.draft(), by=P.clerk, on=DAY, actor="u1")
    codec = Codec({"petition": P}.__getitem__)
    assert codec.decode_case(codec.encode_case(case)) == case


def chart() -> Chart:
    company = Company((Case.unopened(P, "p", {"here": "440100"}),))
    deeds = {activity.name: activity() for activity in P.activities if activity.data is None and activity.by}
    kind = Kind("petitions", company, (), P.ask(Asked("x")), P.person, deeds)
    return Chart(Kernel(LAW, DAY), P, (kind,), 200)


def test_a_simulation_counts_what_guards_ask() -> None:
    """Standings tell how often was done what a guard asks to have counted, so a second extension is refused there too."""
    assert {P.extend, P.draft} <= set(counted_in([P]))
    plan = chart()
    start = plan.outcomes[plan.edge(0, plan.place("ask"), 0)].target
    once = plan.outcomes[plan.edge(start, plan.place("extend"), 1)].target
    assert once != start
    second = plan.edge(once, plan.place("extend"), 2)
    assert plan.refusals[-2 - second].names == ("once",)


def test_guards_that_count_nothing_cost_no_standing() -> None:
    """Where no guard asks how often, or when, a simulation tells no standings apart by that."""
    assert counted_in([P]) == (P.draft, P.extend) and asks_for_days(P)
    assert counted_in([Remedy, P]) == (P.draft, P.extend, Remedy.convert, Remedy.extend), "always in one order"
    assert counted_in([LossReport]) == () and not asks_for_days(LossReport)


def test_a_simulation_refuses_days_of_single_cases() -> None:
    """A guard that looks at the day on which something was done, or ends, is named: no standing tells it."""
    plan = chart()
    node = plan.outcomes[plan.edge(0, plan.place("ask"), 0)].target
    with pytest.raises(DefinitionError, match=r"reply_late: it looks at due\(Petition\.reply\)"):
        plan.edge(node, plan.place("complain"), 1)
