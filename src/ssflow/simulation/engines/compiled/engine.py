"""The engine that plays cases one after the other in machine code, with the draws, tables and steps of the engine in columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from attrs import define, field, fields

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.layout import (
    CLOCK,
    INTENT,
    PLAY,
    ROOM,
    SUMS,
    Records,
    laid,
)
from ssflow.simulation.engines.compiled.lines import Line
from ssflow.simulation.engines.compiled.playing import play_all
from ssflow.simulation.engines.compiled.tables import Tables
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.resuming import resumed
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally, Uncounted, summed
from ssflow.simulation.engines.visits import Visit, Visits
from ssflow.simulation.numbers import NONE, Numbers

_WINDOW = 1 << 18  # cases that are prepared together
_FIRST = 1 << 8  # cases that are played first, because their questions are those of most others
ROWS = 1 << 16  # events and visits that are written down before they are handed on
_GROWING = ("shown", "waits", "waited")


@define(eq=False)
class CompiledEngine:
    """The engine that plays cases of one run in machine code; its fields are those of `ColumnEngine`."""

    model: Model
    run: int
    tally: Tally
    outcomes: Outcomes | None = None
    log: Log | None = None
    tables: Tables | None = None
    starts: Starts | None = None
    visits: Visits | None = None
    to_stations: bool = True
    _tables: Tables = field(init=False)
    _play: Records = field(init=False)
    _own: dict[str, Any] = field(init=False)  # the arrays of this engine alone
    _room_for_questions: int = field(default=_FIRST, init=False)
    _growing: tuple[int, ...] = field(default=(), init=False)  # how many faces and refusals there is room to count
    _counts: tuple[dict[str, int], Numbers] | None = field(default=None, init=False)
    _log: Numbers = field(init=False)
    _visits: Numbers = field(init=False)
    _of_open_cases: dict[str, Numbers] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._tables = self.tables or Tables(self.model)
        model = self.model
        self._play = np.zeros(1, dtype=PLAY)
        self._play[0]["sign"] = not isinstance(self.tally, Uncounted)
        keys = [model.stream(self.run, selector).key for selector in model.selectors]
        self._own = {
            "keys": np.array(keys, dtype=np.uint64),
            "made": np.zeros(len(keys), dtype=np.int64),
            "intents": np.zeros(len(model.roles), dtype=INTENT),
            "clocks": np.zeros(len(model.chart.slots), dtype=CLOCK),
        }
        self._of_open_cases = self._open_cases()
        self._make_room(ROWS, ROWS)

    def play(self, cases: Numbers) -> None:
        """Play some cases from their arrival until they are closed or the simulation ends."""
        for first in range(0, len(cases), _WINDOW):
            self._play_some(np.ascontiguousarray(cases[first : first + _WINDOW], dtype=np.int64))

    def _play_some(self, cases: Numbers) -> None:
        model = self.model
        self.tally.cases += len(cases)
        luck = model.stream_of_kinds(self.run).luck(cases)
        profiles = model.profiles_of(self.run, cases, luck)
        arrivals = model.schedule.minutes(model.scenario.seed, self.run, cases)
        if self.outcomes:
            self.outcomes.profile[cases] = profiles
        continued = cases[cases < model.continuing.number]
        if len(continued):
            self.tally.continued(continued)
        # Cases of one day follow each other, because they look at the same parts of the tables.
        order = np.argsort((arrivals // DAY_MINUTES).astype(np.uint16), kind="stable")
        columns = (profiles, np.take(model.variant_of, profiles), np.take(model.kind_of, profiles), arrivals)
        given = (cases[order], luck[order], *(column[order].astype(np.int32) for column in columns))
        waiting, batch = np.arange(len(cases)), len(cases) if self._tables.are_played else _FIRST
        while len(waiting):
            waiting = np.concatenate([self._played(waiting[:batch], given), waiting[batch:]])
            batch *= 8
        self._tables.are_played = True
        self._drain()
        self._add()

    def _played(self, rows: Numbers, given: tuple[Any, ...]) -> Numbers:
        """Play some rows; answer the questions at which cases were stopped, and return these cases with those that were not taken up."""
        questions = np.zeros((min(self._room_for_questions, len(rows)), 5), dtype=np.int64)
        outcomes = self.outcomes or Outcomes(self.model, 0)
        columns = (outcomes.opened, outcomes.closed, outcomes.state, outcomes.late)
        with self._pointed():
            taken, stopped = play_all(self._play, rows, given, columns, questions)
        asked, play = questions[:stopped], self._play[0]
        if stopped:
            self._tables.answer(asked[:, 1:])
            self._room_for_questions *= 4
        if play["asks"] == ROOM:
            self._drain()
            self._make_room(*(max(2 * int(play[name]), ROWS) for name in ("one", "two")))
            play["asks"] = 0
        return np.concatenate([asked[:, 0], rows[taken:]])

    @contextmanager
    def _pointed(self) -> Iterator[None]:
        """Let the play point to all arrays, and keep these alive for so long."""
        latest = self._tables.latest
        sums, counts = self._room_for_counts(latest.at)
        run_at, run = laid(self._of_run(), np.int32)
        starts = self.starts.moments if self.starts else np.zeros((0, 0), dtype=np.int32)
        sizes = {
            "visits": max(map(len, self.starts.rows.values()), default=0) if self.starts else 0,
            "nodes": latest.edges.shape[0],
            "all_moves": latest.edges.shape[1],
            "cases": starts.shape[1],
            "visit_room": self._visits.shape[1],
            "has_stations": self.starts is not None,
            "logs": self.log is not None,
            "notes_visits": self.visits is not None,
        }
        arrays = {"tables": latest.tables, "wide": latest.wide, "edges": latest.edges, "opens": latest.opens}
        arrays |= {"run": run, "counts": counts, "starts": starts, "log": self._log, "visits": self._visits}
        arrays |= self._own
        play = self._play[0]
        for part, numbers in (("at", {**latest.at, **run_at, **sizes}), ("sums", sums)):
            for name, number in numbers.items():
                play[part][name] = number
        for name, array in arrays.items():
            play["address"][name], play["items"][name] = array.ctypes.data, len(array)
        yield

    def _of_run(self) -> dict[str, Any]:
        states, rows = len(self.model.chart.process.states), self.starts.rows if self.starts else {}
        followed = range(states) if self.visits is None or not self.to_stations else self.visits.level.states
        start_row = np.full((len(self.model.selectors), max(map(len, rows.values()), default=0)), NONE)
        for selector, of_visits in rows.items():
            start_row[selector, : len(of_visits)] = of_visits
        return {
            "followed": [state in followed for state in range(states)],
            "start_row": start_row,
            **self._of_open_cases,
        }

    def _room_for_counts(self, at: dict[str, int]) -> tuple[dict[str, int], Numbers]:
        """Return where each count begins, and the array of all counts: a new one if the tables know more faces or refusals than before."""
        growing = at["faces"], at["refusals"], at["refusals"]
        if self._counts and self._growing == growing:
            return self._counts
        self._add()
        self._growing, tally = growing, self.tally
        lengths = dict.fromkeys(SUMS, 0)
        if not isinstance(tally, Uncounted):
            lengths = {name: np.size(getattr(tally, name)) for name in SUMS}
            lengths |= dict(zip(_GROWING, growing, strict=True))
        places = dict(zip(SUMS, [0, *np.cumsum(list(lengths.values())).tolist()], strict=False))
        self._counts = places, np.zeros(sum(lengths.values()), dtype=np.int64)
        return self._counts

    def _add(self) -> None:
        """Add what was counted to the tally."""
        if self._counts is None or isinstance(self.tally, Uncounted):
            return
        sums, counts = self._counts
        for (name, first), last in zip(sums.items(), [*list(sums.values())[1:], len(counts)], strict=True):
            there, found = getattr(self.tally, name), counts[first:last]
            if isinstance(there, int):
                setattr(self.tally, name, there + int(found[0]))
            elif name in _GROWING:
                setattr(self.tally, name, summed(there, found))
            else:
                there += found.reshape(there.shape)
        self._counts = None

    def _make_room(self, events: int, visits: int) -> None:
        width = 4 + len(self.model.chart.slots)
        self._log = np.zeros((events if self.log else 0, width), dtype=np.int64)
        self._visits = np.zeros((len(fields(Visit)), visits if self.visits else 0), dtype=np.int32)

    def _drain(self) -> None:
        """Hand on the events and visits that are written down."""
        play = self._play[0]
        if self.log:
            log = self._log[: int(play["logged"])]
            self.log.add(log[:, 0], log[:, 1], log[:, 2], log[:, 3], log[:, 4:].T)
        if self.visits is not None:
            self.visits.add(Visit(*self._visits[:, : int(play["visited"])].copy()))
        play["logged"] = play["visited"] = 0

    def _open_cases(self) -> dict[str, Numbers]:
        there, tables = self.model.continuing, self._tables
        place, minutes = (np.zeros((len(self.model.roles), there.number), dtype=np.int64) for _ in range(2))
        variants = np.take(self.model.variant_of, there.profile)
        for node, variant in sorted(set(zip(there.node.tolist(), variants.tolist(), strict=True))):
            cases = np.flatnonzero((there.node == node) & (variants == variant))
            for acting in tables.standings.of(node).roles:
                assert acting.selector is not None  # noqa: S101 - it is open
                given = (acting.selector, variant, acting.acts, node, cases)
                place[acting.role, cases], minutes[acting.role, cases] = resumed(self.model, self.run, *given)
        found = {
            "open_node": there.node,
            "open_since": there.opened,
            "open_place": place,
            "open_minutes": minutes,
            "open_face": there.face,
            "open_began": there.began,
            "open_line": self._lines(),
            "open_due": there.due,
            "open_closes": there.closes,
        }
        if there.number:
            tables.know(there.node.tolist())
        return found

    def _lines(self) -> Numbers:
        """Return the lines of the clocks of open cases that were stopped before."""
        there, chart = self.model.continuing, self.model.chart
        line = np.full_like(there.face, NONE)
        for slot, case in np.argwhere(there.face != NONE).tolist():
            stops = tuple((int(out[case]), int(back[case])) for out, back in there.stops[slot] if out[case] != NONE)
            if stops:
                face, began = int(there.face[slot, case]), int(there.began[slot, case])
                if not chart.faces[face].in_hours:
                    began = began // DAY_MINUTES * DAY_MINUTES
                with chart.lock:
                    line[slot, case] = self._tables.lines.of(Line(face, began, stops))
        return line
