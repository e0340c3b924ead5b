"""``ssflow case``: a lost card from the report to the last stamp, and everything that may go wrong on the way."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from hashlib import sha256
from pathlib import Path

import pytest

from tests.cli.conftest import REPORT, Run

NUMBER = "11010519491231002X"


def bytes_of(db: Path) -> str:
    """The content of the file, as a digest."""
    return sha256(db.read_bytes()).hexdigest()


def rows_of(db: Path) -> list[str]:
    """The rows of all tables but the access log."""
    with closing(sqlite3.connect(db)) as connection:
        return [line for line in connection.iterdump() if line.startswith("INSERT") and "access" not in line]


def test_a_card_from_report_to_use(accepted: Run) -> None:
    """Acts given word by word make the events, the due day and the state that the law has, and end the report too."""
    (production,) = accepted("case", "show", "card", "--json").json["obligations"]
    assert (production["clock"], production["due"], production["status"]) == ("production", "2025-09-30", "FIRM")
    (span,) = production["spans"]
    assert (span["span"], span["n"], span["unit"], span["roll"]) == ("7 workdays", 7, "workdays", "none")
    assert (production["starts"], production["region"]) == ("2025-09-22", "440100")
    assert production["basis"][0]["zh"] == "广州市社会保障卡办事指南"

    for day, *act in (
        ("2025-09-29", "finish", "--by", "issuer"),
        ("2025-10-09", "collect", "--by", "holder"),
        ("2025-10-09", "enable_social", "--by", "holder"),
        ("2025-10-09", "activate_bank", "--by", "holder", "--set", "bank_card.number=6200000000000005"),
    ):
        answer = accepted("case", "do", "card", *act, "--on", day, "--json")
        assert answer.code == 0, answer.err
        assert answer.json["recorded"][0]["activity"] == act[0]

    card = accepted("case", "show", "card", "--json").json
    loss = accepted("case", "show", "loss", "--json").json
    assert (card["state"], card["closed"], card["version"], card["next"]) == ("in_use", True, 7, [])
    assert (loss["state"], loss["links"][0]["case"]) == ("replaced", "card")
    assert [event["version"] for event in card["events"]] == list(range(1, 8))
    assert all(event["basis"] for event in card["events"])


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_show_reads_well_in_both_languages(accepted: Run, lang: str) -> None:
    """The sheet of a case says where it stands, what is due and why, and who may act next."""
    shown = accepted("case", "show", "card", "--lang", lang, "--on", "2025-09-24", "--explain").out

    words = {
        "zh": (
            "card：制卡",
            "广州市 440100",
            "2025-09-30",
            "自2025-09-22起7个工作日",
            "发卡机构：",
            "《民法典》第201条",
        ),
        "en": (
            "card: being made",
            "440100",
            "2025-09-30",
            "7 working days from 2025-09-22",
            "issuer:",
            "Civil Code 201",
        ),
    }
    assert all(word in shown for word in words[lang])
    assert accepted("case", "list", "--lang", lang).out.count("card") >= 1
    resting = accepted("case", "show", "loss", "--lang", lang, "--explain").out
    assert {"zh": "未规定", "en": "no time limit known"}[lang] in resting


def test_explain_as_data(accepted: Run) -> None:
    """The account of each running deadline comes by the name of its clock."""
    steps = accepted("case", "show", "card", "--json", "--explain").json["steps"]

    assert steps["production"][0]["basis_en"] == "Civil Code 201"


def test_acts_do_to_related_cases_what_the_law_says(reported: Run) -> None:
    """An application binds the loss report, and the answer tells of both events."""
    act = (
        "case",
        "open",
        "card_replacement",
        "apply",
        "--by",
        "holder",
        "--on",
        "2025-09-22",
        "--place",
        "issuing=440100",
    )
    data = {"holder": {"number": NUMBER}, "reason": "lost", "photo": "identity_card", "replaced_before": 1}
    Path("data.json").write_text(json.dumps(data))

    answer = reported(*act, "--data", "@data.json", "--link", "loss", "--json")

    assert answer.code == 0, answer.err
    assert [event["activity"] for event in answer.json["recorded"]] == ["apply", "bind"]
    assert answer.json["facts"]["replaced_before"] == 1
    assert answer.json["case"].startswith("card_replacement-")


def test_a_refusal_has_all_grounds_and_changes_nothing(accepted: Run) -> None:
    """A refused act ends with exit code 1, lists every unmet condition with its basis, and leaves no trace but that it was refused."""
    before = rows_of(Path("ssflow.db"))
    act = ("case", "do", "card", "collect", "--by", "office", "--on", "2025-09-01")
    refused = accepted(*act, "--json")
    said = accepted(*act, "--lang", "zh")

    assert (refused.code, said.code) == (1, 1)
    assert refused.fault["error"] == "refused"
    kinds = [ground["kind"] for ground in refused.fault["grounds"]]
    assert kinds == ["state", "role", "guard", "guard", "order"]
    assert refused.fault["grounds"][1]["basis"][0]["zh"]
    assert said.err.count("\n  - ") == len(kinds)
    assert "不予办理：领取" in said.err
    assert rows_of(Path("ssflow.db")) == before


def test_a_stale_version_is_a_conflict(accepted: Run) -> None:
    """Whoever acts on an old version is told which one there is now."""
    answer = accepted(
        "case", "do", "card", "finish", "--by", "issuer", "--on", "2025-09-29", "--version", "2", "--json"
    )

    assert answer.code == 1
    assert answer.fault["error"] == "conflict"
    assert "version 3, not 2" in answer.fault["message"]
    said = accepted("case", "do", "card", "finish", "--by", "issuer", "--version", "2", "--lang", "zh")
    assert "现为第3版" in said.err


def test_an_id_is_taken_once(reported: Run) -> None:
    """A second case of the same id is refused with the advice to take another."""
    answer = reported(
        *REPORT, "--region", "440100", "--id", "loss", "--set", "track=bank", "--set", f"holder.number={NUMBER}"
    )

    assert answer.code == 1
    assert "another id" in answer.err


def test_options_tell_why_not(accepted: Run) -> None:
    """The open activities come first, every other one with its grounds; one role sees what is another's business."""
    options = accepted("case", "options", "card", "--on", "2025-09-24", "--json").json["options"]
    verdicts = [option["open"] for option in options]
    mine = accepted("case", "options", "card", "--on", "2025-09-24", "--by", "holder", "--json").json["options"]

    assert verdicts == sorted(verdicts, reverse=True)
    assert {option["activity"] for option in options if option["open"]} == {"track", "fail", "finish"}
    assert all(option["grounds"] for option in options if not option["open"])
    assert not any(option["open"] for option in mine)
    for lang in ("zh", "en"):
        assert accepted("case", "options", "card", "--on", "2025-09-24", "--lang", lang).out.count("✗") >= 10


