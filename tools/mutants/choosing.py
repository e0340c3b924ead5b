"""Which tests a mutant is tried with, and in which order: those first that are fast and will most likely notice it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tools.mutants.mutations import Mutant
from tools.mutants.touching import TestFile, Touch

# Few tests first: most mutants are killed by the first that are asked. Seconds of a processor.
ROUNDS = (4.0, 15.0)
# Where the tests of a package are that has no folder of its own there.
ROOMS = {"records": ("tests/store/", "tests/case/")}
NOTHING: frozenset[int] = frozenset()


def touching(mutant: Mutant, files: Sequence[TestFile]) -> list[Touch]:
    """The tests that run a line of the mutant."""
    return [test for file in files for test in file.tests if mutant.lines & test.lines.get(mutant.file, NOTHING)]


def rounds(
    mutant: Mutant, files: Sequence[TestFile], most: float, kills: Mapping[str, int], costs: Mapping[str, float]
) -> Iterator[tuple[list[Touch], float]]:
    """The tests that touch a mutant in lots of growing cost: the fastest, those of its own package and those that killed its neighbours before others; then some of each file.

    `costs` are the seconds that loading a test file takes.
    """
    package = mutant.file.partition("/")[0]
    room = ROOMS.get(package, f"tests/{package}/")
    waiting = sorted(
        touching(mutant, files),
        key=lambda test: (
            mutant.inner.isdisjoint(test.lines.get(mutant.file, NOTHING)),
            test.seconds * (1 if test.file.startswith(room) else 3) / (1 + kills.get(test.test, 0)),
        ),
    )
    for limit in (*ROUNDS, most - sum(ROUNDS)):
        if limit not in ROUNDS:
            of_file = Counter[str]()
            numbered = [(of_file.update([test.file]) or of_file[test.file], test) for test in waiting]
            waiting = [test for _, test in sorted(numbered, key=lambda found: found[0])]
        lot, left, loaded, cost = list[Touch](), list[Touch](), set[str](), 0.0
        for test in waiting:
            more = test.seconds + (0 if test.file in loaded else costs.get(test.file, 0.0))
            if lot and cost + more > limit:
                left.append(test)
                continue
            lot.append(test)
            loaded.add(test.file)
            cost += more
        waiting = left
        if lot:
            yield lot, cost
