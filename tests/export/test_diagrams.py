"""The diagrams of every procedure hold every part of it, and are the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from attrs import frozen

from ssflow import machines
from ssflow.export import to_dot, to_mermaid
from ssflow.process import Lapse, Place, Process, Role, State, opens
from ssflow.text import LANGS, Lang, Text

Export = Callable[..., str]
FORMATS = pytest.mark.parametrize("export", [to_mermaid, to_dot])
EVERY = pytest.mark.parametrize("process", [machines.get(name) for name in machines.names()], ids=machines.names())
BOTH = pytest.mark.parametrize("lang", LANGS)


@frozen
class Facts:
    """Nothing is known of an odd case."""


class Odd(Process):
    """A procedure whose titles hold every character that means something to a format."""

    title = Text('标题"\\', 'a "title" \\ with\nmarks')
    facts = Facts

    place = Place("地点", "place")
    somebody = Role('某"人', 'some "body": x; y #1')

    keeping = Lapse("保管期", "keeping")

    begun = State('开始"', 'begun "so": to; speak #1 \\', keeping)
    over = State("结束", "over", final=True)

    begin = opens(begun).by(somebody, "开办", "begin; now: really", cites="civil-code 201")
    end = begun.to(over).after(keeping, "期满", "end", cites="civil-code 201")


@FORMATS
@EVERY
@BOTH
def test_every_part_is_drawn(export: Export, process: type[Process], lang: Lang) -> None:
    """Every state and every activity stands in the diagram, with its role or its clock."""
    text = export(process, lang)

    for state in process.states:
        assert re.search(rf"\b{state.name}\b", text)
        assert state.title.say(lang) in text
    for activity in process.activities:
        assert activity.title.say(lang) in text
        if activity.by:
            assert f"[{activity.by.title.say(lang)}]" in text
        if activity.after:
            assert f"{activity.after.title.say(lang)}]" in text
            assert {"zh": "期满自动", "en": "clock runs out"}[lang] in text


@FORMATS
@EVERY
def test_the_same_definition_gives_the_same_text(export: Export, process: type[Process]) -> None:
    """A diagram can be kept under version control; Chinese is what comes without a choice."""
    assert export(process) == export(process, "zh")
    assert export(process, "en") == export(process, "en")


@EVERY
def test_mermaid_draws_each_move_once(process: type[Process]) -> None:
    """There is one arrow a move, one into each opening and one out of each final state."""
    arrows = re.findall(r"^    (\S+) --> (\S+?)(?::|$)", to_mermaid(process), re.MULTILINE)
    moves = [row for activity in process.activities for row in activity.transitions]
    finals = [state.name for state in process.states if state.final]

    assert len(arrows) == len(moves) + len(finals)
    assert [source for source, target in arrows if target == "[*]"] == finals
    assert sum(source == "[*]" for source, _ in arrows) == sum(row.source is None for row in moves)


@EVERY
def test_dot_draws_each_move_once(process: type[Process]) -> None:
    """There is one edge a move; what a clock does is dashed, final states have two borders."""
    text = to_dot(process)
    moves = [(activity, row) for activity in process.activities for row in activity.transitions]

    assert text.count(" -> ") == len(moves)
    assert text.count("style=dashed") == sum(activity.after is not None for activity, _ in moves)
    assert text.count("peripheries=2") == sum(state.final for state in process.states)


def test_mermaid_codes_what_would_end_a_statement() -> None:
    """Quotes, colons, semicolons and hashes in titles cannot break the diagram."""
    states: list[str] = []
    moves: list[str] = []
    for line in to_mermaid(Odd, "en").splitlines():
        (states if " as " in line else moves).append(line)

    assert states[0] == '    state "begun #quot;so#quot;#58; to#59; speak #35;1 \\" as begun'
    assert "    [*] --> begun: begin#59; now#58; really [some #quot;body#quot;#58; x#59; y #35;1]" in moves


@BOTH
def test_dot_quotes_properly(lang: Lang) -> None:
    """Once every quoted string is taken out, no quote and no backslash is left over."""
    text = to_dot(Odd, lang)
    rest = re.sub(r'"(?:[^"\\\n]|\\.)*"', "", text)

    assert '"' not in rest
    assert "\\" not in rest
    assert rest.count("[") == rest.count("]")


def test_a_title_of_two_lines_stays_one_comment() -> None:
    """A line break in a title does not spill into the diagram."""
    first: list[Any] = to_mermaid(Odd, "en").splitlines()[:3]

    assert first[0] == "stateDiagram-v2"
    assert first[1].lstrip().startswith("%%")
    assert first[2].lstrip().startswith("state ")
