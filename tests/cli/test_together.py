"""``ssflow case enter-late`` and ``correct-together``: the entries of a file are judged as one history, all or none."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Run

WHY = ("--reason", "漏录")
MISSED = """
[[act]]
activity = "退回补正"
by = "office"
on = 2025-09-22
after = 2
data = { remarks = "照片不清" }

[[act]]
activity = "correct"
by = "holder"
on = 2025-09-22
party = "p1"
before = 3
data = { holder = { number = "11010519491231002X" }, reason = "lost", photo = "identity_card" }
"""


def test_missed_acts_are_entered_together(accepted: Run) -> None:
    """A return and its completion before an acceptance: neither could be entered alone; both are late entries of one reason."""
    Path("missed.toml").write_text(MISSED, encoding="utf-8")
    before = accepted("case", "show", "card", "--json").json

    answer = accepted("case", "enter-late", "card", "missed.toml", *WHY, "--actor", "u17", "--json")

    assert answer.code == 0, answer.err
    events = answer.json["recorded"]
    assert [(event["kind"], event["activity"], event["reason"]) for event in events] == [
        ("late", "send_back", "漏录"),
        ("late", "correct", "漏录"),
    ]
    assert accepted("case", "show", "card", "--json").json["state"] == before["state"]


def test_corrections_in_two_cases_are_made_together(accepted: Run) -> None:
    """A card and its loss report were opened in a wrong place: neither can be corrected alone, because a report has to be of the same place."""
    alone = accepted("case", "correct", "card", "1", "--region", "佛山", *WHY)
    assert alone.code == 1
    Path("both.toml").write_text(
        """
[[correction]]
case = "loss"
event = 1
place = "佛山"
reason = "地点录错"

[[correction]]
case = "card"
event = 1
place = { issuing = "440600" }
reason = "地点录错"
""",
        encoding="utf-8",
    )

    answer = accepted("case", "correct-together", "both.toml", "--json")

    assert answer.code == 0, answer.err
    assert answer.json["cases"] == ["loss", "card"]
    for case in ("loss", "card"):
        places = accepted("case", "show", case, "--json").json["places"]
        assert {place["code"] for place in places.values()} == {"440600"}
    assert accepted("audit", "verify").code == 0


def test_events_are_struck_out_together(accepted: Run) -> None:
    """``strike = true`` strikes out, in both languages told."""
    Path("missed.toml").write_text(MISSED, encoding="utf-8")
    assert accepted("case", "enter-late", "card", "missed.toml", *WHY).code == 0
    rows = "\n".join(
        f'[[correction]]\ncase = "card"\nevent = {number}\nstrike = true\nrole = "office"\nreason = "误录"\n'
        for number in (4, 5)
    )
    Path("strikes.toml").write_text(rows, encoding="utf-8")

    answer = accepted("case", "correct-together", "strikes.toml", "--lang", "zh")

    assert answer.code == 0, answer.err
    assert answer.out.count("撤销第") == 2


@pytest.mark.parametrize(
    ("command", "text", "says"),
    [
        (("enter-late", "card"), "[[act]]\nby = 'office'\n", ["act[0].activity", "act[0].on"]),
        (
            ("enter-late", "card"),
            (
                "[[act]]\nactivity = 'sned_back'\nby = 'office'\non = 2025-09-22\n"
                "[[act]]\nactivity = 'send_back'\nby = 'nobody'\non = 2025-09-22\ndata = { remarks = 'x' }\n"
                "[[act]]\nactivity = 'send_back'\nby = 'office'\non = 2025-09-22\ndata = { note = 'x' }\n"
            ),
            ["act[0]", "sned_back", "act[1]", "nobody", "act[2].data.remarks", "act[2].data.note"],
        ),
        (("correct-together",), "[[correction]]\ncase = 'card'\nevent = 77\nreason = 'x'\n", ["correction[0]", "77"]),
        (
            ("correct-together",),
            "[[correction]]\ncase = 'nobody'\nevent = 1\nreason = 'x'\n",
            ["correction[0]", "nobody"],
        ),
        (
            ("correct-together",),
            "[[correction]]\ncase = 'card'\nevent = 1\nreason = ''\nparty = 'p9'\n",
            ["correction[0].reason"],
        ),
        (("correct-together",), "correction = []\n", ["corrections"]),
        (("correct-together",), "[[correction]]\ncase = 'card'\nevent = 2\nreason = 'x'\n", ["没有写明更正什么"]),
        (
            ("correct-together",),
            "[[correction]]\ncase = 'card'\nevent = 2\nreason = 'x'\nstrike = true\nactivity = 'pay'\n",
            ["correction[0].strike", "activity"],
        ),
        (("correct-together",), "[[corection]]\ncase = 'card'\n", ["corection"]),
    ],
)
def test_all_faults_of_a_file_are_told(accepted: Run, command: tuple[str, ...], text: str, says: list[str]) -> None:
    """Each is told with its path in the file; nothing is recorded."""
    Path("file.toml").write_text(text, encoding="utf-8")
    why = WHY if command[0] == "enter-late" else ()

    answer = accepted("case", *command, "file.toml", *why, "--lang", "zh")

    assert answer.code in (1, 2), answer.out
    assert [word for word in says if word not in answer.err] == []
    assert accepted("case", "show", "card", "--json").json["version"] == 3


def test_no_personal_number_is_repeated(accepted: Run) -> None:
    """A wrong number in the data is told without its digits."""
    text = MISSED.replace("11010519491231002X", "110105194912310021")
    Path("missed.toml").write_text(text, encoding="utf-8")

    answer = accepted("case", "enter-late", "card", "missed.toml", *WHY, "--lang", "en")

    assert answer.code == 1
    assert "act[1].data.holder" in answer.err
    assert "19491231" not in answer.err
