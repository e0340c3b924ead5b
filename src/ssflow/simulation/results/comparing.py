"""Two simulations that share their luck: what differs between them, run by run, and in which figures the law does."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from attrs import frozen

from ssflow.doors import check_kind
from ssflow.errors import Fault, InputError
from ssflow.rules import Value
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
    """What becomes of each measure, and of the law.

    ``differences`` has the mean of both and that of the differences over pairs of runs: since two runs of the same number share all
    their draws, the margin of a difference is far smaller than those of its sides. ``figures`` are those that differ, with how
    many clocks began by them in a run; None for a figure that conditions read, of which nobody counts how often.
    """

    differences: Table
    figures: Table

    def changed(self) -> Table:
        """The differences that are not nothing: where the law does not reach, runs that share their luck do not differ at all."""
        differs = [bool(value or margin) for value, margin in zip(*self._difference(), strict=True)]
        kept = [number for number, differing in enumerate(differs) if differing]
        columns = {name: [column[number] for number in kept] for name, column in self.differences.columns.items()}
        return Table(columns, self.differences.titles, self.differences.caption)

    def _difference(self) -> tuple[Sequence[float | None], Sequence[float | None]]:
        none = [None] * len(self.differences)
        columns = self.differences.columns
        return columns.get("difference", none), columns.get("difference_margin", none)

    @property
    def plot(self) -> ComparisonPlots:
        """Its picture, which needs the extra ``plot``: ``comparison.plot.differences()``."""
        from ssflow.pictures.plots import ComparisonPlots

        return ComparisonPlots(self)

    def __repr__(self) -> str:
        return f"{self.differences}\n\n{self.figures}" if len(self.figures) else repr(self.differences)

    def _repr_html_(self) -> str:
        drawn = picture_of(self)
        return f"<div>{drawn}{self.differences._repr_html_()}{self.figures._repr_html_()}</div>"


def compare(now: Simulation, then: Simulation) -> Comparison:
    """See `Simulation.compare`."""
    check_kind("other", then, type(now))
    if faults := _unlike(now, then):
        raise InputError(*faults)
    before, after = ([{m.name: m for m in measures_of(tally)} for tally in one.tallies] for one in (now, then))
    # A station that one of them alone has is compared with nothing.
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
    told = [row for row in rows if row["difference"].runs]
    return Comparison(Table.of(told, titles, Text("比较", "comparison")), _figures(now, then))


def _unlike(now: Simulation, then: Simulation) -> list[Fault]:
    """Where two simulations do not share their luck."""
    pairs: Mapping[str, tuple[object, object]] = {
        "process": (now.scenario.process, then.scenario.process),
        "seed": (now.scenario.seed, then.scenario.seed),
        "runs": (now.runs, then.runs),
        "start": (now.scenario.start, then.scenario.start),
        "cases": ([tally.cases for tally in now.tallies], [tally.cases for tally in then.tallies]),
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


def _figures(now: Simulation, then: Simulation) -> Table:
    process = now.model.chart.process
    changes = now.scenario.law.of(process).changes(then.scenario.law.of(process))
    clocks = {clock.name for clock in process.clocks}
    rows = []
    for change in changes:
        record, chinese = change.record("en"), change.record("zh")
        said = {name: Text(chinese[name], record[name]) for name in record}
        counted = change.parameter in clocks
        rows.append(
            {
                "parameter": change.parameter,
                **{name: said[name] for name in ("place", "when", "since", "before", "after")},
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
    return Table.of(rows, titles, Text("变更的数值", "figures that differ"))


def _met(simulation: Simulation, value: Value | None) -> float | None:
    """How many clocks began by a figure, in a run on the average."""
    if value is None:
        return None
    faces = [
        number
        for number, face in enumerate(simulation.model.chart.faces)
        if (face.clock, face.spans[0], face.region, face.cites)
        == (value.parameter, value.amount, value.region, tuple(map(str, value.cites)))
    ]
    shown = [tally.shown for tally in simulation.tallies]
    return sum(int(one[n]) for one in shown for n in faces if n < len(one)) / simulation.runs
