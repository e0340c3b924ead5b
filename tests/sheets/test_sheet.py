"""A sheet shows a procedure in its places on a day, or all that is known of it."""

from __future__ import annotations

import json
from datetime import date
from xml.etree import ElementTree as ET

import pytest

from ssflow import machines, rulebook
from ssflow.errors import UnknownError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.loss_report import LossReport
from ssflow.process import Process
from ssflow.sheets import Sheet, sheet
from ssflow.sheets.procedures.picture import draw
from ssflow.sheets.procedures.readers import facts_behind, facts_read
from ssflow.sheets.procedures.relations import conditions_of, related
from ssflow.sheets.words import Words
from ssflow.text import LANGS, Lang

DAY = date(2026, 9, 21)
EVERY = pytest.mark.parametrize("process", [machines.get(name) for name in machines.names()], ids=machines.names())
BOTH = pytest.mark.parametrize("lang", LANGS)


def figure(shown: Sheet, name: str) -> list[str]:
    (values,) = [values for figure, values in shown.figures() if figure.name == name]
    return [f"{value.region} {value.amount_text.en}" for value in values]


def test_without_place_and_day_all_figures_are_shown() -> None:
    """The whole history has every figure of the rulebook once."""
    shown = [value for _, values in sheet("card_replacement").figures() for value in values]

    assert sorted(shown, key=repr) == sorted(rulebook("card_replacement").values, key=repr)


def test_a_place_and_a_day_show_what_is_in_force_there() -> None:
    """In Guangzhou the seven days of the city stand before what binds elsewhere, and nothing of other cities is shown."""
    shown = figure(sheet("card_replacement", place="440100", on=DAY), "production")

    assert shown[0] == "440100 7 working days"
    assert not [value for value in shown if value.startswith(("11", "31", "37"))]


def test_a_place_without_a_day_shows_its_history() -> None:
    """All periods of the place and of what encloses it, past ones included."""
    shown = figure(sheet("card_replacement", place={"issuing": "110000"}), "production")

    assert "110000 15 working days" in shown
    assert "110000 4 working days" in shown
    assert not [value for value in shown if value.startswith("44")]


def test_a_strict_sheet_has_no_figures_of_unnamed_places() -> None:
    """Without the fallbacks only figures of named places and of the nation are left."""
    shown = sheet("card_replacement", on=DAY, strict=True)

    assert not [value for _, values in shown.figures() for value in values if value.is_fallback]


@pytest.mark.parametrize(
    ("place", "hint"), [({"isuing": "440100"}, "issuing"), ({"issuing": "123456"}, "440100"), ("99", "440100")]
)
def test_a_place_that_does_not_exist_is_refused(place: dict[str, str] | str, hint: str) -> None:
    """The error names what there is."""
    with pytest.raises(UnknownError, match=hint):
        sheet("card_replacement", place=place)


@EVERY
def test_the_document_is_plain_data(process: type[Process]) -> None:
    """What JSON gets is JSON, and the same each time."""
    document = sheet(process, on=DAY).document()

    assert json.loads(json.dumps(document)) == document == sheet(process, on=DAY).document()


@EVERY
@BOTH
def test_the_picture_draws_each_move_once(process: type[Process], lang: Lang) -> None:
    """Each move has one row with its activity, each final state one ring; there is no id, no script and no style sheet."""
    shown = sheet(process)
    svg = ET.fromstring(draw(shown, Words(lang)))  # noqa: S314 - our own
    texts = [node.text or "" for node in svg.iter("{http://www.w3.org/2000/svg}text")]
    moves = [(activity, move) for activity in shown.activities() for move in shown.moves(activity)]

    assert len(texts) == len(moves) + len(process.states) + 1
    for text, (activity, _) in zip(texts[-len(moves) :], moves, strict=True):
        assert text.startswith(activity.title.say(lang))
    assert not [node for node in svg.iter() if "id" in node.attrib or node.tag.endswith(("script", "}style"))]


@EVERY
def test_a_row_of_the_picture_says_its_numbers(process: type[Process]) -> None:
    """Beside each move stand the numbers under which its states have their titles, so that no line has to be followed."""
    shown = sheet(process)
    svg = ET.fromstring(draw(shown, Words("zh")))  # noqa: S314 - our own
    texts = [node.text or "" for node in svg.iter("{http://www.w3.org/2000/svg}text")]
    numbers = {state: str(n) for n, state in enumerate(shown.states(), 1)} | {None: "（开始）"}
    moves = [move for activity in shown.activities() for move in shown.moves(activity)]

    assert texts[1 : len(numbers)] == [f"{numbers[state]} {state.zh}" for state in shown.states()]
    for text, move in zip(texts[-len(moves) :], moves, strict=True):
        path = "、".join(numbers[source] for source in move.sources)
        assert text.endswith(f"  {path}" if move.stays else f"  {path} → {numbers[move.target]}")


@EVERY
@BOTH
def test_a_notebook_shows_well_formed_html(process: type[Process], lang: Lang) -> None:
    """The piece of HTML closes what it opens and says the title; what the definitions say is escaped."""
    html = sheet(process, on=DAY, lang=lang)._repr_html_()
    tree = ET.fromstring(html.replace("<br>", "<br/>"))  # noqa: S314 - our own

    assert tree.findtext("h3") == process.title.say(lang)


def test_conditions_name_the_facts_they_read() -> None:
    """Properties and helpers are followed: a lost card is known by its reason, an agent by the guard for agents."""
    read = {
        condition.name: facts_read(condition, CardReplacement.facts) for condition in conditions_of(CardReplacement)
    }

    assert "reason" in read["loss_reported"]  # behind the property replaces_lost_card
    assert {"paid", "fault", "issued_on"} <= read["fee_paid"]
    assert "agent" in read["authority_shown"]
    assert "photo" not in read["fee_paid"]
    assert "replaced_before" in facts_behind("occasion", CardReplacement.facts)
    assert facts_behind("photo", CardReplacement.facts) == {"photo"}


def test_related_procedures_name_each_other() -> None:
    """A replacement moves loss reports, so each sheet leads to the other."""
    assert LossReport in related(CardReplacement)
    assert CardReplacement in related(LossReport)
