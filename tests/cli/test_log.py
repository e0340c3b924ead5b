"""``ssflow log check`` holds a log against a procedure, and says what is wrong with what it is given."""

from pathlib import Path

import pytest

from ssflow.simulation import simulate
from tests.cli.conftest import Run

HEAD = "办件编号,事项,办理时间,经办人\n"
ROWS = (
    "A1,申请,2026-03-02 09:30,李\n",
    "A1,缴纳费用,2026-03-02 09:40,李\n",
    "A1,受理,2026-03-03 10:00,王\n",
    "A1,finish,2026-06-01 10:00,王\n",
)
COLUMNS = (
    "--column",
    "case=办件编号",
    "--column",
    "activity=事项",
    "--column",
    "time=办理时间",
    "--column",
    "resource=经办人",
)
PAYING = ("--activity", "缴纳费用=pay", "--activity", "申请=apply")


def written(*rows: str) -> str:
    Path("log.csv").write_text(HEAD + "".join(rows), encoding="utf-8")
    return "log.csv"


def test_a_late_term_is_told_in_both_languages(run: Run) -> None:
    """By how many working days, under which article; the exit code says that something is not in order."""
    answer = run("log", "check", written(*ROWS), "--process", "社会保障卡补换", *COLUMNS, *PAYING)
    assert answer.code == 1, answer.err
    for words in ("production", "2026-06-01", "Guangzhou card service guide", "assumed"):
        assert words in answer.out
    chinese = run("log", "check", "log.csv", "--process", "card_replacement", *COLUMNS, *PAYING, "--lang", "zh")
    for words in ("逾期的期限", "制卡时限", "广州市社会保障卡办事指南"):
        assert words in chinese.out


def test_an_act_that_could_not_have_been_is_told(run: Run) -> None:
    """The acceptance of what is not paid, as JSON with its article in both languages."""
    late_payment = ROWS[1].replace("03-02", "03-04")
    told = run(
        "log",
        "check",
        written(ROWS[0], ROWS[2], late_payment),
        "--process",
        "card_replacement",
        *COLUMNS,
        *PAYING,
        "--json",
    ).json
    assert set(told) == {"process", "summary", "notes", "deviations", "late", "terms"}
    (deviation,) = told["deviations"]
    assert deviation["activity"]["en"] == "accept"
    assert deviation["basis"]["zh"] == "广州市社会保障卡办事指南"
    assert deviation["time"].startswith("2026-03-03T10:00")


def test_what_was_simulated_is_in_order(run: Run) -> None:
    """A simulated log fits, and the exit code is 0 where nothing was late."""
    simulate("consultation", cases=5, runs=1).log("zh").to_csv("log.csv")
    answer = run("log", "check", "log.csv", "--process", "consultation", "--until", "2026-12-31", "--place", "广州")
    assert answer.code == 0, answer.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "there is no column"),
        (("--column", "kase=x"), "--column: unknown field"),
        (COLUMNS, "activities.缴纳费用"),
        ((*COLUMNS, *PAYING, "--place", "old=440100"), "old"),
        ((*COLUMNS, *PAYING, "--scenario", "none.toml"), "none.toml"),
    ],
)
def test_what_is_wrong_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    """In a sentence with its path, never in a traceback."""
    answer = run("log", "check", written(*ROWS), "--process", "card_replacement", *words)
    assert answer.code != 0 and said in " ".join(answer.err.split())
    assert run("log", "check", "none.csv", "--process", "card_replacement").code != 0
    assert run("log", "check", "log.txt", "--process", "retirement").code != 0


def test_a_scenario_of_another_procedure_is_refused(run: Run) -> None:
    """It would decide against what the log is held."""
    import ssflow.simulation

    shipped = Path(ssflow.simulation.__file__).parent / "scenarios" / "loss_report.toml"
    Path("loss.toml").write_text(shipped.read_text("utf-8"), encoding="utf-8")
    answer = run("log", "check", written(*ROWS), "--process", "card_replacement", "--scenario", "loss.toml", "--json")

    assert answer.code == 2
    assert [fault["path"] for fault in answer.fault["faults"]] == ["--scenario"]


@pytest.mark.parametrize("twice", [("--column", "case=事项"), ("--activity", "申请=pay")])
def test_what_is_said_twice_is_refused(run: Run, twice: tuple[str, str]) -> None:
    """The last does not win in silence."""
    answer = run("log", "check", written(*ROWS), "--process", "card_replacement", *COLUMNS, *PAYING, *twice, "--json")

    assert answer.code == 2
    assert [fault["path"] for fault in answer.fault["faults"]] == [twice[0]]
