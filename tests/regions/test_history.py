"""Places have a history: every code of county level and above since 1981, and what became of it."""

from __future__ import annotations

import re
from csv import DictReader
from datetime import date
from importlib.resources import files
from itertools import pairwise
from pathlib import Path

import pytest
import stdnum.cn

from ssflow.errors import InputError, UnknownError
from ssflow.regions import absence, area_name, find, history, region, region_name, widening
from ssflow.regions.region import origins, rows

NOW = 2026
CODES = sorted(rows())
# What python-stdnum (by Wikipedia) has besides: four offices in Da Hinggan Ling without a code of the standard, and three
# codes of Hubei of which it does not say that they ended (in 1983, 1994 and 2000).
NOT_OF_THE_STANDARD = {"232761", "232762", "232763", "232764", "422900", "422921", "429001"}


def other_list() -> dict[str, tuple[str, ...]]:
    """The names that python-stdnum has for each code, each with the years before it: an independent list."""
    found: dict[str, tuple[str, ...]] = {}
    province = ""
    for line in (Path(stdnum.cn.__file__).parent / "loc.dat").read_text(encoding="utf-8").splitlines():
        if not line.startswith(("#", " ")):
            province = line[:2]
        elif names := re.search(r'county="(.*)"', line):
            found[province + line.split()[0]] = tuple(names[1].split(","))
    return found


def in_use(code: str) -> bool:
    place = region(code)
    return place is not None and place.until is None


def test_the_places_of_today_are_those_of_an_independent_list() -> None:
    """What python-stdnum has as in use is in use here, but for seven; of the places here it lacks at most four newer ones."""
    theirs = {code for code, names in other_list().items() if re.match(r"\[\d*-\]|[^\[]", names[-1])}
    mine = {code for code in CODES if in_use(code)}
    assert {code for code in theirs if not in_use(code)} <= NOT_OF_THE_STANDARD
    assert mine - theirs <= {"330113", "330114", "653132", "659013"}
    assert len(mine) == 3214


def test_the_table_is_what_the_file_says() -> None:
    """Each line of the file, read as CSV, is a row of its code, in the order of the file; so are the names."""
    path = Path(str(files("ssflow.regions").joinpath("places.csv")))
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    told = [(one["code"], one["name"], one["since"], one["until"], one["became"]) for one in DictReader(lines)]

    assert sorted({code for code, *_ in told}) == sorted(rows())
    for part in {"", *(name[:2] for _, name, *_ in told[::50])}:
        assert list(rows().beginning_with(part)) == list({code: 0 for code, name, *_ in told if name.startswith(part)})
    for code in rows():
        made = [(row.name, str(row.since), str(row.until or "")) for row in rows()[code]]
        assert made == [(name, since, until) for other, name, since, until, _ in told if other == code]
    moves = {(code, row.since): row.became for code in rows() for row in rows()[code]}
    for code, _, since, until, became in told:
        each = [part.rstrip("]").split("[") for part in became.split(";") if part]
        assert moves[code, int(since)] == tuple((new, int(year[0] if year else until)) for new, *year in each)


def test_what_became_of_every_abolished_place_is_known() -> None:
    """No abolished code is a dead end: each has successors, and following them ends in places that are in use."""
    abolished = [code for code in CODES if (place := region(code)) and place.until is not None]
    assert len(CODES) == 6453
    assert len(abolished) == 3239
    for code in abolished:
        place = region(code)
        assert place is not None
        assert place.successors, place
        outwards = widening(code)
        assert outwards[-2:-1], place
        for here in outwards[:-1]:
            now = region(here)
            assert now is not None, (place, here)
            assert now.until is None, (place, here)


@pytest.mark.parametrize("year", [1984, 1999, 2010, 2020, NOW])
def test_a_place_is_looked_up_on_a_day_only_where_one_was(year: int) -> None:
    """Of every code ever in use, the places from it outwards on a day were in use in that year, or are parts of the code itself."""
    for code in CODES:
        for here in widening(code, date(year, 7, 1))[:-1]:
            assert any(place.in_use(year) for place in history(here)) or not history(here), (code, here)


def test_the_histories_of_a_code_do_not_overlap() -> None:
    """A code belongs to one place at a time; in the year of a change to the one before and the one after."""
    for code in CODES:
        places = history(code)
        for one, other in pairwise(places):
            assert one.until is not None
            assert one.until <= other.since, code
        assert all(place.until is None or place.since <= place.until for place in places), code


