"""The result of a simulation: every number over runs with its margin, single cases, and the log of all events."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from attrs import field, frozen

from ssflow.doors import check_kind, check_lang
from ssflow.errors import InputError, UnknownError
from ssflow.simulation.digests import digest, digests_of
from ssflow.simulation.engines.model import Model
from ssflow.simulation.engines.outcomes import Log, Outcomes
from ssflow.simulation.engines.playing import Player
from ssflow.simulation.engines.tally import Tally
from ssflow.simulation.results.backlog import backlog_of
from ssflow.simulation.results.cases import cases_of
from ssflow.simulation.results.comparing import Comparison, compare
from ssflow.simulation.results.log import log_of
from ssflow.simulation.results.measures import measures_of
from ssflow.simulation.results.notebooks import picture_of
from ssflow.simulation.results.notes import notes_on
from ssflow.simulation.results.open_cases import open_cases_of
from ssflow.simulation.results.replay import Replay
from ssflow.simulation.results.stations import queues_of, stations_of
from ssflow.simulation.results.stopping import Goal
from ssflow.simulation.results.terms import late_of
from ssflow.simulation.results.waiting import waits_of
from ssflow.simulation.scenario.scenario import Scenario
from ssflow.tables.estimates import Estimate
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
            closed, left = tally.number_closed, int(tally.backlog[:, -1].sum())
            assert tally.number_opened == closed + left  # noqa: S101

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
        return late_of(self)

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
        return backlog_of(self)

    @property
    def cases(self) -> Table:
        """The table of the cases of run 0: kind, when each was opened and closed, its state at the end, how late each of its terms was.

        Raises:
            InputError: the cases were not kept.

        """
        return cases_of(self, self._kept())

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
        return log_of(self.model, log, lang, run)

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
        runs = "1 run" if self.runs == 1 else f"{self.runs} runs"
        return f"{self.scenario.definition.title.en}, {runs}\n{self.summary()}{notes}"

    def _repr_html_(self) -> str:
        notes = "".join(f"<li>{escape(note.zh)}</li>" for note in self.notes)
        drawn = picture_of(self)
        return f"<div>{drawn}{self.summary()._repr_html_()}{self.late()._repr_html_()}<ul>{notes}</ul></div>"
