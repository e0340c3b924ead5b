"""The diagrams of every procedure hold every part of it, and are the same each time."""

from __future__ import annotations

import re
from collections.abc import Callable

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
            assert {"zh": "届满自动", "en": "clock runs out"}[lang] in text


@FORMATS
@EVERY
def test_the_same_definition_gives_the_same_text(export: Export, process: type[Process]) -> None:
    """A diagram can be kept under version control; Chinese is what comes without a choice."""
    assert export(process) == export(process, "zh")
    assert export(process, "en") == export(process, "en")


ARROW = re.compile(r'^    (\S+) (-->|==>|-[.]->)\|"(.*)"\| (\S+)$', re.MULTILINE)


@EVERY
@BOTH
def test_mermaid_draws_one_arrow_for_two_states(process: type[Process], lang: Lang) -> None:
    """No two arrows lead from one state to one other, so none is drawn over; each bears the labels of all moves between the two."""
    arrows = {(source, target): label for source, _, label, target in ARROW.findall(to_mermaid(process, lang))}
    moves = [(activity, row) for activity in process.activities for row in activity.transitions]

    assert len(ARROW.findall(to_mermaid(process, lang))) == len(arrows)
    assert len(arrows) == len({(row.source, row.target) for _, row in moves})
    for activity, row in moves:
        label = arrows[row.source.name if row.source else "opening..", row.target.name]
        assert activity.title.say(lang) in label


@EVERY
def test_mermaid_tells_clocks_usual_and_rare_apart(process: type[Process]) -> None:
    """What only a clock does is dotted; nothing is thick unless it is said what is rare, and then all else that people do is."""
    plain, told = to_mermaid(process), to_mermaid(process, rare={process.activities[-1].name})

    for text, thick in ((plain, False), (told, True)):
        for _, shaft, label, _ in ARROW.findall(text):
            names = {a.name for a in process.activities for part in label.split("<br>") if part.startswith(f"{a.zh} [")}
            by_hand = {a.name for a in process.activities if a.by} & names
            usual = thick and by_hand - {process.activities[-1].name}
            assert shaft == ("==>" if usual else "-->" if by_hand else "-.->"), label


@EVERY
def test_the_states_of_a_diagram_hold_their_clocks(process: type[Process]) -> None:
    """Each state bears the clocks that run in it and those that are stopped; final ones have double walls."""
    for state in process.states:
        (box,) = re.findall(rf"^    {state.name}(\[.*\])$", to_mermaid(process), re.MULTILINE)
        assert box.startswith("[[") == state.final
        assert all(clock.zh in box for clock in (*state.clocks, *state.early, *state.stops))
        assert ("停止计时" in box) == bool(state.stops)


@EVERY
def test_dot_draws_each_move_once(process: type[Process]) -> None:
    """There is one edge a move; what a clock does is dashed, final states have two borders."""
    text = to_dot(process)
    moves = [(activity, row) for activity in process.activities for row in activity.transitions]

    assert text.count(" -> ") == len(moves)
    assert text.count("style=dashed") == sum(activity.after is not None for activity, _ in moves)
    assert text.count("peripheries=2") == sum(state.final for state in process.states)


def test_mermaid_codes_what_would_end_a_statement() -> None:
    """Quotes, colons, semicolons, tags and hashes in titles cannot break the diagram."""
    lines = to_mermaid(Odd, "en").splitlines()

    assert '    begun["begun #quot;so#quot;#58; to#59; speak #35;1 #92;<br>running#58; keeping"]' in lines
    assert ('    opening.. -->|"begin#59; now#58; really [some #quot;body#quot;#58; x#59; y #35;1]"| begun') in lines


def test_words_of_mermaid_are_no_states() -> None:
    """A state called like a word of the language of flowcharts is told from it."""

    class Ending(Process):
        """A procedure with a state called end."""

        title, facts = Text("终", "end"), Facts
        place = Place("地点", "place")
        somebody = Role("某人", "somebody")
        end = State("结束", "over", final=True)
        begin = opens(end).by(somebody, "开办", "begin", cites="civil-code 201")

    assert to_mermaid(Ending, "en").splitlines()[-1] == '    opening.. -->|"begin [somebody]"| end.'


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
    first = to_mermaid(Odd, "en").splitlines()[:4]

    assert first[0].startswith("%%{init: ")
    assert first[1] == "flowchart TD"
    assert first[2].lstrip().startswith("%%")
    assert first[3].lstrip().startswith("opening")
