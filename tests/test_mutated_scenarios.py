"""Whatever a file of worked cases says, reading and playing it ends in cases, in an error of ours, or in the step that is wrong."""

import os
import random
from contextlib import suppress
from pathlib import Path

import pytest

from ssflow.errors import SsflowError
from ssflow.testing import load_scenarios, run_scenario

FILES = sorted((Path(__file__).parent / "scenarios").glob("*.toml"))
ROUNDS = 60 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 6
ODD = (
    '""',
    '"x"',
    "0",
    "-1",
    "true",
    "[]",
    "{}",
    "2026-01-01",
    "9999-12-31",
    "0001-01-01",
    '"440199"',
    "[1]",
    "{ x = 1 }",
    "nan",
)


def mutated(text: str, chance: random.Random) -> str:
    """A file with the value of a key exchanged, a key misspelt, or a line taken away."""
    lines = text.splitlines()
    at = chance.choice([number for number, line in enumerate(lines) if "=" in line])
    pieces = lines[at].split("=")
    match chance.randrange(3):
        case 0:
            del lines[at]
        case 1:
            lines[at] = lines[at].replace(pieces[0].split()[-1], "misspelt", 1)
        case _:
            which = chance.randrange(1, len(pieces))
            value = pieces[which].split(",")[0].split("}")[0].strip()
            lines[at] = lines[at].replace(value, chance.choice(ODD), 1) if value else lines[at]
    return "\n".join(lines)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_mutated_file_is_played_or_told(file: Path, tmp_path: Path) -> None:
    """No error of Python's own, whatever the file says."""
    chance, copy = random.Random(file.stem), tmp_path / file.name  # noqa: S311
    for _ in range(ROUNDS):
        copy.write_text(mutated(file.read_text(encoding="utf-8"), chance), encoding="utf-8")
        with suppress(SsflowError, AssertionError):
            for scenario in load_scenarios(copy):
                run_scenario(scenario)
