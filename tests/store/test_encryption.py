"""Personal data under the key of its person: nobody who has the database alone finds any; what is altered or moved is named; what is destroyed is gone."""

import json
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import attrs
import psycopg
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ssflow import Cases, PostgreSQLStore, SQLiteStore, machines
from ssflow.case import Event, EventKind
from ssflow.cli.output.exported import export
from ssflow.errors import CodecError, ErasedError, InputError, RefusedError, ReusedKeyError, StoreError
from ssflow.machines.card_replacement import Application, CardReplacement, Channel, Payment, Photo, Reason
from ssflow.machines.shared.cards import Consignment, Postage, PostalAddress
from ssflow.persons import Identity, is_erased, is_personal
from ssflow.records import Codec, Store, Subscription, fold
from ssflow.records.codec import sealed_by
from ssflow.records.seals import fingerprint_of, seals_of
from ssflow.store import KeyFolder, MemoryStore
from ssflow.testing.walks import data_strategy
from ssflow.views import case_view, event_view

C = CardReplacement
DAY, NOW = date(2026, 9, 21), datetime(2026, 11, 22, 1, tzinfo=UTC)
NUMBER, OTHER, SECRET = "11010519491231002X", "360426199101010071", b"16 bytes or more"
ADDRESS = PostalAddress(recipient="欧阳明月", address="体育西路一百零三号", phone="13800138000")
POST = C.post(Consignment("EA123456789CN"))
PERSONAL = (NUMBER, OTHER, "欧阳明月", "体育西路一百零三号", "13800138000", "邻居代交", "甲乙丙")
WITH_DATA = [a for name in machines.names() for a in machines.get(name).activities if a.data is not None]


@pytest.fixture
def keys(tmp_path: Path) -> KeyFolder:
    """A folder of keys."""
    return KeyFolder(tmp_path / "keys")


def recorded(store: Store, keys: KeyFolder | None) -> Cases:
    """Two cases of one person and one of another, with everything personal that an event or a case can have."""
    cases = Cases(store, now=lambda: NOW, keys=keys, access_log=store)
    data = Application(
        holder=Identity(NUMBER),
        reason=Reason.damaged,
        photo=Photo.identity_card,
        address=ADDRESS,
        postage=Postage.free,
        channel=Channel.online,
    )
    for id_ in ("card-1", "card-2"):
        cases.open(
            C.apply(data), by=C.holder, on=DAY, places="440100", case=id_, party=NUMBER, actor=NUMBER, key=f"k-{id_}"
        )
    his = evolve(data, holder=Identity(OTHER), address=None, postage=None, channel=Channel.counter)
    cases.open(C.apply(his), by=C.holder, on=DAY, places="440100", case="card-3", party="甲乙丙", actor="u1")
    for id_, party in (("card-1", NUMBER), ("card-3", "甲乙丙")):
        cases.do(id_, C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party=party)
    cases.do("card-1", C.accept(), by=C.office, on=DAY, actor="u1")
    cases.correct(
        "card-1", 2, C.pay(Payment(Decimal(21))), reason="邻居代交", by=C.holder, on=DAY, party=NUMBER, actor="u1"
    )
    with pytest.raises(Exception, match="refused"):
        cases.do("card-1", C.finish(), by=C.holder, on=DAY, party=NUMBER, actor="u1")
    cases.sweep()
    return cases


def everything(store: Store, dsn: str = "") -> bytes:
    """Every byte that a database holds."""
    if isinstance(store, SQLiteStore):
        return b"".join(file.read_bytes() for file in store.path.parent.glob("*.db*"))
    if isinstance(store, PostgreSQLStore):
        with psycopg.connect(dsn) as db:
            tables = db.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()").fetchall()
            rows = [row for (name,) in tables for row in db.execute(f'SELECT t::text FROM "{name}" AS t').fetchall()]
            return "\n".join(row for (row,) in rows).encode()
    return repr([getattr(store, one.name) for one in attrs.fields(type(store))]).encode()


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
    """Lists work without keys; a case says that its keys are needed, or that these are others."""
    cases = recorded(store, keys)
    blind = Cases(store, now=lambda: NOW)
    assert blind.rows() == cases.rows()
    assert blind.work_list() == cases.work_list()
    with pytest.raises(CodecError, match="is encrypted: give its key store"):
        blind.get("card-1")
    with pytest.raises(
        CodecError,
        match=r"personal data \w+ of event 1 of case card-1 is encrypted with a key that is not in this key store",
    ):
        Cases(store, keys=KeyFolder(tmp_path / "others")).trace("card-1")


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


def texts_of(value: Any) -> Iterator[str]:
    """The personal texts within a value."""
    if isinstance(value, tuple):
        for one in value:
            yield from texts_of(one)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            item = getattr(value, attribute.name)
            if is_personal(attribute) and item:
                yield item
            else:
                yield from texts_of(item)


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
    assert not {json.dumps(one, ensure_ascii=False)[1:-1] for one in texts_of(value) if len(one) > 3} & set(values)


