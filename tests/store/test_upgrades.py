"""A case goes over to a newer version by a recorded event: what it knows and owes goes with it, and the order of law holds across it."""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import pytest

from ssflow import Cases, Legislation, MemoryStore, WorkCalendar
from ssflow.case import Attempt, Case, Event, EventKind, GroundKind, decide, evolve, redate
from ssflow.case.upgrading import upgrade
from ssflow.errors import InputError, RefusedError, UnknownError
from ssflow.records import Store, Upgrade
from ssflow.records.contract import Change
from tests.store.grants import LAW, Grant1, Grant2, Use2, ask1, cases_of, opened, without_rent

DAY = date(2026, 3, 2)
LATER = date(2026, 3, 6)
WHY = "新办法施行"
TO_2 = Upgrade(Grant2)


@pytest.fixture
def cases(store: Store) -> Cases:
    opened(cases_of(store, Grant1))
    return cases_of(store, Grant2)


def clerk(cases: Cases, deed: Any, on: date, case: str = "g1", **more: Any) -> Any:
    """An act of the clerk, by the version of the deed."""
    return cases.do(case, deed, by=deed.activity.owner.clerk, on=on, **more)


def test_what_a_case_knows_and_owes_goes_with_it(cases: Cases) -> None:
    """State, facts, parties and places under the new names; running clocks keep their days; then the new steps are there."""
    before = cases.get("g1")
    (event,) = cases.upgrade(TO_2, on=LATER, reason=WHY, actor="u1").done
    case = cases.get("g1")

    assert (event.kind, event.process_version, event.reason, event.actor) == (EventKind.upgraded, 2, WHY, "u1")
    assert (case.process, case.state) == (Grant2, Grant2.checking)
    assert (case.facts.use, case.facts.pieces) == (Use2.housing, 2)
    assert (dict(case.places), dict(case.parties)) == ({"site": "440100"}, {"applicant": "somebody"})
    assert case.done.keys() == {"request"}
    assert [(o.clock, o.due) for o in case.obligations] == [
        (Grant2.processing, before.obligation("handling").due),
        (Grant2.payment, before.obligation("payment").due),
    ]
    assert clerk(cases, Grant2.grant(), LATER).state is Grant2.granted
    assert cases.verify() == ()
    assert cases.trace("g1")[1].recorded_at is not None


def test_a_dry_run_tells_what_would_be_recorded(cases: Cases) -> None:
    """Nothing is written; the upgrade then records those very events, and a second one finds nothing to do."""
    opened(cases_of(cases.store, Grant1), "g2")
    clerk(cases, Grant1.review(), DAY, "g2")
    told = {one.case: one for one in cases.dry_run(TO_2, on=LATER, reason=WHY)}
    versions = {row.id: row.version for row in cases.rows()}

    assert versions == {"g1": 1, "g2": 2}
    assert told["g1"].is_possible and not told["g2"].is_possible
    assert [one.name for one in told["g1"].gained] == ["grant"]
    assert [one.name for one in told["g1"].lost] == ["review"]
    assert [(ground.kind, ground.name) for ground in told["g2"].grounds] == [(GroundKind.state, "reviewing")]
    assert 'no counterpart of "being reviewed"' in told["g2"].say("en") and "没有对应" in told["g2"].say("zh")
    came = cases.upgrade(TO_2, on=LATER, reason=WHY)
    assert came.done == told["g1"].events
    assert isinstance(came.failed["g2"], RefusedError) and came.failed["g2"].grounds == told["g2"].grounds
    again = cases.upgrade(TO_2, on=LATER, reason=WHY)
    assert (again.done, list(again.failed)) == ((), ["g2"])
    assert {row.id: row.version for row in cases.rows()} == {"g1": 2, "g2": 2}
    assert [one.case for one in cases.dry_run(TO_2, on=LATER)] == ["g2"]


def test_a_request_after_an_upgrade_is_answered_again(cases: Cases) -> None:
    """Repeated under its key, it finds the case as it was after the first time, by the version that it has then."""
    cases.upgrade(TO_2, on=LATER, reason=WHY)
    first = clerk(cases, Grant2.grant(), LATER, key="k")

    assert first.process is Grant2
    assert clerk(cases, Grant2.grant(), LATER, key="k") == first


