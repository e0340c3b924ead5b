"""What comes in with an activity has a Chinese title, and one word for one thing."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated, Any

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from ssflow import machines
from ssflow.converters import field_types, json_converter, misfits, toml_converter
from ssflow.machines.reckoning.periods import PaidPeriod
from ssflow.persons import Identity, is_personal, masked, personal
from ssflow.sheets import sheet
from ssflow.testing.walks import data_strategy
from ssflow.text import Text
from ssflow.views.fields import bare, fields_of, listed, nested, titles_of, titles_of_facts

# Names that mean one thing here and another there. A name is listed as long as it has several titles, no longer.
SEVERAL = {
    "address": "a whole postal address, and the line of it that is neither recipient nor phone",
    "basis": "the papers on which a filing rests, and what lets an agency ask for papers",
    "began_on": "an employer comes into being, an employee begins to work",
    "card": "a card by its number, and how a physical card stands",
    "cause": "why a relation moves, and how somebody came to work for an employer",
    "course": "what follows the service of a soldier, and how long a treatment takes",
    "holder": "of a card, and in matters of medical insurance the insured person",
    "insured": "who is insured, whether somebody is, and there the place that guide 000 calls 现参保地",
    "kind": "every kind is of something else",
    "number": "of an identity document, and of a card",
    "person": "who is insured, and who may not be and only has an account on line",
    "standing": "by what right somebody acts, and how an insured person stands",
}


@frozen
class Note:
    """Data of a third party: one field with a title, one with another note alone, one with none."""

    sender_name: Annotated[str, "寄件人"] = personal()
    copies: Annotated[int, 3] = 1
    sent_on: date | None = None
    read: Annotated[bool | None, 3, "已读"] = None
    about: Annotated[tuple[PaidPeriod, ...], "缴费期间"] = ()
    writer: Annotated[Identity | None, "写信人"] = None


def classes_in(data: type[Any]) -> Iterator[type[Any]]:
    """A data class and those of its fields, at any depth."""
    yield data
    for kind in field_types(data).values():
        if inner := nested(kind) or listed(bare(kind)):
            yield from classes_in(inner)


def data_of(name: str) -> set[type[Any]]:
    coming = [activity.data for activity in machines.get(name).activities if activity.data]
    return {cls for data in coming for cls in classes_in(data)}


@pytest.mark.parametrize("name", machines.names())
def test_every_field_has_a_chinese_title(name: str) -> None:
    """Readers of Chinese see a title for whatever comes in, not only its name in code."""
    untitled = [
        f"{cls.__name__}.{field}"
        for cls in data_of(name)
        for field, title in titles_of(cls).items()
        if title.zh == field
    ]

    assert untitled == []


def test_a_name_has_one_title() -> None:
    """A field is called the same wherever it means the same; where it does not, there is a reason."""
    titles: dict[str, set[str]] = {}
    for cls in {cls for name in machines.names() for cls in data_of(name)}:
        for field, title in titles_of(cls).items():
            titles.setdefault(field, set()).add(title.zh)

    assert {field: found for field, found in titles.items() if (len(found) > 1) != (field in SEVERAL)} == {}


@pytest.mark.parametrize("name", machines.names())
def test_a_fact_has_one_title(name: str) -> None:
    """Whatever activity sets a fact, it is called the same in its procedure, so that the case can show it by its title."""
    process = machines.get(name)
    titles = titles_of_facts(process)

    for activity in process.activities:
        for field in fields_of(activity.data) if activity.data else ():
            assert titles[field.path] == field.title, field.path


def test_titles_are_those_of_the_annotations() -> None:
    """The Chinese title is the first text among the notes; without one a field shows its name. English is the name in words."""
    assert titles_of(Note) == {
        "sender_name": Text("寄件人", "sender name"),
        "copies": Text("copies", "copies"),
        "sent_on": Text("sent_on", "sent on"),
        "read": Text("已读", "read"),
        "about": Text("缴费期间", "about"),
        "writer": Text("写信人", "writer"),
    }


def test_a_field_is_titled_along_its_path() -> None:
    """What lies within a value stands behind the value, and what a list holds is named."""
    fields = {field.path: field for field in fields_of(Note)}

    assert fields["writer.number"].title == Text("写信人·证件号码", "writer, number")
    assert fields["writer.number"].personal
    assert fields["read"].kind is bool
    assert fields["about"].takes == Text(
        "JSON列表，每项：首月 first、末月 last、参保地 place", "a JSON list, each with first, last, place"
    )


@given(st.data())
def test_titles_change_nothing_in_what_is_stored(data: st.DataObject) -> None:
    """Titled data is drawn, checked, masked, written and read as if it had no titles."""
    note = data.draw(data_strategy(Note))
    raw = json_converter().unstructure(note)

    assert misfits(note) == ()
    assert misfits(Note(3)) != ()
    assert [field.name for field in Note.__attrs_attrs__ if is_personal(field)] == ["sender_name"]
    assert masked(note)["sender_name"] != note.sender_name
    assert json_converter().structure(raw, Note) == note
    assert raw["sent_on"] is None or date.fromisoformat(raw["sent_on"]) == note.sent_on
    assert toml_converter().structure({"sender_name": "x", "sent_on": date(2026, 1, 5)}, Note).sent_on is not None


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_sheets_show_titles_and_names(lang: Any) -> None:
    """A reader finds the title of a field and under it the name that programs take; a name that is a word stands once."""
    page = sheet("card_replacement").to_markdown(lang)

    assert {"zh": "| 此前补换次数<br>`replaced_before` |", "en": "| replaced before<br>`replaced_before` |"}[
        lang
    ] in page
    assert {"zh": "| 邮费<br>`postage` |", "en": "| `postage` |"}[lang] in page
    assert {"zh": "身份证件·证件种类 `identity.kind`：", "en": "identity, kind `identity.kind`: "}[lang] in page


def test_the_document_has_both_titles() -> None:
    """Programs get the title of a field in both languages."""
    activities = sheet("card_replacement").document()["activities"]
    (paid,) = next(activity["data"] for activity in activities if activity["name"] == "pay")

    assert paid["title"] == {"zh": "已缴金额", "en": "paid"}
