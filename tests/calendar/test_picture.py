"""A calendar picture shows each day once, where it belongs, says what its colours mean, and is safe to put in a page."""

import re
from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from typing import get_args
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar.account.looks import NAMES, PROVISIONAL
from ssflow.calendar.account.picture import Cell, Look, draw
from ssflow.errors import InputError
from ssflow.text import LANGS

SVG = "{http://www.w3.org/2000/svg}"
LOOKS = get_args(Look)
YEAR = date(2026, 1, 1), date(2026, 12, 31)


def dated(day: date) -> Cell:
    """A cell that can be found again by its hint."""
    return Cell(LOOKS[day.toordinal() % len(LOOKS)], hint=day.isoformat())


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own


def days_of(svg: str) -> dict[str, ET.Element]:
    """The groups of the days by their hints; fails where one is drawn twice."""
    groups = [(group.findtext(f"{SVG}title"), group) for group in parsed(svg).iter(f"{SVG}g")]
    days = [(hint, group) for hint, group in groups if hint is not None]
    assert len(days) == len(dict(days))
    return dict(days)


def number_of(group: ET.Element) -> ET.Element:
    text = group.find(f"{SVG}text")
    assert text is not None
    return text


def legend_of(svg: str) -> list[str]:
    """The words of the legend, which is the last group of the card."""
    return ["".join(text.itertext()) for text in parsed(svg)[-1][-1].iter(f"{SVG}text")]


def places_of(svg: str) -> dict[str, tuple[int, int]]:
    """Where the numbers of the days stand on the card, by their hints."""
    places = {}
    for month in parsed(svg)[-1][:-1]:
        shift = [int(n) for n in re.findall(r"\d+", month.attrib["transform"])]
        for group in month.iter(f"{SVG}g"):
            hint = group.findtext(f"{SVG}title")
            if hint:
                number = number_of(group)
                places[hint] = shift[0] + int(number.attrib["x"]), shift[1] + int(number.attrib["y"])
    return places


@given(
    st.dates(date(1990, 1, 1), date(2099, 1, 1)),
    st.integers(0, 500),
    st.integers(1, 5),
    st.sampled_from(LANGS),
    st.none() | st.integers(-10, 510),
)
def test_each_day_has_its_place(first: date, length: int, columns: int, lang, firm: int | None) -> None:
    """Each day of any range is drawn once, with its number, alone in its place and inside the card."""
    days = [first + timedelta(days=n) for n in range(length + 1)]
    firm_through = None if firm is None else first + timedelta(days=firm)
    svg = draw(
        first, days[-1], dated, lang, columns=columns, is_firm=lambda day: firm_through is None or day <= firm_through
    )

    drawn, places = days_of(svg), places_of(svg)
    assert {hint: number_of(group).text for hint, group in drawn.items()} == {str(day): str(day.day) for day in days}
    assert len(set(places.values())) == len(days)
    width, height = (int(parsed(svg).attrib[name]) for name in ("width", "height"))
    assert all(0 < x < width - 40 and 0 < y < height - 40 for x, y in places.values())
    assert len({x for x, _ in places.values()}) <= 7 * columns


@given(st.dates(date(1990, 1, 1), date(2099, 1, 1)), st.integers(0, 120))
def test_weeks_are_lines(first: date, length: int) -> None:
    """In a month, days stand in one column if they have one weekday, Monday first, and in one line if in one week."""
    days = [first + timedelta(days=n) for n in range(length + 1)]
    places = places_of(draw(first, days[-1], dated, "zh", columns=1))

    for day, following in pairwise(days):
        (x, y), (next_x, next_y) = places[str(day)], places[str(following)]
        assert (next_x > x) == (day.weekday() != 6)
        assert (next_y > y) == (day.weekday() == 6 or following.day == 1)
    assert len({(day.weekday(), places[str(day)][0]) for day in days}) == len({day.weekday() for day in days})