def test_what_is_closed_stays_under_its_version(cases: Cases) -> None:
    """There is nothing left to do in it; neither the upgrade nor its dry run looks at it."""
    clerk(cases, Grant1.decide(), DAY)

    assert cases.dry_run(TO_2, on=LATER) == ()
    came = cases.upgrade(TO_2, on=LATER, reason=WHY)
    assert (came.done, dict(came.failed)) == ((), {})
    assert cases.get("g1").process is Grant1


def test_a_case_that_does_not_exist_is_named(cases: Cases) -> None:
    """A mistyped id is no case that has nothing to do."""
    for ask in (cases.dry_run, cases.upgrade):
        with pytest.raises(UnknownError, match="g7"):
            ask(TO_2, on=LATER, reason=WHY, cases=["g1", "g7"])
    assert cases.get("g1").process is Grant1


def test_what_has_no_counterpart_is_mapped_by_the_host(cases: Cases) -> None:
    """A state that was dropped; the mapping is on record, and what the new state asks for besides starts that day."""
    clerk(cases, Grant1.review(), DAY)
    mapped = Upgrade(Grant2, mapping={Grant1.reviewing: Grant2.granted, Grant1.handling: None})
    (told,) = cases.dry_run(mapped, on=LATER)
    (event,) = cases.upgrade(mapped, on=LATER, reason=WHY).done

    assert [(day.clock, day.before, day.after) for day in told.days] == [
        (Grant1.handling, date(2026, 3, 23), None),
        (Grant2.paying_out, None, date(2026, 3, 13)),
    ]
    assert told.say("en") == (
        'g1: can be upgraded; "handling" ends (it was 2026-03-23); "paying out" until 2026-03-13; '
        "now possible: pay out; no longer possible: decide"
    )
    assert event.maps == (("handling", ""), ("reviewing", "granted"))
    assert cases.get("g1").state is Grant2.granted
    assert cases.verify() == ()


def test_a_dry_run_tells_which_clocks_would_stop(cases: Cases) -> None:
    """A state that becomes one in which clocks stand still: they have no last day while it lasts, and do not end."""
    (told,) = cases.dry_run(Upgrade(Grant2, mapping={Grant1.examining: Grant2.stayed}), on=LATER, reason=WHY)

    assert [(day.clock, day.before, day.after, day.ends) for day in told.days] == [
        (Grant2.processing, date(2026, 3, 23), None, False),
        (Grant2.payment, date(2026, 3, 9), None, False),
        (Grant2.patience, None, date(2026, 4, 5), False),
    ]
    assert '"processing" has no last day (it was 2026-03-23)' in told.say("en")
    assert told.gained == (Grant2.resume,), "what time does there is nothing that can be done"


def test_an_upgrade_moves_no_day_of_a_clock_that_runs() -> None:
    """Though the present calendar would: the Spring Festival of 2020 was prolonged after the application. Only a re-dating moves days."""
    day, known = date(2020, 1, 10), WorkCalendar.china().as_of(date(2020, 1, 20))
    before, now = (Legislation(calendar, rulebook=LAW.rulebook) for calendar in (known, WorkCalendar.china()))
    case = Case.unopened(Grant1, "g", {"here": "440100"})
    for event in decide(case, Attempt(deed=ask1(), by=Grant1.person, on=day, law=before)):
        case = evolve(case, event)
    went_over = upgrade(case, Grant2, (), date(2020, 1, 13), now, reason=WHY)
    (redated,) = redate(case, date(2020, 2, 1), now)

    def due(event: Event, clock: str) -> date | None:
        return next(o.due for o in event.obligations if o.clock.name == clock)

    assert due(went_over, "processing") == date(2020, 1, 31)
    assert due(redated, "handling") == date(2020, 2, 3)


def test_facts_that_do_not_fit_are_named(cases: Cases) -> None:
    """A member that the newer enumeration has no more, a role that is gone: the case stays, and each is named in both languages."""
    narrower = without_rent()
    (told,) = cases_of(cases.store, narrower).dry_run(Upgrade(narrower), on=LATER)

    assert [ground.name for ground in told.grounds] == ["person", "facts.use"]
    assert "rent" in told.say("en") and "rent" in told.say("zh")
    assert "no such role" in told.say("en") and "没有此主体" in told.say("zh")


