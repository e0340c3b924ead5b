"""The comparison of two simulations with the same draws: the differences between them, run by run, and the figures of law that differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from attrs import evolve, frozen

from ssflow.doors import check_kind
from ssflow.errors import Fault, InputError
from ssflow.process.keys import key_text
from ssflow.rules import Changes, Value
from ssflow.simulation.results.measures import measures_of
from ssflow.simulation.results.notebooks import picture_of
from ssflow.tables.estimates import Estimate
from ssflow.tables.table import Table
from ssflow.text import Text

if TYPE_CHECKING:
    from ssflow.pictures.plots import ComparisonPlots
    from ssflow.simulation.results.simulation import Simulation


@frozen(eq=False)
class Comparison:
    """The comparison of two simulations: the differences of each measure, and of the law.

    ``differences`` has the means of both, and the mean of the differences over pairs of runs: since two runs of the same number share all
    their draws, the margin of a difference is far smaller than those of its sides. A measure that only one side has, such as the delays of a
    term that is abolished, has no difference. ``figures`` are those that differ, with how many clocks
    began by them in a run; None for a figure that conditions read, because its uses are not counted. ``notes`` are cautions to be read before
    the comparison is used: for example that a change of law reaches no case.
    """

    now: Simulation
    then: Simulation
    differences: Table
    figures: Table

    @property
    def notes(self) -> tuple[Text, ...]:
        """The cautions, each in a sentence; empty if there are none."""
        if self.now.scenario.digest != self.then.scenario.digest:
            return ()
        if not len(self.figures):
            return (_SAME,)
        clocks = {clock.name for clock in self.now.model.chart.process.clocks}
        counted = clocks.issuperset(self.figures["parameter"])
        if counted:
            return () if self._is_reached() else (_OUT_OF_REACH,)
        return () if len(self.changed()) else (_NO_EFFECT,)

    def _is_reached(self) -> bool:
        """Return whether some clock began by a figure that is new, or none began any more by one that is abolished."""
        return any(
            _met(self.then, change.after) or _met(self.now, change.before) != _met(self.then, change.before)
            for change in _changes(self.now, self.then)
        )

    def changed(self) -> Table:
        """Return the differences that are not zero, and the measures that only one side has.

        Where the change does not reach, runs with the same draws do not differ at all.
        """
        differs = [value is None or bool(value or margin) for value, margin in zip(*self._difference(), strict=True)]
        kept = [number for number, differing in enumerate(differs) if differing]
        return self.differences.taking(kept)

    def _difference(self) -> tuple[Sequence[float | None], Sequence[float | None]]:
        none = [None] * len(self.differences)
        columns = self.differences.columns
        return columns.get("difference", none), columns.get("difference_margin", none)

    @property
    def plot(self) -> ComparisonPlots:
        """The pictures of the comparison, which need the extra ``plot``: ``comparison.plot.differences()``."""
        from ssflow.pictures.plots import ComparisonPlots

        return ComparisonPlots(self)

    def __repr__(self) -> str:
        figures = f"\n\n{self.figures}" if len(self.figures) else ""
        return f"{self.differences}{figures}" + "".join(f"\n- {note.en}" for note in self.notes)

    def _repr_html_(self) -> str:
        drawn, notes = picture_of(self), "".join(f"<li>{escape(note.zh)}</li>" for note in self.notes)
        return f"<div>{drawn}{self.differences._repr_html_()}{self.figures._repr_html_()}<ul>{notes}</ul></div>"


_SAME = Text(
    "两部法律对本程序的数值没有差别，方案也相同",
    "the two laws have the same figures for this procedure, and the scenario is the same",
)
_OUT_OF_REACH = Text(
    "没有期限按变更的数值起算：改动不及于方案的地方或期间；请核对改动的地方（region）和起始日（since）",
    "no clock began by a figure that differs: the change does not reach the places or the days of the scenario; look at its region and its first day (since)",
)


_NO_EFFECT = Text(
    "变更的数值用于判断条件，而各项指标没有差别；请核对方案的材料是否涉及这些数值",
    "the figures that differ are read by conditions, and no measure differs; see whether the data of the scenario depend on them",
)


def compare(now: Simulation, then: Simulation) -> Comparison:
    """Return the comparison of two simulations; see `Simulation.compare`."""
    check_kind("other", then, type(now))
    if faults := _unlike(now, then):
        raise InputError(*faults)
    before, after = ([{m.name: m for m in measures_of(tally)} for tally in one.tallies] for one in (now, then))
    # A station that only one of them has cannot be compared.
    shared = [name for name in before[0] if name in after[0]]
    rows: list[dict[str, Any]] = [
        {
            "measure": before[0][name].title,
            "now": Estimate.of(one[name].value for one in before),
            "then": Estimate.of(one[name].value for one in after),
            "difference": Estimate.of(b[name].value - a[name].value for a, b in zip(before, after, strict=True)),
        }
        for name in shared
    ]
    titles = {
        "measure": Text("指标", "measure"),
        "now": Text("现行", "now"),
        "then": Text("改后", "then"),
        "difference": Text("差", "difference"),
    }
    told = [row for row in rows if row["now"].runs or row["then"].runs]
    return Comparison(now, then, Table.of(told, titles, Text("比较", "comparison")), _figures(now, then))


def _unlike(now: Simulation, then: Simulation) -> list[Fault]:
    """Return a fault for each setting in which two simulations must agree to share their draws, and do not."""
    cases = zip((tally.cases for tally in now.tallies), (tally.cases for tally in then.tallies), strict=False)
    pairs: Mapping[str, tuple[object, object]] = {
        "process": (now.scenario.process, then.scenario.process),
        "seed": (now.scenario.seed, then.scenario.seed),
        "runs": (now.runs, then.runs),
        "start": (now.scenario.start, then.scenario.start),
        "cases": next((pair for pair in cases if pair[0] != pair[1]), (0, 0)),  # in the first run in which they differ
    }
    return [
        Fault(
            f"other.{name}",
            Text(
                f"两次模拟的{name}须相同，才能逐次比较：{one}与{other}",
                f"both simulations need the same {name} to be compared run by run: {one} and {other}",
            ),
        )
        for name, (one, other) in pairs.items()
        if one != other
    ]


def _changes(now: Simulation, then: Simulation) -> Changes:
    process = now.model.chart.process
    return now.scenario.law.of(process).changes(then.scenario.law.of(process))


def _figures(now: Simulation, then: Simulation) -> Table:
    process = now.model.chart.process
    clocks = {clock.name for clock in process.clocks}
    rows = []
    for change in _changes(now, then):
        record, chinese = change.record("en"), change.record("zh")
        said = {name: Text(chinese[name], record[name]) for name in record}
        counted = change.parameter in clocks
        rows.append(
            {
                "parameter": change.parameter,
                "place": said["place"],
                "when": Text.join([key_text(process, *pair) for pair in change.when]),
                **{name: said[name] for name in ("since", "before", "after")},
                "began_before": _met(now, change.before) if counted else None,
                "began_after": _met(then, change.after) if counted else None,
            }
        )
    titles = {
        "parameter": Text("项目", "parameter"),
        "place": Text("地方", "place"),
        "when": Text("适用条件", "when"),
        "since": Text("自", "since"),
        "before": Text("现行", "before"),
        "after": Text("改后", "after"),
        "began_before": Text("起算次数：现行", "clocks begun: before"),
        "began_after": Text("起算次数：改后", "clocks begun: after"),
    }
    named = {"parameter": {figure.name: figure.title for figure in process.figures}}
    return evolve(Table.of(rows, titles, Text("变更的数值", "figures that differ")), named=named)


def _met(simulation: Simulation, value: Value | None) -> float | None:
    """Return how many clocks began by a figure in a run, as the mean over the runs."""
    if value is None:
        return None
    faces = [
        number
        for number, face in enumerate(simulation.model.chart.faces)
        if (face.clock, face.spans[0], face.region, face.cites)
        == (value.parameter, value.amount, value.region, value.cited)
    ]
    shown = [tally.shown for tally in simulation.tallies]
    return sum(int(one[n]) for one in shown for n in faces if n < len(one)) / simulation.runs