@given(st.text(), st.text())
def test_words_are_escaped(label: str, hint: str) -> None:
    """Whatever a label or a hint says, the picture is well-formed and holds no markup of theirs."""
    svg = draw(date(2026, 2, 9), date(2026, 2, 9), lambda _: Cell("due", label, hint), "zh")
    plain = draw(date(2026, 2, 9), date(2026, 2, 9), lambda _: Cell("due", label and "x", hint and "x"), "zh")

    assert Counter(node.tag for node in parsed(svg).iter()) == Counter(node.tag for node in parsed(plain).iter())


def test_words_arrive() -> None:
    """Hints and labels are read as they were given, with signs that mean something to XML."""
    hint, label = "2026-02-09 <b>&amp; \"起算\" 'x'</b>", "<&>"
    svg = draw(date(2026, 2, 9), date(2026, 2, 9), lambda _: Cell("start", label, hint), "zh")

    assert "".join(number_of(days_of(svg)[hint]).itertext()) == f"9{label}"


@given(st.sets(st.sampled_from(LOOKS), min_size=1), st.sampled_from(LANGS))
def test_legend_names_what_occurs(looks: set[Look], lang) -> None:
    """The legend names exactly the looks that occur, in the language asked for; plain days need no name."""
    cycle = sorted(looks)
    svg = draw(date(2026, 3, 1), date(2026, 3, 31), lambda day: Cell(cycle[day.day % len(cycle)]), lang)

    assert sorted(legend_of(svg)) == sorted(NAMES[look].say(lang) for look in looks - {"plain"})


def test_every_look_has_its_own_face() -> None:
    """No two looks are drawn alike, firm or not, so that the legend can be believed."""
    for firm_through in (None, date(2025, 1, 1)):
        faces = set()
        for look in LOOKS:
            svg = draw(
                date(2026, 3, 9),
                date(2026, 3, 9),
                lambda _, look=look: Cell(look, hint="x"),
                "zh",
                is_firm=lambda day, last=firm_through: last is None or day <= last,
            )
            faces.add(ET.tostring(days_of(svg)["x"]))
        assert len(faces) == len(LOOKS)


def test_days_outside_are_faint() -> None:
    """The other days of the first and last month are there, fainter and without a cell."""
    asked = []

    def cell(day: date) -> Cell:
        asked.append(day)
        return dated(day)

    svg = draw(date(2026, 2, 9), date(2026, 3, 13), cell, "zh")

    assert asked == [date(2026, 2, 9) + timedelta(days=n) for n in range(33)]
    faint = [text.text for text in parsed(svg).iter(f"{SVG}text") if text.get("fill") == "#cfcac3"]
    assert faint == [*map(str, range(1, 9)), *map(str, range(14, 32))]


@pytest.mark.parametrize(
    ("lang", "headings", "weekdays", "title"),
    [
        ("zh", ["2026年12月", "2027年1月"], "一二三四五六日", "2026-12-04至2027-01-08日历"),
        ("en", ["December 2026", "January 2027"], "MoTuWeThFrSaSu", "Calendar from 2026-12-04 to 2027-01-08"),
    ],
)
def test_months_across_a_year(lang, headings: list[str], weekdays: str, title: str) -> None:
    """A range over the end of a year has the months of both, headed in the language asked for, and a title to be read out."""
    svg = draw(date(2026, 12, 4), date(2027, 1, 8), dated, lang)

    months = parsed(svg)[-1][:-1]
    assert [month[0].text for month in months] == headings
    assert ["".join(name.text or "" for name in month[1]) for month in months] == [weekdays] * 2
    assert parsed(svg).attrib["role"] == "img"
    assert parsed(svg).findtext(f"{SVG}title") == title


def test_months_stand_in_columns() -> None:
    """A year in four columns is four months wide and three high."""
    months = parsed(draw(*YEAR, dated, "zh", columns=4))[-1][:-1]

    across, down = zip(*(re.findall(r"\d+", month.attrib["transform"]) for month in months), strict=True)
    assert (len(months), len(set(across)), len(set(down))) == (12, 4, 3)


