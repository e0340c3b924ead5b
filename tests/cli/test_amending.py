"""What a new notice, a changed rulebook or a newer definition does to open cases, on the command line."""

from datetime import date
from pathlib import Path

import pytest

from ssflow import Cases, Legislation, SQLiteStore, WorkCalendar
from ssflow.machines.benefit_claim import BenefitClaim, Claim, Kind
from ssflow.persons import Identity
from tests import brought
from tests.cli.conftest import Run
from tests.store.grants import NOW, Grant1, Grant2, cases_of, opened


@pytest.fixture
def granted(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Two grants of the first version in a file, one of them in a state that the second has no more; its package is installed."""
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "grant.toml").write_text(FIGURES, encoding="utf-8")
    monkeypatch.setenv("SSFLOW_RULES", str(tmp_path / "rules"))
    cases = cases_of(SQLiteStore(tmp_path / "ssflow.db"), Grant1)
    opened(cases, "g1")
    opened(cases, "g2")
    cases.do("g2", Grant1.review(), by=Grant1.clerk, on=date(2026, 3, 2))
    with brought.package(tmp_path, grant=Grant2):
        yield run


FIGURES = "".join(
    f'[[{name}]]\nvalue = "{amount}"\nsince = 2020-01-01\ncites = "guide-004"\ntext = "测试"\n'
    'url = ["https://example.org"]\nconfidence = "guide"\n\n'
    for name, amount in {
        "handling": "20 days",
        "processing": "20 days",
        "payment": "5 days",
        "paying_out": "7 days",
    }.items()
)


def test_open_terms_are_dated_anew(run: Run, tmp_path: Path) -> None:
    """A claim that came in before its notice was known: redated once, and then nothing is left to do; in both languages."""
    unaware = Legislation(WorkCalendar.china().as_of(date(2025, 11, 3)))
    claim = BenefitClaim.claim(Claim(insured=Identity("11010519491231002X"), kind=Kind.pension))
    Cases(SQLiteStore(tmp_path / "ssflow.db"), unaware, now=lambda: NOW).open(
        claim, by=BenefitClaim.claimant, on=date(2025, 12, 4), places="110000", case="claim-1"
    )
    first = run("case", "redate", "--on", "2025-12-12")

    assert first.code == 0 and "re-dated" in first.out and "events recorded: 1" in first.out
    assert run("case", "redate", "--on", "2025-12-12").out.strip() == "no term has another last day"
    assert run("case", "redate", "--on", "2025-12-12", "--lang", "zh").out.strip() == "没有变动"
    assert run("case", "redate", "--on", "2025-12-12", "--json").json == {"events": [], "failed": [], "early": []}


def test_a_dry_run_tells_of_each_case_and_writes_nothing(granted: Run) -> None:
    """Which can go over and what would change, which cannot and why; it exits with 1 if some cannot."""
    told = granted("case", "upgrade", "grant", "--on", "2026-03-06", "--dry-run")

    assert told.code == 1
    assert "g1: can be upgraded; now possible: grant; no longer possible: review" in told.out.replace("\n  ", " ")
    assert 'version 2 has no counterpart of "being reviewed"' in told.out.replace("\n  ", " ")
    assert "1 can be upgraded, 1 cannot" in told.out
    chinese = granted("case", "upgrade", "补助", "--on", "2026-03-06", "--dry-run", "--lang", "zh")
    assert "1件可以升版，1件不能" in chinese.out
    (first, second) = granted("case", "upgrade", "grant", "--on", "2026-03-06", "--dry-run", "--json").json["cases"]
    assert (first["possible"], second["possible"]) == (True, False)
    assert granted("case", "show", "g1", "--json").json["version"] == 1


def test_cases_are_upgraded_and_those_that_cannot_are_listed(granted: Run) -> None:
    """The reason is required; with a mapping the second goes over too; then nothing is left; acts go on by the words of each day's version."""
    assert granted("case", "upgrade", "grant", "--on", "2026-03-06").code != 0
    first = granted("case", "upgrade", "grant", "--on", "2026-03-06", "--reason", "new rules")
    assert first.code == 1 and "events recorded: 1" in first.out and "g2" in first.out
    mapped = ("--map", "being reviewed=being checked", "--case", "g2", "--reason", "new rules")
    second = granted("case", "upgrade", "grant", "--on", "2026-03-06", *mapped, "--json")
    assert second.code == 0 and [event["case"] for event in second.json["events"]] == ["g2"]
    last = granted("case", "upgrade", "grant", "--on", "2026-03-06", "--reason", "new rules")
    assert (last.code, last.out.strip()) == (0, "no open case is under an older version")

    late = ("case", "do", "g1", "stay", "--by", "clerk", "--on", "2026-03-04", "--reason", "was missed")
    assert granted(*late).code == 0
    assert granted("case", "do", "g1", "resume", "--by", "clerk", "--on", "2026-03-07").code == 0
    assert granted("case", "do", "g2", "grant", "--by", "clerk", "--on", "2026-03-07").code == 0
    assert granted("audit", "verify").code == 0
    assert granted("case", "list").code == 0


def test_cases_of_both_versions_are_listed(granted: Run) -> None:
    """By the present names, one too in a state that the present version has no more."""
    listed = granted("case", "list", "--json").json["cases"]
    assert [row["state_title"]["en"] for row in listed] == ["being checked", "being reviewed"]
