"""Chance, looked up and not taken in turn.

Each draw has a place of its own, named by what it is for: seed, run, purpose, case and visit. What another case, worker, window or law does
moves no draw, so two laws share their luck, and one case can be played again alone. Named streams are keys of 128 bits; a draw is
the output function of SplitMix64 (Steele, Lea and Flood 2014) over the case, and once more over the visit. The bits are the same on every
machine and with every version of NumPy.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, overload

import numpy as np
from attrs import frozen

from ssflow.simulation.numbers import Bits, Numbers
from ssflow.simulation.scenario.durations import PARTS

_MASK = (1 << 64) - 1
_GOLDEN, _OTHER = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03
_FIRST, _SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


@frozen
class Stream:
    """The draws for one purpose in one run: 64 random bits for each case and visit."""

    key: int
    visits: int

    @classmethod
    def of(cls, *names: object) -> Stream:
        """The stream of a seed, a run and whatever else names it."""
        name = "\x1f".join(map(str, names)).encode()
        made = blake2b(name, digest_size=16, person=b"ssflow draws").digest()
        return cls(int.from_bytes(made[:8], "big"), int.from_bytes(made[8:], "big"))

    def bits(self, cases: Numbers, visits: Numbers | int = 0) -> Bits:
        """The draws of some cases, at their visits."""
        mixed = np.asarray(cases).astype(np.uint64) * np.uint64(_GOLDEN) + np.uint64(self.key)
        _mix(mixed)
        if isinstance(visits, int):
            mixed += np.uint64((visits * _OTHER + self.visits) & _MASK)
        else:
            mixed += visits.astype(np.uint64) * np.uint64(_OTHER) + np.uint64(self.visits)
        return _mix(mixed)

    def one(self, case: int, visit: int = 0) -> int:
        """The draw of one case at one visit."""
        return _mix_one((_mix_one((case * _GOLDEN + self.key) & _MASK) + visit * _OTHER + self.visits) & _MASK)


def _mix(bits: Bits) -> Bits:
    spare = bits >> np.uint64(30)
    bits ^= spare
    bits *= np.uint64(_FIRST)
    np.right_shift(bits, np.uint64(27), out=spare)
    bits ^= spare
    bits *= np.uint64(_SECOND)
    np.right_shift(bits, np.uint64(31), out=spare)
    bits ^= spare
    return bits


def _mix_one(bits: int) -> int:
    bits = ((bits ^ (bits >> 30)) * _FIRST) & _MASK
    bits = ((bits ^ (bits >> 27)) * _SECOND) & _MASK
    return bits ^ (bits >> 31)


@overload
def share_of(bits: int) -> int: ...


@overload
def share_of(bits: Bits) -> Numbers: ...


def share_of(bits: Any) -> Any:
    """The upper half of a draw, by which one of several is chosen: equally likely numbers below 2**32."""
    return bits >> 32 if isinstance(bits, int) else (bits >> np.uint64(32)).astype(np.int64)


@overload
def part_of(bits: int) -> int: ...


@overload
def part_of(bits: Bits) -> Numbers: ...


def part_of(bits: Any) -> Any:
    """The lower bits of a draw, by which a length is found in its table."""
    return bits % PARTS if isinstance(bits, int) else (bits & np.uint64(PARTS - 1)).astype(np.int64)
