"""The engine that plays cases one after the other in machine code, with the draws, tables and steps of the engine in columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from attrs import define, field

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.agenda import MARKS
from ssflow.simulation.engines.compiled.layout import (
    ENTRY,
    PLAY,
    QUEUE,
    ROOM,
    START,
    SUMS,
    VISIT,
    Records,
    laid,
    layout_of_case,
)
from ssflow.simulation.engines.compiled.lines import Line
from ssflow.simulation.engines.compiled.playing import play_all
from ssflow.simulation.engines.compiled.tables import Tables
from ssflow.simulation.engines.compiled.together import play_together
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.resuming import resumed
from ssflow.simulation.engines.starts import Starts
from ssflow.simulation.engines.tally import Tally, Uncounted, summed
from ssflow.simulation.numbers import NONE, Numbers

_WINDOW = 1 << 16  # cases that are prepared together
_FIRST = 1 << 8  # cases that are played first, because their questions are those of most others
ROWS = 1 << 16  # events that are written down before they are handed on
_GROWING = ("shown", "waits", "waited")


@define(eq=False)
class CompiledEngine:
    """The engine that plays cases of one run in machine code, one by one or, where they wait for one another, all together.

    Its fields are those of `EventEngine`. The ``log`` is written only of cases that are played one by one.
    """

    model: Model
    run: int
    tally: Tally
    outcomes: Outcomes | None = None
    log: Log | None = None
    tables: Tables | None = None
    starts: Starts | None = None
    begun: Starts | None = None
    _tables: Tables = field(init=False)
    _play: Records = field(init=False)
    _own: dict[str, Any] = field(init=False)  # the arrays of this engine alone
    _room_for_questions: int = field(default=_FIRST, init=False)
    _growing: tuple[int, ...] = field(default=(), init=False)  # how many faces and refusals there is room to count
    _counts: tuple[dict[str, int], Numbers] | None = field(default=None, init=False)
    _log: Numbers = field(init=False)
    _of_open_cases: dict[str, Numbers] = field(init=False)

    def __attrs_post_init__(self) -> None:
        self._tables = self.tables or Tables(self.model)
        model = self.model
        self._play = np.zeros(1, dtype=PLAY)
        self._play[0]["sign"] = 1
        keys = [model.stream(self.run, selector).key for selector in model.selectors]
        self._own = {"keys": np.array(keys, dtype=np.uint64)}
        self._of_open_cases = self._open_cases()
        self._make_room(ROWS)

    def play(self, cases: Numbers) -> None:
        """Play some cases from their arrival until they are closed or the simulation ends."""
        if self.model.capacities and self.starts is None:
            self._play_together(cases)
            return
        for first in range(0, len(cases), _WINDOW):
            self._play_some(cases[first : first + _WINDOW])

    def _given(self, cases: Numbers) -> tuple[Any, ...]:
        """Return what is given of some cases, in the order of their days of arrival, with the variant and the first standing of each profile."""
        model = self.model
        self.tally.cases += len(cases)
        luck = model.stream_of_kinds(self.run).luck(cases)
        profiles = model.profiles_of(self.run, cases, luck)
        arrivals = model.schedule.minutes(model.scenario.seed, self.run, cases, luck)
        if self.outcomes:
            there = cases < self.outcomes.number
            self.outcomes.profile[cases[there]] = profiles[there]
        continued = cases[cases < model.continuing.number]
        if len(continued):
            self.tally.continued(continued)
        order = np.argsort((arrivals // DAY_MINUTES).astype(np.uint16), kind="stable")
        of_cases = (cases, luck, profiles.astype(np.int32), arrivals.astype(np.int32))
        of_profiles = (model.variant_of, model.kind_of)
        return *(column.take(order) for column in of_cases), *(np.array(column, np.int32) for column in of_profiles)

    def _play_some(self, cases: Numbers) -> None:
        # Cases of one day follow each other, because they look at the same parts of the tables.
        given = self._given(cases)
        waiting, batch = np.arange(len(cases)), len(cases) if self._tables.are_played else _FIRST
        while len(waiting):
            waiting = np.concatenate([self._played(waiting[:batch], given), waiting[batch:]])
            batch *= 8
        self._tables.are_played = True
        self._drain()
        self._add()

    def _play_together(self, cases: Numbers) -> None:
        given, stopped = self._given(cases), 1
        while stopped:
            self._counts = None
            with self._pointed(len(cases), self._places()) as questions:
                stopped = play_together(self._play, given)
            self._answer(questions[:stopped])
        self._add()

    def _answer(self, questions: Numbers) -> None:
        """Answer some questions, a row each."""
        if not len(questions):
            return
        if self.begun is not None:
            for _, selector, visit, _ in np.unique(questions[questions[:, 1] == START, 1:], axis=0).tolist():
                self.begun.row(selector, visit)
        self._tables.answer(questions[:, 1:])
        self._room_for_questions *= 4

    def _played(self, rows: Numbers, given: tuple[Any, ...]) -> Numbers:
        """Play some rows; answer the questions at which cases were stopped, and return these cases with those that were not taken up."""
        with self._pointed(len(rows), self._places(1)) as questions:
            taken = play_all(self._play, rows, given)
        play = self._play[0]
        asked = questions[: play["asked"]]
        self._answer(asked)
        if play["asks"] == ROOM:
            self._drain()
            self._make_room(max(2 * int(play["one"]), ROWS))
            play["asks"] = 0
        return np.concatenate([asked[:, 0], rows[taken:]])

    def _places(self, number: int = 0) -> dict[str, Any]:
        """Return the memory of a number of cases; if none is given, that of cases which are played together, with agenda and queues."""
        model, tables, places = self.model, self._tables, number or self._tables.places
        layout = layout_of_case(len(model.roles), len(model.chart.slots), len(model.selectors))
        found = {"cases": np.zeros(places, dtype=layout)}
        found["cases"]["case"]["number"] = NONE
        if number:
            return found
        stations = len(model.capacities)
        entries = np.full(stations + places, NONE, dtype=ENTRY)
        entries["after"][stations:-1] = np.arange(1, places)  # each free place names the next
        return found | {
            "agenda": np.full(DAY_MINUTES + model.days + 1, NONE, dtype=np.int32),
            "marks": np.zeros(MARKS, dtype=np.uint64),
            "entries": entries,
            "queues": np.zeros(stations, dtype=QUEUE),
            "waiting": np.zeros((stations, 2, tables.room_in_queues), dtype=VISIT),
            "awake": np.zeros(stations, dtype=np.int64),
        }

    @contextmanager
    def _pointed(self, cases: int, places: dict[str, Any]) -> Iterator[Numbers]:
        """Let the play point to all arrays, and keep these alive for so long; yield the array for questions."""
        model, latest = self.model, self._tables.latest
        sums, counts = self._room_for_counts(latest.at)
        run_at, run = laid(self._of_run(), np.int32)
        known = self.starts or self.begun
        starts = known.moments if known else np.zeros((0, 0), dtype=np.int32)
        layout = places["cases"].dtype
        sizes = {
            "visits": max(map(len, known.rows.values()), default=0) if known else 0,
            "all_moves": latest.edges.shape[1],
            "cases": starts.shape[1],
            "bytes_of_case": layout.itemsize,
            "clocks_in_case": layout.fields["clocks"][1],
            "made_in_case": layout.fields["made"][1],
            "room_in_queues": self._tables.room_in_queues,
            "is_together": "agenda" in places,
            "notes_starts": self.begun is not None,
            "logs": self.log is not None,
        }
        arrays = {"tables": latest.tables, "wide": latest.wide, "edges": latest.edges, "opens": latest.opens}
        arrays |= {"run": run, "counts": counts, "starts": starts, "log": self._log}
        outcomes = self.outcomes or Outcomes(model, 0)
        arrays |= {"opened": outcomes.opened, "closed": outcomes.closed, "ended": outcomes.state, "late": outcomes.late}
        arrays["questions"] = np.zeros((min(self._room_for_questions, cases), 5), dtype=np.int64)
        arrays |= self._own | places
        play = self._play[0]
        for part, numbers in (("at", {**latest.at, **run_at, **sizes}), ("sums", sums)):
            for name, number in numbers.items():
                play[part][name] = number
        for name, array in arrays.items():
            play["address"][name], play["items"][name] = array.ctypes.data, len(array)
        play["address"]["case"] = play["address"]["cases"]
        play["today"] = NONE
        play["free"] = play["awake"] = play["asked"] = 0
        yield arrays["questions"]

    def _of_run(self) -> dict[str, Any]:
        known = self.starts or self.begun
        rows = known.rows if known else {}
        start_row = np.full((len(self.model.selectors), max(map(len, rows.values()), default=0)), NONE)
        for selector, of_visits in rows.items():
            start_row[selector, : len(of_visits)] = of_visits
        return {"start_row": start_row, **self._of_open_cases}

    def _room_for_counts(self, at: dict[str, int]) -> tuple[dict[str, int], Numbers]:
        """Return where each count begins, and the array of all counts: a new one if the tables know more faces or refusals than before."""
        growing = at["faces"], at["refusals"], at["refusals"]
        if self._counts and self._growing == growing:
            return self._counts
        self._add()
        self._growing, tally = growing, self.tally
        lengths = {name: np.size(getattr(tally, name)) for name in SUMS} | dict(zip(_GROWING, growing, strict=True))
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

    def _make_room(self, events: int) -> None:
        width = 4 + len(self.model.chart.slots)
        self._log = np.zeros((events if self.log else 0, width), dtype=np.int64)

    def _drain(self) -> None:
        """Hand on the events that are written down."""
        play = self._play[0]
        if self.log:
            log = self._log[: int(play["logged"])]
            self.log.add(log[:, 0], log[:, 1], log[:, 2], log[:, 3], log[:, 4:].T)
        play["logged"] = 0

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
