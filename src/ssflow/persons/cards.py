"""The numbers of cards."""

from __future__ import annotations

import re
from typing import Annotated

from attrs import frozen

from ssflow.errors import InputError
from ssflow.persons.masking import mask, personal
from ssflow.persons.written import put_right


@frozen
class SocialCard:
    """The number of a social-security card: a letter or digit and eight digits.

    No source that was read publishes a check; guide 004 speaks of nine digits, and a letter in first place is unverified.

    Raises:
        InputError: the number has another form; the message does not repeat it.

    """

    number: Annotated[str, "卡号"] = personal()

    def __attrs_post_init__(self) -> None:
        number = put_right(self.number)
        if not re.fullmatch(r"[A-Z0-9][0-9]{8}", number):
            raise InputError.of(
                "number",
                f"社会保障卡卡号（{mask(number)}）有误：应为9位，首位为字母或者数字，其后8位数字；请对照卡面核对",
                f"a social-security card number is a letter or digit and eight digits; this one ({mask(number)}) is not: "
                "read it again from the card",
            )
        object.__setattr__(self, "number", number)


@frozen
class BankCard:
    """The number of a bank card: 10 to 19 digits, the last of which checks the others (ISO/IEC 7812-1:2017).

    Raises:
        InputError: the check digit or the form is wrong; the message does not repeat the number.

    """

    number: Annotated[str, "卡号"] = personal()

    def __attrs_post_init__(self) -> None:
        from stdnum import luhn

        number = put_right(self.number)
        if not re.fullmatch(r"[0-9]{10,19}", number):
            zh, en = "应为10至19位数字", "it has 10 to 19 digits"
        elif not luhn.is_valid(number):
            zh, en = "末位校验码不符", "its last digit does not fit the others"
        else:
            object.__setattr__(self, "number", number)
            return
        raise InputError.of(
            "number",
            f"银行卡卡号（{mask(number)}）有误：{zh}；请对照卡面核对",
            f"the bank card number ({mask(number)}) cannot be right: {en}; read it again from the card",
        )
