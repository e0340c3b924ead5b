"""Every sentence of the five service guides is served by something, or it is said why not.

The tables beside this file hold the sentences of each guide in their order, as they were found (a translation made by a machine), each
behind what serves it: ``procedure.activity``, ``procedure?condition``, ``procedure#figure``, ``procedure!words_of_a_doubt``, or ``out:``
with the reason why it is out of scope.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest

from ssflow import machines
from ssflow.sheets import book_of
from ssflow.sheets.procedures.relations import conditions_of

FOLDER = Path(__file__).parent
# Of each guide, all its characters but the blanks: a sentence that is left out, changed or moved is found.
GUIDES = {
    "guide-000": "f6a7f27665d1a84edb96f0b7f6e53c7dcfa8147213e5a21e534268632ab21078",
    "guide-001": "6a377613b934a42e270d1522440b242681472db538445f7b7e15e272ac227735",
    "guide-002": "85a52f59277b69be6badd9b33d04151ae9a94dbdee3f3e356875ef5c3717572f",
    "guide-003": "c620553f0b1e81de39fc3e368704857f7a8c8c297d65f251d0142aa9b63a28b8",
    "guide-004": "13fc03e4ae881543050c2f6c286bcf1fd09a3bf556df4598c7c503a150260853",
}
OUT = {
    "heading": "a title, or a heading that says nothing by itself",
    "clicks": "where to tap in an app or on a portal: the application of the host, not the procedure",
    "links": "links of the web page to other pages",
    "sums": "how much is paid is out of scope (README)",
    "medical_card_number": "a person is known by an identity document; a second number of the same person decides nothing",
}
REFERENCE = re.compile(r"(\w+)([.?#!])(\S+)")
EVERY = pytest.mark.parametrize("guide", GUIDES)


def rows(guide: str) -> list[tuple[list[str], str]]:
    """The sentences of a guide, each with what serves it."""
    lines = (FOLDER / f"{guide}.tsv").read_text("utf-8").splitlines()
    return [(served.split(), sentence) for served, sentence in (line.split("\t") for line in lines)]


def parts_of(name: str) -> dict[str, set[str]]:
    """What a procedure has, by the mark that stands before it; doubts by their words in English."""
    process = machines.get(name)
    return {
        ".": {activity.name for activity in process.activities},
        "?": {condition.name for condition in conditions_of(process)},
        "#": {figure.name for figure in process.figures},
        "!": {doubt.text.en for doubt in book_of(process).doubts},
    }


def citing(guide: str) -> Iterator[str]:
    """Whatever cites a guide: activities, conditions, figures with a value by it."""
    for process in machines.sound():
        for mark, parts in ((".", process.activities), ("?", conditions_of(process)), ("#", book_of(process).values)):
            for part in parts:
                if any(cite.law == guide for cite in part.cites):
                    yield f"{process.name}{mark}{part.parameter if mark == '#' else part.name}"


@EVERY
def test_no_sentence_is_left_out(guide: str) -> None:
    """The table holds the whole guide, in its order, and each sentence has something that serves it."""
    text = "".join("".join(sentence.split()) for _, sentence in rows(guide))

    assert sha256(text.encode()).hexdigest() == GUIDES[guide]
    assert [sentence for served, sentence in rows(guide) if not served] == []


@EVERY
def test_what_serves_a_sentence_is_there(guide: str) -> None:
    """Procedures, activities, conditions, figures and doubts that are named exist; a doubt is named by words of its own alone."""
    for reference in {reference for served, _ in rows(guide) for reference in served}:
        if reference.startswith("out:"):
            assert reference.removeprefix("out:") in OUT
            continue
        match = REFERENCE.fullmatch(reference)
        assert match, reference
        name, mark, part = match.groups()
        there = parts_of(name)[mark]
        if mark == "!":
            assert len([text for text in there if part.replace("_", " ") in text]) == 1, reference
        else:
            assert part in there, reference


@EVERY
def test_whatever_rests_on_a_guide_serves_a_sentence_of_it(guide: str) -> None:
    """What cites the guide is named by one of its sentences at least."""
    named = {reference for served, _ in rows(guide) for reference in served}

    assert sorted(set(citing(guide)) - named) == []


def test_no_reason_is_idle() -> None:
    """A reason why something is out of scope is used."""
    used = {
        r.removeprefix("out:") for guide in GUIDES for served, _ in rows(guide) for r in served if r.startswith("out:")
    }

    assert used == set(OUT)
