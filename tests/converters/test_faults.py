"""Data that comes in: all faults at once, each with the path of its field, in both languages, and none of Python's own words."""

from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Annotated, Any, Literal, Optional, TypedDict, Union

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow.converters import from_json, json_converter, misfits, read_toml, structure, toml_converter
from ssflow.converters.schema import schema_of
from ssflow.errors import DataError, Fault, InputError
from ssflow.persons import Identity
from ssflow.text import Text


class Colour(Enum):
    red = Text("红", "red")
    blue = Text("蓝", "blue")


class Plain(TypedDict):
    name: str


@attrs.frozen
class Item:
    since: Annotated[date, "起始日"]
    sum: Annotated[Decimal, "金额"] = Decimal(0)


@attrs.frozen(kw_only=True)
class Form:
    holder: Annotated[Identity, "持卡人"]
    colour: Annotated[Colour, "颜色"]
    items: tuple[Item, ...] = ()
    pair: tuple[str, int] = ("", 0)
    word: Literal["a", "b"] = "a"
    notes: dict[str, str] = attrs.field(factory=dict)
    more: list[Plain] = attrs.field(factory=list)
    next: "Form | None" = None


@attrs.frozen
class Strange:
    """A class of somebody else, which refuses in its own way."""

    n: int = attrs.field()

    @n.validator
    def _check(self, _: object, n: int) -> None:
        raise KeyError(n)


RIGHT: dict[str, Any] = {"holder": {"number": "11010519491231002X"}, "colour": "red"}


def faults(raw: object, cls: type = Form) -> dict[str, Text]:
    with pytest.raises(InputError) as refused:
        from_json(raw, cls)
    found = {fault.path: fault.text for fault in refused.value.faults}
    assert len(found) == len(refused.value.faults)
    assert all(text.zh != text.en for text in found.values())
    return found


def test_all_faults_are_told_with_their_paths() -> None:
    """A form marks each field: missing, unknown, of another type, refused by its class, in lists, in what follows."""
    raw = {
        "holder": {"number": "110105194912310021", "kind": "library_card", "name": "x"},
        "items": [{"since": "2026-01-31"}, {"sum": True}, "x", {"since": "31.1.2026", "sum": "NaN"}],
        "pair": ["x"],
        "word": "c",
        "notes": {"x": 1},
        "more": [{"name": "x"}, {}],
        "next": {"colour": "green", "holder": {"number": "1"}},
        "spare": None,
    }
    found = faults(raw)

    assert set(found) == {
        "holder.kind",
        "holder.name",
        "colour",
        "items[1].since",
        "items[1].sum",
        "items[2]",
        "items[3].since",
        "items[3].sum",
        "pair",
        "word",
        "notes.x",
        "more[1].name",
        "next.colour",
        "next.holder.number",
        "spare",
    }
    assert found["colour"].zh == "必填，未给出（颜色）"
    assert "起始日" in found["items[1].since"].zh
    assert "其" not in found["spare"].zh
    assert "holder, colour" in found["spare"].en


def test_a_value_refused_by_its_class_is_a_fault_of_its_field() -> None:
    """The checker of a number names the number; nothing is repeated."""
    assert set(faults({**RIGHT, "holder": {"number": "110105194912310021"}})) == {"holder.number"}


def test_no_number_of_a_person_is_repeated() -> None:
    """Neither as the name of a field that nobody asked for, nor in the words of a class that is not ours."""
    for raw, cls in (({"110105194912310021": 1}, Form), ({"n": 110105194912310021}, Strange)):
        with pytest.raises(InputError) as refused:
            from_json(raw, cls)
        assert "110105194912310021" not in refused.value.say("en") + refused.value.say("zh")
        assert "***21" in refused.value.say("en")


@pytest.mark.parametrize("raw", [None, 1, "x", [], True, b"x"])
def test_what_has_no_fields_is_told(raw: object) -> None:
    """Anything else where fields are wanted, as a whole and within."""
    assert set(faults(raw)) == {""}
    assert set(faults({**RIGHT, "holder": raw})) == {"holder"}


