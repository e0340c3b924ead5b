"""A released figure that was wrong stays on record and is never found; one that no source attests so early is marked."""

from datetime import date
from pathlib import Path

import pytest

from ssflow.errors import DataError
from ssflow.rules import Rulebook, rulebook, rulebook_names
from ssflow.rules.load import default_folders
from ssflow.sheets import sheet

DAY = date(2026, 9, 21)
KEYS = {"channel": "counter", "generation": "third", "kind": "bank"}
LAWS = '[law-x]\ntitle = ["某规定", "Some rule"]\nkind = "document"\n'
FIGURE = """
region = "440900"

[[production]]
value = "6 workdays"
since = 2020-01-01
starts = "accept"
cites = "law-x 3"
text = "六个工作日内制卡"
confidence = "single"
"""
WHY = '\nwithdrawn = { on = 2026-11-30, why = ["抄错", "a slip"] }\n'


def laid_over(folder: Path, name: str, *figures: str) -> Rulebook:
    """Our figures with those of an agency, a folder for each text."""
    folders = []
    for number, text in enumerate(figures):
        here = folder / f"{name}{number}"
        (here / "card_replacement").mkdir(parents=True)
        (here / "laws.toml").write_text(LAWS, encoding="utf-8")
        (here / "card_replacement" / "440900.toml").write_text(text, encoding="utf-8")
        folders.append(here)
    return rulebook("card_replacement", (*default_folders(), *folders))


@pytest.mark.parametrize("name", rulebook_names())
def test_what_is_withdrawn_is_never_found(name: str) -> None:
    """No look-up of any day, place or case, no table and no list of what is in force holds it, and it says why."""
    book = rulebook(name)
    for wrong in book.withdrawn:
        assert wrong.withdrawn is not None and wrong.withdrawn.why.zh and wrong.withdrawn.why.en
        for day in (wrong.since, DAY, wrong.withdrawn.on):
            found = book.in_force(day, wrong.region)
            assert all((value.identity, value.says) != (wrong.identity, wrong.says) for value in found)
        assert wrong not in book.values


def test_the_two_that_were_wrong() -> None:
    """Guides do not make a first card cost 20 yuan anywhere, and Guangzhou lets others fetch the card of some holders."""
    first, cards = rulebook("card_issue"), rulebook("card_replacement")
    usual = {"channel": "counter", "generation": "third", "kind": "bank"}

    assert first.find("fee", DAY, "140100", usual) is None
    assert first.find("fee", DAY, "500000", usual).amount == 25
    assert cards.find("agent_collects", DAY, "440100", {}).amount is False
    assert cards.find("agent_collects", DAY, "440100", {"hindrance": "aged"}).amount is True
    assert cards.find("agent_collects", date(2015, 1, 1), "440100", {}).amount is True  # as everywhere


def test_an_agency_withdraws_a_figure(tmp_path: Path) -> None:
    """Written again with ``withdrawn`` it is gone, of whatever folder it was; a figure of another amount stays."""
    gone = laid_over(tmp_path, "gone", FIGURE, FIGURE + WHY)
    kept = laid_over(tmp_path, "kept", FIGURE, FIGURE.replace("6 workdays", "9 workdays") + WHY)

    assert gone.find("production", DAY, "440900", KEYS).confidence == "guide"
    assert kept.find("production", DAY, "440900", KEYS).amount.n == 6


def test_a_withdrawal_is_told_apart_from_a_reform(tmp_path: Path) -> None:
    """The table of changes says that what stood there before was wrong."""
    before = laid_over(tmp_path, "before", FIGURE)
    after = laid_over(tmp_path, "after", FIGURE, FIGURE + WHY)

    rows = list(before.changes(after))
    assert rows
    for row in rows:
        assert row.correction and "withdrawn" in row.record("en")["before"] and "作废" in row.record("zh")["before"]
    assert not any(row.correction for row in after.changes(before))


def test_a_sheet_shows_what_was_wrong() -> None:
    """Whoever has relied on it finds it in the sheet of the place, in words and as data, and nowhere else."""
    shown, elsewhere = (sheet("card_replacement", place=place, on=DAY) for place in ("440100", "110000"))

    assert "已作废的数值" in shown.to_markdown("zh") and "Withdrawn figures" in shown.to_markdown("en")
    assert [gone["name"] for gone in shown.document()["withdrawn"]] == ["agent_collects"]
    assert "Withdrawn figures" not in elsewhere.to_markdown("en")


def test_before_a_source_attests_it(tmp_path: Path) -> None:
    """A look-up for an earlier day gives the figure marked; from that day on it has the grade of its source."""
    book = laid_over(tmp_path, "assumed", FIGURE + "attested_from = 2024-05-01\n")
    early, late = (book.find("production", day, "440900", KEYS) for day in (date(2024, 4, 30), date(2024, 5, 1)))

    assert (early.confidence, late.confidence) == ("unattested", "single")
    assert early.amount == late.amount and early.identity == late.identity
    shown = {value.region: value.confidence for value in book.in_force(date(2022, 1, 1), "440900")}
    assert shown["440900"] == "unattested"


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("attested_from = 2019-12-31\n", "comes before since"),
        ('confidence = "unattested"\n', "confidence"),
        ("withdrawn = { on = 2026-11-30 }\n", "why"),
        ("withdrawn = true\n", "withdrawn"),
    ],
)
def test_what_is_written_wrongly_is_refused(tmp_path: Path, line: str, says: str) -> None:
    """A day before the first, a grade that only look-ups give, a withdrawal without a reason."""
    text = FIGURE.replace('confidence = "single"\n', "") if line.startswith("confidence") else FIGURE
    with pytest.raises(DataError, match=says):
        laid_over(tmp_path, "wrong", text + line)
