"""Doubts say why they are no figures, conflicts what was chosen, laws how they are known."""

import re
from pathlib import Path

import pytest

from ssflow.errors import DataError
from ssflow.rules import Citation, Doubt, rulebook, rulebook_names
from ssflow.rules.load import default_folders, laws_of

LAWS = """
[law-x]
title = ["甲规定", "Rule X"]
kind = "document"

[law-y]
title = ["乙规定", "Rule Y"]
kind = "document"
"""
CONFLICT = """
region = "440900"

[[doubts]]
kind = "conflict"
text = ["甲说五日，乙说七日；取五日。", "X says five days, Y seven; five is taken."]
cites = ["law-x 3", "law-y"]
chosen = "law-x 3"
"""
# What a note of laws.toml says where the text itself was not read.
NOT_READ = re.compile(
    r"known from|as .{0,20}(page|site|newspaper)s? .{0,20}(repeat|report)|only quoted|not readable|no page was kept|"
    r"full text not seen|the text itself was seen only|were not read|from memory"
)


def loaded(folder: Path, doubts: str) -> Doubt:
    """The doubt of an agency's file, laid over ours."""
    (folder / "card_replacement").mkdir()
    (folder / "laws.toml").write_text(LAWS, encoding="utf-8")
    (folder / "card_replacement" / "440900.toml").write_text(doubts, encoding="utf-8")
    return rulebook("card_replacement", (*default_folders(), folder)).doubts[-1]


def test_a_conflict_names_what_was_chosen(tmp_path: Path) -> None:
    """Of a conflict one knows the place, what is followed and what stands against it."""
    doubt = loaded(tmp_path, CONFLICT)

    assert (doubt.kind, doubt.region) == ("conflict", "440900")
    assert doubt.chosen == (Citation("law-x", "3"),)
    assert set(doubt.cites) - set(doubt.chosen) == {Citation("law-y")}


def test_a_doubt_of_no_kind_is_a_silence(tmp_path: Path) -> None:
    """Without a kind the sources say nothing, or too little; then nothing is chosen."""
    doubt = loaded(tmp_path, CONFLICT.replace('kind = "conflict"\n', "").replace('chosen = "law-x 3"\n', ""))

    assert (doubt.kind, doubt.chosen) == ("silence", ())


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (('"conflict"', '"quarrel"'), "quarrel"),
        (('kind = "conflict"\n', ""), r"doubts\[0\].chosen: chosen is for conflicts, and this doubt is a silence"),
        (
            ('chosen = "law-x 3"', 'chosen = "law-x 4"'),
            r"doubts\[0\].chosen: chosen names law-x 4, which cites does not",
        ),
        (('"law-x 3", "law-y"', '"law-x 3", "law-z"'), "cites 'law-z', which laws.toml does not enter"),
    ],
)
def test_broken_doubts_are_refused(tmp_path: Path, change: tuple[str, str], says: str) -> None:
    """A kind that there is not, a choice without a conflict or without a citation, a law that is not entered."""
    with pytest.raises(DataError, match=says):
        loaded(tmp_path, CONFLICT.replace(*change))


@pytest.mark.parametrize("name", rulebook_names())
def test_a_conflict_tells_its_choice(name: str) -> None:
    """Every conflict of ours cites something, and says what was made of it: by a citation or in its words."""
    for doubt in rulebook(name).doubts:
        if doubt.kind == "conflict":
            assert doubt.cites or doubt.text.zh.count("；"), doubt.text.en
            assert re.search(r"[;,.:] .+", doubt.text.en), doubt.text.en


def test_notes_and_reading_agree() -> None:
    """A law whose note says that the text was not read is not given as read."""
    laws = laws_of(default_folders())

    wrong = [law.id for law in laws.values() if law.read == "text" and NOT_READ.search(law.note.en)]

    assert not wrong, f'{wrong}: by their notes not read; write read = "quoted" or "unread" in laws.toml'
    assert {law.read for law in laws.values()} == {"text", "quoted", "unread"}
