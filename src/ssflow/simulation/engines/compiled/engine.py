"""The engine that plays cases one after the other in machine code, with the draws, tables and steps of the engine in columns."""

from __future__ import annotations

from typing import Any

import numpy as np
from attrs import define, field, fields

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.layout import (
    AT,
    CLOCK,
    INTENT,
    ME,
    ROOM,
    SUM,
    SUMS,
    Play,
    Records,
    laid,
    record,
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
_ROWS = 1 << 16  # events and visits that are written down before they are handed on
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
    _keys: Any = field(init=False)
    _me: Records = field(init=False)
    _intents: Records = field(init=False)
    _clocks: Records = field(init=False)
    _made: Numbers = field(init=False)
    _log: Numbers = field(init=False)
    _visits: Numbers = field(init=False)
    _of_open_cases: dict[str, Numbers] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._tables = self.tables or Tables(self.model)
        streams = [self.model.stream(self.run, one) for one in self.model.selectors]
        self._keys = np.array([stream.key for stream in streams], dtype=np.uint64)
        self._me = record(ME, {"sign": not isinstance(self.tally, Uncounted)})
        self._intents = np.zeros(len(self.model.roles), dtype=INTENT)
        self._clocks = np.zeros(len(self.model.chart.slots), dtype=CLOCK)
        self._made = np.zeros(len(self.model.selectors), dtype=np.int64)
        self._of_open_cases = self._open_cases()
        self._make_room(_ROWS, _ROWS)

    def play(self, cases: Numbers) -> None:
        """Play some cases from their arrival until they are closed or the simulation ends."""
        for first in range(0, len(cases), _WINDOW):
            self._play(np.ascontiguousarray(cases[first : first + _WINDOW], dtype=np.int64))

    def _play(self, cases: Numbers) -> None:
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
        waiting, batch = np.arange(len(cases)), _FIRST
        while len(waiting):
            rows, waiting = waiting[:batch], waiting[batch:]
            waiting = np.concatenate([self._played(rows, given), waiting])
            batch *= 8
        self._drain()

    def _played(self, rows: Numbers, given: tuple[Any, ...]) -> Numbers:
        """Play some rows; answer the questions at which cases were stopped, and return these cases with those that were not taken up."""
        questions = np.zeros((len(rows), 5), dtype=np.int64)
        sums, counts = self._sums()
        outcomes = self.outcomes or Outcomes(self.model, 0)
        columns = (outcomes.opened, outcomes.closed, outcomes.state, outcomes.late)
        taken, stopped = play_all(self._arrays(sums, counts), rows, given, columns, questions)
        self._add(sums, counts)
        asked, me = questions[:stopped], self._me[0]
        if stopped:
            self._tables.answer(asked[:, 1:])
        if me["asks"] == ROOM:
            self._drain()
            self._make_room(*(max(2 * int(me[name]), _ROWS) for name in ("one", "two")))
            me["asks"] = 0
        return np.concatenate([asked[:, 0], rows[taken:]])

    def _arrays(self, sums: dict[str, int], counts: Numbers) -> Play:
        at, tables, wide, edges, opens = self._tables.now
        run_at, run = laid(self._of_run(), np.int32)
        sizes = {
            "visits": max(map(len, self.starts.rows.values()), default=0) if self.starts else 0,
            "has_stations": self.starts is not None,
            "logs": self.log is not None,
            "notes_visits": self.visits is not None,
        }
        starts = self.starts.moments if self.starts else np.zeros((0, 0), dtype=np.int32)
        return Play(
            record(AT, at, run_at, sizes),
            record(SUM, sums),
            self._me,
            self._intents,
            self._clocks,
            self._made,
            edges,
            opens,
            tables,
            wide,
            self._keys,
            run,
            starts,
            counts,
            self._log,
            self._visits,
        )

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

    def _sums(self) -> tuple[dict[str, int], Numbers]:
        """Return where each count begins, and the array of all counts."""
        chart, tally = self.model.chart, self.tally
        faces, refusals = len(chart.faces), len(chart.refusals)
        growing = dict(zip(_GROWING, (faces, refusals, refusals), strict=True))
        return laid({name: np.zeros(growing.get(name, np.size(getattr(tally, name)))) for name in SUMS}, np.int64)

    def _add(self, sums: dict[str, int], counts: Numbers) -> None:
        tally, ends = self.tally, (*list(sums.values())[1:], len(counts))
        for (name, first), last in zip(sums.items(), ends, strict=True):
            there, found = getattr(tally, name), counts[first:last]
            if isinstance(there, int):
                setattr(tally, name, there + int(found[0]))
            elif name in _GROWING:
                setattr(tally, name, summed(there, found))
            else:
                there += found.reshape(there.shape)

    def _make_room(self, events: int, visits: int) -> None:
        width = 4 + len(self.model.chart.slots)
        self._log = np.zeros((events if self.log else 0, width), dtype=np.int64)
        self._visits = np.zeros((visits if self.visits else 0, len(fields(Visit))), dtype=np.int64)

    def _drain(self) -> None:
        """Hand on the events and visits that are written down."""
        me = self._me[0]
        if self.log:
            log = self._log[: int(me["logged"])]
            self.log.add(log[:, 0], log[:, 1], log[:, 2], log[:, 3], log[:, 4:].T)
        if self.visits is not None:
            found = self._visits[: int(me["visited"])]
            self.visits.add(Visit(*(found[:, column].copy() for column in range(found.shape[1]))))
        me["logged"] = me["visited"] = 0

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
