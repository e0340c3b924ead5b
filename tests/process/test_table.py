"""The table of a procedure says what its moves do to its clocks; here it is held to what they did."""

from collections.abc import Iterator
from datetime import date
from itertools import islice
from pathlib import Path

import pytest

from ssflow import machines
from ssflow.case import Case, Event, EventKind, Legislation, Obligation, evolve
from ssflow.process import Process
from ssflow.process.table import Effect, Move, table_of
from ssflow.testing import Trial, examples_of, explore, load_scenarios
from ssflow.testing.scenarios import trials_of

LAW = Legislation()
SCENARIOS = Path(__file__).parents[1] / "scenarios"
WORKED = [scenario for path in sorted(SCENARIOS.glob("*.toml")) for scenario in load_scenarios(path)]
EXAMPLES = examples_of(WORKED)
TRIED = [trial for scenario in WORKED for trial in trials_of(scenario, LAW)]
EXPLORED = 400  # trials of each procedure in each place
PLACES = "440100", "370200", "220100"


def trials(process: type[Process]) -> Iterator[Trial]:
    """What worked cases and a search of each place try; a search alone cannot open what wants another case first."""
    yield from (trial for trial in TRIED if trial.case.process is process)
    for place in PLACES:
        found = explore(process, law=LAW, places=place, start=date(2026, 3, 2), examples=EXAMPLES)
        yield from islice(found, EXPLORED)


def steps_of(process: type[Process]) -> list[tuple[Case, Event, Case]]:
    """Acts and lapses of cases of a procedure: the case before, the event, the case after."""
    found = []
    for trial in trials(process):
        case = trial.case
        for event in (event for event in trial.events if event.case == case.id):
            after = evolve(case, event)
            if event.kind in (EventKind.act, EventKind.lapse):
                found.append((case, event, after))
            case = after
    return found


def stands(obligation: Obligation) -> bool:
    return bool(obligation.tolled) and obligation.tolled[-1][1] is None


def move_of(before: Case, event: Event, after: Case) -> Move:
    """The move that an event says it made, under the regime that it left the case in."""
    moves = table_of(before.process, after.regime).leaving(before.state, before.process.activity(event.activity))
    return next(move for move in moves if move.row.target is after.state)


@pytest.mark.parametrize("name", machines.names())
def test_what_the_table_says_of_clocks_is_what_happens(name: str) -> None:
    """Which clocks are alive after a move, which it ends, stops, resumes, leaves alone, lengthens: as the obligations show."""
    steps = steps_of(machines.get(name))
    assert steps
    for before, event, after in steps:
        move = move_of(before, event, after)
        assert [o.clock for o in after.obligations] == [one.clock for one in move.clocks], event
        assert {o.clock for o in before.obligations} - {o.clock for o in after.obligations} == set(move.ended), event
        for one, now in zip(move.clocks, after.obligations, strict=True):
            was = before.obligation(one.clock.name)
            timed = was is not None and was.is_timed and now.is_timed
            if Effect.start in one.effects:
                assert was is None, event
            if timed and one.effects == (Effect.keep,):
                assert now == was, event
            if timed and was and Effect.keep in one.effects:
                assert (now.starts, now.began) == (was.starts, was.began), event
                assert (len(now.spans) > len(was.spans)) == (Effect.extend in one.effects), event
                assert (
                    stands(now)
                    == one.stopped
                    == ((stands(was) and Effect.resume not in one.effects) or Effect.stop in one.effects)
                )


@pytest.mark.parametrize("name", machines.names())
def test_every_regime_has_its_moves_and_no_others(name: str) -> None:
    """The moves of a table are the rows of the definition that the regime has, each with its activity, in order."""
    process = machines.get(name)
    for regime in (*process.regimes(), None):
        moves = [move for several in table_of(process, regime).moves.values() for move in several]
        rows = [(a, row) for a in process.activities for row in a.transitions if not row.under or regime in row.under]
        assert {(move.activity, move.row) for move in moves} == set(rows)
        assert len(moves) == len(rows)
