"""``ssflow simulate`` plays many cases, compares a reform, and says what is wrong with what it is given."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.simulation.open_cases import replacements

FEW = ("--cases", "60", "--runs", "2")
REFORM = """
[[amend]]
parameter = "production"
value = "4 workdays"
since = 2026-03-01
region = "440100"
"""


def test_it_answers_in_both_languages(run: Run) -> None:
    """With the assumptions called so, margins behind the numbers, and what was waited for."""
    answer = run("simulate", "card_replacement", "--place", "广州", *FEW)
    assert answer.code == 0, answer.err
    for words in ("60 ± 0", "assumptions", "late (%)", "7 working days", "the card fee is paid in full"):
        assert words in answer.out
    chinese = run("simulate", "社会保障卡补换", "--place", "440100", *FEW, "--lang", "zh")
    for words in ("登记件数", "均为假定", "逾期（%）", "7个工作日", "须缴清工本费", "2026-03-02至2028-03-01，运行2次"):
        assert words in chinese.out


def test_a_reform_is_compared(run: Run) -> None:
    """The figures that differ, the differences alone, and how many measures do not differ."""
    Path("reform.toml").write_text(REFORM, encoding="utf-8")
    answer = run("simulate", "card_replacement", *FEW, "--law", "reform.toml")
    assert answer.code == 0, answer.err
    assert "7 working days" in answer.out and "4 working days" in answer.out
    assert "the other 14 measures do not differ at all" in answer.out
    told = run("simulate", "card_replacement", *FEW, "--law", "reform.toml", "--json").json
    assert set(told) == {"process", "now", "then", "differences", "figures", "notes"}
    assert told["figures"][0]["before"] == {"zh": "7个工作日", "en": "7 working days"}
    assert told["now"]["digests"]["scenario"] == told["then"]["digests"]["scenario"]
    assert told["now"]["digests"]["rulebook"] != told["then"]["digests"]["rulebook"]


def test_the_same_question_has_the_same_answer(run: Run) -> None:
    """Whatever the number of threads; another seed gives another."""
    first = run("simulate", "card_replacement", *FEW, "--json").json
    assert run("simulate", "card_replacement", *FEW, "--workers", "2", "--json").json == first
    slow = run("simulate", "card_replacement", *FEW, "--engine", "逐件", "--json").json
    assert slow["now"]["digests"] == first["now"]["digests"]
    assert run("simulate", "card_replacement", *FEW, "--seed", "2", "--json").json != first
    assert run("simulate", "card_replacement", *FEW, "--start", "2026年6月1日", "--json").json != first


def test_places_are_named(run: Run) -> None:
    """One stands for all, several are each written with their name, in either language."""
    answer = run("simulate", "medical_transfer", *FEW, "--place", "old=济南", "--place", "转入地=广州", "--json")
    assert answer.code == 0, answer.err
    other = run("simulate", "medical_transfer", *FEW, "--place", "440100", "--json")
    assert other.json["now"]["digests"]["scenario"] != answer.json["now"]["digests"]["scenario"]
    fault = run("simulate", "medical_transfer", "--place", "440100", "--place", "old=济南", "--json").fault
    assert fault["faults"][0]["path"] == "--place"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("retirment",), "did you mean Retirement and claim of the basic pension (retirement)?"),
        (("card_replacement", "--cases", "many"), "is not a whole number of at least 0"),
        (("card_replacement", "--cases", "-1"), "is not a whole number of at least 0"),
        (("card_replacement", "--law", "nowhere.toml"), "there is no such file; check the path"),
        (("card_replacement", "--cases", "0"), "--cases: a number from 1 to 1000000000 is required"),
        (("card_replacement", "--runs", "0"), "--runs: a number from 1 to 100000 is required"),
        (("card_replacement", "--engine", "fast"), "--engine"),
        (("card_replacement", "--scenario", "none.toml"), "there is no such file"),
        (("card_replacement", "--scenario", "loss.toml"), "a scenario of loss_report"),
        (("card_replacement", "--law", "bad.toml"), "amend[0].value"),
        (("card_replacement", "--law", "unknown.toml"), "unknown parameter 'productions'"),
        (("card_replacement", "--place", "nowhere=440100"), "nowhere"),
    ],
)
def test_what_is_wrong_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    """In a sentence with its path, never in a traceback."""
    import ssflow.simulation

    shipped = Path(ssflow.simulation.__file__).parent / "scenarios" / "loss_report.toml"
    Path("loss.toml").write_text(shipped.read_text("utf-8"), encoding="utf-8")
    Path("bad.toml").write_text(REFORM.replace("4 workdays", "soon"), encoding="utf-8")
    Path("unknown.toml").write_text(REFORM.replace("production", "productions"), encoding="utf-8")
    answer = run("simulate", *words)
    assert answer.code != 0
    assert said in " ".join(answer.err.split())


def test_large_numbers_are_read_as_people_write_them(run: Run) -> None:
    """In myriads too."""
    for written in ("1,000", "1_000", "１０００"):
        assert "1000 ± 0" in run("simulate", "consultation", "--cases", written, "--runs", "2").out
    assert "10000 ± 0" in run("simulate", "consultation", "--cases", "1万", "--runs", "2").out


BEGUN = ("card_replacement", "--runs", "3", "--cases", "0")


def test_it_begins_with_the_open_cases_of_a_database(run: Run) -> None:
    """Those that may be late on the screen, the likeliest first; all of them in the document; a look at them changes nothing."""
    replacements(24, Path("cases.db"))
    before = Path("cases.db").read_bytes()
    answer = run("simulate", *BEGUN, "--open-cases", "cases.db", "--follow", "30")
    assert answer.code == 0, answer.err
    assert "24 open cases go on from 2026-03-02" in " ".join(answer.out.split())
    assert "open cases that may be late (" in answer.out
    told = run("simulate", *BEGUN, "--open-cases", "cases.db", "--follow", "30", "--json").json["now"]["open_cases"]
    assert {row["case"] for row in told} == {f"card-{number}" for number in range(24)}
    late = {row["case"]: row["late"] for row in told if row["late"]}
    shown = [line.split()[0] for line in answer.out.splitlines() if line.startswith("card-")]
    assert set(shown) == set(late)
    assert [late[case] for case in shown] == sorted(late.values(), reverse=True)
    assert Path("cases.db").read_bytes() == before


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((*BEGUN, "--open-cases", "case.db"), "or name another with --open-cases"),
        (("consultation", "--open-cases", "cases.db"), "--open-cases: the store has no open case of consultation"),
        ((*BEGUN, "--open-cases", "notes.txt"), "not a database"),
        ((*BEGUN, "--open-cases", "cases.db", "--start", "2026-02-03"), "--start: the open cases are recorded up to"),
        ((*BEGUN, "--open-cases", "cases.db", "--place", "北京"), "--open-cases: 2 open cases"),
        ((*BEGUN, "--open-cases", "cases.db", "--follow", "99999"), "--follow: the simulation has"),
        (BEGUN, "--cases: a number from 1 to"),
    ],
)
def test_what_is_wrong_with_open_cases_is_said(run: Run, words: tuple[str, ...], said: str) -> None:
    """By the option that names them; a misspelt file is not made."""
    replacements(4, Path("cases.db"))
    Path("notes.txt").write_text("no database at all", encoding="utf-8")
    answer = run("simulate", *words)
    assert answer.code != 0
    assert said in " ".join(answer.err.split())
    assert not Path("case.db").exists()
