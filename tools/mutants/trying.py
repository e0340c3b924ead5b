"""A mutant is tried: the tests that touch it run in a process of its own, until one notices it."""

import os
import signal
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from mmap import mmap
from typing import NamedTuple

import pytest

from tools.mutants.choosing import rounds, touching
from tools.mutants.forking import Ended, forked
from tools.mutants.mutations import Mutant
from tools.mutants.touching import TestFile, Touch


class Verdict(Enum):
    """What became of a mutant."""

    killed = "killed"
    late = "timed out"
    survived = "survived"
    untouched = "touched by no test"
    equivalent = "equivalent"


class Trial(NamedTuple):
    """What became of a mutant, the test that noticed it, how many touch it that were and were not asked, and the processor's seconds."""

    verdict: Verdict
    by: str = ""
    asked: int = 0
    untried: int = 0
    seconds: float = 0.0


class Watched:
    """Tells the process that waits which test runs, and ends one that takes many times what it took before."""

    def __init__(self, tests: Sequence[Touch]) -> None:
        self.tests = {test.test: (number, test) for number, test in enumerate(tests, 1)}
        self.shared = mmap(-1, 4)  # the number of the test, in memory that both processes see

    @property
    def now(self) -> Touch | None:
        """The test that runs, or ran last."""
        number = int.from_bytes(self.shared[:4], "little")
        return list(self.tests.values())[number - 1][1] if number else None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Around one test with its fixtures."""
        number, test = self.tests[item.nodeid]
        self.shared[:4] = number.to_bytes(4, "little")
        signal.setitimer(signal.ITIMER_PROF, 4 + 10 * test.seconds)  # of the processor
        signal.setitimer(signal.ITIMER_REAL, 40 + 40 * test.seconds)  # of the clock: it may wait for ever
        return (yield)


Run = Callable[[Mutant | None, Watched], int]


class Trials:
    """One mutant after the other, with the tests of some files; `run` does it in a process that ends afterwards, also without a mutant."""

    def __init__(self, files: Sequence[TestFile], most: float, run: Run, costs: Mapping[str, float]) -> None:
        self.files, self.most, self.run, self.costs = files, most, run, costs
        self.kills: dict[str, Counter[str]] = defaultdict(Counter)
        self.fails: dict[str, bool] = {}

    def of(self, mutant: Mutant) -> Trial:
        """Try a mutant, and tell what it cost."""
        start = sum(os.times()[:4])
        trial = self._of(mutant)
        return trial._replace(seconds=round(sum(os.times()[:4]) - start, 2))

    def _of(self, mutant: Mutant) -> Trial:
        """Run the tests that touch a mutant for as long as `most` seconds would do without it."""
        touch, asked = touching(mutant, self.files), 0
        for lot, expected in rounds(mutant, touch, self.most, self.kills[mutant.file], self.costs):
            tests = list(lot)
            while tests:
                ended, test = self._ended(mutant, tests, expected)
                if ended is Ended.well:
                    break
                if test is None or not self._fails_anyway(test):
                    if test:
                        self.kills[mutant.file][test.test] += 1
                    verdict = Verdict.late if ended is Ended.late else Verdict.killed
                    return Trial(verdict, test.test if test else "", asked, len(touch) - asked)
                tests.remove(test)
            asked += len(tests)
        return Trial(Verdict.survived if asked else Verdict.untouched, "", asked, len(touch) - asked)

    def _ended(self, mutant: Mutant | None, tests: list[Touch], expected: float) -> tuple[Ended, Touch | None]:
        watched = Watched(tests)
        processor = 10 + 6 * expected
        ended = forked(lambda: self.run(mutant, watched), processor, 60 + 20 * processor)
        return ended, watched.now

    def _fails_anyway(self, test: Touch) -> bool:
        """Whether a test fails here without any mutant: then it tells nothing."""
        if test.test not in self.fails:
            self.fails[test.test] = self._ended(None, [test], test.seconds)[0] is not Ended.well
        return self.fails[test.test]
