"""What was renamed is read under its older name: the same cases, from the same bytes; what was renamed without a word is named."""

import json
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import pytest

from ssflow import Cases, MemoryStore, SQLiteStore
from ssflow.errors import CodecError, ReusedKeyError, SsflowError
from ssflow.process import registry
from ssflow.records import Codec, Store
from ssflow.text import Text
from tests.store.permits import cases_of, permit, record

RENAMES = {
    "permit": "licence",
    "here": "site",
    "clerk": "officer",
    "person": "applicant",
    "handling": "processing",
    "payment": "paying",
    "patience": "pause",
    "examining": "checking",
    "reviewing": "second_look",
    "stayed": "halted",
    "apply": "request",
    "review": "hand_on",
    "stay": "halt",
    "resume": "take_up",
    "go_on": "roll_on",
    "fast": "quick",
    "first": "initial",
    "copies": "pieces",
}
IDS = ("p1", "p2")
ONE_BY_ONE = [{old: new} for old, new in RENAMES.items()]


@pytest.fixture(params=["memory", "file"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return MemoryStore() if request.param == "memory" else SQLiteStore(tmp_path / "cases.db")


def renamed(raw: Any, names: Mapping[str, str]) -> Any:
    """Plain data with every name, wherever it stands, replaced."""
    if isinstance(raw, dict):
        return {names.get(key, key): renamed(value, names) for key, value in raw.items()}
    if isinstance(raw, list):
        return [renamed(value, names) for value in raw]
    return names.get(raw, raw) if isinstance(raw, str) else raw


def told(cases: Cases, name: str) -> Any:
    """All that is known of the cases, as plain data."""
    codec = Codec(registry(cases.process_of(name)))
    snapshots = [json.loads(codec.encode_case(cases.get(id_))) for id_ in IDS]
    return [
        [{**case, "definition": ""} for case in snapshots],
        [json.loads(codec.encode(event)) for id_ in IDS for event in cases.trace(id_)],
        [[row.id, row.process, row.state, row.closed, str(row.closes)] for row in cases.rows()],
        sorted([row.case, row.process, row.clock, row.role, row.place, str(row.due)] for row in cases.work_list()),
    ]


def test_the_history_holds_a_name_of_every_kind() -> None:
    """Otherwise the tests below prove nothing: every name stands in the stored texts, and where names stand is filled at least once."""
    store = MemoryStore()
    record(store)
    texts = [text for id_ in IDS for text in store.trace(id_)]
    events = [json.loads(text) for text in texts]

    assert [old for old in RENAMES if not any(f'"{old}"' in text for text in texts)] == []
    for place in ("by", "corrector", "source", "came_from", "places", "regime", "links", "sets_aside", "brings"):
        assert any(event.get(place) for event in events), place
    assert any(event.get("brings") and not event.get("sets_aside") for event in events)
    assert any(o.get("waits_for") for event in events for o in event.get("obligations", ()))


@pytest.mark.parametrize(
    "names", [*ONE_BY_ONE, RENAMES], ids=lambda names: "-".join(names) if len(names) == 1 else "all"
)
def test_the_same_cases_come_of_it(store: Store, names: Mapping[str, str]) -> None:
    """Up to the names; not a byte of what is stored changes, nothing is found wrong, and work goes on under the new names."""
    before = renamed(told(record(store), "permit"), names)
    texts = {id_: store.trace(id_) for id_ in IDS}
    process = permit(names)
    cases = cases_of(store, process)

    before[-1].sort()
    assert told(cases, process.name) == before
    assert cases.verify() == ()
    for role in process.roles:
        assert cases.work_list(role=role) == cases.work_list(role=role.name)
    assert {row.role for row in cases.work_list()} == {role.name for role in process.roles}
    clerk, decide = process.role(names.get("clerk", "clerk")), process.activity("decide")
    assert cases.do("p2", decide(), by=clerk, on=date(2026, 4, 20)).is_closed
    assert cases.redate(date(2026, 4, 21)) == ()
    assert [store.trace(id_)[: len(texts[id_])] for id_ in IDS] == list(texts.values())
    assert cases.verify() == ()


@pytest.mark.parametrize("names", ONE_BY_ONE, ids="-".join)
def test_a_rename_that_nobody_declared_is_named(store: Store, names: Mapping[str, str]) -> None:
    """The name stands in the error, and what to write, in both languages. A regime that is gone stops nothing until somebody acts."""
    record(store)
    (old,) = names
    process = permit(names, said=False)
    cases = cases_of(store, process)

    def look_and_act() -> None:
        for id_ in IDS:
            cases.get(id_)
        clerk, decide = process.role("clerk"), process.activity("decide")
        cases.do("p2", decide(), by=clerk, on=date(2026, 4, 20))

    with pytest.raises(SsflowError) as refused:
        look_and_act()
    said = Text(refused.value.say("zh"), refused.value.say("en"))
    assert said.zh != said.en
    for text in said:
        assert old in text
        assert re.search(rf'was ?= ?"{old}"|@was\(.*="({old}|older|旧名)"\)', text)


def test_what_a_newer_version_wrote_is_not_read_by_an_older(store: Store) -> None:
    """It might be read wrongly, so it is refused: whoever goes back to an older definition is told."""
    record(store, permit({"examining": "checking"}, version=2))

    with pytest.raises(
        CodecError, match="written by version 2 of permit, and this is version 1: install the newer"
    ) as refused:
        cases_of(store, permit()).get("p2")
    assert "请安装较新的定义" in refused.value.say("zh")


def test_a_request_from_before_a_rename_is_another_one() -> None:
    """Nothing is done twice: who repeats it under its key is refused, because what was asked is told by names."""
    old, store = permit(), MemoryStore()
    data = old.apply.data
    deed = old.apply(data(wanted=next(iter(attrs.fields(data).wanted.type)), copies=1))
    asked = {"on": date(2026, 3, 2), "places": "440100", "party": "somebody", "case": "p", "key": "k"}
    cases_of(store, old).open(deed, by=old.person, **asked)
    new = permit({"apply": "request"})
    data = new.request.data
    deed = new.request(data(wanted=next(iter(attrs.fields(data).wanted.type)), copies=1))

    with pytest.raises(ReusedKeyError):
        cases_of(store, new).open(deed, by=new.person, **asked)
    assert cases_of(store, new).get("p").version == 1


def test_what_is_in_older_names_is_not_written() -> None:
    """An event that was made by an older definition would be read back in other names."""
    stayed = next(event for event in record(MemoryStore()).trace("p1") if event.activity == "stay")
    now = Codec(registry(permit({"stay": "halt"})))
    with pytest.raises(CodecError, match="would not be read back as it is"):
        now.encode(attrs.evolve(stayed, obligations=()))


def test_a_clock_may_be_called_as_an_activity_was(store: Store) -> None:
    """Records tell the kinds apart: what was decided is read by what the activity is called now, though a clock has its old name."""
    old = permit()
    record(store, old).do("p1", old.activity("decide")(), by=old.role("clerk"), on=date(2026, 4, 20))
    process = permit({"decide": "determine", "patience": "decide"})

    assert cases_of(store, process).trace("p1")[-1].activity == "determine"


def test_a_case_of_an_older_version_goes_on_under_the_older_name(store: Store) -> None:
    """The newer version of the procedure is called otherwise; the act of the older one names its related case as the older one is called."""
    old = permit()
    record(store, old)
    cases = cases_of(store, permit({"permit": "licence"}, version=2, supersedes=old))
    cases.do("p2", old.activity("decide")(), by=old.role("clerk"), on=date(2026, 4, 20))

    assert [link.process for link in cases.trace("p2")[-1].links] == ["permit"]
    assert cases.verify() == ()


@pytest.mark.parametrize("old", ["here", "clerk", "payment", "stayed", "review", "fast", "copies"])
def test_a_written_case_is_not_read_by_other_names(old: str) -> None:
    """Its text says by which definition it was written, down to each name that it may hold; otherwise its events are read."""
    cases = record(MemoryStore())
    codec = Codec(registry(process := permit({old: "other"})))
    text = cases.codec.encode_case(cases.get("p1"))

    assert cases.codec.decode_case(text) == cases.get("p1")
    assert codec.decode_case(text) is None
    assert cases_of(cases.store, process).get("p1").version == cases.get("p1").version


def test_names_follow_one_another() -> None:
    """A part that was renamed twice is read by both of its older names."""
    store = MemoryStore()
    record(store)
    process = permit({"examining": "checking"})
    object.__setattr__(process.state("checking"), "was", ("examined", "examining"))
    names = type(process.names).of(process)

    assert names.states["examined"] is names.states["examining"] is process.state("checking")
