"""What cannot be asked is refused: a misspelt name is not answered like a figure that nobody knows."""

import re
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from ssflow import Legislation
from ssflow.calendar import days
from ssflow.errors import InputError, SsflowError, UnknownError
from ssflow.machines.medical_transfer import MedicalTransfer
from ssflow.rules import Citation, Rulebook, Value, default_folders, rulebook, rulebook_names, unread_files
from ssflow.rules.basis import basis
from ssflow.rules.load import laws_of
from ssflow.rules.values import parse_amount, when_of

DAY = date(2026, 9, 21)
CARDS = rulebook("card_replacement")
ODD: list[Any] = [None, 3, 2.5, b"fee", [], {}, object(), datetime(2026, 9, 21, tzinfo=UTC), datetime(2026, 9, 21)]  # noqa: DTZ001


def test_a_misspelt_parameter_is_no_missing_figure() -> None:
    """The name that was meant is told; the names of a strict rulebook are the same, also of what it has left out."""
    with pytest.raises(UnknownError, match="unknown parameter 'feee'; did you mean fee"):
        CARDS.find("feee", DAY, "440100")
    fallbacks = evolve(CARDS, values=tuple(v for v in CARDS.values if v.is_fallback))
    assert fallbacks.strict().parameters == fallbacks.parameters
    assert fallbacks.strict().find(fallbacks.parameters[0], DAY, "440100") is None


@pytest.mark.parametrize(
    ("keys", "path", "says"),
    [
        (
            {"chanel": "online"},
            "keys.chanel",
            "unknown key 'chanel'; known: channel, generation, .*; did you mean channel?",
        ),
        ({"channel": "on line"}, "keys.channel", "is none of counter, online, national"),
        ({"channel": "onlin"}, "keys.channel", "unknown name 'onlin'; .*; did you mean online?"),
        ({"channel": None}, "keys.channel", "not a value of type NoneType"),
        ({"channel": 11010519491231002}, "keys.channel", "not a value of type int"),
        ({"110105194912310021": "online"}, "keys", "what is given, of type str, is none of channel"),
        ({3: "online"}, "keys", "not a value of type int"),
        ("online", "keys", "a mapping of keys"),
        ([], "keys", "a mapping of keys"),
        (0, "keys", "a mapping of keys"),
    ],
)
def test_misspelt_keys_are_refused(keys: Any, path: str, says: str) -> None:
    """An unknown key, an unknown name and what is no name are refused, the key named, no number repeated."""
    with pytest.raises(InputError, match=says.replace("?", r"\?")) as refused:
        CARDS.find("fee", DAY, "440100", keys)

    assert [fault.path for fault in refused.value.faults] == [path]
    assert "1949" not in str(refused.value)
    assert re.search("[一-鿿]", refused.value.say("zh"))


def test_all_faults_of_a_question_are_told_together() -> None:
    """Whoever fills in a form learns of every wrong field."""
    with pytest.raises(InputError) as refused:
        CARDS.find("fee", "2026-09-21", 440100, beside=None)
    assert [fault.path for fault in refused.value.faults] == ["day", "place", "beside"]


def test_an_instant_is_no_day() -> None:
    """An instant falls on a day only in a time zone; days of other classes are days."""
    with pytest.raises(InputError, match="a day is required, not an instant"):
        CARDS.find("fee", datetime(2026, 9, 21, tzinfo=UTC), "440100")

    class Day(date):
        """A day of another package."""

    assert CARDS.find("fee", Day(2026, 9, 21), "440100") == CARDS.find("fee", DAY, "440100")


