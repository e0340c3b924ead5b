"""Personal data under the key of its person: nobody who has the database alone finds any; what is altered or moved is named."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssflow import Cases, PostgreSQLStore, SQLiteStore, machines
from ssflow.case import Event, EventKind
from ssflow.cli.output.exported import export
from ssflow.errors import CodecError, InputError, ReusedKeyError, StoreError
from ssflow.machines.card_replacement import Application, Channel, Payment, Photo, Reason
from ssflow.machines.shared.cards import Postage
from ssflow.persons import Identity, is_personal
from ssflow.records import Codec, Store, Subscription, fold
from ssflow.records.codec import sealed_by
from ssflow.records.seals import fingerprint_of, seals_of
from ssflow.store import KeyFolder, MemoryStore
from ssflow.testing.walks import data_strategy
from tests.store.encrypted import ADDRESS, DAY, NOW, NUMBER, OTHER, PERSONAL, C, everything, recorded

WITH_DATA = [a for name in machines.names() for a in machines.get(name).activities if a.data is not None]


def test_nobody_finds_anything_personal_in_the_database(
    store: Store, keys: KeyFolder, request: pytest.FixtureRequest
) -> None:
    """Not a number, name, address, telephone or reason in any byte of it, not even as a digest; with the keys all is there."""
    cases = recorded(store, keys)
    store.subscribe("tax")
    held = everything(store, request.getfixturevalue("dsn") if isinstance(store, PostgreSQLStore) else "")
    for text in PERSONAL:
        assert text.encode() not in held, text
        assert json.dumps(text).strip('"').encode() not in held, text
        assert sha256(text.encode()).hexdigest().encode() not in held, text
    assert b"card-1" in held
    case = cases.get("card-1")
    assert (case.facts.holder.number, case.facts.address, case.parties) == (NUMBER, ADDRESS, {"holder": NUMBER})
    assert case == fold(C, cases.trace("card-1"))
    assert cases.trace("card-1")[3].reason == "邻居代交"
    assert cases.verify() == ()


def test_without_keys_it_is_as_it_was(tmp_path: Path) -> None:
    """The same acts leave the same bytes as before there were keys; so the test above could fail."""
    held = everything(recorded(SQLiteStore(tmp_path / "x.db"), None).store)
    assert all(text.encode() in held for text in PERSONAL)
    assert b"sealed" not in held


def test_whose_records_are_encrypted_is_told_without_keys(store: Store, keys: KeyFolder, tmp_path: Path) -> None:
    """Lists work without keys; a case says that its keys are needed, or that these are others. Nothing is written in plain text instead."""
    cases = recorded(store, keys)
    blind = Cases(store, now=lambda: NOW)
    assert blind.rows() == cases.rows()
    assert blind.work_list() == cases.work_list()
    with pytest.raises(CodecError, match="of case card-1 is encrypted: give its key store") as refused:
        blind.get("card-1")
    assert "办件card-1的个人信息已加密" in refused.value.say("zh")
    fingerprint = sealed_by(store.trace("card-1")[0])
    with pytest.raises(CodecError, match="give its key store"):
        Codec(machines.get, sealed_by=fingerprint).encode(cases.trace("card-1")[0])
    assert Codec(machines.get, sealed_by=fingerprint).encode_case(cases.get("card-1")) == "", "and never plain"
    with pytest.raises(
        CodecError,
        match=r"personal data \w+ of event 1 of case card-1 is encrypted with a key that is not in this key store",
    ):
        Cases(store, keys=KeyFolder(tmp_path / "others")).trace("card-1")


@pytest.mark.parametrize("odd", [3, "keys", KeyFolder, object()])
def test_what_is_no_key_store_is_refused(odd: Any) -> None:
    """At once, and not when the first case is to be written."""
    with pytest.raises(
        InputError, match=r"keys: a key store is required, .* with the methods key_of, key, destroy, pepper"
    ):
        Cases(MemoryStore(), keys=odd)


def test_the_text_of_a_case_is_read_under_its_key(keys: KeyFolder) -> None:
    """It spares its events, and holds nothing of the person in plain text."""
    cases = recorded(MemoryStore(), keys)
    codec = evolve(cases.codec, sealed_by=sealed_by(cases.store.trace("card-1")[0]))
    text = codec.encode_case(cases.get("card-1"))

    assert NUMBER not in text
    assert codec.decode_case(text) == cases.get("card-1")


def test_a_wrong_key_is_named(keys: KeyFolder) -> None:
    """A key store that gives another key than was asked for is found out."""
    cases = recorded(MemoryStore(), keys)
    mine, other = (keys.path / sealed_by(cases.store.trace(id_)[0]) for id_ in ("card-1", "card-3"))
    mine.write_bytes(other.read_bytes())
    with pytest.raises(CodecError, match="of event 1 of case card-1 does not fit the key that the key store returns"):
        cases.trace("card-1")


def forged(text: str, change: Any) -> str:
    """A stored text with something done to its plain data."""
    raw = json.loads(text)
    change(raw)
    return json.dumps(raw, ensure_ascii=False)


def test_what_is_altered_or_moved_is_named(keys: KeyFolder) -> None:
    """Sealed data that is altered, or taken to another field, event or case of the same person, opens nowhere, and it is said where."""
    cases = recorded(MemoryStore(), keys)
    first, second, *_ = cases.store.trace("card-1")
    elsewhere = json.loads(cases.store.trace("card-2")[0])
    codec = cases.codec

    def swap(raw: Any) -> None:
        raw["data"]["holder"]["number"], raw["party"] = raw["party"], raw["data"]["holder"]["number"]

    def cut(raw: Any) -> None:
        raw["party"] = {"sealed text": raw["party"]["sealed text"][:20]}

    for text, change, where in (
        (first, swap, "data.holder.number"),
        (first, cut, "party"),
        (first, lambda raw: raw.update(party=elsewhere["party"]), "party"),
        (second, lambda raw: raw.update(party=json.loads(first)["party"]), "party"),
        (
            first,
            lambda raw: raw["data"]["address"].update(phone=raw["data"]["address"]["recipient"]),
            "data.address.phone",
        ),
    ):
        with pytest.raises(CodecError) as told:
            codec.decode(forged(text, change))
        version = json.loads(text)["version"]
        assert f"personal data {where} of event {version} of case card-1 was altered, or belongs elsewhere" in str(
            told.value
        )
        assert f"办件card-1第{version}号事件的个人信息{where}已被改动，或者取自别处" in told.value.say("zh")


@given(place=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_every_altered_bit_is_found(place: int, bit: int) -> None:
    """Wherever a sealed text is altered, token and nonce included."""
    with TemporaryDirectory() as folder:
        codec = evolve(Codec(machines.get, keys=KeyFolder(Path(folder) / "k")))
        codec = evolve(codec, sealed_by=fingerprint_of(codec.keys.key_of("p")))
        text = codec.encode(EVENT)
        sealed = json.loads(text)["party"]["sealed text"]
        at = place % (len(sealed.rstrip("=")) - 1)  # the last letter has bits that nobody reads
        other = chr(ord(sealed[at]) ^ (1 << bit))
        try:
            read = codec.decode(
                forged(text, lambda raw: raw.update(party={"sealed text": sealed[:at] + other + sealed[at + 1 :]}))
            )
        except CodecError:
            return
        assert read == EVENT, "a letter that base64 passes over"


EVENT = Event(
    case="c",
    version=1,
    process="card_replacement",
    process_version=1,
    kind=EventKind.act,
    activity="apply",
    on=DAY,
    by="holder",
    party="欧阳明月",
    target="checking",
)


RELEASED = {
    "c": "faplkljfmmdkjmafHxWU1dvRPJvmSD22te-g9zU-nI4xCnyHHPi7TcbIQc1ZuKAgooEPew==",
    "办件1": "faplkljfmmdkjmafIE-hE1Mjw_2N92l3Ex6wfVmeYsYvRazGChaD6u_-82wats3C_-n-FA==",
}


@pytest.mark.parametrize("case", RELEASED)
def test_what_was_encrypted_once_opens_for_ever(keys: KeyFolder, case: str) -> None:
    """A text as a released version sealed it is read and written the same; once the key is gone, its mark is the same too."""
    key = bytes(range(32))
    (keys.path / fingerprint_of(key)).write_bytes(key + b"somebody")
    codec = Codec(machines.get, keys=keys, sealed_by="5a273023b888e440")
    event = evolve(EVENT, case=case)
    text = codec.encode(event)

    assert json.loads(text)["party"] == {"sealed text": RELEASED[case]}
    assert codec.decode(text) == event
    keys.destroy("5a273023b888e440")
    assert codec.decode(text).party == "[已销毁/erased faplkljfmmdkjmaf]"


def texts_of(value: Any, *, personal: bool) -> Iterator[str]:
    """The texts within a value that are personal, or those that are not."""
    if isinstance(value, tuple):
        for one in value:
            yield from texts_of(one, personal=personal)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            item = getattr(value, attribute.name)
            if not is_personal(attribute):
                yield from texts_of(item, personal=personal)
            elif personal and item:
                yield item
    elif isinstance(value, str) and not personal:
        yield value


@pytest.fixture(scope="module")
def sealing() -> Iterator[Codec]:
    """What writes under one key."""
    with TemporaryDirectory() as folder:
        keys = KeyFolder(Path(folder) / "keys")
        yield Codec(machines.get, keys=keys, sealed_by=fingerprint_of(keys.key_of("p")))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(activity=st.sampled_from(WITH_DATA), data=st.data())
def test_whatever_is_personal_comes_back_and_is_not_there(sealing: Codec, activity: Any, data: st.DataObject) -> None:
    """The data of any activity: what is personal in it is nowhere in the text, equal events are equal texts, and all of it is read back."""
    value = data.draw(data_strategy(activity.data))
    party = data.draw(st.text("欧阳明月甲乙丙丁戊己庚辛", min_size=6, max_size=12))
    event = evolve(
        EVENT,
        process=activity.owner.name,
        activity=activity.name,
        data=value,
        party=party,
        target=activity.transitions[0].target.name,
        by=activity.by.name,
    )
    text = sealing.encode(event)
    values = re.findall(r'"((?:[^"\\]|\\.)*)"', text)

    assert sealing.decode(text) == event
    assert sealing.encode(event) == text
    assert party not in text
    hidden = {one for one in texts_of(value, personal=True) if len(one) > 3} - {*texts_of(value, personal=False)}
    assert not {json.dumps(one, ensure_ascii=False)[1:-1] for one in hidden} & set(values)


def test_what_was_plain_goes_on_encrypted(store: Store, keys: KeyFolder) -> None:
    """Cases from before there were keys are read as they are; what is added is encrypted under the person who opened them."""
    plain = recorded(store, None)
    cases = Cases(store, now=lambda: NOW, keys=keys)
    assert cases.get("card-2") == plain.get("card-2")
    before = store.trace("card-2")
    cases.do("card-2", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party=NUMBER)
    assert store.trace("card-2")[:1] == before
    assert NUMBER not in store.trace("card-2")[1] + store.snapshots(["card-2"])["card-2"]
    assert sealed_by(store.trace("card-2")[1]) == fingerprint_of(keys.key_of(NUMBER))


def test_keys_of_requests_keep_their_promise(keys: KeyFolder) -> None:
    """A repeated request gets the first answer, another is refused, and what is kept of it cannot be guessed without the pepper."""
    cases = recorded(MemoryStore(), keys)
    data = Application(
        holder=Identity(NUMBER),
        reason=Reason.damaged,
        photo=Photo.identity_card,
        address=ADDRESS,
        postage=Postage.free,
        channel=Channel.online,
    )
    again: dict[str, Any] = {"by": C.holder, "on": DAY, "places": "440100", "case": "card-1", "key": "k-card-1"}
    assert cases.open(C.apply(data), party=NUMBER, actor=NUMBER, **again).version == 1
    with pytest.raises(ReusedKeyError):
        cases.open(C.apply(data), party=OTHER, actor=NUMBER, **again)
    plain = recorded(MemoryStore(), None)
    assert plain.store.request("k-card-1").digest != cases.store.request("k-card-1").digest


def test_subscribers_and_exports_read_what_is_encrypted(keys: KeyFolder, tmp_path: Path) -> None:
    """A message has the event as it is; an export masks it, and hands out the text as it is stored."""
    store = SQLiteStore(tmp_path / "x.db")
    tax = Subscription(Cases(store, now=lambda: NOW, keys=keys), "tax")
    tax.begin()
    cases = recorded(store, keys)
    told = list[str]()
    assert not tax.deliver(lambda message: told.append(message.event.party)).failed
    assert NUMBER in told
    assert export(cases, tmp_path / "out", reveal=False).failures == {}
    texts = (tmp_path / "out" / "events.jsonl").read_text("utf-8")
    assert NUMBER not in texts
    assert seals_of(store.trace("card-1"))[-1] in texts


def test_a_folder_that_is_gone_is_told(keys: KeyFolder) -> None:
    """As an error of ours, and nothing is written."""
    cases = recorded(MemoryStore(), keys)
    for file in sorted(keys.path.rglob("*"), reverse=True):
        file.rmdir() if file.is_dir() else file.unlink()
    with pytest.raises(StoreError, match="keys cannot be read or written"):
        recorded(MemoryStore(), keys)
    with pytest.raises(CodecError, match="not in this key store"):
        cases.trace("card-1")


@pytest.mark.parametrize("odd", [3, "keys", KeyFolder, object()], ids=["number", "path", "class", "object"])
def test_what_has_no_keys_is_no_key_store(odd: Any) -> None:
    """It is refused when the cases are made."""
    with pytest.raises(InputError, match="keys"):
        Cases(MemoryStore(), keys=odd)


def test_what_is_missing_is_named() -> None:
    """Without the extra the first act says which to install."""
    code = """