@pytest.mark.parametrize(
    ("lang", "nobody", "asked"),
    [("zh", "无人可办", "能否办理须看材料"), ("en", "nobody may act", "if the data")],
)
def test_what_hangs_on_data_is_open_to_somebody(reported: Run, lang: str, nobody: str, asked: str) -> None:
    """A holder who may ask for release with card and document at hand is not told that nobody may act."""
    for command in ("show", "options"):
        said = reported("case", command, "loss", "--on", "2025-09-24", "--lang", lang).out
        (line,) = (line for line in said.splitlines() if asked in line)
        assert "ask_release" in line
        assert nobody not in said


def test_time_is_recorded_once(accepted: Run) -> None:
    """A term that has passed is listed as overdue, recorded by ``advance`` at its legal moment, and only once."""
    assert accepted("case", "overdue", "--on", "2025-09-30", "--json").json["overdue"] == []
    (late,) = accepted("case", "overdue", "--on", "2025-10-01", "--json").json["overdue"]
    assert (late["case"], late["clock"], late["due"]) == ("card", "production", "2025-09-30")
    pending = accepted("case", "show", "card", "--on", "2025-10-01", "--json").json["pending"]
    assert [event["kind"] for event in pending] == ["overdue"]
    assert "production" in accepted("case", "overdue", "--on", "2025-10-01").out

    (event,) = accepted("case", "advance", "--through", "2025-10-01", "--json").json["events"]

    assert (event["kind"], event["on"]) == ("overdue", "2025-10-01")
    assert accepted("case", "advance", "--through", "2025-10-01", "--json").json["events"] == []
    assert accepted("case", "show", "card", "--on", "2025-10-01", "--json").json["pending"] == []
    assert "overdue" in accepted("case", "show", "card").out
    closing = accepted("case", "do", "card", "fail", "--by", "issuer", "--set", "remarks=x", "--on", "2025-10-02").out
    assert "overdue" in closing


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_temporary_report_lapses_by_itself(run: Run, lang: str) -> None:
    """A telephone report at the bank is alive through its fifth day, and lapses at midnight."""
    act = (
        "case",
        "open",
        "loss_report",
        "report_temporarily",
        "--by",
        "holder",
        "--on",
        "2025-09-18",
        "--region",
        "440100",
    )
    opened = run(*act, "--id", "call", "--set", "track=bank", "--set", f"holder.number={NUMBER}", "--json").json
    assert opened["obligations"][0]["due"] == "2025-09-23"

    assert run("case", "advance", "--through", "2025-09-23", "--lang", lang).out.strip()
    assert "2025-09-24" in run("case", "advance", "--through", "2025-09-24", "--lang", lang).out
    assert run("case", "show", "call", "--json").json["state"] == "lapsed"


