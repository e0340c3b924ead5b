"""The doors of what is kept beside the cases: the access log, the keys of persons, what is ordered of records. As in `tests.doors`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from ssflow import MemoryStore, SQLiteStore, machines
from ssflow.calendar import years
from ssflow.machines.consultation import Consultation
from ssflow.persons import is_erased
from ssflow.records import Access, AccessKind, Codec, Custody, CustodyEntry, CustodyKind, Retention, retention_by_law
from ssflow.records.seals import fingerprint_of
from ssflow.store import KeyFolder
from ssflow.text import Text
from tests.values import CAL, CHANGE, DAY, EVENT, NOW, full, in_file

ENTRY = CustodyEntry(
    case="l", number=1, kind=CustodyKind.held, at=NOW, actor="u", reason="x", version=1, seal="0a"
)  # fmt: skip
ACCESS = Access(at=NOW, kind=AccessKind.refused, command="do", case="l")


def with_access_log():
    """Cases with an access log."""
    return evolve(full(), access_log=MemoryStore())


def accesses(store, case, since):
    """The entries that are asked for."""
    return store.accesses(case=case, since=since)


def with_keys(do):
    """Something done with a folder that has one key."""

    def door(*arguments):
        with TemporaryDirectory() as folder:
            keys = KeyFolder(Path(folder))
            return do(keys, fingerprint_of(keys.key_of("p")), *arguments)

    return door


def named(fingerprint, given):
    """The fingerprint of the key, where it is asked for by the word that stands for it."""
    return fingerprint if isinstance(given, str) and given == "k" else given


def kept(store, entry):
    """An order that is kept."""
    store.append([CHANGE])
    store.order(entry)


def custody():
    """The record of one case, which is under a hold."""
    made = Custody(full(), lambda _: Retention(years(1), Text("表", "schedule")))
    made.hold("l", reason="x", actor="u")
    return made


KEEPING = {
    "Cases.caused_by": (lambda cause: full().caused_by(cause), "m-1"),
    "Custody": (Custody, full(), lambda _: None),
    "Custody.entries": (lambda case: custody().entries(case), "l"),
    "Custody.hold": (lambda case, reason, actor: custody().hold(case, reason=reason, actor=actor), "l", "x", "u"),
    "Custody.release": (
        lambda case, hold, reason, actor: custody().release(case, hold, reason=reason, actor=actor), "l", 1, "x", "u",
    ),
    "Custody.due": (lambda on: custody().due(on), DAY),
    "Retention": (Retention, years(1), Text("表", "schedule"), True),
    "Retention.kept_until": (Retention(years(1), Text("表", "schedule")).kept_until, DAY, CAL),
    "retention_by_law": (retention_by_law, Consultation),
    "MemoryStore.custody": (lambda case: MemoryStore().custody(case), "l"),
    "SQLiteStore.custody": (in_file(SQLiteStore.custody), "l"),
    "MemoryStore.order": (lambda entry: kept(MemoryStore(), entry), ENTRY),
    "SQLiteStore.order": (in_file(SQLiteStore.order), ENTRY),
    "is_erased": (is_erased, "x"),
    "KeyFolder.key_of": (with_keys(lambda keys, _, person: keys.key_of(person)), "p"),
    "KeyFolder.key": (with_keys(lambda keys, made, given: keys.key(named(made, given))), "k"),
    "KeyFolder.destroy": (with_keys(lambda keys, made, given: keys.destroy(named(made, given))), "k"),
    "Codec sealing": (
        with_keys(lambda keys, made, by: Codec(machines.get, keys=keys, sealed_by=named(made, by)).encode(EVENT)), "k",
    ),
    "MemoryStore.note": (lambda entries: MemoryStore().note(entries), [ACCESS]),
    "SQLiteStore.note": (in_file(SQLiteStore.note), [ACCESS]),
    "MemoryStore.accesses": (lambda *asked: accesses(MemoryStore(), *asked), "l", NOW),
    "SQLiteStore.accesses": (in_file(accesses), "l", NOW),
    "Cases.reveal": (
        lambda case, by, party, actor, reason: with_access_log().reveal(case, by=by, party=party, actor=actor, reason=reason),
        "l", None, "p", "u", "x",
    ),
}  # fmt: skip
