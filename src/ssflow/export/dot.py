"""Export of a procedure as a graph for Graphviz."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssflow.doors import check_subclass
from ssflow.export.labels import move_label
from ssflow.process import Process

if TYPE_CHECKING:
    from ssflow.text import Lang

_OPENING = "(opening)"  # not a Python name, so no state is called this


def to_dot(process: type[Process], lang: Lang = "zh") -> str:
    """Return the graph of a procedure in one language; the same definition always gives the same text.

    Final states have a double border, moves that a clock makes are dashed.

    >>> from ssflow.machines.loss_report import LossReport
    >>> print(to_dot(LossReport, "en").splitlines()[0])
    digraph "loss_report" {

    """
    check_subclass("process", process, Process)
    return "\n".join(_lines(process, lang)) + "\n"


def _lines(process: type[Process], lang: Lang) -> Iterator[str]:
    yield f"digraph {_quoted(process.name)} {{"
    yield f"    graph [label={_quoted(process.title.say(lang))}, labelloc=t];"
    yield "    node [shape=box, style=rounded];"
    yield f'    {_quoted(_OPENING)} [shape=point, label=""];'
    for state in process.states:
        border = ", peripheries=2" if state.final else ""
        yield f"    {_quoted(state.name)} [label={_quoted(state.title.say(lang))}{border}];"
    for activity in process.activities:
        label = _quoted(move_label(activity).say(lang).replace(" [", "\n[", 1))
        dashed = ", style=dashed" if activity.after else ""
        for row in activity.transitions:
            source = row.source.name if row.source else _OPENING
            yield f"    {_quoted(source)} -> {_quoted(row.target.name)} [label={label}{dashed}];"
    yield "}"


def _quoted(text: str) -> str:
    """Return a text as a quoted string, with backslashes and quotes escaped and lines kept."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n") + '"'
