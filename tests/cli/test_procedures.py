"""``ssflow list`` and ``ssflow show`` tell of every procedure, in both languages and in every format."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from rich.cells import cell_len

from ssflow import machines, rulebook
from ssflow.sheets import sheet
from ssflow.text import LANGS, Lang
from tests.cli.conftest import Run

NAMES = machines.names()
DAY = date(2026, 9, 21)
EVERY = pytest.mark.parametrize("name", NAMES)
BOTH = pytest.mark.parametrize("lang", LANGS)


@BOTH
def test_list_names_every_procedure(run: Run, lang: Lang) -> None:
    """Each procedure stands in the list with its name and title."""
    answer = run("list", "--lang", lang)

    assert answer.code == 0
    assert all(name in answer.out for name in NAMES)


def test_list_as_data_counts_the_parts(run: Run) -> None:
    """In JSON the list holds the size of every definition and rulebook."""
    rows = {row["name"]: row for row in run("list", "--json").json["procedures"]}

    assert set(rows) == set(NAMES)
    for name, row in rows.items():
        process = machines.get(name)
        assert row["version"] == process.version
        assert (row["states"], row["activities"]) == (len(process.states), len(process.activities))
        assert row["terms"] + row["lapses"] == len(process.clocks)
        assert (row["figures"], row["doubts"]) == (len(rulebook(name).values), len(rulebook(name).doubts))


@EVERY
@BOTH
def test_show_leaves_nothing_out(run: Run, name: str, lang: Lang) -> None:
    """Every state and activity that there is in the place, and every figure, is shown by name, and so are the doubts."""
    shown = sheet(name, "440100", DAY)
    answer = run("show", name, "--region", "440100", "--on", "2026-09-21", "--lang", lang)

    assert answer.code == 0, answer.err
    for part in (*shown.states(), *shown.activities(), *(figure for figure, _ in shown.figures())):
        assert re.search(rf"\b{part.name}\b", answer.out), part
    doubts = len(rulebook(name).doubts)
    assert not doubts or f"{doubts:>2}." in answer.out
    assert max(map(cell_len, answer.out.splitlines())) <= 100


@EVERY
@BOTH
@pytest.mark.parametrize("form", ["mermaid", "dot"])
def test_show_as_a_diagram(run: Run, name: str, lang: Lang, form: str) -> None:
    """The diagrams are printed as they are, or as one JSON document that holds them."""
    plain = run("show", name, "--format", form, "--lang", lang)
    data = run("show", name, "--format", form, "--lang", lang, "--json")

    assert plain.code == data.code == 0
    assert data.json["text"] == plain.out
    assert all(state.title.say(lang) in plain.out for state in machines.get(name).states)


@EVERY
@pytest.mark.parametrize("strict", [[], ["--strict"]])
def test_show_as_data(run: Run, name: str, strict: list[str]) -> None:
    """The JSON has all figures, with values where the place has some; a strict one has none of unnamed places."""
    there = sheet(name, "440100", DAY)
    data = run("show", name, "--region", "440100", "--on", "2026-09-21", "--json", *strict).json

    assert [figure["name"] for figure in data["figures"]] == [figure.name for figure, _ in there.figures()]
    assert [state["name"] for state in data["states"]] == [state.name for state in there.states()]
    assert [activity["name"] for activity in data["activities"]] == [activity.name for activity in there.activities()]
    values = [value for figure in data["figures"] for value in figure["values"]]
    assert not (strict and any(value["fallback"] for value in values))
    assert all(value["basis"] and value["confidence"] for value in values)
    assert len(data["doubts"]) == len(rulebook(name).doubts)


def test_the_figure_of_the_place_comes_first(run: Run) -> None:
    """In Guangzhou a card is made within seven working days from the acceptance, and the sheet says whence that is known."""
    data = run("show", "card_replacement", "--region", "440100", "--on", "2026-09-21", "--json").json
    (production,) = [figure for figure in data["figures"] if figure["name"] == "production"]
    first = production["values"][0]

    assert first["value"]["en"] == "7 working days"
    assert (first["starts"], first["owed_by"], first["region_name"]) == ("accept", "issuer", "广州市")
    assert first["basis"][0]["cite"] == "guangzhou-card-guide"


def test_places_are_named_one_by_one(run: Run) -> None:
    """Each place of a procedure has its own figures, which --place asks for by its name."""
    words = (
        "show",
        "attribution_change",
        "--place",
        "insured=440100",
        "--place",
        "issuing=110000",
        "--on",
        "2026-09-21",
    )

    assert "现参保地 广州市 440100、原发卡地 北京市 110000" in run(*words, "--lang", "zh").out
    assert [place["region_name"] for place in run(*words, "--json").json["places"]] == ["广州市", "北京市"]


def test_two_places_and_a_day_tell_how_a_transfer_is_handled(run: Run) -> None:
    """Inside Guangdong nothing is to be done; between Chongqing and Sichuan there is, under one regime; else all are shown."""
    words = ("show", "pension_transfer", "--on", "2022-03-01", "--lang", "en")
    inside = run(*words, "--place", "old=440100", "--place", "new=440300").out
    between = run(*words, "--place", "old=500000", "--place", "new=510000")

    assert "nothing is to be done, the case ends as it is opened" in " ".join(inside.split())
    assert "regime: " in between.out and "under: " not in between.out
    said = " ".join(run(*words).out.split())
    assert "it depends on the old place, new place" in said and "--place old=CODE --place new=CODE" in said
    assert "it depends on the old place," in " ".join(run(*words, "--place", "new=510100").out.split())


def test_a_move_that_renews_the_regime_says_so(run: Run) -> None:
    """It starts no clock anew: it brings the case under the regime of the day."""
    words = ("show", "medical_transfer", "--on", "2026-09-21")

    assert "brings the case under the regime of the day" in run(*words, "--lang", "en").out
    assert "转按当日办法" in run(*words, "--lang", "zh").out


@BOTH
def test_show_as_markdown(run: Run, lang: Lang) -> None:
    """The page of the documentation, or the one of a place on a day."""
    page = run("show", "loss_report", "--format", "markdown", "--lang", lang).out
    there = run(
        "show", "loss_report", "--format", "markdown", "--region", "310000", "--on", "2026-09-21", "--lang", lang
    )

    assert page == sheet("loss_report").to_markdown(lang)
    assert there.out == sheet("loss_report", "310000", DAY).to_markdown(lang)


@pytest.mark.parametrize(("lang", "words"), [("zh", "未规定，不计时"), ("en", "no time limit runs")])
def test_a_term_without_a_figure_is_shown_as_untimed(run: Run, lang: str, words: str) -> None:
    """What nobody knows is said to be unknown, not left out."""
    shown = " ".join(run("show", "card_replacement", "--lang", lang).out.split())

    assert words in shown


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["show", "card_replacment"], "card_replacement"),
        (["show", "xyz"], "loss_report"),
        (["show", "loss_report", "--region", "123456"], "123456"),
        (["show", "loss_report", "--place", "issuing=123456"], "123456"),
        (["show", "loss_report", "--place", "isuing=440100"], "issuing"),
        (["show", "loss_report", "--place", "issuing=440100", "--region", "440100"], "--place"),
        (["show", "loss_report", "--on", "2026-02-30"], "2026-09-21"),
        (["show", "loss_report", "--on", "2026-09-21T10:00+08:00"], "2026-09-21"),
        (["show", "loss_report", "--format", "pdf"], "mermaid"),
        (["show"], "ssflow show --help"),
        (["shwo"], "show"),
        (["show", "loss_report", "--lang", "fr"], "zh"),
    ],
)
@BOTH
def test_a_wrong_question_is_taught(run: Run, words: list[str], hint: str, lang: Lang) -> None:
    """Unknown names and bad values end with exit code 2 and name what there is."""
    answer = run(*words, *([] if "--lang" in words else ["--lang", lang]))

    assert answer.code == 2
    assert answer.out == ""
    assert hint in answer.err


def test_a_broken_rules_file_is_named(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A rules folder with a file that is no TOML ends with exit code 1 and the path of the file."""
    broken = tmp_path / "rules" / "loss_report.toml"
    broken.parent.mkdir()
    broken.write_text("[[temporary_force]\nvalue = ")
    monkeypatch.setenv("SSFLOW_RULES", str(broken.parent))

    answer = run("show", "loss_report", "--json")

    assert answer.code == 1
    assert answer.fault["error"] == "data"
    assert str(broken) in answer.fault["message"]