def test_the_future_is_not_recorded(accepted: Run) -> None:
    """Neither an act nor the passing of time can be entered before its day."""
    act = accepted("case", "do", "card", "finish", "--by", "issuer", "--on", "2099-01-01", "--json")
    time = accepted("case", "advance", "--through", "2099-01-01", "--json")

    assert (act.code, time.code) == (1, 1)
    assert {act.fault["grounds"][0]["name"], time.fault["grounds"][0]["name"]} == {"future"}


@pytest.mark.parametrize(
    ("words", "hint"),
    [
        (["case", "do", "card", "acept", "--by", "office"], "accept"),
        (["case", "do", "card", "accept", "--by", "nobody"], "office"),
        (["case", "do", "cart", "accept", "--by", "office"], "ssflow case list"),
        (["case", "do", "card", "accept", "--by", "office", "--set", "a=1"], "takes no data"),
        (["case", "do", "card", "pay", "--by", "holder", "--set", "paid"], "a value: NAME=VALUE"),
        (["case", "do", "card", "pay", "--by", "holder", "--data", "{"], "not JSON"),
        (["case", "do", "card", "pay", "--by", "holder", "--data", "[1]"], "object"),
        (["case", "do", "card", "pay", "--by", "holder", "--data", "@nowhere.json"], "nowhere.json"),
        (["case", "do", "card", "pay", "--by", "holder", "--data", '{"paid": true}'], "paid"),
        (["case", "do", "card", "pay", "--by", "holder", "--set", "paid.x=1"], "paid"),
        (
            ["case", "do", "card", "pay", "--by", "holder", "--set", "paid=1", "--set", "paid.x=1"],
            "has a value already",
        ),
        (["case", "do", "card", "pay", "--by", "holder", "--on", "2025-09-22T10:00"], "+08:00"),
        (["case", "do", "card", "pay", "--by", "holder", "--version", "0"], "--version"),
        (["case", "do", "card", "pay"], "--by"),
        (["case", "open", "loss_report", "report_formally", "--by", "holder"], "--region"),
        (["case", "show", "card", "--on", "soon"], "2026-09-21"),
        (["case", "options", "card", "--by", "nobody"], "holder"),
        (["case", "advance", "--through", "soon"], "2026-09-21"),
    ],
)
@pytest.mark.parametrize("more", [[], ["--json"], ["--lang", "zh"]])
def test_a_wrong_order_is_taught(accepted: Run, words: list[str], hint: str, more: list[str]) -> None:
    """Unknown names, wrong values and missing options end with exit code 2, say what to do, and change nothing."""
    before = bytes_of(Path("ssflow.db"))
    answer = accepted(*words, *more)

    assert answer.code == 2
    assert answer.out == ""
    if "zh" not in more:
        assert hint in answer.err.replace('\\"', '"')
    assert bytes_of(Path("ssflow.db")) == before