def test_what_somebody_elses_class_raises_is_told_at_its_field() -> None:
    """A class that is not ours may raise anything; the data is named all the same."""
    with pytest.raises(InputError) as refused:
        from_json({"n": 1}, Strange)
    assert "无法使用" in refused.value.say("zh")


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("2026-01-31"),
        lambda part: (
            st.lists(part, max_size=3)
            | st.dictionaries(st.sampled_from([*attrs.fields_dict(Form), "since", "number", "x"]), part, max_size=5)
        ),
    )
)
def test_any_json_is_taken_or_refused_by_us(raw: Any) -> None:
    """No shape of plain data ends in an error of Python or of a package; what is taken is written back as it was."""
    for value in (raw, {**RIGHT, "items": raw}, {**RIGHT, "next": raw}):
        try:
            form = from_json(value, Form)
        except InputError:
            continue
        assert from_json(json_converter().unstructure(form), Form) == form


def test_files_tell_all_faults_too(tmp_path: Path) -> None:
    """A file of data: the same, behind the file and the part of it."""
    raw = {"holder": {"number": "11010519491231002X"}, "items": [{"since": "2026-01-31"}, {}]}
    with pytest.raises(DataError) as refused:
        structure(raw, Form, tmp_path / "x.toml", "form 3")

    assert {fault.path for fault in refused.value.faults} == {
        "form 3.colour",
        "form 3.items[0].since",
        "form 3.items[1].since",
    }
    assert "x.toml：" in refused.value.say("zh")


@pytest.mark.parametrize("content", [b"x = ", b"\xff\xfe", b"x = " + b"[" * 5000])
def test_files_that_are_no_toml(tmp_path: Path, content: bytes) -> None:
    """Not TOML, not text, nested beyond reading: the file is named in both languages."""
    file = tmp_path / "x.toml"
    file.write_bytes(content)
    with pytest.raises(DataError, match="cannot be read as TOML") as refused:
        read_toml(file)
    assert "无法作为TOML读取" in refused.value.say("zh")
    with pytest.raises(DataError):
        read_toml(tmp_path / "none.toml")


def test_toml_shows_what_was_written() -> None:
    """What the keeper of a file wrote is shown; of data that people give only the type, because it may be a number of theirs."""
    with pytest.raises(InputError, match="'11' is not of type int"):
        toml_converter().structure("11", int)
    with pytest.raises(InputError, match="a value of type int is not of type str"):
        json_converter().structure(11010519491231002, str)


def test_misfits_are_faults_with_paths() -> None:
    """Values that were made with something else than their types say, at any depth."""
    holder = Identity("11010519491231002X")
    wrong: Any = Form(holder="x", colour=Colour.red, items=(Item(datetime(2026, 1, 1)), Item(date(2026, 1, 1), 1)))  # noqa: DTZ001

    assert misfits(Form(holder=holder, colour=Colour.red)) == ()
    assert misfits(wrong) == (
        Fault("holder", Text("类型是str，须为Identity", "is of type str, not Identity")),
        Fault("items[0].since", Text("类型是datetime，须为date", "is of type datetime, not date")),
        Fault("items[1].sum", Text("类型是int，须为Decimal", "is of type int, not Decimal")),
    )


def test_deep_data_is_refused_in_linear_time() -> None:
    """Data nested a hundred deep with a fault at the bottom is read once, not once more at every level."""
    raw: Any = {**RIGHT, "colour": "green"}
    for _ in range(100):
        raw = {**RIGHT, "next": raw}

    assert set(faults(raw)) == {"next." * 100 + "colour"}


@attrs.frozen
class New:
    day: Annotated[date | None, "日期"] = None
    moment: date | datetime | None = None


@attrs.frozen
class Old:
    day: Annotated[Optional[date], "日期"] = None  # noqa: UP045
    moment: Union[date, datetime, None] = None  # noqa: UP007


@pytest.mark.parametrize(
    "raw",
    [
        *({"day": one} for one in ("2026-01-05", None, "x", 1)),
        *({"moment": one} for one in ("2026-01-05", "2026-01-05T10:00:00+08:00", None, "x")),
    ],
)
def test_either_way_of_writing_a_type_is_read_alike(raw: dict[str, Any]) -> None:
    """``Optional[X]`` and ``Union[X, Y]`` are ``X | None`` and ``X | Y``: in what is read, in what is refused, and in the form."""

    def read(cls: Any) -> object:
        try:
            return attrs.asdict(from_json(raw, cls))
        except InputError as error:
            return error.faults

    def form(cls: Any) -> str:
        return repr(schema_of(cls, Text("表", "form"))).replace(cls.__name__, "")

    def held(cls: Any) -> object:
        return misfits(cls(**raw))

    assert read(Old) == read(New)
    assert held(Old) == held(New)
    assert form(Old) == form(New)
