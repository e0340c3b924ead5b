"""The data of an act on the command line, by ``--set`` and by ``--data``: what is missing, said twice or no value is told at its field."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

PAY = ("case", "do", "card", "pay", "--by", "holder", "--on", "2025-09-22", "--json")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_missing_data_is_taught_field_by_field(run: Run, lang: str) -> None:
    """An activity without its data names every field, what it takes and which have to be given."""
    act = ("case", "open", "card_replacement", "apply", "--by", "holder", "--on", "2025-09-22", "--region", "440100")
    answer = run(*act, "--set", "reason=lots", "--set", "replaced_before=one", "--lang", lang)

    assert answer.code == 2
    assert ("遗失 lost | 被盗 stolen" if lang == "zh" else "lost | stolen | damaged") in answer.err
    assert "holder.number" in answer.err
    assert ("是否指遗失（lost）" if lang == "zh" else "did you mean lost") in answer.err
    assert ("必填" if lang == "zh" else "required") in answer.err
    assert not Path("ssflow.db").exists()


@pytest.mark.parametrize(
    ("words", "path"),
    [
        (("--data", '{"paid": "20", "paid": "3"}'), "--data"),
        (("--data", '{"paid": "20", "已缴金额": "3"}'), "paid"),
        (("--set", "paid=20", "--set", "已缴金额=3"), "paid"),
    ],
)
def test_a_field_that_is_given_twice_is_refused(applied: Run, words: tuple[str, ...], path: str) -> None:
    """Nobody knows which of two values is meant; the last does not win in silence. One field may be laid over whole data."""
    answer = applied(*PAY, *words)

    assert answer.code == 2
    (fault,) = answer.fault["faults"]
    assert fault["path"] == path
    assert fault["en"].endswith("is given twice")
    assert applied(*PAY, "--data", '{"paid": "3"}', "--set", "paid=20").code == 0


@pytest.mark.parametrize("paid", ["20", '"20"', "20.00", '"20.00"', "1e1"])
def test_a_sum_may_be_a_number_of_json(applied: Run, paid: str) -> None:
    """Programs write numbers without quotes; what is written is what is taken."""
    answer = applied(*PAY, "--data", f'{{"paid": {paid}}}')

    assert answer.code == 0, answer.err


@pytest.mark.parametrize("paid", ["true", "NaN", "1e999", "[20]", '"1e99999999"', "-1", "0.1234567890123456789"])
def test_what_is_no_sum_is_refused(applied: Run, paid: str) -> None:
    """No truth value, nothing without end or of more digits than money has."""
    answer = applied(*PAY, "--data", f'{{"paid": {paid}}}')

    assert answer.code == 2
    assert [fault["path"] for fault in answer.fault["faults"]] == ["paid"]


def test_fields_are_no_options(applied: Run) -> None:
    """A field of data that is called like an option is told as the field that it is."""
    words = [
        "case",
        "open",
        "card_replacement",
        "apply",
        "--by",
        "holder",
        "--set",
        "zzzz=1",
        "--region",
        "440100",
        "--lang",
        "zh",
    ]
    said = applied(*words).err

    assert "补换原因（reason）" in said
    assert "--reason" not in said
