"""Export of a procedure as a Mermaid flowchart, which GitHub and many editors draw.

Mermaid 11 draws only the last of several arrows from a state to itself in its diagrams of states, and knows no kinds of arrows
there. So states are boxes of a flowchart, and what leads from one to another is one arrow with all its labels.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, Any

from ssflow.doors import check_subclass, each_of
from ssflow.export.labels import clock_labels, move_label
from ssflow.process import Activity, Process, State

if TYPE_CHECKING:
    from ssflow.text import Lang

_OUTSIDE = "opening.."  # not a Python name, so no state is called this
# Characters that end a quoted text, a statement or a tag, as Mermaid's entity codes.
_CODES = str.maketrans(
    {"#": "#35;", ":": "#58;", ";": "#59;", '"': "#quot;", "<": "#lt;", ">": "#gt;", "\\": "#92;", "\n": " "}
)
# Reserved words of flowcharts: a state of such a name gets a dot after it.
_TAKEN = frozenset({"end", "default", "class", "style", "subgraph", "graph", "flowchart", "click", "call", "href"})
_BREAK = "<br>"
# Straight lines and room between the ranks cut the overlapping labels of all procedures here to a third.
_SPACED = '%%{init: {"flowchart": {"curve": "linear", "nodeSpacing": 60, "rankSpacing": 100}}}%%'


def to_mermaid(process: type[Process], lang: Lang = "zh", rare: Collection[str] | None = None) -> str:
    """Return the flowchart of a procedure in one language; the same definition always gives the same text.

    The states hold the clocks that run in them and those that are stopped; final ones have double walls. An arrow that only a clock takes
    is dotted. If ``rare`` names the rare activities, the arrows of all others are thick.

    >>> from ssflow.machines.loss_report import LossReport
    >>> print(to_mermaid(LossReport, "en").splitlines()[4])
        temporary["temporarily reported<br>running#58; force of a temporary report"]

    """
    check_subclass("process", process, Process)
    names = None if rare is None else set(each_of("rare", rare, str))
    return "\n".join(_lines(process, lang, names)) + "\n"


def _lines(process: type[Process], lang: Lang, rare: Collection[str] | None) -> Iterator[str]:
    yield _SPACED
    yield "flowchart TD"
    yield f"    %% {_coded(process.title.say(lang))} ({process.name}, version {process.version})"
    yield f'    {_OUTSIDE}(("#8203;"))'
    for state in process.states:
        said = _BREAK.join(_coded(text.say(lang)) for text in (state.title, *clock_labels(state)))
        yield f'    {_id(state)}[["{said}"]]' if state.final else f'    {_id(state)}["{said}"]'
    for (source, target), activities in _arrows(process).items():
        label = _BREAK.join(_coded(move_label(activity).say(lang)) for activity in activities)
        yield f'    {_id(source)} {_shaft(activities, rare)}|"{label}"| {_id(target)}'


def _arrows(process: type[Process]) -> dict[tuple[State | None, State], list[Activity[Any]]]:
    """Return the activities that lead from one state to another, each once."""
    found: dict[tuple[State | None, State], list[Activity[Any]]] = {}
    for activity in process.activities:
        for row in activity.transitions:
            there = found.setdefault((row.source, row.target), [])
            if activity not in there:
                there.append(activity)
    return found


def _shaft(activities: list[Activity[Any]], rare: Collection[str] | None) -> str:
    if all(activity.after for activity in activities):
        return "-.->"
    usual = [activity for activity in activities if activity.by and rare is not None and activity.name not in rare]
    return "==>" if usual else "-->"


def _id(state: State | None) -> str:
    if state is None:
        return _OUTSIDE
    return f"{state.name}." if state.name.lower() in _TAKEN else state.name


def _coded(text: str) -> str:
    return text.translate(_CODES)
