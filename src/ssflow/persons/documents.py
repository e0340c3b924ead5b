"""The documents that identify people, and the form of their numbers.

Where the forms come from, and how sure they are:

- Identity card and household register: the citizen number of GB 11643-1999, see `ssflow.persons.citizen`. Its first digit is 1 to 8
  (the rules of the permanent residence card say so).
- Residence permits of residents of Hong Kong, Macao and Taiwan: numbers of the same standard, whose first six digits are 810000,
  820000 and 830000 (国办发〔2018〕81号《港澳台居民居住证申领发放办法》, article 3).
- Foreigner's permanent residence card: three letters and twelve digits; since 1 December 2023 eighteen characters that begin with 9 and
  end with the check of the citizen number (新版外国人永久居留身份证机读信息规则, 2 and 3, as a maker of card readers gives them:
  http://www.eastcoms.com/service/pro/840.html). That the day of birth is at 7 to 14 was read in others' programs only: the table of
  the rules was not read. Those also read a day of birth and a check in the older form, which nothing official confirmed: neither is
  asked for.
- Mainland travel permit for Hong Kong and Macao: H or M and eight digits for life, on older cards two more that count the renewals
  (公安部, 港澳居民来往内地通行证号码规则, 10 March 2010; since when they are left out was not read). HA or MA and seven more for those who
  are no Chinese nationals (国家移民管理局, from 10 July 2024: nine characters; that the seven are digits is taken for granted).
- Mainland travel permit for Taiwan: eight digits for life since 25 September 2008; before, two more that count the issues, and from
  some offices one more letter or digit in brackets (China News Service, 11 September 2008). Numbers of permits for one entry are not
  known.
- Passports: each country has its own; letters and digits. The bounds of 5 and 20 are this library's own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from enum import Enum, unique

from ssflow.persons import citizen
from ssflow.text import Text


@unique
class IdentityKind(Enum):
    """The documents by which a person is identified."""

    resident_id = Text("居民身份证", "resident identity card")
    household_book = Text("户口簿", "household register")
    passport = Text("护照", "passport")
    hk_macao_permit = Text("港澳居民来往内地通行证", "mainland travel permit for Hong Kong and Macao residents")
    taiwan_permit = Text("台湾居民来往大陆通行证", "mainland travel permit for Taiwan residents")
    hk_macao_residence = Text("港澳居民居住证", "residence permit for Hong Kong and Macao residents")
    taiwan_residence = Text("台湾居民居住证", "residence permit for Taiwan residents")
    permanent_residence = Text("外国人永久居留身份证", "foreigner's permanent residence card")


CITIZENS = frozenset({IdentityKind.resident_id, IdentityKind.household_book})


def number_of(kind: IdentityKind) -> Text:
    """Return the title of a document's number: the household register has that of the person, as the card has."""
    if kind in CITIZENS:
        return Text("公民身份号码", "citizen identity number")
    return Text(f"{kind.value.zh}号码", f"number of the {kind.value.en}")


Check = Callable[[str], Text | None]  # what is wrong with a number, None if nothing is


def canonical(kind: IdentityKind, number: str) -> str:
    """Return a cleaned number of a document in the one form in which it is stored."""
    match kind:
        case IdentityKind.taiwan_permit:
            return number.replace("(", "").replace(")", "")
        case IdentityKind.passport:
            return number.replace(".", "")  # older ones were written P.1234567
        case _ if kind in CITIZENS:
            return citizen.lengthened(number)
        case _:
            return number


def flaw(kind: IdentityKind, number: str) -> Text | None:
    """Return what is wrong with the number of a document, in the form that `canonical` gives it; None if nothing is."""
    return _CHECKS[kind](number)


def _form(pattern: str, zh: str, en: str) -> Check:
    form = re.compile(pattern)
    return lambda number: None if form.fullmatch(number) else Text(zh, en)


def _citizen(number: str) -> Text | None:
    if not citizen.WHOLE.fullmatch(number):
        return Text(
            "应为18位：17位数字，末位为数字或者X（旧号为15位数字）",
            "it has 18 characters, 17 digits and at the end a digit or an X (in the old form 15 digits)",
        )
    if number[0] in "09":
        return Text(
            "首位应为1至8（9为外国人永久居留身份证，请改选证件种类）",
            "its first digit is 1 to 8 (9 is of the foreigner's permanent residence card: choose that kind of document)",
        )
    return citizen.flaw(number)


def _residence(*heads: str) -> Check:
    zh, en = "或者".join(heads), " or ".join(heads)

    def check(number: str) -> Text | None:
        if not citizen.WHOLE.fullmatch(number) or number[:6] not in heads:
            return Text(f"应为18位，前6位为{zh}", f"it has 18 characters and begins with {en}")
        return citizen.flaw(number)

    return check


def _permanent(number: str) -> Text | None:
    if re.fullmatch(r"[A-Z]{3}[0-9]{12}", number):
        return None
    if not citizen.WHOLE.fullmatch(number) or number[0] != "9":
        return Text(
            "应为18位、首位为9（2023年以前的为3位字母加12位数字）",
            "it has 18 characters and begins with 9 (before 2023, three letters and 12 digits)",
        )
    return citizen.flaw(number)


_CHECKS: Mapping[IdentityKind, Check] = {
    IdentityKind.resident_id: _citizen,
    IdentityKind.household_book: _citizen,
    IdentityKind.passport: _form(r"[A-Z0-9]{5,20}", "应为5至20位字母或者数字", "it has 5 to 20 letters and digits"),
    IdentityKind.hk_macao_permit: _form(
        r"[HM]([0-9]{8}|[0-9]{10}|A[0-9]{7})",
        "应为H或者M加8位数字（旧卡为10位；非中国籍为HA或者MA加7位）",
        "it is H or M and 8 digits (10 on older cards; HA or MA and 7 for holders who are not Chinese nationals)",
    ),
    IdentityKind.taiwan_permit: _form(
        r"[0-9]{8}([0-9]{2}[A-Z0-9]?)?",
        "应为8位数字（2008年以前的为10位，或者再加1位签发机关代码）",
        "it has 8 digits (before 2008, 10, and from some offices one more character)",
    ),
    IdentityKind.hk_macao_residence: _residence("810000", "820000"),
    IdentityKind.taiwan_residence: _residence("830000"),
    IdentityKind.permanent_residence: _permanent,
}
