"""Values that are made quickly differ in nothing else from those that attrs makes."""

import copy
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from attrs import Factory, asdict, evolve, field, fields, frozen
from attrs.exceptions import FrozenInstanceError
from hypothesis import given
from hypothesis import strategies as st

from ssflow.case import Event
from ssflow.slots import changed, opened, quick


def below_ten(_: object, __: object, value: int) -> None:
    if value >= 10:
        raise ValueError(value)


@frozen
class Value:
    """Fields with a check, a conversion and defaults of all kinds, and a check of the whole."""

    number: int = field(validator=below_ten)
    text: str = field(default="x", converter=str)
    many: list[int] = field(factory=list)
    _hidden: int = field(default=0, eq=False)
    double: int = field(init=False, default=Factory(lambda self: self.number * 2, takes_self=True))

    def __attrs_post_init__(self) -> None:
        if self.text == "bad":
            raise KeyError(self.text)
        object.__setattr__(self, "many", tuple(self.many))


made_by_attrs = Value.__init__
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
            "text": st.sampled_from(["a", 1, "bad"]),
            "many": st.lists(st.integers(), max_size=2),
            "hidden": st.integers(0, 1),
            "other": st.none(),
        },
    )
)
def test_a_quick_value_is_made_as_attrs_makes_it(arguments: dict[str, Any]) -> None:
    """Whatever is given, the value with its defaults and conversions, or the error, is that of the ``__init__`` that the class had before."""
    assert outcome(Value, arguments) == outcome(by_attrs, arguments)


def test_a_quick_value_is_frozen() -> None:
    """Once made, it is of its own class: no field can be set or deleted, and a copy is equal."""
    value: Any = Value(1)

    assert type(value) is Value
    with pytest.raises(FrozenInstanceError):
        value.text = "y"  # type: ignore[misc]  # it is frozen
    with pytest.raises(FrozenInstanceError):
        del value.text
    for other in (evolve(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301 - our own pickle
        assert (type(other), other) == (Value, value)


def test_a_subclass_of_a_quick_class_is_itself() -> None:
    """A class with more fields is made by attrs as ever, and not taken for its base."""

    @frozen
    class More(Value):
        last: int = 3

    more: Any = More(1)

    assert (type(more), more.number, more.double, more.last) == (More, 1, 2, 3)
    with pytest.raises(FrozenInstanceError):
        more.last = 4


@quick
@frozen
class Plain:
    """Fields without checks, and a check of the whole."""

    number: int
    text: str = "x"

    def __attrs_post_init__(self) -> None:
        if self.text == "bad":
            raise KeyError(self.text)


@pytest.mark.parametrize("value", [Plain(1), Value(1)])
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
    """An event is filled through the open class with its slots; a class that is not quick has none."""
    twin: Any = opened(Event)

    assert twin.__basicsize__ == Event.__basicsize__
    assert [one.name for one in fields(twin)] == [one.name for one in fields(Event)]
    assert opened(dict) is None