def test_a_day_before_the_last_event_is_refused(cases: Cases) -> None:
    """An upgrade is not entered late; the dry run says so too."""
    clerk(cases, Grant1.stay(), LATER)
    (told,) = cases.dry_run(TO_2, on=DAY)

    assert "has reached 2026-03-06" in told.say("en")
    assert isinstance(cases.upgrade(TO_2, on=DAY, reason=WHY).failed["g1"], InputError)


def test_an_act_dated_before_an_upgrade_is_judged_under_the_old_version(cases: Cases) -> None:
    """Its deed is one of the old version, its guards and clocks too; the case is then where in-order entry would have brought it."""
    cases.upgrade(TO_2, on=LATER, reason=WHY)

    with pytest.raises(InputError, match="under version 1 on that day"):
        clerk(cases, Grant2.stay(), date(2026, 3, 4), reason="补录")
    case = clerk(cases, Grant1.stay(), date(2026, 3, 4), reason="补录")
    assert (case.process, case.state) == (Grant2, Grant2.stayed)
    assert [(e.kind, e.process_version) for e in cases.trace("g1")] == [
        (EventKind.act, 1),
        (EventKind.upgraded, 2),
        (EventKind.late, 1),
        (EventKind.rejudged, 2),
    ]
    assert case.obligation("patience").due == date(2026, 4, 3)
    assert cases.verify() == ()
    assert clerk(cases, Grant2.resume(), date(2026, 3, 12)).state is Grant2.checking
    assert cases.verify() == ()


def test_a_late_act_that_makes_the_upgrade_impossible_is_refused(cases: Cases) -> None:
    """The upgrade is named as what could then not have been done; nothing is written."""
    cases.upgrade(TO_2, on=LATER, reason=WHY)

    with pytest.raises(
        RefusedError, match=r'"upgrade to version 2 of Grant" of 2026-03-06, event 2 of g1, could then not'
    ):
        clerk(cases, Grant1.review(), date(2026, 3, 4), reason="补录")
    assert cases.get("g1").version == 2


def test_an_act_of_before_is_corrected_by_its_own_version(cases: Cases) -> None:
    """By the deed and the role of then; the facts follow through the upgrade."""
    cases.upgrade(TO_2, on=LATER, reason=WHY)
    case = cases.correct("g1", 1, ask1(3), reason="笔误", corrector=Grant1.clerk)
    assert case.facts.pieces == 3
    assert cases.verify() == ()
    with pytest.raises(InputError, match="under version 1 on that day"):
        cases.correct("g1", 1, Grant2.request(Grant2.request.data(Use2.study, 1)), reason="误", corrector=Grant1.clerk)


def test_what_a_sweep_saw_is_set_aside_under_its_version(cases: Cases) -> None:
    """Overdue under the first version, then upgraded; a late act of before shows that it was not: both versions' events say so."""
    cases.advance(date(2026, 4, 20))
    cases.upgrade(TO_2, on=date(2026, 4, 21), reason=WHY)
    assert {o.clock.name for o in cases.get("g1").obligations if o.overdue} == {"processing", "payment"}
    clerk(cases, Grant1.stay(), date(2026, 3, 5), reason="补录")
    case = clerk(cases, Grant1.resume(), date(2026, 3, 30), reason="补录")

    assert case.state is Grant2.checking
    aside = {(e.process_version, one.activity, one.on) for e in cases.trace("g1") for one in e.sets_aside}
    assert aside == {
        (1, "payment", date(2026, 3, 10)),
        (1, "handling", date(2026, 3, 24)),
        (1, "go_on", date(2026, 4, 5)),
    }
    assert case.obligation("payment").due == date(2026, 4, 1)
    assert case.obligation("processing").due == date(2026, 4, 16)
    assert cases.verify() == ()


