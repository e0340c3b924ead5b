"""Figures that name one of several ways, and figures between two places."""

from datetime import date
from itertools import permutations
from pathlib import Path

import pytest

from ssflow.errors import DataError, UnknownError
from ssflow.regions import area_name, pairs_of
from ssflow.rules import Rulebook
from ssflow.rules.load import rulebook

DAY = date(2026, 9, 21)
HEAD = '[choices]\naccount = ["moved", "sealed"]\n'


def figure(parameter: str, value: str, since: str = "2020-01-01") -> str:
    """One figure of a rules file."""
    rest = 'cites = "decree-765"\ntext = "x"\nconfidence = "single"\n'
    return f'[[{parameter}]]\nvalue = "{value}"\nsince = {since}\n{rest}'


def read(folder: Path, main: str, *figures: tuple[str, str]) -> Rulebook:
    """The rulebook ``trial`` of files written into a folder: the nation's, and those of areas."""
    (folder / "laws.toml").write_text('[decree-765]\ntitle = ["条例", "decree"]\nkind = "statute"\n', encoding="utf-8")
    (folder / "trial.toml").write_text(main, encoding="utf-8")
    (folder / "trial").mkdir()
    for area, text in figures:
        (folder / "trial" / f"{area}.toml").write_text(f'region = "{area}"\n{text}', encoding="utf-8")
    return rulebook("trial", [folder])


def test_a_choice_is_dated_like_any_figure(tmp_path: Path) -> None:
    """The way that was chosen holds until another one is chosen."""
    book = read(tmp_path, HEAD + figure("account", "moved") + figure("account", "sealed", "2024-01-01"))

    found = [book.find("account", day) for day in (date(2019, 12, 31), date(2023, 12, 31), date(2024, 1, 1))]
    assert [value and value.amount for value in found] == [None, "moved", "sealed"]
    assert book.amended("account", "moved", since=DAY).find("account", DAY).amount == "moved"
    with pytest.raises(ValueError, match="not among the choices"):
        book.amended("account", "lost", since=DAY)


@pytest.mark.parametrize("value", ["lost", "7 workdays", "25 yuan", "none"])
def test_only_its_names_are_taken(tmp_path: Path, value: str) -> None:
    """A name that is not among the choices is refused when the data load, and the file is named."""
    with pytest.raises(DataError, match=r"trial\.toml.*not among the choices \['moved', 'sealed'\]"):
        read(tmp_path, HEAD + figure("account", value))


def test_a_name_needs_choices(tmp_path: Path) -> None:
    """A word for a span is refused: only figures with choices take names."""
    with pytest.raises(DataError, match="sealed"):
        read(tmp_path, figure("account", "sealed"))


def test_two_places_come_before_either(tmp_path: Path) -> None:
    """What binds two places is found from the narrowest outwards, in both directions, and for nobody else."""
    book = read(
        tmp_path,
        figure("term", "15 workdays"),
        ("510100", figure("term", "9 workdays")),
        ("500000+510000", figure("term", "5 workdays")),
        ("500000+510100", figure("term", "4 workdays")),
    )

    def term(place: str, beside: str) -> str:
        return str(book.find("term", DAY, place, beside=beside).amount)

    assert term("500000", "510100") == term("510104", "500103") == "4 workdays"
    assert term("500000", "510300") == term("510300", "500103") == "5 workdays"
    assert term("510100", "330000") == "9 workdays"
    assert term("500000", "330000") == term("500000", "500000") == term("500000", "") == "15 workdays"
    assert [value.region for value in book.in_force(DAY, "500000", "510300")] == ["500000+510000"]


@pytest.mark.parametrize(
    "region", ["510000+500000", "500000+", "+500000", "+", "500000+510000+520000", "500000+999999"]
)
def test_a_pair_is_written_in_one_way(tmp_path: Path, region: str) -> None:
    """Two existing places, the lower code first; anything else is refused."""
    with pytest.raises(DataError, match="unknown (area|region)"):
        read(tmp_path, figure("term", "15 workdays"), (region, figure("term", "5 workdays")))


def test_places_are_not_pairs() -> None:
    """A case lies in places; what two places agree is no place."""
    assert area_name("440000+440000") == "广东省之内"
    assert pairs_of("500000", "") == ()
    with pytest.raises(UnknownError):
        pairs_of("500000+510000", "500000")


def test_pairs_that_cross_are_an_error(tmp_path: Path) -> None:
    """Two figures for the same two places, neither made for places inside the other's, are refused when they load."""
    a = ("500000+510100", figure("term", "5 workdays"))
    b = ("500103+510000", figure("term", "9 workdays"))
    with pytest.raises(DataError, match="bind the same places"):
        read(tmp_path, figure("term", "15 workdays"), a, b)


def ends(day: str) -> str:
    """A figure of a rules file that ends on a day."""
    return f"{figure('term', '5 workdays')}until = {day}\n"


def fits(name: str, value: str) -> str:
    """A figure of a rules file for cases of one kind."""
    return f'{figure("term", value)}when = {{ kind = "{name}" }}\n'


def test_pairs_that_cross_at_other_times_or_for_other_cases_are_none(tmp_path: Path) -> None:
    """No case meets both; a figure that ends on the day on which the other begins binds the same places on that day."""
    begins = figure("term", "9 workdays", "2024-01-01")
    for n, (one, other) in enumerate(permutations(("500000+510100", "500103+510000"))):
        apart, crossing = tmp_path / f"apart{n}", tmp_path / f"crossing{n}"
        apart.mkdir()
        crossing.mkdir()
        read(apart, "", (one, ends("2023-12-31")), (other, begins))
        with pytest.raises(DataError, match="bind the same places"):
            read(crossing, "", (one, ends("2024-01-01")), (other, begins))

    others = ("500000+510100", fits("one", "5 workdays")), ("500103+510000", fits("other", "9 workdays"))
    book = read(tmp_path, '[keys]\nkind = ["one", "other"]\n', *others)
    assert str(book.find("term", DAY, "500103", {"kind": "other"}, "510100").amount) == "9 workdays"


def test_a_later_folder_does_not_take_a_choice_away(tmp_path: Path) -> None:
    """Choices that a later folder leaves out are still those of figures: refused, not silently wrong."""
    ours, theirs = tmp_path / "ours", tmp_path / "theirs"
    ours.mkdir()
    theirs.mkdir()
    read(ours, HEAD + figure("account", "moved"))
    (theirs / "trial.toml").write_text('[choices]\naccount = ["sealed"]\n', encoding="utf-8")

    with pytest.raises(DataError, match="moved is not among the choices"):
        rulebook("trial", [ours, theirs])
