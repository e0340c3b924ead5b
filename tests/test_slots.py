"""Values that are made quickly differ in nothing else from those that attrs makes."""

import copy
import inspect
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from attrs import Factory, asdict, evolve, field, fields, frozen, make_class
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from ssflow.case import Event
from ssflow.slots import changed, opened, quick


@frozen
class Value:
    """Fields with defaults of all kinds, by place and by name, and a check of the whole."""

    number: int
    name: str = field(kw_only=True)
    text: str = "x"
    many: list[int] = field(factory=list)
    _hidden: int = field(default=0, eq=False)
    last: tuple[int, ...] = field(factory=tuple, kw_only=True)

    def __attrs_post_init__(self) -> None:
        if self.text == "bad":
            raise KeyError(self.text)
        object.__setattr__(self, "many", tuple(self.many))


made_by_attrs = Value.__init__
signature = inspect.signature(Value)
quick(Value)


def by_attrs(**arguments: Any) -> Value:
    value = object.__new__(Value)
    made_by_attrs(value, **arguments)
    return value


def outcome(make: Callable[..., Value], arguments: dict[str, Any]) -> object:
    """What is made, or the error."""
    try:
        value = make(**arguments)
    except (TypeError, ValueError, KeyError) as error:
        return type(error), str(error)
    return repr(value), asdict(value), hash(value), type(value)


@given(
    st.fixed_dictionaries(
        {},
        optional={
            "number": st.integers(0, 12),
            "name": st.just("n"),
            "text": st.sampled_from(["a", 1, "bad"]),
            "many": st.lists(st.integers(), max_size=2),
            "hidden": st.integers(0, 1),
            "last": st.just((1,)),
            "other": st.none(),
        },
    )
)
def test_a_quick_value_is_made_as_attrs_makes_it(arguments: dict[str, Any]) -> None:
    """Whatever is given, the value with its defaults, or the error, is that of the ``__init__`` that the class had before."""
    assert outcome(Value, arguments) == outcome(by_attrs, arguments)


def test_the_signature_is_that_of_attrs() -> None:
    """Readers, editors and tools see the same arguments with the same defaults, also those by place."""
    assert inspect.signature(Value) == signature
    assert Value(1, "y", [2], 3, name="n") == Value(number=1, text="y", many=[2], hidden=3, name="n")


def test_each_value_gets_its_own_of_a_factory() -> None:
    """A default that is made is made anew."""

    @quick
    @frozen
    class Holder:
        many: list[int] = field(factory=list)

    assert Holder().many is not Holder().many


def with_a_check() -> type:
    return make_class("C", {"x": field(validator=lambda *_: None)}, frozen=True)


def with_a_conversion() -> type:
    return make_class("C", {"x": field(converter=str)}, frozen=True)


def with_a_field_of_its_own() -> type:
    return make_class("C", {"x": field(init=False, default=1)}, frozen=True)


def with_a_kept_hash() -> type:
    return make_class("C", {"x": field()}, frozen=True, cache_hash=True)


def with_something_to_do_first() -> type:
    return make_class("C", {"x": field()}, frozen=True, class_body={"__attrs_pre_init__": lambda _: None})


def with_a_default_of_others() -> type:
    return make_class("C", {"x": field(default=Factory(lambda _: 1, takes_self=True))}, frozen=True)


def with_its_own_way() -> type:
    return make_class("C", {"x": field()}, frozen=True, init=False, class_body={"__init__": lambda _: None})


def with_another_beginning() -> type:
    return make_class("C", {"x": field()}, frozen=True, class_body={"__new__": lambda cls, _: object.__new__(cls)})


def not_made_by_attrs() -> type:
    return type("C", (make_class("B", {"x": field()}, frozen=True),), {})


def that_counts_its_heirs() -> type:
    body = {"__init_subclass__": classmethod(lambda cls: None)}
    return make_class("C", {"x": field()}, frozen=True, class_body=body)


