"""An age is told in completed years, as laws write it: on sheets, in the list of doubts, in the law index, and by the commands."""

import re
from pathlib import Path

import pytest
from attrs import evolve as changed

from ssflow import machines, rulebook
from ssflow.calendar import Span, months
from ssflow.process import Rule
from ssflow.sheets import find_doubtful, law_index

AGES = [
    (process, figure)
    for process in machines.sound()
    for figure in process.figures
    if isinstance(figure, Rule) and re.search(r"年龄|龄", figure.title.zh)
]


def test_there_are_ages() -> None:
    """Those of retirement, of a temporary account and of a first card."""
    assert {figure.name for _, figure in AGES} >= {"old_age", "age_limit", "age_line", "guardian_below", "photo_from"}


@pytest.mark.parametrize(("process", "figure"), AGES, ids=[figure.name for _, figure in AGES])
def test_an_age_is_no_length_of_time(process: type, figure: Rule) -> None:
    """Every figure that is called an age is said in 周岁, and in English in years of age."""
    said = [figure.text_of(value) for value in rulebook(process.name).values if value.parameter == figure.name]

    assert said
    assert all(text.zh.endswith("周岁") and text.en.endswith(" years of age") for text in said)


@pytest.mark.parametrize("amount", [None, months(18)])
def test_what_is_not_in_years_is_said_as_it_is(amount: Span | None) -> None:
    """Where a place sets no age, or counts in months, the words are those of any figure."""
    process, figure = AGES[0]
    value = next(value for value in rulebook(process.name).values if value.parameter == figure.name)
    other = changed(value, amount=amount)
    assert figure.text_of(other) == other.amount_text


def test_lengths_of_time_stay_lengths() -> None:
    """A rule that is no age keeps the words of its span."""
    spans = [
        figure.text_of(value)
        for process in machines.sound()
        for figure in process.figures
        if isinstance(figure, Rule) and not figure.age
        for value in rulebook(process.name).values
        if value.parameter == figure.name and isinstance(value.amount, Span)
    ]

    assert spans
    assert not any("周岁" in text.zh for text in spans)


@pytest.mark.parametrize("amount", [None, True, months(6)], ids=str)
def test_an_age_that_is_no_number_of_years_is_said_as_it_is(amount: Span | bool | None) -> None:
    """Where a place sets no age, or one in months, a sheet says so in the words of any figure."""
    age = next(figure for _, figure in AGES if figure.name == "guardian_below")
    value = changed(rulebook("card_issue").values[0], amount=amount)

    assert age.text_of(value) == value.amount_text


def test_pages_tell_ages() -> None:
    """The list of doubts and the law index say the same as the sheets."""
    doubtful = [item.said for item in find_doubtful("card_issue") if item.name == "guardian_below"]
    used = [
        use.said for cite in law_index() for use in law_index()[cite] if use.kind == "figure" and "龄" in use.title.zh
    ]
    shown = (Path(__file__).parents[2] / "docs/zh/procedures/retirement.md").read_text("utf-8")

    assert {text.zh for text in doubtful} == {"16周岁"}
    assert used and all("周岁" in text.zh for text in used)
    assert "**60周岁**" in shown and "**60年**" not in shown
