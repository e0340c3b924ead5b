"""The keys of a rulebook are told in the words of the procedure."""

import pytest

from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.card_replacement.data import Occasion
from ssflow.machines.medical_transfer import MedicalTransfer, Route
from ssflow.process import Process
from ssflow.process.keys import enumeration_of, key_text, key_title
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