@pytest.mark.parametrize(
    "mapping",
    [
        {Grant2.checking: Grant2.checking},
        {Grant1.clerk: Grant2.clerk},
        {Grant1.examining: None},
        {Grant1.examining: Grant2.processing},
        {Grant1.payment: Grant2.patience},
        {Grant1.reviewing: Grant1.decided},
        [(Grant1.reviewing, Grant2.granted)],
    ],
)
def test_a_mapping_is_of_states_and_clocks_of_older_versions(mapping: Any) -> None:
    """To parts of the same kind of the newer one; None ends a clock."""
    with pytest.raises(InputError):
        Upgrade(Grant2, mapping=mapping)


class Counting(MemoryStore):
    """A memory store that notes of how many cases it is written and read at a time."""

    portions: list[int]
    reads: list[int]

    def append(self, changes: Sequence[Change], **more: Any) -> None:
        super().append(changes, **more)
        vars(self).setdefault("portions", []).append(len(changes))

    def traces(self, cases: Collection[str]) -> dict[str, tuple[str, ...]]:
        vars(self).setdefault("reads", []).append(len(cases))
        return super().traces(cases)


def test_many_cases_go_over_fifty_at_a_time() -> None:
    """As in all rounds: a commit holds up to fifty cases. One that cannot go over is found by halves, and the others have gone."""
    store = Counting()
    before = cases_of(store, Grant1)
    for number in range(120):
        opened(before, f"g{number}")
    cases = cases_of(store, Grant2)
    store.portions.clear()

    came = cases.upgrade(TO_2, on=DAY, reason=WHY)

    assert (len(came.done), dict(came.failed), store.portions) == (120, {}, [50, 50, 20])
    assert {case.process for case in map(cases.get, ("g0", "g63", "g119"))} == {Grant2}
    assert cases.verify() == ()


def test_a_dry_run_looks_at_fifty_cases_at_a_time() -> None:
    """In the order of the list, each as the upgrade would do it."""
    store = Counting()
    before = cases_of(store, Grant1)
    for number in range(120):
        opened(before, f"g{number}")
    cases = cases_of(store, Grant2)
    vars(store)["reads"] = []

    told = cases.dry_run(TO_2, on=DAY, reason=WHY)

    assert [one.case for one in told] == [row.id for row in store.rows()]
    assert all(one.is_possible for one in told) and store.reads == [50, 50, 20]
    assert {event for one in told for event in one.events} == set(cases.upgrade(TO_2, on=DAY, reason=WHY).done)


def test_a_case_that_cannot_go_over_holds_up_none_of_its_portion() -> None:
    """What was written of the halves is told whole, in whatever order the cases came."""
    store = MemoryStore()
    before = cases_of(store, Grant1)
    for number in range(20):
        opened(before, f"g{number}")
    clerk(before, Grant1.review(), DAY, "g7")
    cases = cases_of(store, Grant2)

    came = cases.upgrade(TO_2, on=DAY, reason=WHY)

    assert sorted(event.case for event in came.done) == sorted(f"g{number}" for number in range(20) if number != 7)
    assert list(came.failed) == ["g7"] and cases.get("g7").process is Grant1
    assert cases.verify() == ()


def test_cases_that_are_related_go_over_in_one_portion() -> None:
    """What time does in one as another goes over is written before that one is looked at: both go, each by one event."""
    store = MemoryStore()
    before = cases_of(store, Grant1)
    opened(before, "g1")
    before.open(ask1(), by=Grant1.person, on=DAY, places="440100", party="somebody", case="g2", links=["g1"])
    opened(before, "g3")
    cases = cases_of(store, Grant2)
    on = date(2026, 3, 20)  # the payment has fallen overdue in each

    told = cases.dry_run(TO_2, on=on, reason=WHY)
    came = cases.upgrade(TO_2, on=on, reason=WHY)

    assert [(one.case, one.is_possible) for one in told] == [(id_, True) for id_ in ("g1", "g2", "g3")]
    assert {event for one in told for event in one.events} == set(came.done)

    assert sorted((event.case, event.kind.name) for event in came.done) == sorted(
        (case, kind) for case in ("g1", "g2", "g3") for kind in ("overdue", "upgraded")
    )
    assert dict(came.failed) == {} and cases.verify() == ()
