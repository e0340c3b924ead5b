"""Citizen numbers of eighteen characters: six for the place of issue, eight for the day of birth, three in sequence, one to check.

The form and the check are those of GB 11643-1999, 公民身份号码 (ISO 7064 MOD 11-2); read at
https://zh.wikisource.org/wiki/GB_11643-1999_公民身份号码. A number is never changed (国发〔1999〕15号), so the place is that of the
day on which it was given, from 1984 on, and may have been abolished since: the place is not checked here.

The older form has fifteen digits: the year of birth has two, and there is no check. It becomes the newer one with ``19`` before the year
and a check at the end. GB 11643-1989 kept some of its order codes for people who were a hundred years old (foreword of the 1999 edition).
Which codes these were was not found, and none of these people can be alive, so the century is always 19.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from ssflow.text import Text

# Numbers were first given in 1984, and nobody alive then was born before 1860 (the oldest age on record is 122). No birth lies
# after the present century. A value does not know the present day, so later days are left to the code that knows the day of the act.
FIRST_BORN, LAST_BORN = date(1860, 1, 1), date(2099, 12, 31)

WHOLE = re.compile(r"[0-9]{17}[0-9X]")
OLD = re.compile(r"[0-9]{15}")


def lengthened(number: str) -> str:
    """Return the number of eighteen characters of the person who had this one of fifteen digits; any other number unchanged.

    >>> lengthened("110105491231002")
    '11010519491231002X'

    """
    if not OLD.fullmatch(number):
        return number
    from stdnum.iso7064 import mod_11_2

    body = f"{number[:6]}19{number[6:]}"
    return body + mod_11_2.calc_check_digit(body)


def born(number: str) -> date | None:
    """Return the day of birth in a number of eighteen characters; None if it has no possible one."""
    if not WHOLE.fullmatch(number):
        return None
    with suppress(ValueError):
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        return day if FIRST_BORN <= day <= LAST_BORN else None
    return None


def flaw(number: str) -> Text | None:
    """Return what is wrong with the day of birth or the check character of a number of eighteen characters; None if nothing is."""
    from stdnum.iso7064 import mod_11_2

    if born(number) is None:
        return Text("所含的出生日期不可能", "the day of birth in it is not possible")
    if mod_11_2.checksum(number) != 1:
        return Text("末位校验码与前17位不符", "its last character does not fit the 17 before it")
    return None


def is_citizen(number: str) -> bool:
    """Return whether a text can be the identity number of a person, in the newer form."""
    return WHOLE.fullmatch(number) is not None and flaw(number) is None
