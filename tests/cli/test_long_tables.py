"""A table of more rows than anybody reads one by one is set in lines of its own, without the work of breaking them."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from ssflow.cli.output.answer import Screen
from ssflow.cli.output.boards import LONG, table
from ssflow.cli.output.prose import prose


def shown(capsys: pytest.CaptureFixture[str], rows: int) -> list[str]:
    """The lines of a table of so many rows, of which each holds Chinese and a text of two lines."""
    board = table("办件", "标题", "n")
    for number in range(rows):
        board.add_row(f"c{number}", prose("社会保障卡挂失", "\n", ("loss_report", "dim")), "9" * (number % 3))
    Screen("zh").show(board)
    return capsys.readouterr().out.splitlines()


def test_a_long_table_has_a_line_for_each_row(capsys: pytest.CaptureFixture[str]) -> None:
    """Every row is one line behind the heading, columns begin at one place on the screen, and nothing is left out."""
    heading, *lines = shown(capsys, LONG + 1)

    assert len(lines) == LONG + 1
    assert {line.split()[0] for line in lines} == {f"c{number}" for number in range(LONG + 1)}
    assert {line.split()[1:3] == ["社会保障卡挂失", "loss_report"] for line in lines} == {True}
    assert {cell_len(line[: line.index("社会")]) for line in lines} == {cell_len(heading[: heading.index("标题")])}
    assert not any(line.endswith(" ") for line in (heading, *lines))


def test_a_table_that_is_read_breaks_its_lines(capsys: pytest.CaptureFixture[str]) -> None:
    """Up to the limit a row may take several lines."""
    lines = shown(capsys, LONG)

    assert sum("loss_report" in line and "社会" not in line for line in lines) == LONG