def test_help_and_version(run: Run) -> None:
    """Every command explains itself, and the program knows its version."""
    assert run("--version").out.startswith("ssflow")
    for words in (
        [],
        ["list"],
        ["show"],
        ["calendar"],
        ["day"],
        ["count"],
        ["due"],
        ["demo"],
        ["case"],
        *(["case", verb] for verb in ("open", "do", "show", "options", "list", "overdue", "advance")),
    ):
        answer = run(*words, "--help")
        assert answer.code == 0
        assert "--help" in answer.out


@pytest.mark.parametrize(("told", "lang"), [("zh_CN.UTF-8", "zh"), ("en_GB.UTF-8", "en"), ("C", "en")])
def test_the_locale_chooses_the_language(run: Run, monkeypatch: pytest.MonkeyPatch, told: str, lang: str) -> None:
    """Without --lang and SSFLOW_LANG the locale decides: Chinese where it is Chinese, else English."""
    monkeypatch.delenv("SSFLOW_LANG")
    monkeypatch.setenv("LC_ALL", told)

    assert ("程序" in run("list").out) == (lang == "zh")
    assert ("没有名为" in run("show", "xyz").err) == (lang == "zh")


@BOTH
def test_check_proves_all_sound(run: Run, lang: Lang) -> None:
    """Every procedure is named with its verdict; nothing is faulty."""
    answer = run("check", "--lang", lang)

    assert answer.code == 0
    assert [line.split()[0] for line in answer.out.splitlines()] == list(machines.names())
    assert run("check", "loss_report", "--json").json == {"faults": {"loss_report": []}}


