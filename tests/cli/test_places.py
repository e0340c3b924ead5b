"""Commands that take a place say what became of it, if it is none on their day."""

from __future__ import annotations

import pytest

from ssflow.text import LANGS
from tests.cli.conftest import REPORT, Run

BOTH = pytest.mark.parametrize("lang", LANGS)
SAID = {"zh": "莱芜市（371200）已于2018年撤销，其区域归济南市（370100）", "en": "its area went to 济南市 (370100)"}


@BOTH
def test_a_deadline_says_whose_days_it_counts(run: Run, lang: str) -> None:
    """The days of Laiwu are those of Jinan, and the answer says so, to programs too."""
    words = ("due", "15 workdays", "--from", "2026-09-21", "--region", "371200")
    assert SAID[lang] in "".join(run(*words, "--lang", lang).out.splitlines())
    document = run(*words, "--json").json
    assert SAID[lang] in document["absence"][lang]
    assert run("due", "15 workdays", "--from", "2026-09-21", "--region", "370100", "--json").json["absence"] is None


@BOTH
def test_a_sheet_says_whose_figures_it_shows(run: Run, lang: str) -> None:
    """The fee of Jinan is shown for Laiwu from 2019 on; for a day of 2018 the sheet is of Laiwu itself."""
    words = ("show", "card_replacement", "--region", "371200", "--on")
    after = run(*words, "2020-06-01", "--lang", lang)
    assert SAID[lang] in "".join(after.out.splitlines())
    assert "370100" in after.out
    before = run(*words, "2018-06-01", "--lang", lang)
    assert "370100" not in before.out
    assert SAID[lang] in run(*words, "2020-06-01", "--json").json["absences"][0][lang]
    assert run(*words, "2018-06-01", "--json").json["absences"] == []


@BOTH
def test_a_case_is_not_opened_in_a_place_that_is_gone(run: Run, lang: str) -> None:
    """The refusal names the place, since when it is gone, and where to go."""
    answer = run(
        *REPORT,
        "--region",
        "371200",
        "--set",
        "track=social",
        "--set",
        "holder.number=11010519491231002X",
        "--lang",
        lang,
    )
    assert answer.code == 1
    assert SAID[lang] in "".join(answer.err.splitlines())
