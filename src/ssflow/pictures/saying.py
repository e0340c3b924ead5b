"""The lines beneath the titles of simulation pictures: what was simulated, and what an interval is."""

from __future__ import annotations

from ssflow.simulation import Simulation
from ssflow.text import NO_TEXT, Text

ONE_RUN = Text("只运行一次，没有误差范围", "One run has no interval")


def scene_of(run: Simulation) -> Text:
    """Return which procedure was simulated, from when to when, how often, with how many cases."""
    scenario = run.scenario
    title, cases = scenario.definition.title, sum(tally.cases for tally in run.tallies) / run.runs
    return Text(
        f"{title.zh}，{scenario.start}至{scenario.end}，运行{run.runs}次，每次{cases:,.0f}件",
        f"{title.en}, {scenario.start} to {scenario.end}, {times(run.runs)} of {cases:,.0f} cases",
    )


def interval_of(run: Simulation, drawn: Text) -> Text:
    """Return what is drawn for an interval, or that there is none: one run does not tell how far another would lie."""
    if run.runs == 1:
        return ONE_RUN
    return Text(f"{drawn.zh}为各次运行的95%置信区间", f"{drawn.en} is the 95 % interval over runs")


def times(runs: int) -> str:
    """Return the number of runs in English."""
    return f"{runs} {'run' if runs == 1 else 'runs'}"


def first_run_only(run: Simulation) -> Text:
    """Return the note that single cases are kept of one run alone."""
    return NO_TEXT if run.runs == 1 else Text("按第0次运行的各办件统计", "Counted from the cases of run 0 alone")
