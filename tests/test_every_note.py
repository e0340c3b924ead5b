"""Every note of the data says the same in Chinese and in English."""

from __future__ import annotations

import re
from calendar import month_name
from collections import Counter
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from ssflow.converters import read_toml

DATA = Path(str(files("ssflow")))
FILES = sorted(DATA.rglob("*.toml"))
MONTHS = month_name[1:]
DAY_IN_WORDS = re.compile(rf"(?<=\d )({'|'.join(MONTHS)})\b|\b({'|'.join(MONTHS)})(?= \d)")
HAN = re.compile(r"[\u4e00-\u9fff]")


def notes(part: Any) -> Iterator[Any]:
    """What stands under the two words, however deep."""
    if isinstance(part, dict):
        for key, value in part.items():
            yield from [value] if key in ("note", "evidence") and not isinstance(value, dict) else notes(value)
    elif isinstance(part, list):
        for item in part:
            yield from notes(item)


def numbers(text: str) -> Counter[int]:
    """The numbers of a text; months are numbers where they stand in a day."""
    plain = DAY_IN_WORDS.sub(lambda month: str(MONTHS.index(month[0]) + 1), text)
    return Counter(int(number) for number in re.findall(r"\d+", plain))


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(DATA)))
def test_every_note_is_in_both_languages(file: Path) -> None:
    """A note is a pair: Chinese in Chinese, English that is no copy of it, and the same days and numbers in both."""
    for note in notes(read_toml(file)):
        assert isinstance(note, list) and len(note) == 2, note
        zh, en = note
        assert HAN.search(zh) and re.search(r"[A-Za-z]", en) and zh != en, note
        assert numbers(zh) == numbers(en), note


def test_the_same_note_is_said_in_the_same_words() -> None:
    """Of equal notes in English the Chinese is equal too: a reader who compares two places finds no difference that is none."""
    said: dict[str, set[str]] = {}
    for file in FILES:
        for zh, en in notes(read_toml(file)):
            said.setdefault(en, set()).add(zh)

    assert {en: zh for en, zh in said.items() if len(zh) > 1} == {}


def test_numbers_are_compared_as_they_are_written() -> None:
    """A month counts where it stands in a day, leading zeros do not; another number is found."""
    assert numbers("2025年2月3日起") == numbers("from 3 February 2025") == numbers("2025-02-03")
    assert numbers("与五一假期合并") == numbers("merged into the May holiday")
    assert numbers("60日") != numbers("61 days")
