"""The verification of records: each history is read whole, rebuilt and played through its procedure.

It finds alterations by an outsider even if the chain of a store is whole. It cannot find a tail that was cut off cleanly, or a case that was
deleted: for these, somebody outside has to remember how far a case had come (`sealing`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from enum import Enum, unique
from typing import TypeVar

from attrs import frozen

from ssflow.calendar.clock import instant_of
from ssflow.case import Case, Legislation
from ssflow.case.grounds import GroundKind
from ssflow.errors import SsflowError
from ssflow.records.connections import apart
from ssflow.records.contract import CaseRow
from ssflow.records.custody import CustodyEntry, left_of, orders_in
from ssflow.records.ledger import Ledger
from ssflow.records.log import Group
from ssflow.records.personal import holds_erased
from ssflow.records.play import play
from ssflow.records.renamed import row_in_present_names
from ssflow.records.rows import row_of
from ssflow.records.sweeps import PORTION, in_portions
from ssflow.text import Lang, Text

T = TypeVar("T")


@unique
class FindingKind(Enum):
    """The kinds of findings."""

    unreadable = Text("无法读取", "cannot be read")
    snapshot = Text("现状不符", "does not match its events")
    act = Text("按现行法不可能办理", "could not have been done by the present law")
    removed = Text("已封签的办件缺失", "was sealed and is missing")
    cut = Text("末尾被截去", "ends before what was sealed")
    rewritten = Text("经过被改写", "is not what was sealed")
    forged = Text("封签系伪造或者被改动", "a seal is forged or was altered")
    other_secret = Text("封签所用密钥不符", "a seal was made with another secret")
    disposed = Text("销毁记录与现存不符", "is recorded as removed and still exists")
    gap = Text("封签缺失或者次序不符", "a seal is missing or out of order")


@frozen
class Finding:
    """A finding: something that does not hold, with its case (empty for a seal), its kind and a text."""

    case: str
    kind: FindingKind
    fault: Text

    def say(self, lang: Lang) -> str:
        """Return the finding in one language."""
        kind = self.kind.value
        head = Text(f"{kind.zh}：", f"{kind.en}: ")
        if self.case:
            head = Text(f"{self.case}：{head.zh}", f"{self.case}: {head.en}")
        return head.say(lang) + self.fault.say(lang)


def findings(ledger: Ledger, law: Legislation) -> Iterator[Finding]:
    """Yield the findings in all records, case by case in the order of their opening."""
    for order in orders_in(ledger.store):
        if order.fault:
            yield Finding(order.case, FindingKind.unreadable, order.fault)
    rows = ledger.rows()
    removed = left_of(ledger.store)
    for row in rows:
        if row.id in removed:
            yield Finding(row.id, FindingKind.disposed, _of_entry(removed[row.id]))
    logs, unreadable = _read([row.id for row in rows], ledger.each)
    for id_, error in unreadable.items():
        yield Finding(id_, FindingKind.unreadable, _text(error))
    snapshots, altered = _read(logs, ledger.cases)
    groups = {next(iter(group)): group for group in apart({id_: log.case for id_, log in logs.items()})}
    for row in rows:
        if row.id in altered:
            yield Finding(row.id, FindingKind.unreadable, _text(altered[row.id]))
        elif row.id in logs:
            yield from _of_snapshot(ledger, row, logs[row.id].case, snapshots[row.id])
        if row.id in groups:
            yield from _of_acts({id_: logs[id_] for id_ in groups[row.id]}, law)


def _read(
    ids: Collection[str], read: Callable[[Collection[str]], Mapping[str, T]]
) -> tuple[dict[str, T], dict[str, Exception]]:
    """Return the content of some cases, and the errors of those that cannot be read, in the order of the cases."""
    found, failures = in_portions(ids, lambda some: read(some).items(), most=PORTION)
    return dict(found), failures


def _of_snapshot(ledger: Ledger, row: CaseRow, made: Case, snapshot: Case) -> Iterator[Finding]:
    """Yield findings if the line or the stored state of a case differs from what its events yield."""
    if row.fault:
        yield Finding(row.id, FindingKind.unreadable, row.fault)
    elif row != row_in_present_names(row_of(made), ledger.codec.process_of):
        yield Finding(
            row.id,
            FindingKind.snapshot,
            Text("列表中的一行不是其事件所得", "its line in the list differs from what they yield"),
        )
    if snapshot != made:
        yield Finding(
            row.id,
            FindingKind.snapshot,
            Text("所存现状不是其事件所得", "its stored state differs from what they yield"),
        )


def _of_acts(group: Group, law: Legislation) -> Iterator[Finding]:
    """Yield a finding for each act of connected cases that could not have been done, played in the order of law under the present law.

    Where personal data was erased, conditions that look at data cannot be judged any more; states, roles and times still are.
    """
    last = [log.case.last for log in group.values() if log.case.last is not None]
    through = max(last, key=lambda moment: instant_of(moment, law.calendar.zone))
    is_erased = any(
        holds_erased(event.party) or holds_erased(event.data) for log in group.values() for event in log.events
    )
    for (id_, root), refused in play(group, through, law).refused.items():
        event = group[id_].events[root - 1]
        found = [ground for ground in refused.grounds if not (is_erased and ground.kind is GroundKind.guard)]
        if not found:
            continue
        decided = law.of(group[id_].case.process).digest == event.rulebook
        grounds = Text.join([Text(ground.say("zh"), ground.say("en")) for ground in found])
        by = Text("", "") if decided else Text("（当时的规则库与现行不同）", " (it was decided by another rulebook)")
        fault = Text(
            f"第{root}号事件“{refused.act.zh}”：{grounds.zh}{by.zh}",
            f'event {root}, "{refused.act.en}": {grounds.en}{by.en}',
        )
        yield Finding(id_, FindingKind.act, fault)


def _of_entry(entry: CustodyEntry) -> Text:
    return Text(
        f"销毁记录第{entry.number}号（{entry.at:%Y-%m-%d}）", f"entry {entry.number} of {entry.at:%Y-%m-%d} says so"
    )


def _text(error: Exception) -> Text:
    return Text(error.say("zh"), error.say("en")) if isinstance(error, SsflowError) else Text(str(error), str(error))
