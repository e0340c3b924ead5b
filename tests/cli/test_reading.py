"""Days, instants, spans and numbers are read as people write them, and never guessed."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.calendar.spans import ROLLS, FirstDay, LongRests, MonthEnd
from ssflow.cli.input import counting
from ssflow.cli.input.reading import read_day, read_pair, read_tolled, read_version, read_when, read_year
from ssflow.errors import InputError

FORMS = (
    "{0.year:04}-{0.month:02}-{0.day:02}",
    "{0.year:04}{0.month:02}{0.day:02}",
    "{0.year:04}-{0.month}-{0.day}",
    "{0.year:04}/{0.month}/{0.day}",
    "{0.year:04}.{0.month}.{0.day}",
    "{0.year:04}年{0.month}月{0.day}日",
    "{0.year:04}年{0.month:02}月{0.day:02}号",
    "  {0.year:04} 年 {0.month} 月 {0.day} 日 ",
)
WIDE = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")
BEIJING = timezone(timedelta(hours=8))


@given(st.dates(), st.sampled_from(FORMS), st.booleans())
def test_a_day_is_read_in_every_form(day: date, form: str, wide: bool) -> None:
    """ISO 8601, and the forms of Chinese papers, with narrow or full-width digits."""
    written = form.format(day)

    assert read_day(written.translate(WIDE) if wide else written) == read_when(written) == day


@pytest.mark.parametrize(
    "written",
    [
        *(
            "",
            "今天",
            "9月21日",
            "26-9-21",
            "2026-9",
            "2026年9月",
            "2026-13-1",
            "2026年2月30日",
            "0000-01-01",
            "2026-9/21",
        ),
        *("2026921", "2026-09-21x", "2026--09-21", "٢٠٢٦-٠٩-٢١", "二〇二六年九月二十一日", "12026-09-21"),
    ],
)
def test_what_is_no_day_is_refused(written: str) -> None:
    """What lacks a part, mixes forms or is no day of the calendar is refused with how to write it, in both languages."""
    with pytest.raises(InputError) as refused:
        read_day(written)

    assert all("2026年9月21日" in said for said in refused.value.text)


@pytest.mark.parametrize(
    "written",
    [
        *("2026-09-21T10:00+08:00", "2026-09-21 10:00+08:00", "2026-9-21 10:00 +08:00", "2026/9/21 02:00Z"),
        *("2026年9月21日10:00+08:00", "2026年9月21日 １０：００＋０８：００", "20260921T100000+0800"),
    ],
)
def test_an_instant_has_its_zone(written: str) -> None:
    """A time of day behind a day in any form, with its zone; without one it is refused with what to write."""
    assert read_when(written) == datetime(2026, 9, 21, 10, tzinfo=BEIJING)
    with pytest.raises(InputError, match=r"\+08:00"):
        read_when("2026年9月21日10:00")


@pytest.mark.parametrize("written", ["2026-09-21T", "2026-09-2110:00+08:00", "2026-09-21T25:00+08:00", "T10:00+08:00"])
def test_what_is_no_instant_is_refused(written: str) -> None:
    """What is neither a day nor an instant is refused."""
    with pytest.raises(InputError):
        read_when(written)


def test_intervals_years_versions_and_pairs() -> None:
    """The other things that people type, as they may type them."""
    assert read_tolled("2026年3月9日..2026/3/19") == (date(2026, 3, 9), date(2026, 3, 19))
    assert read_tolled("20260309..") == (date(2026, 3, 9), None)
    assert read_year("２０２６年") == 2026
    assert (read_version("3"), read_version("第3版")) == (3, 3)
    assert read_pair("原因＝遗失") == ("原因", "遗失")
    assert read_pair("note=a=b ") == ("note", "a=b ")


@pytest.mark.parametrize("written", ["", "=", "a", "a=", "=b", "  = "])
def test_a_pair_has_two_sides_and_is_not_repeated(written: str) -> None:
    """What is no pair may be personal, and is not repeated."""
    with pytest.raises(InputError) as refused:
        read_pair(written)
    with pytest.raises(InputError) as personal:
        read_pair("11010519491231002X")

    assert refused.value.text == personal.value.text


def test_every_choice_of_counting_has_a_title() -> None:
    """The command line offers what the library knows, no less and no more."""
    assert tuple(counting.ROLLS) == ROLLS
    assert tuple(counting.FIRST_DAYS) == get_args(FirstDay)
    assert tuple(counting.MONTH_ENDS) == get_args(MonthEnd)
    assert tuple(counting.LONG_RESTS) == get_args(LongRests)
