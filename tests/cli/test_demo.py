"""``ssflow demo`` plays its story anywhere, at any time, and leaves a database that the other commands read."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import REPORT, Run


def test_the_deadlines_of_the_story(run: Run) -> None:
    """The telephone report lasts to 09-23, the card of Guangzhou is due on 10-08, that of Taiyuan is stopped and moves."""
    story = run("demo", "--json").json
    dated = [(o["case"], o["clock"], o["due"], o["status"]) for o in story["obligations"] if o["timed"]]

    assert ("report-bank", "temporary_force", "2026-09-23", "FIRM") in dated
    assert [row for row in dated if row[:2] == ("card-1", "production")] == [
        ("card-1", "production", "2026-10-08", "FIRM")
    ]
    assert [row[2:] for row in dated if row[:2] == ("card-2", "production")] == [
        ("2026-10-12", "FIRM"),
        (None, "OPEN"),
        ("2026-10-15", "FIRM"),
    ]
    moved = [o for o in story["obligations"] if o["case"] == "card-2" and o["due"] == "2026-10-15"]
    assert any("2026-09-11" in step["en"] and "2026-09-16" in step["en"] for step in moved[0]["steps"])


def test_one_act_is_refused_and_changes_nothing(run: Run) -> None:
    """The application without a formal report is refused with both grounds, and every case stays as it was."""
    (refused,) = [scene for scene in run("demo", "--json").json["scenes"] if scene["refused"]]

    assert refused["untouched"] is True
    assert [ground["name"] for ground in refused["grounds"]] == ["loss_reported", "photo_given"]
    assert refused["recorded"] == []


def test_all_cases_end_well(run: Run) -> None:
    """The new cards are in use, the reports of the old one are concluded; the list and the sheet of each case say so."""
    run("demo")
    rows = run("case", "list", "--db", "ssflow-demo.db", "--json").json["cases"]

    assert {row["case"]: row["state"] for row in rows} == {
        "report-bank": "replaced",
        "report-social": "replaced",
        "card-1": "in_use",
        "card-2": "in_use",
    }
    for row in rows:
        shown = run("case", "show", row["case"], "--db", "ssflow-demo.db", "--json").json
        assert len(shown["events"]) == row["version"]
        assert {event["recorded_at"] for event in shown["events"]} == {"2026-10-31T09:00:00+08:00"}


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", ("不予办理", "最后一日 2026-10-08")), ("en", ("refused:", "due 2026-10-08"))]
)
def test_it_reads_well_in_both_languages(run: Run, lang: str, words: tuple[str, ...]) -> None:
    """The text tells of the refusal and of the due day, and ends with the commands that look further."""
    answer = run("demo", "--lang", lang)

    assert answer.code == 0
    assert all(word in answer.out for word in words)
    assert "ssflow case show card-1 --db ssflow-demo.db" in answer.out
    assert "11010519491231002X" not in answer.out


def test_the_law_of_the_package_is_played(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Figures that an agency lays over ours do not change the story."""
    before = run("demo", "--json").json["obligations"]
    (tmp_path / "card_replacement.toml").write_text(
        'region = "440100"\n[[production]]\nvalue = "3 workdays"\nsince = 2020-01-01\nstarts = "accept"\n'
        'cites = "guangzhou-card-guide"\ntext = "x"\nconfidence = "single"\n'
    )
    monkeypatch.setenv("SSFLOW_RULES", str(tmp_path))

    assert run("demo", "--json").json["obligations"] == before


def test_an_older_demo_is_replaced(run: Run) -> None:
    """The demo can be run again over its own file, and says the same."""
    assert run("demo", "--db", "d.db").out == run("demo", "--db", "d.db").out


@pytest.mark.parametrize("content", [b"", b"dear diary", b"SQLite format 3\x00" + bytes(84)])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_any_other_file_is_left_alone(run: Run, content: bytes, lang: str) -> None:
    """A file that no demo made is not touched."""
    Path("mine.db").write_bytes(content)
    answer = run("demo", "--db", "mine.db", "--lang", lang)

    assert answer.code == 1
    assert "mine.db" in answer.err
    assert Path("mine.db").read_bytes() == content


def test_real_cases_are_left_alone(reported: Run) -> None:
    """A database with cases of its own is not taken for an old demo, nor is a demo to which a case was added."""
    assert reported("demo", "--db", "ssflow.db").code == 1
    assert reported("case", "show", "loss").code == 0

    reported("demo", "--db", "d.db")
    data = ("--set", "track=bank", "--set", "holder.number=11010519491231002X")
    assert reported(*REPORT, "--region", "440100", *data, "--db", "d.db", "--id", "mine").code == 0
    assert reported("demo", "--db", "d.db").code == 1
    assert reported("case", "show", "mine", "--db", "d.db").code == 0


def test_a_folder_is_not_a_file(run: Run) -> None:
    """A folder in the place of the file is an error that names it."""
    Path("folder").mkdir()

    assert run("demo", "--db", "folder").code == 1