DOORS: dict[str, Any] = {
    "find parameter": lambda odd: CARDS.find(odd, DAY),
    "find day": lambda odd: CARDS.find("fee", odd),
    "find place": lambda odd: CARDS.find("fee", DAY, odd),
    "find beside": lambda odd: CARDS.find("fee", DAY, "440100", beside=odd),
    "in_force day": CARDS.in_force,
    "in_force place": lambda odd: CARDS.in_force(DAY, odd),
    "in_force beside": lambda odd: CARDS.in_force(DAY, "440100", odd),
    "amended_all amount": lambda odd: CARDS.amended_all("fee", odd, since=DAY),
    "amended_all since": lambda odd: CARDS.amended_all("fee", "3 yuan", since=odd),
    "changes": CARDS.changes,
    "rulebook": rulebook,
    "rulebook folders": lambda odd: rulebook("card_replacement", odd if odd is not None and odd != [] else 3),
    "rulebook a folder": lambda odd: rulebook("card_replacement", [odd]),
    "rulebook_names": lambda odd: rulebook_names([odd]),
    "laws_of": lambda odd: laws_of([odd]),
    "unread_files": lambda odd: unread_files([odd]),
    "Rulebook": lambda odd: Rulebook("x", (odd,)),
    "citation": Citation.parse,
    "basis": lambda odd: basis([odd], {}, "en"),
    "parse_amount": parse_amount,
    "parse_amount choices": lambda odd: parse_amount(odd, None, ("a", "b")),
    "when_of": lambda odd: when_of({"channel": odd}),
    "Legislation": lambda odd: Legislation(rulebook=lambda _: odd).of(MedicalTransfer),
    "with_rulebook": lambda odd: Legislation().with_rulebook(odd),
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("odd", ODD, ids=lambda odd: type(odd).__name__)
def test_odd_values_end_in_errors_of_ours(door: str, odd: Any) -> None:
    """Whatever comes in at a door of the rules, the error is ours and speaks both languages."""
    with pytest.raises(SsflowError) as refused:
        DOORS[door](odd)
    assert re.search("[一-鿿]", refused.value.say("zh"))


@pytest.mark.parametrize("read", [lambda given: rulebook("fee", given), rulebook_names, laws_of, unread_files])
def test_folders_given_once_are_used_whole(read: Any, tmp_path: Path) -> None:
    """A generator can be gone through only once: to check it is not to use it up."""
    (tmp_path / "fee.toml").write_text("", encoding="utf-8")
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "440100.toml").write_text("", encoding="utf-8")
    folders = (*default_folders(), tmp_path)

    assert read(folder for folder in folders) == read(folders)


def test_the_class_of_paths_is_no_folder() -> None:
    """Though it has the methods of one; the fault says which of the folders it is."""
    with pytest.raises(InputError) as refused:
        rulebook_names([*default_folders(), Path])
    assert refused.value.faults[0].path == "folders[1]"


def test_a_figure_that_nobody_entered_is_untimed() -> None:
    """A procedure may have figures of which its rulebook knows none: that is no misspelt name."""
    empty = Rulebook(MedicalTransfer.name, (), laws=laws_of(default_folders()), keys=rulebook("medical_transfer").keys)
    assert empty.parameters == ()
    with pytest.raises(UnknownError):
        empty.find("sending", DAY)


@pytest.mark.parametrize("name", ["since", "until", "attested_from", "checked"])
def test_each_day_of_a_figure_is_a_day(name: str) -> None:
    """A figure made by hand is refused for a day that is none, however many of its days are given."""
    given: dict[str, Any] = {"since": DAY, "until": DAY, "attested_from": DAY, "checked": DAY, name: "2026-01-01"}
    with pytest.raises(InputError) as refused:
        Value(parameter="x", amount=days(3), cites=(), text="", confidence="single", **given)
    assert [fault.path for fault in refused.value.faults] == [name]


@pytest.mark.parametrize("odd", [[], ["online", 3], [None], 3])
def test_names_of_keys_are_names(odd: object) -> None:
    """A list of names holds at least one, and nothing else."""
    with pytest.raises(InputError, match="a name or a list of names") as refused:
        when_of({"channel": odd})
    assert [fault.path for fault in refused.value.faults] == ["when.channel"]


def test_figures_made_by_hand_are_ordered() -> None:
    """Alternatives are a set, in whatever order a program writes them."""
    made = [
        Value(parameter="x", amount=days(3), since=DAY, cites=(), text="", confidence="single", when=when)
        for when in (
            (("b", ("2", "1")), ("a", ("1",))),
            (("a", ("1",)), ("b", ("1", "2"))),
        )
    ]
    assert made[0] == made[1]
