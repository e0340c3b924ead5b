"""The doors of what is kept beside the cases: the access log, the keys of persons. As in `tests.doors`."""

from pathlib import Path
from tempfile import TemporaryDirectory

from attrs import evolve

from ssflow import MemoryStore, SQLiteStore, machines
from ssflow.persons import is_erased
from ssflow.records import Access, AccessKind, Codec
from ssflow.records.seals import fingerprint_of
from ssflow.store import KeyFolder
from tests.values import EVENT, NOW, full, in_file

ACCESS = Access(at=NOW, kind=AccessKind.refused, command="do", case="l")


def looked_at():
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
    return fingerprint if given == "k" else given


KEEPING = {
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
        lambda case, by, party, actor, reason: looked_at().reveal(case, by=by, party=party, actor=actor, reason=reason),
        "l", None, "p", "u", "x",
    ),
}  # fmt: skip
