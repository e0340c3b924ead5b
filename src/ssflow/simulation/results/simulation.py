"""The result of a simulation: every number over runs with its margin, single cases, and the log of all events."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import field, frozen

from ssflow.calendar.spans import spans_text
from ssflow.doors import check_kind, check_lang
from ssflow.errors import InputError, UnknownError
from ssflow.rules.basis import basis_text
from ssflow.simulation.chart.moves import Face
from ssflow.simulation.digests import digest, digests_of
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.playing import Player
from ssflow.simulation.engines.tally import Tally, padded
from ssflow.simulation.numbers import NONE, Numbers
from ssflow.simulation.results.comparing import Comparison, compare
from ssflow.simulation.results.measures import clocks_of, measures_of, terms_of
from ssflow.simulation.results.notebooks import picture_of
from ssflow.simulation.results.notes import notes_on
from ssflow.simulation.results.open_cases import open_cases_of
from ssflow.simulation.results.replay import Replay
from ssflow.simulation.results.stations import in_stations, queues_of, stations_of
from ssflow.simulation.results.stopping import Goal
from ssflow.simulation.results.waiting import waits_of
from ssflow.simulation.scenario.profiles import MAIN
from ssflow.simulation.scenario.scenario import Scenario
from ssflow.tables.estimates import Estimate, ratio
from ssflow.tables.table import Table
from ssflow.text import Lang, Text

if TYPE_CHECKING:
    from ssflow.pictures.plots import RunPlots

_NOT_KEPT = Text("没有保留逐件结果（keep=False）", "the cases were not kept (keep=False)")


@frozen(eq=False, repr=False)
class Simulation:
    """The result of playing a scenario in several runs: ``summary``, ``late``, ``waits`` and ``backlog`` are tables over the runs.

    ``cases`` and ``log`` have the single cases of run 0, ``case`` replays any case. A notebook shows a picture and the summary.
    """

    scenario: Scenario
    runs: int
    tallies: tuple[Tally, ...] = field(repr=False)
    _player: Player = field(repr=False)
    _outcomes: Outcomes | None = field(repr=False, default=None)
    goal: Goal | None = field(repr=False, default=None)

    def __attrs_post_init__(self) -> None:
        for tally in self.tallies:  # no case is lost, and none is counted twice
            closed, standing = tally.number_closed, int(tally.backlog[:, -1].sum())
            assert tally.number_opened == closed + standing  # noqa: S101

    @property
    def model(self) -> Model:
        """The model that was played."""
        return self._player.model

    @property
    def notes(self) -> tuple[Text, ...]:
        """Notes to be read before the numbers are used: assumptions, what was cut off, what rests on forecasts."""
        return tuple(notes_on(self))

    def summary(self) -> Table:
        """The table of the main numbers: cases opened and closed, how long they took, how they ended, how many terms were late."""
        measured = [list(measures_of(tally)) for tally in self.tallies]
        rows = [
            {"measure": side[0].title, "value": Estimate.of(one.value for one in side)}
            for side in zip(*measured, strict=True)
        ]
        titles = {"measure": Text("指标", "measure"), "value": Text("数值", "value")}
        return Table.of([row for row in rows if row["value"].runs], titles, Text("概况", "summary"))

    def late(self) -> Table:
        """The table of terms: how often each began, what share was late, by how many working days, how many rest on days not yet published."""
        rows = []
        for slot, clock in terms_of(self.model):
            started = [int(tally.started[slot]) for tally in self.tallies]
            if not any(started):
                continue
            out = [int(tally.ran_out[slot]) for tally in self.tallies]
            provisional = [int(tally.provisional[slot]) for tally in self.tallies]
            late = [tally.late[slot] for tally in self.tallies]
            rows.append(
                {
                    "term": clock.name,
                    "title": clock.title,
                    "began": Estimate.of(map(float, started)),
                    "late": Estimate.of(100 * ratio(n, of) for n, of in zip(out, started, strict=True)),
                    "workdays": Estimate.of(_mean(counts) for counts in late),
                    "provisional": Estimate.of(100 * ratio(n, of) for n, of in zip(provisional, started, strict=True)),
                    "basis": self._basis(slot),
                }
            )
        titles = {
            "term": Text("期限", "term"),
            "title": Text("名称", "title"),
            "began": Text("起算次数", "began"),
            "late": Text("逾期（%）", "late (%)"),
            "workdays": Text("逾期工作日数（平均）", "working days late (mean)"),
            "provisional": Text("最后一日暂定（%）", "last day provisional (%)"),
            "basis": Text("数值及依据", "figures and basis"),
        }
        return Table.of(rows, titles, Text("期限与逾期", "terms and delays"))

    def _basis(self, slot: int) -> Text:
        """Return the figures by which a clock ran, the most frequent first."""
        shown = sum((padded(tally.shown, len(self.model.chart.faces)) for tally in self.tallies), start=np.int64(0))
        counts = {
            face: int(np.asarray(shown)[number])
            for number, face in enumerate(self.model.chart.faces)
            if (face.case, face.clock) == self.model.chart.slots[slot] and int(np.asarray(shown)[number])
        }
        ordered = sorted(counts, key=lambda face: -counts[face])
        return Text.join(list(dict.fromkeys(map(self._figure, ordered))))

    def _figure(self, face: Face) -> Text:
        """Return the figure of a clock with its basis."""
        spans = spans_text(face.spans)
        rests = basis_text(face.cites, self.scenario.law.of(self.model.chart.process).laws)
        return Text(f"{spans.zh}（{rests.zh}）", f"{spans.en} ({rests.en})") if rests else spans

    def waits(self) -> Table:
        """The table of waits, by state and act: for which condition, by which article, or in which queue; how often and how long."""
        return waits_of(self)

    def stations(self) -> Table:
        """The table of stations: how many cases came, were taken up or left, how long they queued, how busy each station was.

        Use and queues are measured from the end of the warm-up to the last day on which cases arrive.
        """
        return stations_of(self)

    def queues(self) -> Table:
        """The table of queues at each station at the end of each day, including cases that arrived in the warm-up."""
        return queues_of(self)

    def backlog(self) -> Table:
        """The table of open cases at the end of each day, in all and by state, including those that arrived in the warm-up."""
        standing = np.stack([(tally.backlog + tally.warm)[:, self.model.first :] for tally in self.tallies])
        total = standing.sum(axis=1)
        estimates = [Estimate.of(map(float, side)) for side in total.T]
        days = np.datetime64(self.scenario.start) + np.arange(self.scenario.days)
        columns: dict[str, Any] = {
            "day": days,
            "open": np.array([one.mean for one in estimates]),
            "open_margin": [one.margin for one in estimates],
        }
        titles = {"day": Text("日期", "day"), "open": Text("未结件数", "open")}
        for place, state in enumerate(self.model.chart.process.states):
            if not state.final:
                columns[state.name] = standing[:, place].mean(axis=0)
                titles[state.name] = state.title
        return Table(columns, titles, Text("未结件", "backlog"))

    @property
    def cases(self) -> Table:
        """The table of the cases of run 0: kind, when each was opened and closed, its state at the end, how late each of its terms was.

        Raises:
            InputError: the cases were not kept.

        """
        kept = self._kept()
        start = np.datetime64(self.model.origin, "m")
        missing = np.datetime64("NaT", "m")
        states = np.array(["", *(state.name for state in self.model.chart.process.states)])
        profiles = np.array([profile.id for profile in self.scenario.profiles])
        opened, closed = (np.where(side == NONE, missing, start + side) for side in (kept.opened, kept.closed))
        columns: dict[str, Any] = {
            "case": np.arange(kept.number),
            "profile": profiles[kept.profile],
            "opened": opened,
            "closed": closed,
            "state": states[kept.state + 1],
        }
        titles = {
            "case": Text("办件", "case"),
            "profile": Text("类别", "profile"),
            "opened": Text("登记时间", "opened"),
            "closed": Text("办结时间", "closed"),
            "state": Text("状态", "state"),
        }
        for slot, clock in terms_of(self.model):
            columns[f"{clock.name}_late"] = np.maximum(kept.late[slot], 0)
            titles[f"{clock.name}_late"] = Text(f"{clock.zh}逾期工作日数", f"working days late: {clock.en}")
        return Table(columns, titles, Text("办件", "cases"))

    def open_cases(self) -> Table:
        """The table of cases that were open at the start: the share of runs in which each is late by the end, and in which it is closed.

        A case is late if a term of it has run out, even before the simulation began. All runs are played once more.

        Raises:
            InputError: the simulation did not begin with open cases.

        """
        return open_cases_of(self)

    def outcomes_of(self, run: int, number: int) -> Outcomes:
        """Return the outcomes of the first cases of a run, which is played once more."""
        return self._player.outcomes(run, number)

    def _kept(self) -> Outcomes:
        if self._outcomes is None:
            raise InputError.of("keep", f"{_NOT_KEPT.zh}；请写keep=True", f"{_NOT_KEPT.en}; write keep=True")
        return self._outcomes

    def log(self, lang: Lang | None = None, run: int = 0) -> Table:
        """Return every event of the cases of a run, in the columns that process mining reads; the run is played once more for this.

        ``lang`` gives titles of activities, roles and states in place of their names. The resource is the role, or the station that did the act.
        """
        self._check_run(run)
        if lang is not None:
            check_lang("lang", lang)
        log = Log()
        for task in self._player.tasks([run]):
            self._player.play(task, None, log)
        case, move, minute, state, *_ = log.columns()
        activities, resources, states = self._names(lang)
        resource = in_stations(self.model, run, resources[move], case, move, state, lang)
        own = self._own(move)
        case, move, minute, state, resource = case[own], move[own], minute[own], state[own], resource[own]
        columns: dict[str, Any] = {
            "case:concept:name": case,
            "concept:name": activities[move],
            "time:timestamp": np.datetime64(self.model.origin, "m") + minute,
            "org:resource": resource,
            "lifecycle:transition": np.full(len(case), "complete"),
            "state": states[state],
        }
        return Table(
            columns,
            {
                "case:concept:name": Text("办件", "case"),
                "concept:name": Text("环节", "activity"),
                "time:timestamp": Text("时间", "time"),
                "org:resource": Text("主体", "resource"),
                "lifecycle:transition": Text("生命周期", "lifecycle"),
                "state": Text("状态", "state"),
            },
            Text("事件日志", "event log"),
        )

    def _own(self, moves: Numbers) -> Numbers:
        """Return the rows of the simulated case itself."""
        chart = self.model.chart
        own = [*(True for _ in chart.doings), *(case == MAIN for case, _ in chart.slots)]
        return np.flatnonzero(np.array(own)[moves])

    def _names(self, lang: Lang | None) -> tuple[np.ndarray[Any, Any], ...]:
        chart = self.model.chart

        def named(part: Any) -> str:
            return str(part.name if lang is None else part.title.say(lang))

        lapsing = {a.after.name: a for a in chart.process.activities if a.after is not None}
        by_clock = {clock.name: named(lapsing.get(clock.name, clock)) for _, clock in clocks_of(self.model)}
        activities = [
            *(named(one.activity) for one in chart.doings),
            *(by_clock.get(clock, clock) for _, clock in chart.slots),
        ]
        resources = [*(named(one.by) for one in chart.doings), *("" for _ in chart.slots)]
        return np.array(activities), np.array(resources), np.array([*map(named, chart.process.states)])

    def case(self, number: int, run: int = 0) -> Replay:
        """Return one case, played again by the kernel, with the account of each of its last days.

        Raises:
            UnknownError: the run has no such case.

        """
        self._check_run(run)
        check_kind("number", number, int)
        count = self._player.count(run)
        if not 0 <= number < count:
            hint = Text(f"第{run}次运行有第0至{count - 1}件", f"run {run} has cases 0 to {count - 1}")
            raise UnknownError("case", str(number), (), hint)
        company, events, profile = self._player.replay(run, number)
        return Replay(
            number, run, self.scenario.profiles[profile].name, company.main, events, company.related, self.scenario.law
        )

    def _check_run(self, run: int) -> None:
        check_kind("run", run, int)
        if not 0 <= run < self.runs:
            hint = Text(f"共{self.runs}次，自0起", f"there are {self.runs}, counted from 0")
            raise UnknownError("run", str(run), (), hint)

    def compare(self, other: Self) -> Comparison:
        """Return the comparison with another simulation of the same luck: each difference over pairs of runs, and the figures of law that differ.

        Law, practices and stations may differ; measures of a station that only one simulation has are left out.

        Raises:
            InputError: the other simulation has another procedure, seed, number of runs or number of cases.

        """
        return compare(self, other)

    @property
    def digests(self) -> Mapping[str, str]:
        """The digests of everything from which the result follows (definition, rulebook, calendar, scenario, NumPy) and of the result itself."""
        process, law = self.model.chart.process, self.scenario.law
        return {
            "process": process.name,
            **digests_of(process, law),
            "scenario": self.scenario.digest,
            "seed": str(self.scenario.seed),
            "runs": str(self.runs),
            "numpy": np.__version__,
            "result": digest([[(m.name, repr(m.value)) for m in measures_of(tally)] for tally in self.tallies]),
        }

    @property
    def plot(self) -> RunPlots:
        """The pictures of the result, which need the extra ``plot``: ``run.plot.backlog()``."""
        from ssflow.pictures.plots import RunPlots

        return RunPlots(self)

    def to_polars(self) -> Any:
        """Return the cases of run 0 as a DataFrame of polars."""
        return self.cases.to_polars()

    def to_pandas(self) -> Any:
        """Return the cases of run 0 as a DataFrame of pandas."""
        return self.cases.to_pandas()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """Return the cases of run 0 as an Arrow stream."""
        return self.cases.__arrow_c_stream__(requested_schema)

    def __repr__(self) -> str:
        notes = "".join(f"\n- {note.en}" for note in self.notes)
        return f"{self.scenario.definition.title.en}, {self.runs} runs\n{self.summary()}{notes}"

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{escape(note.zh)}</li>" for note in self.notes)
        drawn = picture_of(self)
        return f"<div>{drawn}{self.summary()._repr_html_()}{self.late()._repr_html_()}<ul>{notes}</ul></div>"


def _mean(counts: Numbers) -> float:
    return ratio(float((counts * np.arange(len(counts))).sum()), float(counts.sum()))