import sys; sys.modules["cryptography"] = None
from tempfile import mkdtemp
from ssflow.errors import MissingExtraError
from ssflow.store import KeyFolder, MemoryStore
from tests.store.encrypted import recorded
try:
    recorded(MemoryStore(), KeyFolder(mkdtemp()))
except MissingExtraError as error:
    print(error)
"""
    told = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert "ssflow[encryption]" in told.stdout


def test_a_text_moved_in_the_file_is_found(tmp_path: Path, keys: KeyFolder) -> None:
    """Also by somebody who makes all hashes anew: `verify` names the field."""
    cases = recorded(SQLiteStore(tmp_path / "x.db"), keys)
    first = json.loads(cases.store.trace("card-1")[0])
    first["party"] = json.loads(cases.store.trace("card-2")[0])["party"]
    texts = [json.dumps(first, ensure_ascii=False), *cases.store.trace("card-1")[1:]]
    with closing(sqlite3.connect(tmp_path / "x.db")) as db, db:
        db.execute("DROP TRIGGER event_is_not_edited")
        for version, (text, seal) in enumerate(zip(texts, seals_of(texts), strict=True), 1):
            db.execute(
                "UPDATE event SET body = ?, seal = ? WHERE case_id = 'card-1' AND version = ?", (text, seal, version)
            )
        db.execute("UPDATE head SET seal = ? WHERE case_id = 'card-1'", (seals_of(texts)[-1],))
    said = [finding.say("en") for finding in cases.verify()]
    assert any("personal data party of event 1 of case card-1 was altered, or belongs elsewhere" in one for one in said)
