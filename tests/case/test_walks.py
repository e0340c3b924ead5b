"""Random walks through every procedure, in places with and without figures of their own."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ssflow import machines
from ssflow.case import Attempt, Case, Event, EventKind, GroundKind, Legislation, advance, decide, options, why_not
from ssflow.case.clocks import deadline_of
from ssflow.errors import RefusedError
from ssflow.process import Lapse
from ssflow.records import Codec, fold
from ssflow.testing import Walker, examples_of, load_scenarios

LAW = Legislation()
CODEC = Codec(machines.get)
PLACES = ("440100", "140100", "110105", "310000", "220100", "370200", "450500")
SCENARIOS = Path(__file__).parents[1] / "scenarios"


EXAMPLES = examples_of([scenario for path in SCENARIOS.glob("*.toml") for scenario in load_scenarios(path)])


@pytest.mark.parametrize("name", machines.names())
@settings(
    suppress_health_check=list(HealthCheck)
)  # a walk is drawn step by step, so drawing takes the time of what is tested
@given(data=st.data())
def test_whatever_happens_in_a_case_is_lawful(name: str, data: st.DataObject) -> None:
    """At every step of any walk: replay, dates, texts, refusals and what was offered are as promised."""
    process = machines.get(name)
    walker = Walker.of(
        process,
        data.draw,
        law=LAW,
        place={place.name: data.draw(st.sampled_from(PLACES)) for place in process.places},
        start=data.draw(st.dates(date(2012, 1, 1), date(2026, 6, 1))),
        examples=EXAMPLES,
    )
    for _ in range(12):
        before, links = walker.case, tuple(walker.links.values())
        happened = walker.step()
        case = walker.case
        if case.state is None:
            continue
        replays(case, walker.traces[case.id])
        dates_are_lawful(case)
        texts_keep_it(walker.traces[case.id][-1], case)
        time_passes_once(case, walker)
        refusal_changes_nothing(case, walker)
        if happened:
            was_offered(before, links, walker)


class OpenedError(Exception):
    """A walk has opened a case."""


@pytest.mark.parametrize("name", machines.names())
def test_every_procedure_is_walked(name: str) -> None:
    """What holds of walks holds of something: cases of every procedure are opened in them."""

    @settings(
        max_examples=100,
        derandomize=True,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(data=st.data())
    def walk(data: st.DataObject) -> None:
        start = data.draw(st.dates(date(2025, 1, 1), date(2025, 12, 1)))
        walker = Walker.of(machines.get(name), data.draw, law=LAW, place="440100", start=start, examples=EXAMPLES)
        if walker.step():
            raise OpenedError

    with pytest.raises(OpenedError):
        walk()


def was_offered(before: Case, links: tuple[Case, ...], walker: Walker) -> None:
    """What was done had been offered to whoever did it: as open, or as wanting only conditions that its data may meet."""
    process, trace = before.process, walker.traces[before.id]
    act = next(event for event in trace[before.version :] if event.kind is EventKind.act)
    case = fold(process, trace[: act.version - 1]) if act.version > 1 else before
    activity, role = process.activity(act.activity), process.role(act.by)
    named = {link.case for link in act.links}
    links = tuple(link for link in links if link.id in named)
    offered = options(case, on=walker.today, law=LAW, links=links)
    grounds = next(option.grounds for option in offered if (option.activity, option.by) == (activity, role))
    assert [ground for ground in grounds if activity.data is None or ground.kind is not GroundKind.guard] == []


def replays(case: Case, trace: tuple[Event, ...]) -> None:
    """The case is what its events make."""
    assert fold(case.process, trace) == case
    assert [event.version for event in trace] == list(range(1, case.version + 1))
    days = [event.on for event in trace]
    assert days == sorted(days)


def dates_are_lawful(case: Case) -> None:
    """No due day before its start, none on a rest day where the rule rolls; the account finds the recorded day again."""
    for obligation in case.obligations:
        deadline = deadline_of(case, obligation, LAW)
        if deadline is None:
            assert obligation.due is None
            continue
        assert deadline.due == obligation.due
        if obligation.due is not None:
            assert obligation.due >= obligation.starts
            if deadline.span.unit == "workdays" or deadline.span.roll == "next":
                assert deadline.calendar.is_workday(obligation.due)
            if isinstance(obligation.clock, Lapse):
                assert not obligation.overdue
                assert obligation.owed_by is None


def texts_keep_it(event: Event, case: Case) -> None:
    """Written and read back, an event is the same, and equal events are equal texts; so is where the case stands."""
    text = CODEC.encode(event)

    assert CODEC.decode(text) == event
    assert CODEC.encode(CODEC.decode(text)) == text
    assert CODEC.decode_case(CODEC.encode_case(case)) == case


def time_passes_once(case: Case, walker: Walker) -> None:
    """What time does is recorded once: after it has been recorded there is nothing more up to that day."""
    assert advance(case, walker.today, LAW) == ()
    later = walker.today + timedelta(days=400)
    events = advance(case, later, LAW)
    assert all(event.kind in (EventKind.lapse, EventKind.overdue) for event in events)
    if events:
        assert advance(fold(case.process, (*walker.traces[case.id], *events)), later, LAW) == ()


def refusal_changes_nothing(case: Case, walker: Walker) -> None:
    """An act in a wrong state is refused with grounds, as why_not says, and the case stays as it was."""
    for activity in case.process.activities:
        if activity.data is None and activity.by is not None and not activity.leaving(case.state):
            frozen, attempt = repr(case), Attempt(deed=activity(), by=activity.by, on=walker.today, law=LAW)
            with pytest.raises(RefusedError) as refused:
                decide(case, attempt)
            assert refused.value.grounds == why_not(case, attempt)
            assert all(ground.say("zh") and ground.say("en") for ground in refused.value.grounds)
            assert repr(case) == frozen
            break
