"""The keys of a rulebook are told in the words of the procedure."""

from enum import Enum, unique

import pytest
from attrs import evolve, frozen

from ssflow import Legislation
from ssflow.calendar import days
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.card_replacement.data import Occasion
from ssflow.machines.medical_transfer import MedicalTransfer, Route
from ssflow.process import Process, opens
from ssflow.process.keys import enumeration_of, key_text, key_title
from ssflow.rules import Rulebook, rulebook
from ssflow.text import Text
from tests.case.petition import DAY, cases_of, figure
from tests.process.question import body


@pytest.mark.parametrize(
    ("process", "key", "zh"),
    [
        (MedicalTransfer, "regime", "办理办法"),
        (MedicalTransfer, "route", "申请方式"),
        (CardReplacement, "occasion", "补换情形"),
    ],
)
def test_a_key_has_the_title_of_what_it_comes_from(process: type[Process], key: str, zh: str) -> None:
    """Of the regime, of the data that set the fact, or of the property of the facts; in English its name serves."""
    assert key_title(process, key).zh == zh


def test_a_key_without_a_title_is_called_by_its_name() -> None:
    """Data need no Chinese title."""
    title = key_title(type("Untitled", (Process,), body()), "what")

    assert (title.zh, title.en) == ("what", "what")


def test_members_are_listed_in_the_order_of_the_procedure() -> None:
    """A name that has no member here, as one of another version, comes last and stays as it is."""
    text = key_text(CardReplacement, "occasion", ("by_post", "repeated_replacement", "first_of_generation"))

    assert text.en == "occasion: first card of its generation, repeated replacement, by_post"
    assert text.zh == "补换情形：首次换发新一代卡、再次补换、by_post"


def test_the_members_are_those_of_the_regime_or_of_the_fact() -> None:
    """A fact that is text, not one of several, has none."""
    assert enumeration_of(MedicalTransfer, "regime") is MedicalTransfer.regime.of
    assert enumeration_of(MedicalTransfer, "route") is Route
    assert enumeration_of(CardReplacement, "occasion") is Occasion
    assert enumeration_of(CardReplacement, "holder") is None
    assert key_text(CardReplacement, "holder", ("somebody",)).en == "holder: somebody"


@unique
class Colour(Enum):
    red = Text("红", "red")
    blue = Text("蓝", "blue")


@frozen
class Wish:
    regime: Colour


@frozen
class Wishes:
    regime: Colour | None = None


def test_a_fact_may_be_called_regime() -> None:
    """Where a procedure has no regimes, the name is free for a fact, and figures may depend on it."""
    ask = {"ask": lambda p: opens(p["waiting"]).by(p["person"], "询问", "ask", data=Wish, cites="guide-004")}
    process = type("Question", (Process,), body(facts=Wishes, **ask))
    figures = [evolve(figure("reply", days(n)), when=(("regime", (name,)),)) for name, n in (("red", 10), ("blue", 20))]
    keys = {"regime": ("red", "blue")}
    book = Rulebook("question", tuple(figures), keys, laws=rulebook("consultation").laws)
    cases = cases_of(process, Legislation(rulebook=lambda _: book))
    asked = cases.open(process.ask(Wish(Colour.blue)), by=process.person, on=DAY, places="440100", case="q")

    assert [str(span) for o in asked.obligations for span in o.spans] == ["20 days"]
