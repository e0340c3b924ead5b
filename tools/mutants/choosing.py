"""Which tests a mutant is tried with, and in which order: those first that are fast and will most likely notice it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from tools.mutants.mutations import Mutant
from tools.mutants.touching import TestFile, Touch

# Few tests first: most mutants are killed by the first that are asked. Seconds of a processor.
FIRST = 1.0
# Where the tests of a package are that has no folder of its own there.
ROOMS = {"records": ("tests/store/", "tests/case/")}
FEW, MUCH = 10, 20  # files, and lines of them
NOTHING: frozenset[int] = frozenset()


def apart(files: Sequence[TestFile], part: str) -> list[TestFile]:
    """The files that run much of a part while they are collected, and what hardly any other runs then."""
    run = {
        file.name: {(name, line) for name, lines in file.collected.items() if name.startswith(part) for line in lines}
        for file in files
    }
    often = Counter(line for lines in run.values() for line in lines)
    return [file for file in files if sum(often[line] < FEW for line in run[file.name]) > MUCH]


def touching(mutant: Mutant, files: Sequence[TestFile]) -> list[Touch]:
    """The tests that run a line of the mutant."""
    return [
        test
        for file in files
        for test in file.tests
        if not mutant.lines.isdisjoint(test.lines.get(mutant.file, NOTHING))
    ]


def rounds(
    mutant: Mutant, tests: Sequence[Touch], most: float, kills: Mapping[str, int], costs: Mapping[str, float]
) -> Iterator[tuple[list[Touch], float]]:
    """Tests that touch a mutant in lots of growing cost: the fastest, those of its own package and those that killed its neighbours before others; then some of each file.

    `costs` are the seconds that loading a test file takes.
    """
    package = mutant.file.partition("/")[0]
    room = ROOMS.get(package, f"tests/{package}/")
    waiting = sorted(
        tests,
        key=lambda test: (
            mutant.inner.isdisjoint(test.lines.get(mutant.file, NOTHING)),
            test.seconds * (1 if test.file.startswith(room) else 3) / (1 + kills.get(test.test, 0)),
        ),
    )
    for is_first in (True, False):
        limit = min(FIRST, most) if is_first else most
        if limit <= 0:
            return
        if not is_first:
            waiting = _some_of_each(waiting)
        lot, left, loaded, cost = list[Touch](), list[Touch](), set[str](), 0.0
        for test in waiting:
            more = test.seconds + (0 if test.file in loaded else costs.get(test.file, 0.0))
            if lot and cost + more > limit:
                left.append(test)
                continue
            lot.append(test)
            loaded.add(test.file)
            cost += more
        waiting, most = left, most - cost
        if lot:
            yield lot, cost


def _some_of_each(tests: Iterable[Touch]) -> list[Touch]:
    """The first of each file, then the second of each."""
    of_file = Counter[str]()
    numbered = []
    for test in tests:
        of_file[test.file] += 1
        numbered.append((of_file[test.file], test))
    return [test for _, test in sorted(numbered, key=lambda found: found[0])]
