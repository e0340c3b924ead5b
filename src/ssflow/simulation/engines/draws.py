"""Random draws that are looked up by name instead of being taken in turn.

Each draw is a hash of its seed, run, purpose, case and visit. So no other case, worker, window or law changes it: simulations under two laws
have the same luck, and one case can be played again alone. Names are hashed to keys; a draw is the output function of SplitMix64 (Steele,
Lea and Flood 2014) over the case, and once more over the purpose and the visit. The output for the case is the luck of the case in a run,
shared by all purposes, so that a further draw of one case costs little more than one hash. The bits are the same on every machine and with
every version of NumPy.
"""

from __future__ import annotations

from hashlib import blake2b
from typing import Any, overload

import numpy as np
from attrs import frozen

from ssflow.simulation.numbers import Bits, Numbers
from ssflow.simulation.scenario.durations import PARTS

_MASK = (1 << 64) - 1
_GOLDEN, OTHER = 0x9E3779B97F4A7C15, 0xD1B54A32D192ED03
FIRST, SECOND = 0xBF58476D1CE4E5B9, 0x94D049BB133111EB


@frozen
class Stream:
    """The draws for one purpose in one run: 64 random bits for each case and visit; ``run`` and ``key`` are the keys of the run and the purpose."""

    run: int
    key: int

    @classmethod
    def of(cls, seed: int, run: int, *purpose: object) -> Stream:
        """Return the stream of a seed, a run and further names."""
        return cls(_key(seed, run), _key(seed, run, *purpose))

    def luck(self, cases: Numbers) -> Bits:
        """Return the luck of some cases, from which all streams of a run make their draws."""
        return _mix(np.asarray(cases).astype(np.uint64) * np.uint64(_GOLDEN) + np.uint64(self.run))

    def drawn(self, luck: Bits, visits: Numbers | int = 0) -> Bits:
        """Return the draws of cases with this luck at their visits."""
        if isinstance(visits, int):
            return _mix(luck + np.uint64((visits * OTHER + self.key) & _MASK))
        if not visits.any():
            return _mix(luck + np.uint64(self.key))
        return _mix(luck + (visits.astype(np.uint64) * np.uint64(OTHER) + np.uint64(self.key)))

    def bits(self, cases: Numbers, visits: Numbers | int = 0) -> Bits:
        """Return the draws of some cases at their visits."""
        return self.drawn(self.luck(cases), visits)

    def one(self, case: int, visit: int = 0) -> int:
        """Return the draw of one case at one visit."""
        return _mix_one((_mix_one((case * _GOLDEN + self.run) & _MASK) + visit * OTHER + self.key) & _MASK)


def _key(*names: object) -> int:
    name = "\x1f".join(map(str, names)).encode()
    return int.from_bytes(blake2b(name, digest_size=8, person=b"ssflow draws").digest(), "big")


def _mix(bits: Bits) -> Bits:
    spare = bits >> np.uint64(30)
    bits ^= spare
    bits *= np.uint64(FIRST)
    np.right_shift(bits, np.uint64(27), out=spare)
    bits ^= spare
    bits *= np.uint64(SECOND)
    np.right_shift(bits, np.uint64(31), out=spare)
    bits ^= spare
    return bits


def _mix_one(bits: int) -> int:
    bits = ((bits ^ (bits >> 30)) * FIRST) & _MASK
    bits = ((bits ^ (bits >> 27)) * SECOND) & _MASK
    return bits ^ (bits >> 31)


@overload
def share_of(bits: int) -> int: ...


@overload
def share_of(bits: Bits) -> Numbers: ...


def share_of(bits: Any) -> Any:
    """Return the upper 32 bits of a draw, by which one of several is chosen: equally likely numbers below 2**32."""
    return bits >> 32 if isinstance(bits, int) else (bits >> np.uint64(32)).view(np.int64)


@overload
def part_of(bits: int) -> int: ...


@overload
def part_of(bits: Bits) -> Numbers: ...


def part_of(bits: Any) -> Any:
    """Return the lower bits of a draw, a number below `PARTS`, by which a length is looked up in its table."""
    return bits % PARTS if isinstance(bits, int) else (bits & np.uint64(PARTS - 1)).view(np.int64)
