"""A bounded fuzz of the three doors of notices: real files, changed at random; values or errors of ours, nothing lost."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from pathlib import Path
from time import monotonic

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar import Notice, WorkCalendar, differences, load_notices
from ssflow.calendar.balancing import lacks
from ssflow.errors import DataError, SsflowError
from ssflow.export import to_icalendar

CHINA = WorkCalendar.china()
BEFORE = WorkCalendar(tuple(notice for notice in CHINA.notices if notice.year < 2026))
LONGEST = 20  # seconds for one file, on a busy machine


def toml() -> str:
    return (files("ssflow.calendar") / "notices" / "2026.toml").read_text(encoding="utf-8")


def regional_toml() -> str:
    path = files("ssflow.calendar") / "notices" / "regional" / "450000-2025.toml"
    return path.read_text(encoding="utf-8")


def holiday_cn() -> str:
    notice = next(notice for notice in CHINA.notices if notice.id == "2026")
    days = [
        {"name": rest.name.zh if rest else "调休", "date": str(day), "isOffDay": bool(rest)}
        for day, rest in sorted(notice.days(), key=lambda said: said[0])
    ]
    return json.dumps({"year": 2026, "papers": ["paper"], "days": days}, ensure_ascii=False, indent=1)


def icalendar() -> str:
    return to_icalendar(CHINA.days(date(2026, 1, 1), date(2026, 12, 28)))


DOORS: dict[str, Callable[[], str]] = {
    "2026.toml": toml,
    "450000-2025.toml": regional_toml,
    "2026.json": holiday_cn,
    "2026.ics": icalendar,
}
PIECES = [
    *(
        "",
        "0",
        "9",
        "-",
        '"',
        "[",
        "]",
        "{",
        "}",
        "=",
        ":",
        ",",
        "\n",
        "\r\n",
        "\0",
        "\ufeff",
        "休",
        "班",
        " ",
        "\\",
        "#",
    ),
    *("true", "false", "null", "1e999", "-1", "9" * 5000, "[" * 5000, "9999-12-31", "0001-01-01", "2026-02-30", "2027"),
    *("year", "complete = true\n", "annual_since = 9999\n", 'bodies = ["army"]\n', 'places = ["000000"]\n'),
    *(
        "BEGIN:VEVENT\r\n",
        "END:VEVENT\r\n",
        "RRULE:FREQ=SECONDLY\r\n",
        "DTSTART:99991231\r\n",
        "DURATION:P99999999W\r\n",
    ),
]


def mutated(text: str, chance: random.Random) -> str:
    """The text with one to four changes: a piece put in, taken out, doubled, moved, or a line lost."""
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(text) + 1)
        to = min(len(text), at + chance.choice([0, 1, 2, 8, 40, 200]))
        lines = text.splitlines(keepends=True)
        match chance.randrange(5):
            case 0:
                text = text[:at] + chance.choice(PIECES) + text[to:]
            case 1:
                text = text[:at] + text[to:]
            case 2:
                text = text[:to] + text[at:]
            case 3 if lines:
                lines.pop(chance.randrange(len(lines)))
                text = "".join(lines)
            case 4 if lines:
                lines.insert(chance.randrange(len(lines)), lines[chance.randrange(len(lines))])
                text = "".join(lines)
    return text


def refusal(file: Path) -> SsflowError | None:
    """The error of ours with which a file is refused; None if it is used."""
    try:
        later = BEFORE.with_notices(file)
    except SsflowError as error:
        return error
    assert later.is_workday(date(2026, 5, 9)) in (True, False)
    assert later.in_region("450000").firm_through >= date(2003, 12, 31)
    return None


@pytest.mark.parametrize("name", DOORS)
@given(chance=st.randoms(use_true_random=False))
def test_every_outcome_is_a_value_or_an_error_of_ours(
    tmp_path_factory: pytest.TempPathFactory, name: str, chance: random.Random
) -> None:
    """Whatever was done to a file, it is read or refused, soon, in both languages and by its name."""
    file = tmp_path_factory.mktemp("mutated") / name
    file.write_bytes(mutated(DOORS[name](), chance).encode())
    began = monotonic()
    refused = refusal(file)
    if refused:
        assert isinstance(refused, DataError)
        assert refused.file.name == name or refused.file.stem.startswith(("holiday-cn", "icalendar", "2026", "450000"))
        assert all(refused.say(lang) for lang in ("zh", "en"))
        assert refused.faults
    assert monotonic() - began < LONGEST


@pytest.mark.parametrize("name", ["2026.json", "2026.ics"])
@given(chance=st.randoms(use_true_random=False))
def test_nothing_is_lost_without_a_word(
    tmp_path_factory: pytest.TempPathFactory, name: str, chance: random.Random
) -> None:
    """A file that was changed says the same days, or it is refused, or not whole with a reason, or its differences show."""
    file = tmp_path_factory.mktemp("mutated") / name
    file.write_bytes(mutated(DOORS[name](), chance).encode())
    try:
        found = load_notices(file)
        before, after = BEFORE.with_notices(*found), CHINA.with_notices(*found, replace=True)
    except DataError:
        return
    for notice in found:
        assert notice.complete or any(lacks(notice))
    moved = {
        day.date
        for day in CHINA.days(date(2026, 1, 1), date(2026, 12, 28))
        if after.is_workday(day.date) != day.is_workday
    }
    if before.is_firm(date(2026, 1, 1), date(2026, 12, 28)):
        assert moved <= {found.day for found in differences(CHINA, *found)}


def test_no_event_can_be_dropped_without_a_word(tmp_path: Path) -> None:
    """Whichever event is taken out of a whole file, the days are the same (it was a weekend) or the year is not whole."""
    head, *events = icalendar().split("BEGIN:VEVENT")
    file = tmp_path / "2026.ics"
    own = odd(next(notice for notice in CHINA.notices if notice.id == "2026"))
    whole = []
    for event in range(len(events)):
        kept = "BEGIN:VEVENT".join([head, *events[:event], *events[event + 1 :]])
        file.write_bytes(kept.removesuffix("END:VCALENDAR\r\n").encode() + b"END:VCALENDAR\r\n")
        (notice,) = load_notices(file)
        whole.append(notice.complete)
        assert notice.complete is (odd(notice) == own)
        assert notice.complete or any("missing" in reason.en for reason in lacks(notice))
    assert {*whole} == {True, False}


def test_no_event_can_be_misspelt_without_a_word(tmp_path: Path) -> None:
    """An event that begins or ends with a misspelt word is refused, whichever it is."""
    head, *events = icalendar().split("BEGIN:VEVENT")
    file = tmp_path / "2026.ics"
    for event in range(len(events)):
        for begin, end in (("BEGIN:VEVEN", "END:VEVEN"), ("BEGIN:VEVEN", "END:VEVENT"), ("BEGIN:VEVENT", "END:VEVEN")):
            words = [begin if i == event else "BEGIN:VEVENT" for i in range(len(events))]
            told = [text.replace("END:VEVENT", end) if i == event else text for i, text in enumerate(events)]
            file.write_bytes((head + "".join(map("".join, zip(words, told, strict=True)))).encode())
            with pytest.raises(DataError):
                load_notices(file)


def odd(notice: Notice) -> set[date]:
    """The days that are not as the week has them: weekdays that rest, weekend days that are worked."""
    return {day for day, rest in notice.days() if (rest is None) == (day.weekday() >= 5)}
