"""What a browser sends from a form is what the activity takes, and what is wrong with it is told at its field."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from ssflow import machines
from ssflow.converters import to_json
from ssflow.errors import Fault, InputError
from ssflow.machines.card_replacement import CardReplacement
from ssflow.machines.loss_report import LossReport
from ssflow.machines.medical_transfer import MedicalTransfer
from ssflow.process import Activity
from ssflow.testing import data_strategy
from ssflow.text import Text
from ssflow.views import FieldView, form_view, read_form

ACTIVITIES = [a for process in machines.sound() for a in process.activities if a.by is not None]
TAKING = list({activity.data: activity for activity in ACTIVITIES if activity.data}.values())  # one for each class
EXAMPLES = settings().max_examples // 6
NUMBER = "11010519491231002X"


def sent(value: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """Plain data as a browser sends it from a form: text by paths, nothing for what is empty."""
    if isinstance(value, dict):
        for name, part in value.items():
            yield from sent(part, f"{before}.{name}" if before else name)
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from sent(part, f"{before}[{number}]")
    elif value is not None:
        yield before, str(value).lower() if isinstance(value, bool) else str(value)


def inputs(fields: tuple[FieldView, ...]) -> Iterator[str]:
    """The names of what can be written in a form."""
    for one in fields:
        if one.kind == "list":
            for row in one.rows:
                yield from inputs(row)
        else:
            yield one.path


def blank(value: Any) -> bool:
    """Whether a text of it is lost in a form: one at whose ends there are blanks, or that is empty."""
    if attrs.has(type(value)):
        return any(blank(getattr(value, one.name)) for one in attrs.fields(type(value)))
    if isinstance(value, tuple):
        return not value or any(map(blank, value))
    return isinstance(value, str) and value != value.strip()


@pytest.mark.parametrize("activity", TAKING, ids=repr)
@settings(max_examples=EXAMPLES)
@given(data=st.data())
def test_what_a_form_sends_is_the_data(activity: Activity[Any], data: st.DataObject) -> None:
    """Written into the fields of the form and read again, any data is the same; it fits into the fields that the form has."""
    value = data.draw(data_strategy(activity.data).filter(lambda value: not blank(value)))
    written = dict(sent(to_json(value)))
    form = form_view(activity, written, reveal=True)

    assert set(written) <= set(inputs(form.fields))
    assert {path: text for path, text in written.items() if text} == {
        one.path: one.written for one in flat(form.fields) if one.written
    }
    again = activity.deed_of(read_form(activity, written)).data
    assert same(again, value)


def same(one: Any, other: Any) -> bool:
    """Whether two values are equal, for a form: one of which nothing is given is the same as none."""
    if attrs.has(type(other)) and one is None:
        return not dict(sent(to_json(other)))
    if attrs.has(type(one)) and type(one) is type(other):
        return all(same(getattr(one, f.name), getattr(other, f.name)) for f in attrs.fields(type(one)))
    return bool(one == other)


def flat(fields: tuple[FieldView, ...]) -> Iterator[FieldView]:
    for one in fields:
        yield one
        for row in one.rows:
            yield from flat(row)


@pytest.mark.parametrize("activity", TAKING, ids=repr)
def test_an_empty_form_marks_what_has_to_be_given(activity: Activity[Any]) -> None:
    """Each required field has its fault, no other has one, and none is left for the form as a whole."""
    with_faults = form_view(activity)
    try:
        activity.deed_of(read_form(activity, {}))
    except InputError as error:
        with_faults = form_view(activity, {}, error.faults)

    assert {one.path for one in with_faults.fields if one.faults} == {f.path for f in with_faults.fields if f.required}
    assert with_faults.faults == ()


def test_a_fault_is_told_at_its_field() -> None:
    """Of an object, at its first field; of a row of a list, in that row; of what the form does not have, for the whole."""
    activity = MedicalTransfer.move_out
    written = {
        "periods[1].first": "2020-13-01",
        "periods[1].last": "2020-12-31",
        "periods[4].first": "",
        "nosuch.x": "1",
    }
    with pytest.raises(InputError) as refused:
        activity.deed_of(read_form(activity, written))
    form = form_view(activity, written, refused.value.faults)
    told = {one.path: [fault.zh for fault in one.faults] for one in flat(form.fields) if one.faults}

    assert told["periods[0].first"] == ["须为日期，例如2026-01-31"]  # the empty row before it is none
    assert [fault.zh.partition("：")[0] for fault in form.faults] == ["nosuch.x"]
    holder = form_view(LossReport.report_formally, {}, [Fault("holder", Text("不对", "wrong"))])
    assert [one.path for one in holder.fields if one.faults] == ["holder.number"]
    assert holder.fields[1].faults == (Text("holder：不对", "holder: wrong"),)


def test_what_is_personal_is_not_sent_back_masked() -> None:
    """It is left out unless it is asked for, in fields and faults; what is not personal is kept."""
    written = {"track": "bank", "holder.number": NUMBER}
    fault = Fault("holder.number", Text(f"{NUMBER}有误", f"{NUMBER} is wrong"))
    shown = form_view(LossReport.report_formally, written, [fault])
    asked_for = form_view(LossReport.report_formally, written, [fault], reveal=True)

    assert [one.written for one in shown.fields[:2]] == ["bank", ""]
    assert NUMBER not in str(shown.document()) + repr(shown) + shown.say("zh")
    assert [one.written for one in asked_for.fields[:2]] == ["bank", NUMBER]
    assert NUMBER in asked_for.fields[1].faults[0].zh
    assert NUMBER not in repr(form_view(LossReport.report_formally, written, reveal=True))


@pytest.mark.parametrize(
    ("written", "path", "zh"),
    [
        ({"replaced_before": "one"}, "replaced_before", "须为整数；实际为str类型的值"),
        ({"record_corrected": "perhaps"}, "record_corrected", "须为true或false；实际为str类型的值"),
        ({"issued_on": "昨天"}, "issued_on", "须为日期，例如2026-01-31"),
        ({"reason": "遗失"}, "reason", "须为lost、"),
        ({"photo[0].x": "1"}, "photo[0].x", "没有这个字段"),
        ({"holder.number.more": "x"}, "holder.number.more", "没有这个字段"),
        ({"reason.more.and.more": "x"}, "reason.more.and.more", "没有这个字段"),
    ],
)
def test_what_cannot_be_read_is_refused(written: dict[str, str], path: str, zh: str) -> None:
    """Nothing is guessed and nothing is lost: the deed says what is wrong."""
    usual = {"holder.number": NUMBER, "reason": "lost", "photo": "one_inch"}
    with pytest.raises(InputError) as refused:
        CardReplacement.apply.deed_of(read_form(CardReplacement.apply, usual | written))
    (fault,) = refused.value.faults
    assert fault.path == path and fault.text.zh.startswith(zh)


@frozen
class Odd:
    """Kinds that no procedure of ours asks for."""

    words: tuple[str, ...]
    sum: Decimal


def test_other_kinds_are_written_as_json() -> None:
    """What has no field of its own is JSON; what is none stays as it was written."""
    activity = attrs.evolve(LossReport.report_formally, data=Odd)

    assert [one.kind for one in form_view(activity).fields] == ["json", "sum"]
    assert read_form(activity, {"words": '["a", "b"]', "sum": "1.50"}) == {"words": ["a", "b"], "sum": "1.50"}
    assert read_form(activity, {"words": "[" * 100_000, "_key": "x"}) == {"words": "[" * 100_000}


def test_an_activity_without_data_has_an_empty_form() -> None:
    """Nothing is asked, and what a host adds of its own is passed over; what nobody asked for is refused."""
    assert form_view(CardReplacement.accept).fields == ()
    assert CardReplacement.accept.deed_of(read_form(CardReplacement.accept, {"_by": "office"})).data is None
    with pytest.raises(InputError):
        CardReplacement.accept.deed_of(read_form(CardReplacement.accept, {"x": "1"}))


def test_days_are_as_browsers_send_them() -> None:
    """ISO days."""
    raw = read_form(CardReplacement.apply, {"issued_on": " 2020-02-29 "})
    assert raw["issued_on"] == date(2020, 2, 29).isoformat()
