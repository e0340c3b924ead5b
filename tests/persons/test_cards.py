"""The numbers of cards."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import luhn

from ssflow.errors import InputError
from ssflow.persons import BankCard, SocialCard


@given(st.integers(10**8, 10**18 - 1).map(str))
def test_bank_cards_have_their_check(body: str) -> None:
    """Of the ten last digits one is right; blanks, hyphens and wide digits are put right."""
    right = luhn.calc_check_digit(body)
    number = body + right
    written = " ".join(chr(ord(c) + 0xFEE0) for c in number)

    assert BankCard(number) == BankCard(written)
    assert BankCard(written).number == number
    for wrong in set("0123456789") - {right}:
        with pytest.raises(InputError, match="does not fit the others"):
            BankCard(body + wrong)


@pytest.mark.parametrize("number", ["", "0", "18", "none", "6222020000000000000000", "E12345678", None, 6222])
def test_what_is_no_bank_card_is_refused(number) -> None:
    """Too short, too long, no digits, no text; also what the check alone would let pass."""
    with pytest.raises(InputError, match="number: "):
        BankCard(number)


def test_social_cards_have_nine_characters() -> None:
    """A letter or digit and eight digits, however they are written."""
    assert SocialCard("a１２３ 45678").number == "A12345678"
    assert SocialCard("123456789").number == "123456789"
    for number in ("12345678", "AB2345678", "1234567890", "", None, 123456789):
        with pytest.raises(InputError, match="number: "):
            SocialCard(number)
