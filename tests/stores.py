"""The doors of stores, one without a file and one with. As in `tests.doors`."""

from attrs import evolve as changed

from ssflow import SQLiteStore
from tests.values import CHANGE, DAY, FAILURE, NOW, REQUEST, appended, cases, full, in_file, owed_in

STORES = {
    "MemoryStore.append": (lambda changes, unchanged: full().store.append(changes, unchanged=unchanged), [], None),
    "MemoryStore.append one": (lambda change, unchanged: appended(cases().store, change, unchanged), CHANGE, {"a": 0}),
    "MemoryStore.append under": (lambda request: cases().store.append([CHANGE], request=request), REQUEST),
    "MemoryStore.trace": (full().store.trace, "l"),
    "MemoryStore.traces": (full().store.traces, ["l"]),
    "MemoryStore.snapshots": (full().store.snapshots, ["l"]),
    "MemoryStore.linking": (full().store.linking, ["l"]),
    "MemoryStore.rows": (lambda by: full().store.rows(closing_by=by), NOW),
    "MemoryStore.obligations": (owed_in(full().store), "loss_report", "holder", "440100", DAY),
    "MemoryStore.request": (full().store.request, "k"),
    "MemoryStore.failures": (full().store.failures, "sweep"),
    "MemoryStore.fail": (full().store.fail, FAILURE),
    "MemoryStore.recover": (full().store.recover, "sweep", "l"),
    "SQLiteStore": (lambda wait: in_file(lambda store: changed(store, wait=wait).rows())(), 0.1),
    "SQLiteStore.append": (in_file(lambda store, changes, unchanged: store.append(changes, unchanged=unchanged)), [], None),
    "SQLiteStore.append one": (in_file(appended), changed(CHANGE, row=changed(CHANGE.row, id="m")), {"a": 0}),
    "SQLiteStore.trace": (in_file(SQLiteStore.trace), "l"),
    "SQLiteStore.traces": (in_file(SQLiteStore.traces), ["l"]),
    "SQLiteStore.snapshots": (in_file(SQLiteStore.snapshots), ["l"]),
    "SQLiteStore.linking": (in_file(SQLiteStore.linking), ["l"]),
    "SQLiteStore.rows": (in_file(lambda store, by: store.rows(closing_by=by)), NOW),
    "SQLiteStore.obligations": (in_file(lambda store, *asked: owed_in(store)(*asked)), "loss_report", "holder", "440100", DAY),
    "SQLiteStore.request": (in_file(SQLiteStore.request), "k"),
    "SQLiteStore.failures": (in_file(SQLiteStore.failures), "sweep"),
    "SQLiteStore.fail": (in_file(SQLiteStore.fail), FAILURE),
    "SQLiteStore.recover": (in_file(SQLiteStore.recover), "sweep", "l"),
}  # fmt: skip
