"""Try a seeded sample of the mutants of packages, and print those that live."""

import argparse
import os
import random
import sys
import time
import traceback
from collections.abc import Callable

from tools.environment import ROOT
from tools.mutants.choosing import apart, touching
from tools.mutants.equivalents import equivalents, unmatched
from tools.mutants.keeping import LIVES, Kept
from tools.mutants.loading import run
from tools.mutants.mutations import Mutant, mutants
from tools.mutants.preparing import database, prepared
from tools.mutants.touching import SOURCE, TestFile, measure, measured, test_files
from tools.mutants.trying import Trial, Trials, Verdict
from tools.mutants.warm import try_warm

PACKAGES = ("case", "records", "process", "store", "rules", "life_events", "calendar")
KEPT = ROOT / "build" / "mutants" / "trials"


def main() -> int:
    """What the arguments ask for."""
    asked = _parser().parse_args()
    parts = asked.parts or PACKAGES
    everything = {part: _mutants_of(part) for part in parts}
    found = [mutant for of_part in everything.values() for mutant in of_part]
    wrong = unmatched([entry for entry in equivalents() if entry.file.startswith(tuple(parts))], found)
    for entry in wrong:
        print(f"equivalent.toml names what is no mutant of {entry.file}:\n- {entry.was}\n+ {entry.now}")
    names = [name for name in test_files() if name.startswith(tuple(asked.tests))]
    if wrong:
        return 2
    with database(names):
        return _aside(lambda: measure(names, parts, asked.examples)) or max(
            _aside(lambda part=part: _try(part, everything[part], names, asked)) for part in parts
        )


def _aside(do: Callable[[], int | None]) -> int:
    """Do it in a process of its own, so that what it has loaded does not matter to what is done next."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = do() or 0
            sys.stdout.flush()
        except BaseException:  # noqa: BLE001 - whatever it is, it ends here and is shown
            traceback.print_exc()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="dev.py mutants", description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="part", help=f"a package ({', '.join(PACKAGES)}) or a file of one")
    parser.add_argument("--seed", type=int, default=1, help="of the order in which mutants are tried")
    parser.add_argument("--count", type=int, default=60, help="mutants of each part")
    parser.add_argument("--skip", type=int, default=0, help="mutants of the order that were tried before")
    parser.add_argument("--lived", action="store_true", help="only those that lived the last time")
    parser.add_argument("--seconds", type=float, default=60, help="of tests for a mutant, the fastest first")
    parser.add_argument("--examples", type=int, default=10, help="of a Hypothesis property")
    parser.add_argument("--tests", nargs="*", default=[""], help="only test files whose names begin so")
    return parser


def _mutants_of(part: str) -> list[Mutant]:
    paths = [SOURCE / part] if part.endswith(".py") else sorted((SOURCE / part).rglob("*.py"))
    return [mutant for path in paths for mutant in mutants(SOURCE, path.relative_to(SOURCE).as_posix())]


def _try(part: str, everything: list[Mutant], names: list[str], asked: argparse.Namespace) -> int:
    """Try the sample of a part, and keep what became of it."""
    kept = Kept(KEPT / f"{part.replace('/', '.')}.jsonl", asked.seed)
    order = random.Random(asked.seed).sample(everything, len(everything))  # noqa: S311 - nothing secret
    sample = kept.lived(everything) if asked.lived else order[asked.skip : asked.skip + asked.count]
    print(f"{part}: {len(sample)} of {len(everything)} mutants, seed {asked.seed}, skipped {asked.skip}", flush=True)
    known = equivalents()
    for mutant in sample:
        if any(entry.is_(mutant) for entry in known):
            kept.tell(mutant, Trial(Verdict.equivalent))
    files = [file for file in measured(names, [part]) if file.tests]
    later = apart(files, part)
    start = time.monotonic()
    for way in (_warm, _cold):
        _aside(lambda way=way: way(sample, files, later, asked, kept))
    verdicts = [trial.verdict for trial in kept.told(sample).values()]
    counts = ", ".join(f"{verdicts.count(verdict)} {verdict.value}" for verdict in Verdict)
    print(f"{part}: {counts}; {time.monotonic() - start:.0f} s", flush=True)
    return 1 if any(verdict in LIVES for verdict in verdicts) else 0


def _warm(
    sample: list[Mutant], files: list[TestFile], later: list[TestFile], asked: argparse.Namespace, kept: Kept
) -> None:
    """Try mutants of what has not run yet, without the tests of some files."""
    at_once = [file for file in files if file not in later]
    try_warm(kept.left(sample), at_once, asked.seconds, asked.examples, kept.tell)


def _cold(
    sample: list[Mutant], files: list[TestFile], later: list[TestFile], asked: argparse.Namespace, kept: Kept
) -> None:
    """Try the others, and those that lived with the tests of the files that were left out."""
    prepared(asked.examples, sample[0].file.partition("/")[0])
    told = kept.told(sample)
    lived = [mutant for mutant, trial in told.items() if trial.verdict in LIVES and touching(mutant, later)]
    for some, tests in ((lived, later), (kept.left(sample), files)):
        trials = Trials(tests, asked.seconds, run, {file.name: file.seconds for file in tests})
        for mutant in some:
            kept.tell(mutant, trials.of(mutant))


if __name__ == "__main__":
    sys.exit(main())