def test_a_destroyed_key_takes_a_person_and_leaves_the_case(store: Store, keys: KeyFolder) -> None:
    """Of both cases of the person, in facts, parties, reasons and views; states, days, chain, seals and what follows from them stay. Others are as
    they were.
    """
    cases = recorded(store, keys)
    seal, before = cases.seal(SECRET), cases.get("card-1")
    rows, other, trace = cases.rows(), cases.get("card-3"), cases.trace("card-1")
    keys.destroy(sealed_by(store.trace("card-1")[0]))

    after = cases.get("card-1")
    assert is_erased(after.facts.holder.number)
    assert is_erased(after.facts.address.phone)
    assert after.parties["holder"] == after.facts.holder.number, "what was equal still is"
    assert after.facts.address.phone != after.facts.address.recipient
    assert is_erased(cases.trace("card-1")[3].reason)
    assert is_erased(cases.get("card-2").facts.holder.number)
    assert (after.state, after.obligations, after.version) == (before.state, before.obligations, before.version)
    assert [(e.on, e.kind, e.target, e.by, e.cites) for e in cases.trace("card-1")] == [
        (e.on, e.kind, e.target, e.by, e.cites) for e in trace
    ]
    assert (cases.rows(), cases.get("card-3")) == (rows, other)
    assert cases.verify(seals=[seal], secret=SECRET) == ()
    assert not any(NUMBER in repr(one) + str(one.document()) for one in map(event_view, cases.trace("card-1")))

    view = case_view(after, cases.trace("card-1"), reveal=True)
    said = {known.path: known.value for known in view.known}
    assert (said["holder.number"].zh, said["holder.number"].en) == ("已销毁", "erased")
    assert view.parties == {"holder": "已销毁/erased"}
    assert case_view(after).say("zh")


def test_a_case_without_its_person_goes_on(store: Store, keys: KeyFolder) -> None:
    """Time and the office go on; nothing personal is recorded in it any more; a new case of the person has a new key."""
    cases = recorded(store, keys)
    gone = sealed_by(store.trace("card-2")[0])
    keys.destroy(gone)
    version = cases.get("card-1").version
    with pytest.raises(ErasedError, match="open a new case"):
        cases.do("card-1", POST, by=C.issuer, on=date(2026, 11, 21), reason="邻居代交")
    with pytest.raises(RefusedError):
        cases.do("card-2", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party=NUMBER)
    assert cases.get("card-1").version == version
    assert cases.do("card-1", POST, by=C.issuer, on=date(2026, 11, 21)).state is C.in_post
    assert cases.get("card-1") == fold(C, cases.trace("card-1"))
    assert cases.verify() == ()

    data = Application(holder=Identity(NUMBER), reason=Reason.damaged, photo=Photo.identity_card)
    cases.open(C.apply(data), by=C.holder, on=DAY, places="440100", case="card-9", party=NUMBER)
    assert cases.get("card-9").facts.holder.number == NUMBER
    assert sealed_by(store.trace("card-9")[0]) not in ("", gone)


def test_a_case_without_a_party_has_a_key_of_its_own(keys: KeyFolder) -> None:
    """So that it can be erased too."""
    cases = Cases(MemoryStore(), now=lambda: NOW, keys=keys)
    data = Application(holder=Identity(NUMBER), reason=Reason.damaged, photo=Photo.identity_card)
    for id_ in ("card-1", "card-2"):
        cases.open(C.apply(data), by=C.holder, on=DAY, places="440100", case=id_)
    one, other = (sealed_by(cases.store.trace(id_)[0]) for id_ in ("card-1", "card-2"))
    assert "" not in (one, other)
    assert one != other


def test_what_was_plain_goes_on_encrypted(store: Store, keys: KeyFolder) -> None:
    """Cases from before there were keys are read as they are; what is added is encrypted under the person who opened them."""
    plain = recorded(store, None)
    cases = Cases(store, now=lambda: NOW, keys=keys)
    assert cases.get("card-2") == plain.get("card-2")
    before = store.trace("card-2")
    cases.do("card-2", C.pay(Payment(Decimal(20))), by=C.holder, on=DAY, party=NUMBER)
    assert store.trace("card-2")[:1] == before
    assert NUMBER not in store.trace("card-2")[1] + store.standings(["card-2"])["card-2"]
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


def test_personal_data_is_text(keys: KeyFolder) -> None:
    """What could not be told apart from a value once it is erased is refused when it is written, with its path."""
    from tests.store.births import Birth, births

    cases = births(MemoryStore(), keys)
    process = cases.process_of("births")
    with pytest.raises(CodecError, match=r"data.born is personal data: it has to be a text"):
        cases.open(process.tell(Birth(date(2026, 1, 2))), by=process.person, on=DAY, places="440100")


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
from tests.store.test_encryption import recorded
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
