"""Numbers of eighteen characters: six of the place that gave them, eight of the day of birth, three in order, one to check.

The form and the check are those of GB 11643-1999, 公民身份号码 (ISO 7064 MOD 11-2); read at
https://zh.wikisource.org/wiki/GB_11643-1999_公民身份号码. A number is never changed (国发〔1999〕15号), so the place is that of the
day on which it was given, from 1984 on, and may have been abolished since: nothing here asks whether there is such a place.

The older form has fifteen digits: the year of birth has two, and there is no check. It becomes the newer one by ``19`` before the
year and a check at the end. GB 11643-1989 kept some of its order codes for people who were a hundred years old (foreword of the
1999 edition); which was not found, and nobody of them can be alive, so the century is always 19.
"""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date

from ssflow.text import Text

# Numbers were first given in 1984: nobody lived then who was born before 1860 (the oldest age on record is 122). Later than in the
# present century nobody was born; what today is, a value does not know, so a day to come is left to the code that knows the day of the act.
FIRST_BORN, LAST_BORN = date(1860, 1, 1), date(2099, 12, 31)

WHOLE = re.compile(r"[0-9]{17}[0-9X]")
OLD = re.compile(r"[0-9]{15}")


def lengthened(number: str) -> str:
    """The number of eighteen characters of the person who had this one of fifteen digits; others as they are.

    >>> lengthened("110105491231002")
    '11010519491231002X'

    """
    if not OLD.fullmatch(number):
        return number
    from stdnum.iso7064 import mod_11_2

    body = f"{number[:6]}19{number[6:]}"
    return body + mod_11_2.calc_check_digit(body)


def born(number: str) -> date | None:
    """The day of birth that a number of eighteen characters tells; None if it tells none that is possible."""
    if not WHOLE.fullmatch(number):
        return None
    with suppress(ValueError):
        day = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
        return day if FIRST_BORN <= day <= LAST_BORN else None
    return None


def flaw(number: str) -> Text | None:
    """What is wrong with a number of the form of eighteen characters: its day of birth, or its last character. None if nothing is."""
    from stdnum.iso7064 import mod_11_2

    if born(number) is None:
        return Text("所含的出生日期不可能", "the day of birth in it is not possible")
    if mod_11_2.checksum(number) != 1:
        return Text("末位校验码与前17位不符", "its last character does not fit the 17 before it")
    return None


def is_citizen(number: str) -> bool:
    """Whether a text can be the identity number of a person, in the newer form."""
    return WHOLE.fullmatch(number) is not None and flaw(number) is None