@pytest.mark.parametrize(
    ("code", "name", "since", "until", "successors"),
    [
        ("371200", "莱芜市", 1992, 2018, ("370100",)),  # approved on 26 December 2018
        ("330103", "下城区", 1983, 2021, ("330105",)),
        ("330104", "江干区", 1983, 2021, ("330102", "330114")),
        ("330113", "临平区", 2021, None, ()),
        ("330114", "钱塘区", 2021, None, ()),
        ("500112", "渝北区", 1997, 2025, ("500157", "500109")),
        ("653132", "岑岭县", 2026, None, ()),
        ("659013", "草湖市", 2026, None, ()),
        ("510200", "重庆市", 1981, 1997, ("500000",)),
        ("110100", "北京市", 1981, None, ()),
        ("429000", "湖北省", 1981, None, ()),
    ],
)
def test_known_changes(code: str, name: str, since: int, until: int | None, successors: tuple[str, ...]) -> None:
    """The changes that the gazettes announced are those of the table."""
    place = region(code)
    assert place is not None
    assert (place.name, place.since, place.until, place.successors) == (name, since, until, successors)


def test_a_place_that_was_split_begins_with_what_its_parts_lie_in() -> None:
    """江干区 went to 上城区 and 钱塘区: after 2021 its figures are those of Hangzhou, not of one of the two."""
    assert widening("330104", date(2021, 6, 1))[0] == "330104"
    assert widening("330104", date(2022, 6, 1)) == ("330100", "330000", "")


def test_a_place_that_is_not_made_yet_answers_by_where_it_lay() -> None:
    """莱芜区 of Jinan was 莱城区 of Laiwu until 2018, and 岑岭县, made in 2026 of what the lists do not say, lies in Kashi."""
    assert origins()["370116"] == ("371202",)
    assert widening("370116", date(2015, 6, 1)) == ("371202", "371200", "370000", "")
    assert widening("653132", date(2020, 6, 1)) == ("653100", "650000", "")


@pytest.mark.parametrize(
    ("code", "name"),
    [
        ("110100", "北京市"),
        ("500200", "重庆市"),
        ("440101", "广州市"),
        ("469000", "海南省"),
        ("659000", "新疆维吾尔自治区"),
    ],
)
def test_a_code_that_repeats_a_place_is_called_like_it(code: str, name: str) -> None:
    """市辖区, 县 and 省直辖县级行政区划 are no names of places."""
    assert region_name(code) == area_name(code) == name


def test_no_place_is_called_by_a_word_of_the_lists() -> None:
    """Every code of the independent list that is known answers with the name of a place."""
    for code in other_list():
        place = region(code)
        assert place is None or not re.search("市辖区|直辖|^县$", place.name), place


@pytest.mark.parametrize("wrong", [None, 440100, date(2026, 1, 1), b"440100", ("440100",)])
def test_what_is_no_text_is_refused(wrong: object) -> None:
    """Every door of places says what it wants; none ends in Python's own words."""
    for door in (region, history, region_name, area_name, widening, absence, find):
        with pytest.raises(InputError) as caught:
            door(wrong)
        assert "须为" in caught.value.say("zh")
        assert "required" in caught.value.say("en")


def test_what_is_no_day_is_refused() -> None:
    """A day is a date; a text that looks like one is not."""
    for door in (widening, absence):
        with pytest.raises(InputError) as caught:
            door("440100", "2026-09-21")
        assert [fault.path for fault in caught.value.faults] == ["on"]


@pytest.mark.parametrize(
    ("wrong", "zh", "en"),
    [
        ("440199", "广州市（440100）之内从无此代码", "nothing in 广州市 (440100) ever had this code"),
        ("广州", "440100 广州市", "440100 广州市"),
        ("４４０１００", "六位代码", "six digits"),
        ("44010", "六位代码", "six digits"),
    ],
)
def test_an_unknown_place_is_answered_with_a_near_one(wrong: str, zh: str, en: str) -> None:
    """Who gives a name is told its code, who gives a code that never was is told where it would lie."""
    with pytest.raises(UnknownError) as caught:
        region_name(wrong)
    assert zh in caught.value.say("zh")
    assert en in caught.value.say("en")


@pytest.mark.parametrize(
    ("name", "codes"),
    [
        ("广州", ["440100"]),
        ("广州市", ["440100"]),
        ("广东 广州", ["440100"]),
        ("广东省广州市天河区", ["440106"]),
        ("广西", ["450000"]),
        ("新疆", ["650000"]),
        ("湘西", ["433100"]),
        ("克孜勒苏", ["653000"]),
        ("吉林", ["220000", "220200"]),
        ("东郊区", ["120110"]),
        ("杭州下城", ["330103"]),
        ("香港", ["810000"]),
        ("不知道", []),
        ("", []),
        ("市", []),
    ],
)
def test_places_are_found_by_what_people_call_them(name: str, codes: list[str]) -> None:
    """By the full name, the short one, behind the places around, and by a name that the place had before."""
    assert [place.code for place in find(name)] == codes


def test_places_in_use_are_found_first() -> None:
    """A name that an abolished place had too is answered with the present one first."""
    for name in ("莱芜", "西城区", "江北区"):
        ends = [place.until is not None for place in find(name)]
        assert ends == sorted(ends)
        assert len(set(ends)) == 2
