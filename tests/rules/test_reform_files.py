"""A reform in a file changes what its calls would, or is refused at the key that is wrong."""

from datetime import date
from pathlib import Path

import pytest

from ssflow.errors import DataError, InputError
from ssflow.rules import read_reform, rulebook

CARDS = rulebook("card_replacement")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "reform.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_file_says_what_calls_say(tmp_path: Path) -> None:
    """Each block is one call, and they follow one another."""
    path = written(
        tmp_path,
        """
        [[amend]]
        parameter = "production"
        value = "5 workdays"
        since = 2027-01-01
        region = "440100"

        [[amend]]
        parameter = "fee"
        value = "10 yuan"
        since = 2027-01-01
        everywhere = true

        [[amend]]
        parameter = "production"
        value = "3 days"
        since = 2028-01-01
        region = "440100"
        roll = "none"
        """,
    )
    called = CARDS.amended("production", "5 workdays", since=date(2027, 1, 1), region="440100")
    called = called.amended_all("fee", "10 yuan", since=date(2027, 1, 1))
    called = called.amended("production", "3 days", since=date(2028, 1, 1), region="440100", roll="none")
    assert read_reform(path, CARDS) == called


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('"5 workdays"', '"soon"'), "amend[1].value"),
        (('"production"', '"productions"'), "amend[1]: unknown parameter 'productions'"),
        (('"440100"', '"999999"'), "amend[1]: unknown region '999999'"),
        (("since", "from"), "amend[1].since"),
        (("2027-01-01", '"2027-01-01"'), "amend[1].since"),
        (("region", "cites = ''\nregion"), "amend[1].cites"),
        (("region", "channel = 'online'\nregion"), "amend[1].channel"),
    ],
)
def test_what_is_wrong_is_named(change: tuple[str, str], said: str, tmp_path: Path) -> None:
    """With its block and key, in both languages; the file is named."""
    good = '[[amend]]\nparameter = "fee"\nvalue = "1 yuan"\nsince = 2027-01-01\nregion = "440100"\n'
    bad = '[[amend]]\nparameter = "production"\nvalue = "5 workdays"\nsince = 2027-01-01\nregion = "440100"\n'
    with pytest.raises(DataError) as caught:
        read_reform(written(tmp_path, good + bad.replace(*change)), CARDS)
    assert said in caught.value.say("en")
    assert caught.value.file == tmp_path / "reform.toml"
    assert caught.value.say("zh") != caught.value.say("en")


def test_all_changes_that_are_refused_are_told_at_once(tmp_path: Path) -> None:
    """Each by its number, whatever is wrong with those before it."""
    bad = '[[amend]]\nparameter = "production"\nvalue = "5 workdays"\nsince = 2027-01-01\nregion = "440100"\n'
    wrong = [bad.replace(*pair) for pair in (('"production"', '"productions"'), ("440100", "999999"), ('"5 w', '"w'))]
    with pytest.raises(DataError) as caught:
        read_reform(written(tmp_path, "".join([wrong[0], bad, *wrong[1:]])), CARDS)
    assert [fault.path for fault in caught.value.faults] == ["amend[0]", "amend[2]", "amend[3].value"]


def test_what_is_no_file_and_no_rulebook_is_refused(tmp_path: Path) -> None:
    """By the name of the argument, before anything is read."""
    for path, book, wrong in ((3, CARDS, "path"), (tmp_path / "nowhere.toml", "card_replacement", "book")):
        with pytest.raises(InputError) as refused:
            read_reform(path, book)
        assert [fault.path for fault in refused.value.faults] == [wrong]