@pytest.mark.parametrize(
    "verb", [["show", "x"], ["options", "x"], ["list"], ["overdue"], ["do", "x", "y", "--by", "z"]]
)
def test_looking_makes_no_file(run: Run, verb: list[str]) -> None:
    """A misspelt file name is an error, not a new empty database."""
    answer = run("case", *verb, "--db", "nowhere.db", "--json")

    assert answer.code == 1
    assert answer.fault["error"] == "store"
    assert "nowhere.db" in answer.fault["message"]
    assert not Path("nowhere.db").exists()


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("place", [0, 100, 4096, 8192])
def test_a_damaged_file_is_named(accepted: Run, place: int, lang: str) -> None:
    """Bytes written over the database end in an error that names the file, or in the true answer; never in a traceback."""
    whole = accepted("case", "show", "card", "--on", "2025-09-24", "--lang", lang).out
    db = Path("ssflow.db")
    content = bytearray(db.read_bytes())
    content[place : place + 4096] = b"garbage!" * 512
    db.write_bytes(content)

    answer = accepted("case", "show", "card", "--on", "2025-09-24", "--lang", lang)

    assert (answer.code == 1 and "ssflow.db" in answer.err) or (answer.code == 0 and answer.out == whole)
    assert accepted("case", "show", "card", "--json").code == answer.code


def test_an_altered_event_is_found(accepted: Run) -> None:
    """An event that somebody changed in the file behind the program's back is reported, not shown."""
    db = Path("ssflow.db")
    db.write_bytes(db.read_bytes().replace(b'"paid":"20"', b'"paid":"90"'))

    answer = accepted("case", "show", "card", "--json")

    assert answer.code == 1
    assert "altered" in answer.fault["message"]


def test_another_program_s_file_is_left_alone(run: Run) -> None:
    """A file that is no database of ours is refused and stays as it is."""
    Path("notes.db").write_text("dear diary")
    answer = run(
        *REPORT, "--region", "440100", "--set", "track=bank", "--set", f"holder.number={NUMBER}", "--db", "notes.db"
    )

    assert answer.code == 1
    assert "notes.db" in answer.err
    assert Path("notes.db").read_text() == "dear diary"


def test_an_event_is_put_right_and_struck_out(accepted: Run) -> None:
    """A correction keeps the old event and what it does not change; only ``--strike`` strikes the event out."""
    corrected = accepted(
        "case", "correct", "card", "2", "pay", "--set", "paid=20.00", "--reason", "录入有误", "--actor", "u17", "--json"
    )
    assert corrected.code == 0, corrected.err
    assert [(e["kind"], e["activity"]) for e in corrected.json["recorded"]] == [("correction", "pay")]

    refused = accepted("case", "correct", "card", "2", "--strike", "--reason", "误录", "--lang", "zh")
    assert (refused.code, "不可能办理" in refused.err) == (1, True)
    unexplained = accepted("case", "correct", "card", "2", "--strike", "--lang", "zh")
    assert (unexplained.code, "--reason" in unexplained.err) == (2, True)


def test_a_sweep_is_taken_back(accepted: Run) -> None:
    """What a sweep has recorded after a moment is set aside; the second time there is nothing left."""
    assert accepted("case", "advance", "--through", "2026-01-01").code == 0
    taken = accepted("case", "retract", "--after", "2025-09-23", "--reason", "时钟错误", "--json")

    assert [event["kind"] for event in taken.json["events"]] == ["retraction"]
    assert "没有可撤回的" in accepted("case", "retract", "--after", "2025-09-23", "--reason", "x", "--lang", "zh").out


def test_a_missed_act_takes_a_reason(accepted: Run) -> None:
    """An act before one that is on record is entered late, with a reason; without one the refusal says so."""
    assert accepted("case", "do", "card", "finish", "--by", "issuer", "--on", "2025-09-26").code == 0
    missed = ("case", "do", "card", "track", "--by", "issuer", "--on", "2025-09-24", "--set", "stage=at_maker")
    refused, entered = accepted(*missed, "--lang", "zh"), accepted(*missed, "--reason", "漏录", "--json")

    assert (refused.code, "补录须写明理由" in refused.err) == (1, True)
    assert entered.code == 0, entered.err
    assert [event["kind"] for event in entered.json["recorded"]] == ["late"]
    assert entered.json["state"] == "ready"
