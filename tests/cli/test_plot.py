"""``--plot`` leaves a picture beside the answer, and refuses what cannot be drawn before anything long is done."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

FEW = ("--cases", "30", "--runs", "2")
REFORM = '[[amend]]\nparameter = "production"\nvalue = "4 workdays"\nsince = 2026-03-01\nregion = "440100"\n'


def test_a_simulation_leaves_a_picture(run: Run) -> None:
    """At a glance, in the language of the answer; under a reform, what differs. JSON stays one document."""
    answer = run("simulate", "card_replacement", *FEW, "--plot", "run.svg")
    assert answer.code == 0, answer.err
    assert "the picture is in run.svg" in answer.out
    assert "A simulation at a glance" in Path("run.svg").read_text("utf-8")
    Path("reform.toml").write_text(REFORM, encoding="utf-8")
    told = run(
        "simulate", "card_replacement", *FEW, "--law", "reform.toml", "--plot", "then.svg", "--json", "--lang", "zh"
    )
    assert told.json["figures"] and "改后与现行" in Path("then.svg").read_text("utf-8")


def test_a_year_leaves_a_picture(run: Run) -> None:
    """Beside the text, and beside an iCalendar file, whose output nothing is added to."""
    answer = run("calendar", "2026", "--plot", "year.png", "--lang", "en")
    assert answer.code == 0 and "the picture is in year.png" in answer.out
    assert Path("year.png").read_bytes().startswith(b"\x89PNG")
    file = run("calendar", "2026", "--ics", "--region", "450000", "--plot", "year.svg")
    assert file.out.rstrip().endswith("END:VCALENDAR")
    assert "2026" in Path("year.svg").read_text("utf-8")


@pytest.mark.parametrize("file", ["run.pdf", "run", "nowhere/run.svg"])
def test_a_file_that_is_no_picture_is_refused(run: Run, file: str) -> None:
    """By the name of the option; a wrong ending before anything is played."""
    answer = run("simulate", "card_replacement", *FEW, "--plot", file)
    assert answer.code == 2 and "--plot" in answer.err
    assert file.startswith("nowhere") or not answer.out