def that_is_an_error() -> type:
    return make_class("C", {"x": field()}, bases=(Exception,), auto_exc=True)


@pytest.mark.parametrize(
    "make",
    [
        with_a_check,
        with_a_conversion,
        with_a_field_of_its_own,
        with_a_kept_hash,
        with_something_to_do_first,
        with_its_own_way,
        with_another_beginning,
        not_made_by_attrs,
        that_counts_its_heirs,
        that_is_an_error,
    ],
    ids=lambda make: make.__name__,
)
def test_a_class_that_does_more_than_keep_its_fields_is_left_to_attrs(make: Callable[[], type]) -> None:
    """Where the ``__init__`` of attrs does more than fill the fields, it is not passed over: the class has no twin and cannot be quick."""
    cls = make()

    assert opened(cls) is None
    with pytest.raises(TypeError):
        quick(cls)


def test_a_class_that_makes_a_default_of_other_fields_is_not_quick() -> None:
    """It has a twin, because all fields are known when that is filled."""
    cls = with_a_default_of_others()

    assert opened(cls) is not None
    with pytest.raises(TypeError):
        quick(cls)


def test_a_quick_value_is_frozen() -> None:
    """Once made, it is of its own class: no field can be set or deleted, and a copy is equal."""
    value: Any = Value(1, name="n")

    assert type(value) is Value
    with pytest.raises(FrozenInstanceError):
        value.text = "y"  # type: ignore[misc]  # it is frozen
    with pytest.raises(FrozenInstanceError):
        del value.text
    for other in (evolve(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301 - our own pickle
        assert (type(other), other) == (Value, value)


def test_a_subclass_of_a_quick_class_is_itself() -> None:
    """A class with more fields, or with none, is made by attrs as ever, and not taken for its base."""

    @frozen
    class More(Value):
        more: int = 3

    class Same(Value):
        pass

    more: Any = More(1, name="n")
    same: Any = Same(1, name="n")

    assert (type(more), more.number, more.many, more.more) == (More, 1, (), 3)
    assert (type(same), same.number, same.many) == (Same, 1, ())
    for value in (more, same):
        with pytest.raises(FrozenInstanceError):
            value.number = 4


@quick
@frozen
class Plain:
    """Fields without checks, and a check of the whole."""

    number: int
    text: str = "x"

    def __attrs_post_init__(self) -> None:
        if self.text == "bad":
            raise KeyError(self.text)


@pytest.mark.parametrize("value", [Plain(1), Value(1, name="n")])
@pytest.mark.parametrize("parts", [{}, {"number": 2}, {"text": "y"}, {"number": 3, "text": "bad"}, {"number": 12}])
def test_a_changed_value_is_made_as_attrs_makes_it(value: Any, parts: dict[str, Any]) -> None:
    """With other parts, a value of a quick class is that of `attrs.evolve`, or is refused alike; the first stays as it was, and both are frozen."""
    before = repr(value)

    assert outcome(lambda **given: changed(value, **given), parts) == outcome(
        lambda **given: evolve(value, **given), parts
    )
    assert repr(value) == before
    with pytest.raises(FrozenInstanceError):
        changed(value).text = "z"


def test_a_changed_value_of_a_subclass_is_of_that_class() -> None:
    """What a quick class does not know is kept; a name that is no field is refused."""

    @frozen
    class More(Plain):
        last: int = 3

    more = changed(More(1, last=4), number=2)
    assert (type(more), more.number, more.last) == (More, 2, 4)
    for value in (Plain(1), more):
        with pytest.raises((AttributeError, TypeError)):
            changed(value, other=1)  # type: ignore[call-arg]  # there is no such field


def test_the_events_of_acts_are_quick() -> None:
    """An event is filled through its twin, which has the same slots; a class that attrs did not make has none."""
    twin: Any = opened(Event)

    assert twin.__basicsize__ == Event.__basicsize__
    assert [one.name for one in fields(twin)] == [one.name for one in fields(Event)]
    assert opened(dict) is None
