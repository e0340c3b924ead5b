"""What became of each mutant is kept at once, so that nothing is lost where a run is ended, and those that lived can be tried again."""

import json
import time
from collections.abc import Iterable
from pathlib import Path

from tools.mutants.mutations import Mutant
from tools.mutants.trying import Trial, Verdict

LIVES = (Verdict.survived, Verdict.untouched)


class Kept:
    """The trials of a part, one a line, the newest last."""

    def __init__(self, file: Path, seed: int) -> None:
        self.file, self.seed, self.start = file, seed, time.monotonic()
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()
        self.before = file.stat().st_size  # what earlier runs have told

    def tell(self, mutant: Mutant, trial: Trial) -> None:
        """Keep it, and print it if the mutant lives."""
        said = {
            "seed": self.seed,
            "at": _at(mutant),
            "line": mutant.line,
            **trial._asdict(),
            "verdict": trial.verdict.value,
        }
        with self.file.open("a", encoding="utf-8") as out:
            out.write(json.dumps(said, ensure_ascii=False) + "\n")
        if trial.verdict in LIVES:
            asked = f"{trial.asked} tests, {trial.untried} untried"
            print(f"{time.monotonic() - self.start:.0f} s, {trial.verdict.value} ({asked}): {mutant}", flush=True)

    def told(self, sample: Iterable[Mutant]) -> dict[Mutant, Trial]:
        """What this run has told of mutants."""
        found = self._read(self.before)
        return {mutant: found[key] for mutant in sample if (key := tuple(_at(mutant))) in found}

    def left(self, sample: Iterable[Mutant]) -> list[Mutant]:
        """Those of which this run has told nothing yet."""
        told = self.told(list(sample))
        return [mutant for mutant in sample if mutant not in told]

    def lived(self, everything: Iterable[Mutant]) -> list[Mutant]:
        """Those that lived when they were tried last."""
        found = {(file, was, now) for (file, _, was, now), trial in self._read(0).items() if trial.verdict in LIVES}
        return [mutant for mutant in everything if (mutant.file, mutant.was, mutant.now) in found]

    def _read(self, start: int) -> dict[tuple[str, ...], Trial]:
        with self.file.open(encoding="utf-8") as lines:
            lines.seek(start)
            said = [json.loads(line) for line in lines]
        return {
            tuple(one["at"]): Trial(Verdict(one["verdict"]), one["by"], one["asked"], one["untried"], one["seconds"])
            for one in said
        }


def _at(mutant: Mutant) -> list[str]:
    return [mutant.file, str(mutant.number), mutant.was, mutant.now]
