"""The check of histories finds what must not be: a check that finds nothing proves nothing."""

from typing import Any

import pytest

from tests.store.history import History, Operation, faults

FINAL = {"a": ["1", "2", "3"]}


def history(*operations: tuple[Any, ...]) -> History:
    return History([Operation("a", *one) for one in operations])


# token, began, ended, came, version, seen
GOOD = [("1", 0, 1, "done", 1), ("2", 2, 5, "done", 2), ("3", 3, 6, "done", 3)]


@pytest.mark.parametrize(
    "more",
    [
        [],
        [("4", 2, 4, "refused", 1)],
        [("4", 2, 4, "refused", 2)],
        [("4", 2, None, "unknown")],
        [("", 0, 7, "done", None, [])],
        [("", 0, 7, "done", None, ["1"]), ("", 4, 8, "done", None, ["1", "2"])],
        [("", 7, 8, "done", None, ["1", "2", "3"]), ("4", 9, None, "unknown")],
    ],
)
def test_what_an_order_explains_is_taken(more: list[tuple[Any, ...]]) -> None:
    """Operations at the same time may have come in either order, and of what nobody knows, either may be."""
    assert faults(history(*GOOD, *more), FINAL) == []
    assert faults(history(GOOD[0], ("2", 2, None, "unknown"), GOOD[2], *more), FINAL) == []


@pytest.mark.parametrize(
    ("operations", "says"),
    [
        ([*GOOD, ("4", 7, 8, "done", 4)], "4 was acknowledged, and is lost"),
        ([GOOD[0], ("2", 2, 5, "refused", 1), GOOD[2]], "2 was refused, and is there"),
        ([GOOD[0], ("2", 2, 5, "done", 3), ("3", 3, 6, "done", 2)], "2 was told version 3, and is 2"),
        (GOOD[:2], "nobody wrote 3"),
        ([*GOOD, ("", 7, 8, "done", None, ["1", "3"])], "not the beginning of what there is"),
        ([*GOOD, ("", 7, 8, "done", None, ["1", "2"])], "began after what comes later had ended"),
        ([("1", 4, 5, "done", 1), ("2", 2, 3, "done", 2), ("3", 6, 7, "done", 3)], "began after what comes later"),
        ([*GOOD, ("4", 7, 8, "refused", 1)], "began after what comes later had ended"),
        (
            [*GOOD, ("", 2, 3, "done", None, ["1", "2"]), ("", 4, 5, "done", None, ["1"])],
            "began after what comes later",
        ),
    ],
)
def test_what_no_order_explains_is_found(operations: list[tuple[Any, ...]], says: str) -> None:
    """Lost, doubled, made up, refused and there, stale, out of order: each by its name."""
    assert any(says in fault for fault in faults(history(*operations), FINAL))


def test_what_is_doubled_is_found() -> None:
    """An event of one operation that is there twice."""
    assert "a: 2 is there 2 times" in faults(history(*GOOD), {"a": ["1", "2", "3", "2"]})
