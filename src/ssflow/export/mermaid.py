"""A procedure as a Mermaid state diagram, which GitHub and many editors draw."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ssflow.doors import check_subclass
from ssflow.export.labels import move_label
from ssflow.process import Process

if TYPE_CHECKING:
    from ssflow.text import Lang

_OUTSIDE = "[*]"
# Characters that end or divide a statement, as Mermaid's entity codes.
_CODES = str.maketrans({"#": "#35;", '"': "#quot;", ":": "#58;", ";": "#59;", "\n": " "})


def to_mermaid(process: type[Process], lang: Lang = "zh") -> str:
    """The state diagram of a procedure in one language; the same definition always gives the same text.

    >>> from ssflow.machines.loss_report import LossReport
    >>> print(to_mermaid(LossReport, "en").splitlines()[2])
        state "temporarily reported" as temporary

    """
    check_subclass("process", process, Process)
    return "\n".join(_lines(process, lang)) + "\n"


def _lines(process: type[Process], lang: Lang) -> Iterator[str]:
    yield "stateDiagram-v2"
    yield f"    %% {_coded(process.title.say(lang))} ({process.name}, version {process.version})"
    for state in process.states:
        yield f'    state "{_coded(state.title.say(lang))}" as {state.name}'
    for activity in process.activities:
        for row in activity.transitions:
            source = row.source.name if row.source else _OUTSIDE
            yield f"    {source} --> {row.target.name}: {_coded(move_label(activity).say(lang))}"
    for state in process.states:
        if state.final:
            yield f"    {state.name} --> {_OUTSIDE}"


def _coded(text: str) -> str:
    return text.translate(_CODES)
