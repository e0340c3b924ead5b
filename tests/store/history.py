"""What many who act at once were told, and whether one order of all that explains it: the check of Jepsen for logs that only grow.

A case gives each event a version of its own, so the order of what was written is known, and so is the place of every reading: after as many events as it
saw. What remains to be shown is that nothing which had ended before something else began comes after it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import count
from typing import Any

from attrs import define, field


@define
class Operation:
    """What somebody asked of a case and was told: ``done``, ``refused`` (nothing was written) or ``unknown``.

    ``token`` tells the events of one operation from those of all others; a reading has none. ``seen`` are the tokens that a reading saw; for a
    writer that was refused, so many events as it was told that there are.
    """

    case: str
    token: str
    began: int
    ended: int | None = None
    came: str = "unknown"
    version: int | None = None
    seen: Sequence[str] | None = None


@define
class History:
    """The operations of many threads; moments are numbers that grow."""

    operations: list[Operation] = field(factory=list)
    _clock: Iterator[int] = field(factory=count)

    def begin(self, case: str, token: str = "") -> Operation:
        """Somebody asks."""
        begun = Operation(case, token, next(self._clock))
        self.operations.append(begun)
        return begun

    def end(self, operation: Operation, came: str, **told: Any) -> None:
        """Somebody is told."""
        for name, value in told.items():
            setattr(operation, name, value)
        operation.came, operation.ended = came, next(self._clock)

    def write(self, case: str, token: str, act: Callable[[], int], refusals: tuple[type[Exception], ...]) -> Operation:
        """Carry out an act that answers its version; what it raises otherwise leaves it unknown."""
        asked = self.begin(case, token)
        try:
            self.end(asked, "done", version=act())
        except refusals as refused:
            self.end(asked, "refused", version=getattr(refused, "found", None))
        return asked

    def read(self, case: str, look: Callable[[], Sequence[str]]) -> None:
        """Look at a case."""
        asked = self.begin(case)
        self.end(asked, "done", seen=look())

    def told(self) -> dict[str, int]:
        """How many were told what."""
        acts = [one.came for one in self.operations if one.token]
        return {came: acts.count(came) for came in ("done", "refused", "unknown")}


def faults(history: History, final: Mapping[str, Sequence[str]]) -> list[str]:
    """What no order explains, given the tokens of the events of each case in the end."""
    return [fault for case, tokens in final.items() for fault in _faults(history, case, list(tokens))]


def _faults(history: History, case: str, tokens: list[str]) -> Iterator[str]:
    ours = [one for one in history.operations if one.case == case]
    writers = {one.token: one for one in ours if one.token}
    for token in set(tokens):
        if tokens.count(token) > 1:
            yield f"{case}: {token} is there {tokens.count(token)} times"
        if token not in writers:
            yield f"{case}: nobody wrote {token}"
    for token, one in writers.items():
        if one.came == "refused" and token in tokens:
            yield f"{case}: {token} was refused, and is there"
        if one.came == "done" and token not in tokens:
            yield f"{case}: {token} was acknowledged, and is lost"
        if one.came == "done" and token in tokens and one.version != tokens.index(token) + 1:
            yield f"{case}: {token} was told version {one.version}, and is {tokens.index(token) + 1}"
    for one in ours:
        if one.seen is not None and list(one.seen) != tokens[: len(one.seen)]:
            yield f"{case}: a reading saw what is not the beginning of what there is: {one.seen}"
    yield from _out_of_order(case, ours, tokens)


def _out_of_order(case: str, ours: list[Operation], tokens: list[str]) -> Iterator[str]:
    """What had ended before something began, and comes after it in the order of versions."""
    placed = sorted(
        ((place, one) for one in ours if (place := _place(one, tokens)) is not None), key=lambda p: p[1].began
    )
    ended = sorted((p for p in placed if p[1].ended is not None), key=lambda p: p[1].ended or 0)
    latest, passed = -1, 0
    for place, one in placed:
        while passed < len(ended) and (ended[passed][1].ended or 0) < one.began:
            latest = max(latest, ended[passed][0])
            passed += 1
        if place < latest:
            yield f"{case}: {one} began after what comes later had ended"


def _place(one: Operation, tokens: list[str]) -> int | None:
    """Where an operation lies in the order of versions: that of version n at 2n - 1, one that saw n events at 2n; None if nowhere."""
    if one.seen is not None:
        return 2 * len(one.seen)
    if one.token in tokens:
        return 2 * tokens.index(one.token) + 1
    return 2 * one.version if one.came == "refused" and one.version is not None else None
