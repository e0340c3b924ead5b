"""Every row of the legal audit of November 2026 is accounted for: entered, kept as a doubt, watched, or refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssflow.rules import rulebook, rulebook_names, watch_list
from ssflow.rules.load import default_folders, laws_of
from ssflow.testing import load_scenarios

HERE = Path(__file__).parent
LINES = [
    line.split(maxsplit=2)
    for line in (HERE / "audit_rows.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def test_none_of_the_rows_is_forgotten() -> None:
    """There are 63 of them, in their order."""
    assert list(dict.fromkeys(row for row, *_ in LINES)) == [f"AUD-{number:02}" for number in range(1, 64)]


@pytest.mark.parametrize(("row", "kind", "what"), LINES, ids=[" ".join(line[:2]) for line in LINES])
def test_what_became_of_a_row(row: str, kind: str, what: str) -> None:
    """What the list says is there: the figure or the doubt carries the row, the law is entered, the worked case plays."""
    match kind:
        case "figure":
            procedure, parameter, place = what.split()
            found = [v for v in rulebook(procedure).values if v.parameter == parameter and row in v.rows]
            assert ("" if place == "-" else place) in {value.region for value in found}
        case "doubt":
            assert any(row in doubt.rows for doubt in rulebook(what).doubts)
        case "law":
            assert what in laws_of(default_folders())
        case "watch":
            (watch,) = [one for one in watch_list() if one.id == what]
            assert row in watch.rows
        case "scenario":
            procedure, name = what.split()
            assert name in [one.id for one in load_scenarios(HERE.parent / "scenarios" / f"{procedure}.toml")]
        case _:
            assert kind == "refused" and len(what) > 20


def test_no_row_is_carried_that_the_list_does_not_name() -> None:
    """The data and the list agree in both directions."""
    books = [rulebook(name) for name in rulebook_names()]
    carried = {row for book in books for item in (*book.values, *book.doubts) for row in item.rows}
    carried |= {row for watch in watch_list() for row in watch.rows}

    assert {row for row in carried if row.startswith("AUD-")} <= {row for row, *_ in LINES}
