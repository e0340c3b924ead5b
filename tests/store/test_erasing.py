"""What a destroyed key takes, and what it leaves."""

from datetime import date
from decimal import Decimal

import pytest

from ssflow import Cases
from ssflow.errors import CodecError, ErasedError, RefusedError
from ssflow.machines.card_replacement import Application, Payment, Photo, Reason
from ssflow.persons import Identity, is_erased
from ssflow.records import Store, fold
from ssflow.records.codec import sealed_by
from ssflow.store import KeyFolder, MemoryStore
from ssflow.views import case_view, event_view
from tests.store.births import Birth, Births, Parent, Parents, births
from tests.store.encrypted import DAY, NOW, NUMBER, POST, SECRET, C, recorded


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


def test_personal_data_is_text(keys: KeyFolder) -> None:
    """What could not be told apart from a value once it is erased is refused when it is written, with its path."""
    cases = births(MemoryStore(), keys)
    process = cases.process_of("births")
    with pytest.raises(CodecError, match=r"data.born is personal data: it has to be a text"):
        cases.open(process.tell(Birth(date(2026, 1, 2))), by=process.person, on=DAY, places="440100")


def test_what_stands_in_a_list_is_erased_too(store: Store, keys: KeyFolder) -> None:
    """Each name in it is encrypted by itself; a condition that cannot look at them any more is no finding."""
    cases, parents = births(store, keys), (Parent("欧阳"), Parent("甲乙"), Parent(""))
    cases.open(Births.enrol(Parents(parents)), by=Births.person, on=DAY, places="440100", case="b")
    (text,) = store.trace("b")
    assert not any(parent.name in text for parent in parents[:2])
    assert cases.trace("b")[0].data == Parents(parents)

    keys.destroy(sealed_by(text))
    mother, father, unknown = cases.trace("b")[0].data.parents
    assert is_erased(mother.name)
    assert is_erased(father.name)
    assert mother != father
    assert unknown.name == ""
    assert cases.verify() == ()
