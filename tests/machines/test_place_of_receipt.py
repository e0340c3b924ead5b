"""Where a pension is drawn: the four cases of article 6 of the Measures of 2009, in their order."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.machines.reckoning.periods import PaidPeriod, months_paid
from ssflow.machines.reckoning.place_of_receipt import place_of_receipt, province_of

TEN_YEARS = 120
PLACES = ("110105", "310000", "440100", "440300", "510100")
days = st.dates(date(1990, 1, 1), date(2026, 12, 31))
periods = st.lists(
    st.builds(lambda a, b, place: PaidPeriod(min(a, b), max(a, b), place), days, days, st.sampled_from(PLACES)),
    max_size=6,
)
places = st.sampled_from(PLACES)


def years(first: int, last: int, place: str) -> PaidPeriod:
    """Whole years paid in a place, both counted."""
    return PaidPeriod(date(first, 1, 1), date(last, 12, 31), place)


@pytest.mark.parametrize(
    ("relation", "paid", "place"),
    [
        ("510700", [years(2000, 2024, "440100")], "510000"),
        ("440100", [years(2015, 2024, "440100"), years(1990, 2014, "310000")], "440000"),
        ("440100", [years(2016, 2024, "440100"), years(1990, 2004, "110105"), years(2005, 2015, "310000")], "310000"),
        ("440100", [years(2016, 2024, "440100"), years(2007, 2015, "310000"), years(1998, 2006, "110105")], "510000"),
    ],
    ids=["relation at home", "ten years here", "ten years at the last earlier place", "ten years nowhere"],
)
def test_the_four_cases(relation: str, paid: list[PaidPeriod], place: str) -> None:
    """Whoever is registered in Chengdu draws where the first fitting case says."""
    assert place_of_receipt(relation, "510100", paid, TEN_YEARS) == place


def test_a_place_is_a_province() -> None:
    """Six years in Guangzhou and four in Shenzhen are ten years in Guangdong; a month less is not enough."""
    paid = [years(2000, 2005, "440100"), PaidPeriod(date(2006, 1, 1), date(2009, 12, 1), "440300")]
    short = [years(2000, 2005, "440100"), PaidPeriod(date(2006, 1, 1), date(2009, 11, 30), "440300")]

    assert place_of_receipt("310000", "510100", paid, TEN_YEARS) == "440000"
    assert place_of_receipt("310000", "510100", short, TEN_YEARS) == "510000"


@given(places, places, periods)
def test_some_place_always_pays(relation: str, register: str, paid: list[PaidPeriod]) -> None:
    """It is the province of the register, or one in which enough was paid; the order of the periods means nothing."""
    place = place_of_receipt(relation, register, paid, TEN_YEARS)

    assert place == place_of_receipt(relation, register, paid[::-1], TEN_YEARS)
    there = months_paid(period for period in paid if province_of(period.place) == place)
    assert place == province_of(register) or there >= TEN_YEARS


@given(places, places, periods)
def test_the_place_of_the_relation_comes_first(relation: str, register: str, paid: list[PaidPeriod]) -> None:
    """Where enough was paid at the place of the relation, no other place pays but the home."""
    here = months_paid(period for period in paid if province_of(period.place) == province_of(relation))
    place = place_of_receipt(relation, register, paid, TEN_YEARS)

    if province_of(relation) in (province_of(register), place):
        assert place == province_of(register) or here >= TEN_YEARS
    else:
        assert here < TEN_YEARS
