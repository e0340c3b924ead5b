"""Personal data is shown to those who ask for it by ``--personal``, and to nobody else."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.conftest import Run

SECRETS = ("11010519491231002X", "440106199001011235", "王小明", "太原市迎泽大街1号", "13800138000", "6200000000000005")
NUMBER, AGENT, NAME, ADDRESS, PHONE, BANK_CARD = SECRETS
DATA = {
    "holder": {"number": NUMBER},
    "agent": {"identity": {"number": AGENT}, "authority_shown": True},
    "reason": "damaged",
    "kind": "bank",
    "photo": "identity_card",
    "address": {"recipient": NAME, "address": ADDRESS, "phone": PHONE},
    "postage": "prepaid",
}
OPEN = ("case", "open", "card_replacement", "apply", "--by", "holder", "--on", "2025-09-08", "--region", "140100")


@pytest.fixture
def handled(run: Run) -> tuple[Run, str]:
    """A case that holds every kind of personal data, and all that was printed while it was made."""
    said = []
    for words in (
        [*OPEN, "--id", "card", "--data", json.dumps(DATA), "--party", NUMBER],
        ["case", "do", "card", "pay", "--by", "holder", "--set", "paid=25", "--on", "2025-09-08", "--party", NUMBER],
        ["case", "do", "card", "accept", "--by", "office", "--on", "2025-09-09"],
        [
            "case",
            "do",
            "card",
            "post",
            "--by",
            "issuer",
            "--on",
            "2025-09-10",
            "--set",
            "tracking_number=EMS1",
            "--json",
        ],
        ["case", "do", "card", "deliver", "--by", "courier", "--on", "2025-09-12", "--json"],
        [
            "case",
            "do",
            "card",
            "activate_bank",
            "--by",
            "holder",
            "--on",
            "2025-09-12",
            "--json",
            "--set",
            f"bank_card.number={BANK_CARD}",
            "--party",
            NUMBER,
        ],
    ):
        answer = run(*words)
        assert answer.code == 0, answer.err
        said += [answer.out, answer.err]
    return run, "\n".join(said)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_nothing_personal_is_printed_unasked(handled: tuple[Run, str], lang: str) -> None:
    """No answer of any command holds a number, a name, an address or a telephone of a person."""
    run, said = handled
    for words in (["show", "card"], ["options", "card"], ["list"], ["overdue"], ["advance", "--through", "2025-10-30"]):
        for form in ([], ["--json"]):
            said += run("case", *words, "--lang", lang, *form).out

    assert not [secret for secret in SECRETS if secret in said]


def test_personal_shows_all(handled: tuple[Run, str]) -> None:
    """With ``--personal`` the case is shown as the store holds it, as text and as data."""
    run, _ = handled

    assert all(secret in run("case", "show", "card", "--personal", "--json").out for secret in SECRETS)
    assert all(secret in run("case", "show", "card", "--personal").out for secret in SECRETS if secret != BANK_CARD)


@pytest.mark.parametrize(
    "data",
    [
        DATA | {"holder": {"number": 11010519491231002}},
        DATA | {"holder": NUMBER},
        DATA | {"reason": NUMBER},
        DATA | {"address": {"recipient": [NAME], "address": ADDRESS, "phone": 13800138000}},
        DATA | {"holder": {"number": NUMBER[:-1] + "0"}, "bank_card": BANK_CARD},
    ],
)
def test_errors_do_not_repeat_personal_data(run: Run, data: dict[str, Any]) -> None:
    """A refused value is named by its field; its text is not repeated, wherever it was put."""
    answer = run(*OPEN, "--data", json.dumps(data))

    assert answer.code == 2
    assert not [secret for secret in (*SECRETS, NUMBER[:-1]) if secret in answer.err]
