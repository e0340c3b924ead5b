"""An upgrade that was a mistake is struck out like an act, while nothing was done under the newer version; the case is then as without it."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ssflow import Cases, Legislation, MemoryStore
from ssflow.case import EventKind
from ssflow.errors import InputError, RefusedError
from ssflow.process import registry
from ssflow.records import Store, Upgrade
from tests.store.grants import LAW, NOW, Complaint, Grant1, Grant2, Grievance, cases_of, opened
from tests.store.permits import permit
from tests.store.test_upgrade_properties import FIRST, NAMES, STEPS, V1, V2, WHY, acted, by, known
from tests.store.test_upgrade_properties import opened as permit_opened

LATER = date(2026, 3, 6)
NEXT = date(2026, 3, 9)
TO_2 = Upgrade(Grant2)


@pytest.fixture
def cases(store: Store) -> Cases:
    """A grant of the first version that was upgraded."""
    opened(cases_of(store, Grant1))
    cases = cases_of(store, Grant2)
    cases.upgrade(TO_2, on=LATER, reason="新办法施行")
    return cases


def struck(cases: Cases, number: int = 2, **more: Any) -> Any:
    return cases.correct("g1", number, None, reason="误升", **more)


def test_the_case_is_under_the_older_version_again(cases: Cases) -> None:
    """State, facts and days are those of before, by the parts of that version; its steps can be done, and nothing was edited."""
    alone = cases_of(MemoryStore(), Grant1)
    opened(alone)
    case = struck(cases, actor="u1")

    assert (case.process, case.state) == (Grant1, Grant1.examining)
    assert (case.facts, case.obligations) == (alone.get("g1").facts, alone.get("g1").obligations)
    assert [(e.kind, e.process_version, e.maps) for e in cases.trace("g1")] == [
        (EventKind.act, 1, ()),
        (EventKind.upgraded, 2, ()),
        (EventKind.correction, 1, ()),
    ]
    assert (cases.trace("g1")[-1].reason, cases.trace("g1")[-1].actor) == ("误升", "u1")
    assert cases.verify() == ()
    assert cases.do("g1", Grant1.review(), by=Grant1.clerk, on=NEXT).state is Grant1.reviewing
    assert cases.verify() == ()


def test_it_can_be_upgraded_again(cases: Cases) -> None:
    """As any case of the older version, also after acts under it; the second upgrade can be struck out too."""
    struck(cases)
    cases.do("g1", Grant1.stay(), by=Grant1.clerk, on=NEXT)
    (told,) = cases.dry_run(TO_2, on=NEXT)
    assert told.is_possible
    cases.upgrade(TO_2, on=NEXT, reason="新办法施行")
    assert cases.get("g1").state is Grant2.stayed
    assert struck(cases, 5).state is Grant1.stayed
    assert cases.verify() == ()


def test_what_a_sweep_saw_under_the_newer_version_is_set_aside(cases: Cases) -> None:
    """The clocks of the newer version did not run; those of the older did, and are overdue."""
    cases.advance(date(2026, 4, 20))
    assert {o.clock for o in cases.get("g1").obligations if o.overdue} == {Grant2.processing, Grant2.payment}
    case = struck(cases)

    assert {o.clock for o in case.obligations if o.overdue} == {Grant1.handling, Grant1.payment}
    assert [(e.process_version, len(e.sets_aside), len(e.brings)) for e in cases.trace("g1")[-2:]] == [
        (2, 2, 0),
        (1, 0, 2),
    ]
    assert cases.advance(date(2026, 4, 20)) == ()
    assert cases.verify() == ()


def test_what_was_done_under_the_newer_version_stands_in_the_way(cases: Cases) -> None:
    """The first such act is named, in both languages, with the way that is left; nothing is written."""
    cases.do("g1", Grant2.stay(), by=Grant2.clerk, on=NEXT)

    with pytest.raises(RefusedError, match='event 3, "stay" of 2026-03-09, was recorded under version 2') as refused:
        struck(cases)
    assert "第3号事件“中止”（2026-03-09）" in refused.value.say("zh")
    assert "define a newer version" in refused.value.say("en")
    assert cases.get("g1").version == 3


def test_a_correction_by_the_newer_version_stands_in_the_way(cases: Cases) -> None:
    """An act of before that was moved to a day after the upgrade counts by the newer version."""
    cases.do("g1", Grant1.stay(), by=Grant1.clerk, on=date(2026, 3, 4), reason="补录")
    moved = cases.correct("g1", 3, Grant2.stay(), on=NEXT, reason="日期有误")
    assert moved.state is Grant2.stayed

    with pytest.raises(RefusedError, match='"stay" of 2026-03-09, was recorded under version 2'):
        struck(cases)


def test_a_redating_stands_in_the_way() -> None:
    """A re-dating of the clocks of the newer version could not be read by the older one."""
    forecast = Legislation(LAW.calendar.as_of(date(2025, 11, 3)), rulebook=LAW.rulebook)
    store = MemoryStore()
    before = Cases(store, forecast, now=lambda: NOW, process_of=registry(Grant2))
    opened(Cases(store, forecast, now=lambda: NOW, process_of=registry(Grant1)), on=date(2026, 3, 16))
    before.upgrade(TO_2, on=date(2026, 3, 17), reason="新办法施行")
    cases = cases_of(store, Grant2)
    assert [e.kind for e in cases.redate(on=date(2026, 3, 18))] == [EventKind.redated]

    with pytest.raises(RefusedError, match="event 3, .* was recorded under version 2"):
        struck(cases)


def test_a_second_upgrade_stands_in_the_way() -> None:
    """Of two upgrades the later is struck out first."""
    third = permit(NAMES, version=3, supersedes=V2)
    cases = by(third)
    permit_opened(by(V1, cases.store), V1)
    by(V2, cases.store).upgrade(Upgrade(V2), on=LATER, **WHY)
    assert cases.upgrade(Upgrade(third), on=NEXT, **WHY).done

    with pytest.raises(RefusedError, match="event 3, .* was recorded under version 3"):
        cases.correct("p", 2, None, reason="误升")
    assert cases.correct("p", 3, None, reason="误升").process is V2
    assert cases.correct("p", 2, None, reason="误升").process is V1
    assert cases.verify() == ()


def test_an_effect_of_a_related_case_stands_in_the_way(store: Store) -> None:
    """A complaint that was noted in the grant under the newer version is such an act."""
    opened(cases_of(store, Grant1, Complaint))
    cases = cases_of(store, Grant2, Complaint)
    cases.upgrade(TO_2, on=LATER, reason="新办法施行")
    deed = Complaint.complain(Grievance("慢"))
    cases.open(deed, by=Complaint.person, on=NEXT, places="440100", party="somebody", links=["g1"], case="c1")

    with pytest.raises(RefusedError, match='"note a complaint"'):
        struck(cases)


@pytest.mark.parametrize("deed", [Grant1.stay(), Grant2.stay()])
def test_no_act_takes_the_place_of_an_upgrade(cases: Cases, deed: Any) -> None:
    """An upgrade is no act: it is struck out, and an act of that day is entered by itself."""
    with pytest.raises(InputError, match="is an upgrade, which can only be struck out") as refused:
        cases.correct("g1", 2, deed, by=deed.activity.owner.clerk, reason="误")
    assert "是升版" in refused.value.say("zh")
    assert cases.get("g1").version == 2


def test_it_is_struck_out_once(cases: Cases) -> None:
    """What does not count any more cannot be struck out again, nor replaced."""
    struck(cases)
    for number in (2, 3):
        with pytest.raises(InputError, match="is not an act that counts"):
            struck(cases, number)
        with pytest.raises(InputError, match="is an upgrade"):
            cases.correct("g1", number, Grant1.stay(), by=Grant1.clerk, reason="误")


def test_a_retraction_leaves_upgrades(cases: Cases) -> None:
    """A retraction takes back what a wrong clock did by itself; somebody upgraded the case."""
    cases.advance(date(2026, 4, 20))
    cases.retract(after=date(2026, 3, 5), reason="时钟走快")

    assert cases.get("g1").process is Grant2
    assert not any(o.overdue for o in cases.get("g1").obligations)
    assert struck(cases).process is Grant1
    assert cases.verify() == ()


@given(STEPS, STEPS, st.integers(0, 40), st.integers(0, 40))
def test_a_case_whose_upgrade_was_struck_out_is_as_one_that_had_none(
    before: list[tuple[str, int]], after: list[tuple[str, int]], pause: int, swept: int
) -> None:
    """Acted in, upgraded, swept and struck out, and then acted in: the same case to the day as without all this, over drawn histories."""
    until = date(2026, 10, 1)
    first, alone = by(V1, MemoryStore()), by(V1)
    for cases in (first, alone):
        permit_opened(cases, V1)
    on = acted(first, V1, before, until) + timedelta(pause)
    acted(alone, V1, before, until)
    both = by(V2, first.store)
    assume(both.upgrade(Upgrade(V2), on=on, **WHY).done)
    upgraded = next(e for e in both.trace("p") if e.kind is EventKind.upgraded)
    both.advance(on + timedelta(swept))
    both.correct("p", upgraded.version, None, reason="误升")
    seen = on + timedelta(swept)
    for cases in (both, alone):
        cases.advance(seen)
    assert known(both, seen) == known(alone, seen)
    assert both.verify() == ()
    end = acted(both, V1, after, until, max(seen, FIRST))
    assert acted(alone, V1, after, until, max(seen, FIRST)) == end
    for cases in (both, alone):
        cases.advance(end)
    assert known(both, end) == known(alone, end)
    assert both.verify() == ()
