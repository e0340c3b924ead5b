"""The tables of a model for the compiled functions; what these ask for is added between two plays."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from attrs import define, field, frozen

from ssflow.simulation.chart.kernel import DAY_MINUTES
from ssflow.simulation.engines.compiled.layout import (
    EDGE,
    FACE,
    LINE,
    NODE,
    OPENS,
    OPTION,
    PLACES,
    QUEUES,
    STANDING,
    laid,
)
from ssflow.simulation.engines.compiled.lines import Lines
from ssflow.simulation.engines.dating import Dating
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.standings import Acting, Standings
from ssflow.simulation.numbers import NEVER, NONE, Numbers


@frozen(eq=False)
class Snapshot:
    """The arrays of a model at one time: ``at`` are the places of the columns in ``tables`` and ``wide``, with the sizes; `Chart.answers` are the rest."""

    at: dict[str, int]
    tables: Numbers
    wide: Numbers
    edges: Numbers
    opens: Numbers


@define(eq=False)
class Tables:
    """The tables of a model, with the latest snapshot of them. Each addition makes another, so that other threads may go on with theirs.

    ``are_played`` tells whether cases were played by them, so that few questions are left. ``places`` are those for cases that are played
    together, ``room_in_queues`` that for visits in the queue of each station.
    """

    model: Model
    standings: Standings = field(init=False)
    dating: Dating = field(init=False)
    lines: Lines = field(init=False)
    are_played: bool = field(default=False, init=False)
    places: int = field(default=1 << 10, init=False)
    room_in_queues: int = field(default=1 << 8, init=False)
    latest: Snapshot = field(init=False)
    _fixed: dict[str, Any] = field(init=False)
    _rows: dict[int, int] = field(factory=dict, init=False)  # of dates by day, by face
    _known: dict[int, None] = field(factory=dict, init=False)
    _bounds_from: list[int] = field(init=False)  # by selector

    def __attrs_post_init__(self) -> None:
        self.standings, self.dating = Standings(self.model), Dating(self.model.chart)
        self.lines = Lines(self.dating)
        self._bounds_from = _ends([selector.bounds.size for selector in self.model.selectors]).tolist()
        self._fixed = _of_selectors(self.model) | _of_stations(self.model)
        with self.model.chart.lock:
            self._known |= dict.fromkeys(self.standings.reached())
            self._make()

    def answer(self, questions: Numbers) -> None:
        """Add the answers to some questions, a row each: the kind and three numbers."""
        chart = self.model.chart
        with chart.lock:
            lines = []
            for kind, one, two, three in np.unique(questions, axis=0).tolist():
                if kind == EDGE:
                    chart.edge(one, two, three)
                elif kind == OPENS:
                    chart.opens(one, two, three)
                elif kind == NODE:
                    self._known[one] = None
                elif kind == FACE:
                    self._rows.setdefault(one, len(self._rows))
                elif kind == LINE:
                    lines.append((one, two, three))
                elif kind == PLACES:
                    self.places *= 4
                elif kind == QUEUES:
                    self.room_in_queues = max(self.room_in_queues, 4 * one)
            if lines:
                self.lines.add(lines)
            self._make()

    def know(self, nodes: Iterable[int]) -> None:
        """Add standings of the chart at which cases are when the simulation begins."""
        with self.model.chart.lock:
            self._known |= dict.fromkeys(nodes)
            self._make()

    def _make(self) -> None:
        model, chart, lines = self.model, self.model.chart, self.lines
        # Standings may find outcomes, outcomes may find faces, and faces may find timetables.
        columns = self._fixed | self._of_standings() | self._of_chart() | self._of_clocks() | _of_timetables(model)
        places, tables = laid(columns, np.int32)
        bounds = [bound for selector in model.selectors for bound in selector.bounds.reshape(-1).tolist()]
        of_wide, wide = laid({"bounds": bounds, "line_keys": lines.keys}, np.int64)
        sizes = {
            "slots": len(chart.slots),
            "days": model.days,
            "end": model.end,
            "clock_moves": chart.clock_moves,
            "places": _most_acts(model) + 1,
            "longest": _longest(model) + 1,
            "selectors": len(model.selectors),
            "profiles": len(model.scenario.profiles),
            "stations": len(model.capacities),
            "line_room": len(lines.keys),
            "open_cases": model.continuing.number,
            "outcomes": len(chart.outcomes),
            "refusals": len(chart.refusals),
            "faces": len(chart.faces),
        }
        self.latest = Snapshot({**places, **of_wide, **sizes}, tables, wide, *chart.answers)

    def _of_chart(self) -> dict[str, Any]:
        chart = self.model.chart
        changes = [(slot, change) for one in chart.outcomes for slot, change in one.changes]
        return {
            "target": [one.target for one in chart.outcomes],
            "changes_from": _ends([len(one.changes) for one in chart.outcomes]),
            "change_slot": [slot for slot, _ in changes],
            "change_effect": [int(change.effect) for _, change in changes],
            "change_face": [NONE if change.face is None else chart.face(change.face) for _, change in changes],
        }

    def _of_standings(self) -> dict[str, Any]:
        model = self.model
        there = {node: self.standings.of(node) for node in self._known}  # may find further standings
        standings = np.zeros(len(model.chart.states), dtype=STANDING)
        overdue = np.zeros((len(standings), len(model.chart.slots)), dtype=np.int32)
        moves: list[int] = self._fixed["moves"].tolist()
        acting: list[tuple[int, ...]] = []
        closing: list[int] = []
        ends: dict[int, tuple[int, ...]] = {}
        for node, one in there.items():
            if one.number not in ends:
                first = len(acting), len(closing)
                closing += one.closing
                for role in one.roles:
                    acting.append(self._acting(role, len(moves)))
                    if role.selector is None:
                        moves.append(role.opens)
                ends[one.number] = first[0], len(acting), first[1], len(closing)
            standings[node] = True, one.state, one.final, *ends[one.number]
            overdue[node, list(one.overdue)] = True
        return {
            "standings": standings.view(np.int32),
            "acting": np.array(acting, dtype=np.int32),
            "closing": closing,
            "overdue": overdue,
            "moves": moves,
        }

    def _acting(self, role: Acting, opening: int) -> tuple[int, ...]:
        """Return a row of a role that acts in a standing; the move of an ``opening`` is at a place of its own, and is always hoped for."""
        selector, places = role.selector, _most_acts(self.model) + 1
        if selector is None:
            return role.role, NONE, False, 0, 0, 0, -1, opening, 0, 0
        number, variants = selector.number, len(self.model.opening_of)
        of_selector = number, selector.is_served, len(selector.moves), selector.once
        begins = number * places, self._bounds_from[number], number * variants * places
        return role.role, *of_selector, role.acts, role.later, *begins

    def _of_clocks(self) -> dict[str, Any]:
        model, lines, days = self.model, self.lines, self.model.days
        mornings = np.arange(days) * DAY_MINUTES
        dates = [self.dating.dates(face, mornings, ()) for face in self._rows]
        faces = list(model.chart.faces)
        rows = np.full(len(faces), NONE)
        rows[list(self._rows)] = list(self._rows.values())
        return {
            "is_plain": [len(face.spans) == 1 and not face.in_hours for face in faces],
            "in_hours": [face.in_hours for face in faces],
            "office": [model.table_of(self.dating.case_of(face), face.owed_by) for face in faces],
            "dates": rows,
            "due_on": [one.due for one in dates],
            "closes_on": [one.closes for one in dates],
            "is_forecast_on": [one.provisional for one in dates],
            "line_face": lines.face,
            "line_due": lines.due,
            "line_closes": lines.closes,
            "line_is_forecast": lines.provisional,
            "line_values": lines.values,
        }


def _of_timetables(model: Model) -> dict[str, Any]:
    timetables = model.timetables
    begins = np.full((len(timetables), _longest(model) + 1), NEVER)
    for number, one in enumerate(timetables):
        begins[number, : len(one.worked)] = one.worked * DAY_MINUTES + one.opens
    before = np.stack([one.before for one in timetables])
    length = np.array([[one.length] for one in timetables])
    return {
        "opens": [one.opens for one in timetables],
        "length": length,
        "spent": before[:, :-1] * length,
        "at_work": np.diff(before),
        "before": before,
        "begins": begins,
        "opening_of": model.opening_of,
    }


def _longest(model: Model) -> int:
    return max(len(one.worked) for one in model.timetables)


def _of_stations(model: Model) -> dict[str, Any]:
    terms = [capacity.terms for capacity in model.capacities]
    return {
        "station_of": model.station_of,
        "taken_by": model.taken_by,
        "done_by": model.done_by,
        "has_clerks": [capacity.has_clerks for capacity in model.capacities],
        "open_by": [capacity.table for capacity in model.capacities],
        "numbers": [capacity.numbers for capacity in model.capacities],
        "ranks": [capacity.ranks for capacity in model.capacities],
        "terms_from": _ends(list(map(len, terms))),
        "terms": [slot for slots in terms for slot in slots],
    }


def _of_selectors(model: Model) -> dict[str, Any]:
    selectors, most = model.selectors, _most_acts(model)
    moves = np.full((len(selectors), most + 1), NONE)
    minutes = [row if np.ptp(row) else row[:1] for row in model.minutes]
    first, parts = _ends(list(map(len, minutes))), np.array([len(row) - 1 for row in minutes])
    options = np.full((len(selectors), len(model.opening_of), most + 1), NONE, dtype=OPTION)
    options["minutes"] = options["parts"] = 0  # who does nothing needs no time
    for number, one in enumerate(selectors):
        moves[number, : len(one.moves)] = one.moves
        option = options[number, :, : one.lengths.shape[1]]
        option["minutes"], option["parts"] = first[one.lengths], parts[one.lengths]
        option["timetable"], option["service"] = one.tables, one.services
    return {
        "moves": moves.reshape(-1),
        "options": options.view(np.int32),
        "minutes": np.concatenate(minutes),
    }


def _most_acts(model: Model) -> int:
    return max((len(one.moves) for one in model.selectors), default=0)


def _ends(lengths: Sequence[int]) -> Numbers:
    """Return where lists of these lengths begin if they are laid end to end, with the end of the last."""
    ends: Numbers = np.concatenate([[0], np.cumsum(lengths, dtype=np.int64)])
    return ends
