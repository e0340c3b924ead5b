"""Export of a procedure as a Petri net in PNML (ISO/IEC 15909-2), which tools for process mining read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from ssflow.doors import check_lang, check_subclass
from ssflow.process import Process, State, Term

if TYPE_CHECKING:
    from ssflow.process.parts import Titled
    from ssflow.text import Lang

_NAMESPACE = "http://www.pnml.org/version-2009/grammar/pnml"
_NET = "http://www.pnml.org/version-2009/grammar/pnmlcoremodel"
_BEGIN, _END = "before-", "closed-"  # no state has such a name


def to_pnml(process: type[Process], lang: Lang | None = None) -> str:
    """Return the net of a procedure: a place for each state, a transition for each move of any regime; it has no conditions and dates.

    All final states are one place, because a net ends in one marking. Transitions carry the names that a log of a simulation has, or with
    ``lang`` the titles. A term that runs out is a transition that leaves the token where it is.

    >>> from ssflow.machines.loss_report import LossReport
    >>> to_pnml(LossReport, "en").count("<text>report formally</text>")
    2

    """
    check_subclass("process", process, Process)
    if lang is not None:
        check_lang("lang", lang)
    root = ET.Element("pnml", {"xmlns": _NAMESPACE})
    net = ET.SubElement(root, "net", {"id": process.name, "type": _NET})
    _named(net, _said(process, lang))
    page = ET.SubElement(net, "page", {"id": "page"})
    open_states = [state for state in process.states if not state.final]
    places = {_BEGIN: _BEGIN, **{state.name: _said(state, lang) for state in open_states}, _END: _END}
    for place, title in places.items():
        element = ET.SubElement(page, "place", {"id": place})
        _named(element, title)
        if place == _BEGIN:
            ET.SubElement(ET.SubElement(element, "initialMarking"), "text").text = "1"
    for number, (source, target, label) in enumerate(_moves(process, lang)):
        name = f"t{number}"
        _named(ET.SubElement(page, "transition", {"id": name}), label)
        ET.SubElement(page, "arc", {"id": f"{name}-in", "source": source, "target": name})
        ET.SubElement(page, "arc", {"id": f"{name}-out", "source": name, "target": target})
    marking = ET.SubElement(ET.SubElement(net, "finalmarkings"), "marking")
    for place in places:
        ended = ET.SubElement(marking, "place", {"idref": place})
        ET.SubElement(ended, "text").text = "1" if place == _END else "0"
    ET.indent(root)
    return ET.tostring(root, encoding="unicode", xml_declaration=True) + "\n"


def _moves(process: type[Process], lang: Lang | None) -> Iterator[tuple[str, str, str]]:
    """Yield for each move the two places and its name."""
    terms = [clock for clock in process.clocks if isinstance(clock, Term)]
    for activity in process.activities:
        pairs = dict.fromkeys((_place(row.source), _place(row.target)) for row in activity.transitions)
        yield from ((source, target, _said(activity, lang)) for source, target in pairs)
    for state in process.states:
        yield from ((_place(state), _place(state), _said(term, lang)) for term in terms if state.holds(term))


def _place(state: State | None) -> str:
    return _BEGIN if state is None else _END if state.final else state.name


def _said(part: Titled | type[Process], lang: Lang | None) -> str:
    return part.name if lang is None else part.title.say(lang)


def _named(element: ET.Element, text: str) -> None:
    ET.SubElement(ET.SubElement(element, "name"), "text").text = text
