"""What was accepted once can be read for ever: checks stand at the door, and a record is not judged again."""

import copy
import json
import pickle
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssflow import machines
from ssflow.converters import json_converter, stored_converter
from ssflow.errors import CodecError, InputError
from ssflow.machines.unemployment_transfer import UnemploymentTransfer
from ssflow.persons import Identity, masked
from ssflow.records import Codec, change_of, fold
from ssflow.store import MemoryStore, SQLiteStore
from ssflow.testing.walks import data_strategy

CODEC = Codec(machines.get)
GOLDEN = sorted((Path(__file__).parents[1] / "golden").glob("*.jsonl"))
# A number that was in order for whoever recorded it, and is not for today's checker: its check is another.
REFUSED = "110105194912310021"
WITH_DATA = [a for name in machines.names() for a in machines.get(name).activities if a.data is not None]


def replaced(raw: Any) -> Any:
    """Plain data with every identity number replaced by the one that is refused today."""
    if isinstance(raw, list):
        return [replaced(item) for item in raw]
    if not isinstance(raw, dict):
        return raw
    person = {"number", "kind"} <= raw.keys()
    return {key: REFUSED if person and key == "number" else replaced(item) for key, item in raw.items()}


def test_the_number_is_refused_today() -> None:
    """Otherwise the tests below prove nothing."""
    with pytest.raises(InputError, match="does not fit"):
        Identity(REFUSED)


@pytest.mark.parametrize("file", GOLDEN, ids=lambda file: file.stem)
def test_released_logs_load_whatever_the_checker_says(file: Path) -> None:
    """Logs whose numbers no checker takes make cases all the same, and are written again to the letter."""
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    texts = [json.dumps(replaced(line), ensure_ascii=False) for line in lines]
    events = [CODEC.decode(text) for text in texts]

    assert fold(machines.get(events[0].process), events).version == len(lines)
    assert any(REFUSED in text for text in texts)
    for event, text in zip(events, texts, strict=True):
        now = CODEC.encode(event)
        assert json.loads(now)["data"] == json.loads(text)["data"] or json.loads(now)["data_schema"] > 1


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> MemoryStore | SQLiteStore:
    """Both stores."""
    return MemoryStore() if request.param == "memory" else SQLiteStore(tmp_path / "cases.db")


def test_a_refused_number_lives_in_a_store_and_is_taken_by_no_door(store: MemoryStore | SQLiteStore) -> None:
    """An event with such a number is written and read; typed in anew, the same JSON is refused at its field."""
    file = next(path for path in GOLDEN if path.stem == "guangdong-unclaimed.loss")
    raw = replaced(json.loads(file.read_text(encoding="utf-8").splitlines()[0]))
    event = CODEC.decode(json.dumps(raw))
    store.append([change_of(fold(machines.get(event.process), [event]), [event], CODEC)])
    (read,) = map(CODEC.decode, store.trace(event.case))
    holder = read.data.holder

    assert holder.number == REFUSED
    assert read == event
    with pytest.raises(InputError) as refused:
        machines.get(event.process).activity(event.activity).deed_of(raw["data"])
    assert [fault.path for fault in refused.value.faults] == ["holder.number"]
    # As good as any other value to whoever looks at it.
    assert pickle.loads(pickle.dumps(holder)) == copy.deepcopy(holder) == holder  # noqa: S301 - our own pickle
    assert (holder.remarks, holder.age_on(date(2026, 1, 1))) == ((), 76)
    assert REFUSED[:16] not in repr(holder) + repr(masked(read.data))


def test_a_place_that_left_the_list_is_read() -> None:
    """The same for places: a code that no list has any more."""
    raw = {
        "person": {"number": "11010519491231002X"},
        "standing": "employed",
        "channel": "counter",
        "register": "999999",
    }
    assert stored_converter().structure(raw, UnemploymentTransfer.apply.data).register == "999999"
    with pytest.raises(InputError, match="register: the code of a place is required"):
        UnemploymentTransfer.apply.deed_of(raw)


@pytest.mark.parametrize("activity", WITH_DATA, ids=lambda activity: f"{activity.owner.name}.{activity.name}")
@given(st.data())
def test_both_ways_in_make_the_same_values(activity: Any, data: st.DataObject) -> None:
    """What is in order is read alike at the door and from the store: equal values of equal hashes, defaults included."""
    value = data.draw(data_strategy(activity.data))
    raw = json_converter().unstructure(value)
    short = {key: item for key, item in raw.items() if item is not None}

    for plain in (raw, short):
        stored = stored_converter().structure(plain, activity.data)
        assert stored == activity.deed_of(plain).data == value
        assert hash(stored) == hash(value)


def test_damage_is_still_found() -> None:
    """What is not judged is whether a value is in order, not whether it is of its type and has its fields."""
    file = next(path for path in GOLDEN if path.stem == "guangdong-unclaimed.loss")
    raw = json.loads(file.read_text(encoding="utf-8").splitlines()[0])
    for change, says in (
        ({"holder": {"number": 1, "kind": "resident_id"}}, "holder.number: a value of type int is not of type str"),
        ({"holder": {"number": "x", "kind": "library_card"}}, "holder.kind: the name is none of"),
        ({"holder": {"kind": "resident_id"}}, "holder.number: is missing"),
        ({"surprise": 1}, "surprise: there is no such field"),
    ):
        with pytest.raises(CodecError, match=says) as damaged:
            CODEC.decode(json.dumps({**raw, "data": {**raw["data"], **change}}))
        assert damaged.value.say("zh") != damaged.value.say("en")
