"""The orders of a custody: who gives them and why, and what becomes of one that is damaged."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from attrs import evolve

from ssflow import MemoryStore, SQLiteStore
from ssflow.calendar import years
from ssflow.errors import InputError, RefusedError, SsflowError
from ssflow.records import Custody, CustodyKind, Finding, FindingKind
from tests.store.damage import damage
from tests.store.test_custody import SCHEDULE, WHY, codes, consulted


@pytest.mark.parametrize("odd", [{"reason": ""}, {"actor": ""}, {"actor": 3}, {"reason": None}])
def test_who_orders_says_why(odd: dict[str, Any]) -> None:
    """And who it is; nothing is ordered otherwise."""
    custody = Custody(consulted(MemoryStore()), SCHEDULE)
    for order in (custody.hold, custody.remove):
        with pytest.raises(InputError) as told:
            order("c2", **{**WHY, **odd})
        assert "corrections" not in told.value.say("en")
    assert custody.entries() == ()


@pytest.mark.parametrize(
    ("odd", "says"), [("1", "hold: int is required, not str"), (True, "not bool"), (0, "unknown hold '0'; known: 1")]
)
def test_a_hold_is_released_by_its_number(odd: Any, says: str) -> None:
    """It is the number of a hold, not of an event; what is none releases nothing."""
    custody = Custody(consulted(MemoryStore()), SCHEDULE)
    hold = custody.hold("c2", **WHY)
    with pytest.raises(SsflowError, match=says):
        custody.release("c2", odd, **WHY)
    assert custody.entries() == (hold,)


@pytest.mark.parametrize("odd", [10, years(10), "10 years"])
def test_a_schedule_gives_retentions(odd: Any) -> None:
    """Another answer of the host is refused with what it should be, and nothing is disposed of."""
    custody = Custody(consulted(MemoryStore()), lambda _: odd)
    for asked in (lambda: custody.due(date(2026, 11, 22)), lambda: custody.remove("c2", **WHY)):
        with pytest.raises(InputError, match=r"retention: Retention is required, not (int|Span|str)"):
            asked()
    assert custody.entries() == ()


@pytest.mark.parametrize(
    ("cell", "value", "empty"),
    [("kind", "kept", None), ("at", "soon", None), ("actor", b"\xff", ""), ("version", "x", 0), ("ends", "x", None)],
)
def test_a_damaged_order_hides_no_other_and_counts_as_a_hold(
    tmp_path: Path, cell: str, value: object, empty: object
) -> None:
    """It may have been one. It is named by look-ups, refusals and the verification; a person may release it by its number."""
    store = SQLiteStore(tmp_path / "x.db")
    custody = Custody(cases := consulted(store), SCHEDULE)
    orders = [custody.hold("c2", **WHY), custody.hold("c3", **WHY)]
    custody.release("c2", 1, **WHY)
    damage(store.path, "custody", cell, value, "case_id = 'c2' AND number = 1")
    damaged, _, sound = custody.entries()

    assert sound == orders[1]
    assert damaged.fault is not None
    assert damaged.fault.en == f"order 1 of case c2 is damaged ({cell}); restore a backup"
    assert damaged.fault.zh == f"办件c2的第1号处置记录已损坏（{cell}）；请恢复备份"
    assert damaged == evolve(orders[0], fault=damaged.fault, **{cell: empty})
    assert cases.verify() == (Finding("c2", FindingKind.unreadable, damaged.fault),)
    with pytest.raises(InputError, match="a damaged one cannot be kept again"):
        store.order(damaged)


def test_a_case_with_a_damaged_order_is_not_disposed_of(tmp_path: Path) -> None:
    """Whatever it was, until it is released; sound orders beside it are told too. Cases without one are."""
    store = SQLiteStore(tmp_path / "x.db")
    custody = Custody(consulted(store), SCHEDULE)
    holds = [custody.hold("c2", **WHY), custody.hold("c2", reason="诉讼", actor="u8")]
    damage(store.path, "custody", "kind", "kept", "case_id = 'c2' AND number = 1")
    on = date(2026, 11, 22)
    assert [one.case for one in custody.due(on)] == ["c1", "c3"]
    with pytest.raises(RefusedError, match=r"(?s)order 1 of case c2 is damaged.*\(no\. 2\): 诉讼") as refused:
        custody.remove("c2", **WHY)
    assert codes(refused) == ["hold", "hold"]
    assert custody.remove("c3", **WHY).kind is CustodyKind.removed

    for hold in holds:
        custody.release("c2", hold.number, **WHY)
    assert [one.case for one in custody.due(on)] == ["c1", "c2"]
    assert custody.remove("c2", **WHY).number == 5


def test_an_order_without_a_secret_has_no_digest() -> None:
    """One that anybody can make would look like a proof."""
    assert Custody(consulted(MemoryStore()), SCHEDULE).hold("c2", **WHY).digest == ""