def test_check_tells_what_does_not_fit(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A figure that nobody reads is named, and the command fails."""
    figure = (
        '[[unheard]]\nvalue = "3 days"\nsince = 2026-01-01\ncites = "guide-004"\ntext = "x"\nconfidence = "single"\n'
    )
    (tmp_path / "loss_report.toml").write_text(figure, encoding="utf-8")
    monkeypatch.setenv("SSFLOW_RULES", str(tmp_path))
    answer = run("check", "loss_report", "--lang", "en")

    assert answer.code == 1
    assert "unheard: no term, lapse, fee or rule of this name" in answer.out


@BOTH
def test_check_names_rules_files_that_do_not_serve(
    run: Run, lang: Lang, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A broken file, one of a wrong name and one in a folder of a wrong name are named; all others are still checked."""
    (tmp_path / "card_replacment").mkdir()
    for name in ("loss_report", "consultaton", "card_replacment/440100"):
        (tmp_path / f"{name}.toml").write_text("broken" if name == "loss_report" else "", encoding="utf-8")
    monkeypatch.setenv("SSFLOW_RULES", str(tmp_path))
    monkeypatch.setenv("COLUMNS", "300")  # so that no path is broken, however deep the folder is
    lines = run("check", "--lang", lang).out.splitlines()

    assert any(str(tmp_path / "loss_report.toml") in line for line in lines)
    for stray in ("consultaton", str(tmp_path / "card_replacment" / "440100.toml")):
        assert any(line.startswith(stray) for line in lines), stray
    sound = {"zh": "无误", "en": "sound"}[lang]
    assert sum(line.endswith(sound) for line in lines) == len(machines.names()) - 1


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_show_begins_with_the_first_screen(run: Run, lang: str) -> None:
    """``ssflow show`` begins with the same answers, and its JSON holds them."""
    shown = run("show", "card_replacement", "--region", "440100", "--on", "2026-09-21", "--lang", lang)
    rows = run("show", "card_replacement", "--region", "440100", "--on", "2026-09-21", "--json").json["overview"][
        "rows"
    ]

    assert {"zh": "20元：广州市", "en": "20 yuan: 广州市"}[lang] in shown.out
    assert [row["answers"][0]["amount"]["zh"] for row in rows if row["question"] == "cost"] == ["20元"]
