"""A figure has the grade that its sources give it, or a weaker one."""

from datetime import date

import pytest

from ssflow.calendar import workdays
from ssflow.rules import Value
from ssflow.rules.citations import Citation, Law
from ssflow.rules.grading import faults_of_grade
from ssflow.rules.values import Grade
from ssflow.text import Text

TITLE = Text("办法", "Measures")
LAWS = {
    law.id: law
    for law in (
        Law(id="decree", title=TITLE, kind="statute"),
        Law(id="order", title=TITLE, kind="document"),
        Law(id="guide", title=TITLE, kind="guide"),
        Law(id="told", title=TITLE, kind="statute", read="quoted"),
    )
}
OFFICE, PAPER, PORTAL = "https://rsj.gz.gov.cn/a", "https://news.example.com/a", "https://law.example.org/b"
COPY = "https://github.com/LawRefBook/Laws"  # of the national database of laws


def graded(grade: Grade, law: str, *urls: str, region: str = "") -> list[str]:
    """Where a figure of this grade, on a law and from these pages, lacks something."""
    value = Value(
        parameter="handling",
        amount=workdays(5),
        since=date(2026, 1, 1),
        cites=(Citation(law, "6"),),
        text="",
        confidence=grade,
        url=urls,
        region=region,
    )
    return [fault.path for fault in faults_of_grade(value, LAWS)]


@pytest.mark.parametrize(
    ("grade", "law", "urls", "is_given"),
    [
        ("statute", "decree", (), True),
        ("statute", "order", (OFFICE,), False),
        ("statute", "told", (OFFICE,), False),
        ("statute", "no-such-law", (OFFICE,), False),
        ("corroborated", "guide", (OFFICE, PAPER), True),
        ("corroborated", "order", (PAPER, PORTAL), True),
        ("corroborated", "decree", (PAPER, PORTAL), True),
        ("corroborated", "guide", (PAPER, PORTAL), False),
        ("corroborated", "told", (PAPER, PORTAL), False),
        ("corroborated", "order", (PAPER, PAPER + "/2"), False),
        ("corroborated", "guide", (OFFICE,), False),
        ("corroborated", "guide", (OFFICE, OFFICE + "/2"), False),
        ("corroborated", "guide", (COPY, PORTAL), True),
        ("repeated", "guide", ("notes of 2019", "notes of 2021"), True),
        ("repeated", "guide", (PAPER, PORTAL), True),
        ("repeated", "guide", (PAPER, PAPER + "/2"), False),
        ("single", "guide", (PAPER,), True),
        ("unverified", "guide", (), True),
    ],
)
def test_the_grade_is_what_the_sources_give(grade: Grade, law: str, urls: tuple[str, ...], is_given: bool) -> None:
    """A law that was read, two independent sources, pages of two hosts: a grade without what it takes is told as a fault."""
    assert graded(grade, law, *urls) == ([] if is_given else ["handling"])


def test_a_fault_says_of_which_place() -> None:
    """A parameter has figures of many places: the fault names the one."""
    assert graded("repeated", "guide", PAPER, region="440100") == ["handling.440100"]
