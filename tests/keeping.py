"""The doors of what is kept beside the cases: the access log. As in `tests.doors`."""

from attrs import evolve

from ssflow import MemoryStore, SQLiteStore
from ssflow.records import Access, AccessKind
from tests.values import NOW, full, in_file

ACCESS = Access(at=NOW, kind=AccessKind.refused, command="do", case="l")


def looked_at():
    """Cases with an access log."""
    return evolve(full(), access_log=MemoryStore())


def accesses(store, case, since):
    """The entries that are asked for."""
    return store.accesses(case=case, since=since)


KEEPING = {
    "MemoryStore.note": (lambda entries: MemoryStore().note(entries), [ACCESS]),
    "SQLiteStore.note": (in_file(SQLiteStore.note), [ACCESS]),
    "MemoryStore.accesses": (lambda *asked: accesses(MemoryStore(), *asked), "l", NOW),
    "SQLiteStore.accesses": (in_file(accesses), "l", NOW),
    "Cases.reveal": (
        lambda case, by, party, actor, reason: looked_at().reveal(case, by=by, party=party, actor=actor, reason=reason),
        "l", None, "p", "u", "x",
    ),
}  # fmt: skip
