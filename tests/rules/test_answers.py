"""A rulebook that remembers what it was asked answers as one that is asked for the first time."""

from collections.abc import Mapping
from datetime import date, datetime
from types import MappingProxyType
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from ssflow.errors import InputError, UnknownError
from ssflow.rules import rulebook, rulebook_names
from ssflow.rules import rulebook as book_of
from ssflow.rules.rulebook import _KEPT

DAY = date(2026, 9, 21)
PLACES = ("", "440100", "440106", "450500", "110000", "371200", "500000")


@pytest.mark.parametrize("name", [name for name in rulebook_names() if rulebook(name).parameters])
@given(data=st.data())
def test_what_was_asked_before_is_answered_alike(name: str, data: st.DataObject) -> None:
    """Whatever was asked in between, in whatever order, the answer is that of a rulebook that has kept nothing."""
    book = rulebook(name)
    keys = st.fixed_dictionaries({}, optional={key: st.sampled_from(names) for key, names in book.keys.items()})
    asked = st.tuples(
        st.sampled_from(book.parameters),
        st.dates(date(2005, 1, 1), date(2027, 1, 1)),
        st.sampled_from(PLACES),
        keys,
        st.sampled_from(PLACES),
    )
    questions = data.draw(st.lists(asked, min_size=2, max_size=8))
    for question in (*questions, *reversed(questions)):
        assert book.find(*question) == evolve(book).find(*question)


@pytest.mark.parametrize("odd", [datetime(2026, 9, 21), "2026-09-21", None])  # noqa: DTZ001
def test_a_question_that_looks_like_one_asked_before_is_refused(odd: Any) -> None:
    """What is no day is refused after the same day was asked for, too."""
    book = book_of("card_replacement")
    book.find("fee", DAY, "440100", {})
    with pytest.raises(InputError):
        book.find("fee", odd, "440100", {})
    with pytest.raises(UnknownError):
        book.find("feee", DAY, "440100", {})


def test_keys_in_any_mapping_are_looked_at() -> None:
    """A mapping that is no dictionary is not taken for one without keys, nor for another that was asked with before."""
    book = evolve(book_of("card_replacement"))
    second: Mapping[str, str] = MappingProxyType({"generation": "second"})
    third: Mapping[str, str] = MappingProxyType({"generation": "third"})
    found = [book.find("fee", DAY, "110000", keys) for keys in (MappingProxyType({}), second, third, second)]
    assert [value.amount for value in found if value] == [25, 20, 0, 20]


def test_what_is_kept_is_bounded() -> None:
    """Many questions do not fill the memory."""
    book = evolve(book_of("card_replacement"))
    for day in range(_KEPT + 100):
        book.find("fee", date.fromordinal(733000 + day), "440100")
    assert len(book._answers) <= _KEPT
