"""The periods for which files are kept by law: each has its sources, names procedures that exist, and none is invented."""

from pathlib import Path
from urllib.parse import urlsplit

import pytest

from ssflow import machines
from ssflow.calendar import years
from ssflow.errors import DataError
from ssflow.rules import statutory_retention
from ssflow.rules.retention import load_retention
from ssflow.text import NO_TEXT

ITEMS = {period.item.en: period for period in statutory_retention()}
FILE = """
title = ["令", "Order"]
since = 2009-09-01
[[item]]
item = ["一", "I"]
title = ["甲", "a"]
kept = "10 years"
confidence = "single"
url = ["https://example.org"]
procedures = ["card_issue"]
"""


def written(folder: Path, text: str) -> Path:
    """A file of periods."""
    (path := folder / "retention.toml").write_text(text, encoding="utf-8")
    return path


def test_each_is_accounted_for() -> None:
    """A period is permanent or one of the four that the order has, and what is said to be repeated is on pages of two hosts."""
    assert len(ITEMS) == len(statutory_retention())
    for period in statutory_retention():
        assert period.span in (None, years(10), years(30), years(50), years(100))
        own = {urlsplit(url).hostname for url in period.url} - {"big5.www.gov.cn", "hr668.com", "isslerlaw.com"}
        assert period.confidence == ("repeated" if len(own) > 1 else "single")
        assert period.note.zh and period.note.en


def test_it_names_procedures_that_exist() -> None:
    """And only those that are beyond doubt: whoever adds one adds it here."""
    named = {name: period.item.en for period in statutory_retention() for name in period.procedures}
    assert named == {
        "employer_registration": "I(1)",
        "employee_registration": "I(2)",
        "record_change": "I(2)",
        "personal_account": "I(3)",
        "card_issue": "I(5)",
        "card_replacement": "I(5)",
    }
    assert set(named) <= set(machines.names())


def test_a_basis_tells_its_grade() -> None:
    """Nobody takes for the text of the order what pages repeat of it."""
    cards = ITEMS["I(5)"].basis
    assert cards.zh == "《社会保险业务档案管理规定（试行）》附件一（五），多处转述"
    assert cards.en.endswith("(trial), annex I(5); repeated by several")
    assert ITEMS["VII(3)"].basis.zh.endswith("附件七（三），单一来源")


def test_a_file_is_read(tmp_path: Path) -> None:
    """An item without procedures too."""
    more = FILE + FILE[FILE.index("[[item]]") : FILE.index("procedures")].replace('"10 years"', '"permanent"')
    first, second = load_retention(written(tmp_path, more))
    assert (first.span, first.procedures, first.note) == (years(10), ("card_issue",), NO_TEXT)
    assert (second.span, second.procedures) == (None, ())


@pytest.mark.parametrize(
    ("was", "now", "path", "zh", "en"),
    [
        ('"card_issue"', '"card_isue"', "item[0].procedures", "是否指card_issue？", "did you mean card_issue?"),
        ('"card_issue"', '"zzz"', "item[0].procedures", "没有程序'zzz'", "there is no procedure 'zzz'; write its name"),
        ("10 years", "for ever", "item[0].kept", "须为年数或者permanent", "write years or 'permanent'"),
        ('"single"', '"sure"', "item[0].confidence", "之一", "single"),
        ("kept =", "keeps =", "item[0]", "keeps", "keeps"),
    ],
)
def test_a_fault_is_named(tmp_path: Path, was: str, now: str, path: str, zh: str, en: str) -> None:
    """By its place in the file, with what to do, in both languages."""
    with pytest.raises(DataError) as error:
        load_retention(written(tmp_path, FILE.replace(was, now)))
    assert path in error.value.say("en")
    assert zh in error.value.say("zh")
    assert en in error.value.say("en")


def test_a_procedure_has_one_period(tmp_path: Path) -> None:
    """Two items that name it would leave it open which of them holds. All faults are told at once."""
    twice = FILE + FILE[FILE.index("[[item]]") :].replace('"一", "I"', '"二", "II"').replace("10 years", "soon")
    with pytest.raises(DataError) as error:
        load_retention(written(tmp_path, twice))
    assert [fault.path for fault in error.value.faults] == ["item[1].kept", "item[1].procedures"]
    assert "I names 'card_issue' already; a procedure has one period" in error.value.say("en")
    assert "一已写明程序'card_issue'" in error.value.say("zh")
