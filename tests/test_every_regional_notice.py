"""Every regional notice comes from a row of the research, keeps its days, and says what is missing about it."""

import re
from datetime import date
from pathlib import Path

import pytest
from attrs import frozen

import ssflow.calendar
from ssflow.calendar.loading import load_notice
from ssflow.calendar.notices import Notice, clashes
from ssflow.regions import region_name

FOLDER = Path(ssflow.calendar.__file__).parent / "notices"
REGIONAL = [load_notice(file) for file in sorted((FOLDER / "regional").iterdir())]
NATIONAL = [load_notice(file) for file in sorted(FOLDER.glob("*.toml"))]
FIRST_DAY = date(min(notice.year for notice in NATIONAL), 1, 1)
BEFORE_THE_CALENDAR = {"Shanghai 2001 APEC"}
# A city's notice that speaks for some of its districts only.
NARROWER = {
    "330100-2016-g20": ("330102", "330103", "330104", "330105", "330106", "330108", "330109", "330110", "330111"),
}
# Rows whose scope is public bodies, or a group of people; all others speak for every office of their place.
PUBLIC = {
    "110000-2008-olympics",
    "110000-2014-apec",
    "310000-2010-expo",
    "330100-2016-g20",
    "540100-2022",
    "540100-2023",
    "540100-2026",
}
GROUPS = {"650000-2005"}
each_notice = pytest.mark.parametrize("notice", REGIONAL, ids=lambda notice: notice.id)


@frozen
class Row:
    """A row of the research: its name, the place's code in six digits, its ranges of rest days, its make-up days."""

    name: str
    place: str
    off: list[tuple[date, date]]
    work: list[date]

    @classmethod
    def read(cls, line: str) -> "Row":
        name, code, off, work = line.split(" | ")
        days = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", off)]
        made_up = [date.fromisoformat(day) for day in re.findall(r"\d{4}-\d\d-\d\d", work)]
        return cls(name, code.removeprefix("CN-").ljust(6, "0"), list(zip(days[::2], days[1::2], strict=True)), made_up)

    @property
    def years(self) -> set[int]:
        """The years that its name gives; a row without days has them too."""
        return {int(year) for year in re.findall(r"\b20\d\d\b", self.name)}

    def owns(self, notice: Notice) -> bool:
        """Whether the file is this row's, by its name."""
        return any(f"{notice.id}-".startswith(f"{self.place}-{year}-") for year in self.years)


ROWS = [
    Row.read(line)
    for line in (Path(__file__).parent / "calendar" / "regional_rows.txt").read_text(encoding="utf-8").splitlines()
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_row_of_the_research_is_kept(row: Row) -> None:
    """A row has a file for each of its years, and their days are exactly its days.

    A row of before the calendar's first day has no file.
    """
    files = [notice for notice in REGIONAL if row.owns(notice)]
    if row.name in BEFORE_THE_CALENDAR:
        assert files == []
        assert max(*(last for _, last in row.off), *row.work) < FIRST_DAY
        return

    assert {notice.year for notice in files} == row.years
    assert len(files) == len(row.years)
    assert sorted((rest.first, rest.last) for notice in files for rest in notice.rest) == row.off
    assert sorted(day for notice in files for day in notice.work) == row.work


def test_all_rows_are_there() -> None:
    """The transcription has the 44 rows of the research, each once."""
    assert len({row.name for row in ROWS}) == len(ROWS) == 44


@each_notice
def test_every_file_belongs_to_a_row(notice: Notice) -> None:
    """No file stands without research behind it."""
    assert [row.name for row in ROWS if row.owns(notice)] != []


@each_notice
def test_speaks_for_its_place(notice: Notice) -> None:
    """It speaks for the place in its name, or for the districts that its row names, and each of them exists."""
    assert notice.places == NARROWER.get(notice.id, (notice.id[:6],))
    assert all(region_name(place) for place in notice.places)


@each_notice
def test_speaks_for_the_bodies_of_its_row(notice: Notice) -> None:
    """It binds public bodies alone, a group of people alone, or everybody in the place, as the research says."""
    assert notice.bodies == (("public",) if notice.id in PUBLIC else ())
    assert bool(notice.group) == (notice.id in GROUPS)


@each_notice
def test_provenance_is_given(notice: Notice) -> None:
    """It names its page and how sure it is; a day of publication that was not found is marked missing."""
    assert notice.url
    assert notice.note
    assert notice.confidence in ("corroborated", "single")
    assert (notice.known_from is None) == notice.evidence.en.startswith("missing")


@each_notice
def test_a_place_has_such_days_every_year_or_once(notice: Notice) -> None:
    """Only one-off days are extra; what a place has every year says since when, alike in all its files."""
    once = any(rest.extra for rest in notice.rest)
    starts = {other.annual_since for other in REGIONAL if other.places == notice.places and not other.group}

    assert once == (notice.annual_since is None and not notice.group)
    assert all(rest.extra == once for rest in notice.rest)
    assert notice.group or starts == {notice.annual_since}
    assert notice.annual_since is None or notice.annual_since <= notice.year
    assert notice.complete is not False or notice.annual_since


def test_no_two_contradict() -> None:
    """No two notices of equal rank, regional or national, say the contrary of one day."""
    assert list(clashes([*NATIONAL, *REGIONAL])) == []