def test_forecast_is_dashed() -> None:
    """The days after the last firm one are dashed, the others not, and the legend says why."""
    svg = draw(date(2026, 12, 1), date(2027, 1, 31), dated, "zh", is_firm=lambda day: day <= date(2026, 12, 28))

    dashed = [group for group in parsed(svg)[-1].iter(f"{SVG}g") if group.get("stroke-dasharray")]
    hints = [title.text for group in dashed for title in group.iter(f"{SVG}title")]
    assert hints == [str(date(2026, 12, 29) + timedelta(days=n)) for n in range(34)]
    assert all(number.find(f"{SVG}rect").get("stroke") for hint, number in days_of(svg).items() if hint in hints)
    assert legend_of(svg)[-1] == PROVISIONAL.zh


@pytest.mark.parametrize("firm_through", [None, date(2026, 12, 31)])
def test_firm_days_are_not_dashed(firm_through: date | None) -> None:
    """Where all days are firm, or nobody asked, nothing is dashed and the legend does not speak of it."""
    svg = draw(*YEAR, dated, "en", is_firm=lambda day: firm_through is None or day <= firm_through)

    assert "dasharray" not in svg
    assert PROVISIONAL.en not in legend_of(svg)


def test_one_picture_is_one_text() -> None:
    """Equal questions are answered with equal text, so that notebooks do not change by themselves."""
    assert draw(*YEAR, dated, "zh") == draw(*YEAR, dated, "zh")


def test_pictures_do_not_meddle() -> None:
    """A picture has nothing that reaches beyond it: no ids, scripts, style sheets, links or fonts from elsewhere."""
    svg = draw(*YEAR, dated, "zh", is_firm=lambda day: day <= date(2026, 6, 1))

    assert {node.tag.removeprefix(SVG) for node in parsed(svg).iter()} == {"svg", "title", "g", "rect", "path", "text"}
    assert not [name for node in parsed(svg).iter() for name in node.attrib if "id" in name.split() or "href" in name]
    assert "url(" not in svg and svg.count("http") == 1


@pytest.mark.parametrize("firm_through", [None, date(2025, 12, 28)])
def test_a_year_is_small(firm_through: date | None) -> None:
    """A year of weekdays, weekends and labelled holidays takes less than 60 kB, even if all of it is a forecast."""

    def cell(day: date) -> Cell:
        if day.day <= 3:
            return Cell("statutory", "休", f"{day} 法定节假日")
        return Cell("weekend", hint=f"{day} 周末") if day.weekday() >= 5 else Cell("plain")

    assert (
        len(draw(*YEAR, cell, "zh", is_firm=lambda day: firm_through is None or day <= firm_through).encode()) < 60_000
    )


@pytest.mark.parametrize(("last", "columns"), [(date(2026, 2, 8), 4), (date(2026, 2, 9), 0)])
def test_nothing_to_draw(last: date, columns: int) -> None:
    """A range without a day and a row without a month are refused, and the error says what was asked."""
    with pytest.raises(ValueError, match=rf"no picture of 2026-02-09 to {last} in {columns} columns"):
        draw(date(2026, 2, 9), last, dated, "zh", columns=columns)


def test_a_picture_has_ten_years_at_most() -> None:
    """Ten whole years are drawn; eight thousand are refused before any day is asked for."""
    asked: list[date] = []

    def cell(day: date) -> Cell:
        asked.append(day)
        return Cell("plain")

    first = date(2020, 1, 1)
    draw(first, date(2029, 12, 31), cell, "zh")
    assert len(asked) == 3653
    with pytest.raises(InputError) as raised:
        draw(first, date(9999, 12, 31), cell, "zh")
    assert [fault.path for fault in raised.value.faults] == ["last"] and len(asked) == 3653
