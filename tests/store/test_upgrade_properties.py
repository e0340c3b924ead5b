"""Properties of upgrades over drawn histories: a renamed definition is the same one, and what is entered late comes out as if in time."""

from datetime import date, timedelta
from typing import Any

from attrs import evolve
from hypothesis import assume, given
from hypothesis import strategies as st

from ssflow import Cases, Legislation, MemoryStore, Rulebook, rulebook
from ssflow.calendar import days
from ssflow.case import Event, EventKind
from ssflow.errors import RefusedError
from ssflow.process import Process, registry
from ssflow.records import Store, Upgrade
from tests.case.petition import figure
from tests.store import permits
from tests.store.permits import NOW

FIRST = date(2026, 3, 2)
ACTS = ("review", "stay", "resume", "decide")
STEPS = st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 12)), max_size=6)
WHY = {"reason": "新办法施行"}


def acted(cases: Cases, process: type[Process], steps: list[tuple[str, int]], until: date, start: date = FIRST) -> date:
    """Do what may be done of some steps, each some days after the one before, up to a day; the day that is reached."""
    day = start
    for name, later in steps:
        if day + timedelta(later) > until:
            break
        day += timedelta(later)
        role, activity = process.names.roles["clerk"], process.names.activities[name]
        try:
            cases.do("p", activity(), by=role, on=day)
        except RefusedError:
            continue
    return day


def opened(cases: Cases, process: type[Process]) -> None:
    """A permit of somebody."""
    apply = process.names.activities["apply"]
    fields = apply.data.__attrs_attrs__
    sort = next(iter(fields[0].type))
    deed = apply(apply.data(sort, 2))
    cases.open(deed, by=process.names.roles["person"], on=FIRST, places="440100", party="somebody", case="p")


def repeated(cases: Cases, process: type[Process], event: Event, **more: Any) -> bool:
    """Do once more what an event says, on its day; whether that may be done."""
    try:
        cases.do("p", process.activity(event.activity)(), by=process.names.roles["clerk"], on=event.on, **more)
    except RefusedError:
        return False
    return True


def known(cases: Cases, on: date) -> Any:
    """All that counts of a case, and what may be done in it, without its history."""
    case = cases.get("p")
    options = [(one.activity.name, one.by.name, one.grounds) for one in cases.options("p", on=on)]
    return (
        [case.process, case.state, case.came_from, case.regime, case.facts, dict(case.places), dict(case.parties)],
        [case.obligations, dict(case.done), case.is_closed],
        options,
    )


# Not what figures name, regimes and the activity at which a clock starts: both versions share a rulebook.
NAMES = {"examining": "checking", "handling": "processing", "clerk": "officer", "stay": "halt", "here": "site"}
NAMES |= {"copies": "pieces", "first": "initial", "patience": "pause", "go_on": "roll_on"}
V1 = permits.permit()
V2 = permits.permit(NAMES, version=2, supersedes=V1)
FIGURES = (
    *(figure(name, days(20)) for name in ("handling", "processing")),
    evolve(figure("payment", days(5)), starts="review"),
    *(figure(name, days(30).rolled("none")) for name in ("patience", "pause")),
    figure("regime", "fast"),
)
BOOK = Rulebook("permit", FIGURES, laws=rulebook("consultation").laws, choices={"regime": ("fast", "slow")})


def by(process: type[Process], store: Store | None = None) -> Cases:
    """The cases of a store by this version and those that it supersedes."""
    law = Legislation(rulebook=lambda _: BOOK)
    return Cases(store or MemoryStore(), law, now=lambda: NOW, process_of=registry(process))


@given(STEPS, STEPS, st.integers(0, 30))
def test_a_case_that_was_upgraded_is_as_one_that_never_needed_it(
    before: list[tuple[str, int]], after: list[tuple[str, int]], pause: int
) -> None:
    """Two versions that differ in names alone: acted in under the first, upgraded, acted in under the second, and the same under the second
    from the start: the same facts, clocks and further options, to the day. The dry run told just what was recorded; a second upgrade does nothing.
    """
    until = date(2026, 11, 1)
    store = MemoryStore()
    first = by(V1, store)
    opened(first, V1)
    on = acted(first, V1, before, until) + timedelta(pause)
    both = by(V2, store)
    alone = by(V2)
    opened(alone, V2)
    acted(alone, V2, before, until)
    alone.advance(on)

    told = both.dry_run(Upgrade(V2), on=on, **WHY)
    came = both.upgrade(Upgrade(V2), on=on, **WHY)
    assert [event for one in told for event in one.events] == list(came.done) and not came.failed
    assert both.upgrade(Upgrade(V2), on=on, **WHY).done == () == both.dry_run(Upgrade(V2), on=on)
    if both.get("p").process is V1:  # it had ended before
        assert both.get("p").is_closed
        return
    assert known(both, on) == known(alone, on)
    end = acted(both, V2, after, until, on)
    assert acted(alone, V2, after, until, on) == end
    for cases in (both, alone):
        cases.advance(end)
    assert known(both, end) == known(alone, end)
    assert both.verify() == ()


@given(STEPS, STEPS, st.integers(0, 20), st.data())
def test_what_is_entered_late_across_an_upgrade_comes_out_as_in_time(
    steps: list[tuple[str, int]], after: list[tuple[str, int]], pause: int, data: st.DataObject
) -> None:
    """Acts of before, entered after the upgrade and after acts of the new version, in an order that is nowhere refused: the case is the same."""
    in_time, late = (by(V2) for _ in range(2))
    for cases in (in_time, late):
        opened(by(V1, cases.store), V1)
    day = acted(by(V1, in_time.store), V1, steps, date(2026, 10, 1))
    on = day + timedelta(pause + 1)
    acts = [event for event in in_time.trace("p")[1:] if event.kind is EventKind.act]
    missed = data.draw(st.sets(st.sampled_from([event.version for event in acts])) if acts else st.just(set()))
    first = by(V1, late.store)
    held_back = [event for event in acts if event.version in missed or not repeated(first, V1, event)]
    for cases in (in_time, late):
        cases.upgrade(Upgrade(V2), on=on, **WHY)
    assume(late.get("p").process is in_time.get("p").process is V2)  # neither had ended before
    end = max(acted(in_time, V2, after, date(2026, 11, 1), on), on)
    begun = [one for one in in_time.trace("p") if one.kind is EventKind.act and one.process_version == V2.version]
    assume(all(repeated(late, V2, event) for event in begun))  # else it cannot be done without what was missed
    assume(all(repeated(late, V1, event, reason="补录") for event in held_back))
    for cases in (in_time, late):
        cases.advance(end + timedelta(1))
    assert known(late, end + timedelta(1)) == known(in_time, end + timedelta(1))
    assert late.verify() == in_time.verify() == ()
